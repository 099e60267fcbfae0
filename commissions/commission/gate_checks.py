"""Each condition of the table, asked of what one commission shows."""

from dataclasses import dataclass

from django.utils import timezone

from commissions.law.deadlines import REGIMES
from commissions.law.lifecycle import CONDITIONS, ROUTES
from commissions.law.lifecycle.conditions import WAIVED_BY
from commissions.law.lifecycle.transitions import opening_notice
from commissions.law.notices import codes_that, name_of, notice_type
from commissions.law.regimes import BEGAN
from commissions.record.models import Kind
from commissions.text.formats import on_day

NOT_ANSWERED = (
    "Give every comment on the draft an outcome, then publish the response "
    "once the consultation has closed."
)
TOO_EARLY = (
    "The {notice} was published on {day}. Give that day or a later one: "
    "nothing is announced here before it is on the central platform."
)


@dataclass(frozen=True)
class Gap:
    """One thing that a commission does not show yet."""

    gate: str
    """The condition it belongs to."""
    sentence: str
    consultation: str = ""
    """The reference of the consultation that lacks its response, if one does."""
    notice: str = ""
    """The code of the notice that is missing, if one is."""

    @property
    def fills(self):
        """Where it is supplied: the name of an address of the desk."""
        return CONDITIONS[self.gate].fills if self.gate in CONDITIONS else ""

    @property
    def waivable(self):
        """The gate that an exemption from it names, or nothing."""
        return self.gate if CONDITIONS[self.gate].waivable else ""


def gaps_of(evidence, move):
    """List what one commission lacks for one move of the table."""
    found = []
    for code in move.gates:
        if WAIVED_BY.get(code, code) not in evidence.exempted:
            found += CHECKS[code](evidence, move)
    return [*found, *came_before(evidence, move), *overdue_notices(evidence, move)]


def gap_of_condition(code, **blanks):
    return Gap(code, CONDITIONS[code].sentence.format(**blanks))


def check_holder(evidence, move):
    """Somebody is named for it."""
    return (
        [] if evidence.commission.has_named_holder() else [gap_of_condition("holder")]
    )


def check_draft_open(evidence, move):
    """A draft was open for comment, closed, and every comment answered."""
    if not evidence.draft_consultations:
        return [gap_of_condition("draft_open")]
    return [
        Gap("draft_open", NOT_ANSWERED, reference)
        for reference in evidence.draft_consultations
        if reference not in evidence.answered_consultations
    ]


def check_draft_published(evidence, move):
    """There is a public draft to comment on."""
    out = any(kind == Kind.DRAFT_PUBLISHED for kind, _, _ in evidence.entries)
    return [] if out else [gap_of_condition("draft_published")]


def check_comments_closed(evidence, move):
    """Nothing is open for comment any more."""
    closes = evidence.comments_close
    if not evidence.still_open(closes):
        return []
    return [gap_of_condition("comments_closed", day=on_day(timezone.localdate(closes)))]


def check_decision(evidence, move):
    return [] if evidence.decisions_taken else [gap_of_condition("decision")]


def check_key_notice(evidence, move):
    """No key decision was taken before 28 clear days had passed, unless urgent."""
    found = []
    for each in evidence.decisions_taken:
        if each.is_key and not each.urgency and each.notice_period.short_by:
            found.append(
                gap_of_condition(
                    "key_notice",
                    title=each.title,
                    day=on_day(each.decided_on),
                    from_day=on_day(each.notice_period.clock.date),
                )
            )
    return found


def check_regime(evidence, move):
    """A law is stated, and one that applies to what begins now."""
    stated = evidence.commission.regime
    begins = (
        move.to in ("tender", "direct_award")
        and evidence.on >= BEGAN["procurement_act"]
    )
    wrong = stated == "not_stated" or (stated == "old_regulations" and begins)
    return [gap_of_condition("regime")] if wrong else []


def check_route(evidence, move):
    """A route is chosen that this law knows."""
    law, chosen = evidence.commission.regime, evidence.commission.route
    if chosen in ROUTES.get(law, (chosen,)):
        return []
    return [gap_of_condition("route", name=REGIMES[law])]


def check_bids_closed(evidence, move):
    """The time for bids has passed."""
    closes = evidence.bids_close
    if not evidence.still_open(closes):
        return []
    return [gap_of_condition("bids_closed", day=on_day(timezone.localdate(closes)))]


def check_performance(evidence, move):
    """Its indicators were assessed and published (sections 52 and 71(2)).

    Only those of a contract of more than £5 million, VAT included, that was
    signed under the Act: others are set by choice.
    """
    codes = codes_that(lambda notice: notice.reports_performance)
    if any(map(evidence.is_out, codes)):
        return []
    sentence = CONDITIONS["performance"].sentence
    return [
        Gap(
            "performance",
            sentence.format(notice=name_of(code), title=title),
            notice=code,
        )
        for code in codes[:1]
        for title in evidence.measured_by_law[:1]
    ]


def wait_of_14_days(evidence, move):
    """Fourteen days have passed since the intention to follow the process was out."""
    its = evidence.commission
    code = opening_notice(its.regime, its.route, "evaluation")
    if evidence.is_urgent or not evidence.is_out(code):
        return []  # the notice itself is asked for below, or was before
    first = evidence.clock("psr_msp_earliest_identify", evidence.notices[code][1]).date
    if evidence.on >= first:
        return []
    return [gap_of_condition("wait_of_14_days", from_day=on_day(first))]


def check_standstill_over(evidence, move):
    """The standstill is over, as the law counts it, the award states it, or a review."""
    now = evidence.standstill
    if now.state in ("none", "over"):
        return []
    return [Gap("standstill_over", now.sentence)]


def check_no_standstill(evidence, move):
    """It need not stand still: its direct award is urgent."""
    return [] if evidence.is_urgent else [gap_of_condition("no_standstill")]


def check_under_way(evidence, move):
    """Nothing but an exemption says that its contract was made before."""
    return [gap_of_condition("under_way")]


def check_reason(evidence, move):
    return [] if evidence.reason.strip() else [gap_of_condition("reason")]


CHECKS = {
    "holder": check_holder,
    "draft_open": check_draft_open,
    "draft_published": check_draft_published,
    "comments_closed": check_comments_closed,
    "decision": check_decision,
    "key_notice": check_key_notice,
    "regime": check_regime,
    "route": check_route,
    "performance": check_performance,
    "bids_closed": check_bids_closed,
    "wait_of_14_days": wait_of_14_days,
    "standstill_over": check_standstill_over,
    "no_standstill": check_no_standstill,
    "under_way": check_under_way,
    "reason": check_reason,
}
"""What asks each condition that a move can name."""


def came_before(evidence, move):
    """List the notices that must be out before the move and are not."""
    if move.once and not any(map(evidence.is_out, move.once)):
        return []
    ground = evidence.ground.code if evidence.ground else None
    return [
        not_out(evidence, code)
        for code in move.notices
        if ground not in notice_type(code).excused and not evidence.is_out(code)
    ]


def not_out(evidence, code):
    """Say that a notice is missing, or was published after the day given."""
    named = name_of(code)
    if code in evidence.notices:
        day = on_day(evidence.notices[code][1])
        return Gap("notice", TOO_EARLY.format(notice=named, day=day), notice=code)
    sentence = CONDITIONS["notice"].sentence.format(notice=named)
    return Gap("notice", sentence, notice=code)


def overdue_notices(evidence, move):
    """Ask for the notice that was due after the contract was signed, once it is late."""
    due = move.due
    if (
        not due
        or not due.rule
        or due.code in evidence.notices
        or not evidence.signed_on
    ):
        return []
    last = evidence.clock(due.rule, evidence.signed_on).date
    if evidence.on <= last:
        return []
    sentence = CONDITIONS["notice_late"].sentence
    return [
        Gap(
            "notice_late",
            sentence.format(notice=name_of(due.code), day=on_day(last)),
            notice=due.code,
        )
    ]
