"""What must be shown before a commission moves on: the evidence, the checks, the gates."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from commissions.commission.standstill import standstill_of
from commissions.law.deadlines import REGIMES, count
from commissions.law.direct_award_grounds import GROUNDS
from commissions.law.lifecycle import (
    BEFORE_TENDER,
    CONDITIONS,
    ENDS,
    ORDER,
    ROUTES,
    STAGES,
)
from commissions.law.lifecycle.conditions import CHOSEN_OPENLY, WAIVED_BY
from commissions.law.lifecycle.transitions import opening_notice
from commissions.law.notices import codes_that, name_of, notice_type
from commissions.law.regimes import BEGAN
from commissions.law.thresholds import is_large
from commissions.organisations.models import Holiday
from commissions.record.models import Entry, Kind
from commissions.record.references import NotReady
from commissions.text.formats import at_time, on_day

DRAFT = "draft_specification"


class GateEvidence:
    """What is shown on a day about one commission; each question is asked once.

    `on` is the day of the move and `at` the moment (today and now, unless
    said): what was published later does not count.
    """

    def __init__(self, commission, *, on=None, at=None, reason=""):
        self.commission = commission
        self.at = at or timezone.now()
        self.on = on or timezone.localdate(self.at)
        self.reason = reason

    @cached_property
    def exempted(self):
        """The gates that a named person lets it pass unmet."""
        return set(self.commission.exemptions.approved().values_list("gate", flat=True))

    @cached_property
    def notices(self):
        """Each published notice by its code, the newest of each: reference and day.

        One without the reference or the address of its platform is not out.
        """
        rows = self.commission.notices.filter(published_at__lte=self.at)
        rows = rows.exclude(url="").exclude(release_id="").exclude(platform="")
        return {
            code: (reference, timezone.localdate(at))
            for code, reference, at in rows.order_by("published_at", "pk").values_list(
                "code", "release_id", "published_at"
            )
        }

    def is_out(self, code):
        """Tell whether a notice was published by the day of the move."""
        return code in self.notices and self.notices[code][1] <= self.on

    @cached_property
    def decisions_taken(self):
        """The decisions about it that are announced and taken."""
        rows = self.commission.decisions.filter(
            published_at__isnull=False, decided_on__lte=self.on
        )
        return list(rows.order_by("decided_on", "pk"))

    @cached_property
    def entries(self):
        """Its entries about drafts and consultations: (kind, subject, facts), oldest first."""
        kinds = (
            Kind.DRAFT_PUBLISHED,
            Kind.CONSULTATION_PUBLISHED,
            Kind.CONSULTATION_EXTENDED,
            Kind.RESPONSE_PUBLISHED,
        )
        entries = Entry.objects.filter(
            commission=self.commission.reference, kind__in=kinds
        )
        return [
            (each.kind, each.subject, each.facts) for each in entries.order_by("pk")
        ]

    @property
    def draft_consultations(self):
        """The references of the consultations on a draft, oldest first."""
        return [
            subject.removeprefix("consultation/")
            for kind, subject, facts in self.entries
            if kind == Kind.CONSULTATION_PUBLISHED
            and facts["consultation_kind"] == DRAFT
        ]

    @property
    def answered_consultations(self):
        """The references of those whose response left no comment unanswered."""
        return {
            facts["consultation"]
            for kind, _, facts in self.entries
            if kind == Kind.RESPONSE_PUBLISHED and facts["unanswered"] == 0
        }

    @cached_property
    def comments_close(self):
        """When the last of what is open for comment closes, or None."""
        closing = {}
        for kind, subject, facts in self.entries:
            if kind == Kind.RESPONSE_PUBLISHED:
                closing.pop(subject.removesuffix("/response"), None)
            elif "closes_at" in facts:
                closing[subject] = datetime.fromisoformat(facts["closes_at"])
        if self.commission.window_for == "comment":
            closing["window"] = self.commission.window_closes_at
        return max(closing.values(), default=None)

    @cached_property
    def bids_close(self):
        """When bids close, or None where nothing says."""
        if self.commission.window_for == "bids":
            return self.commission.window_closes_at
        tender = getattr(self.commission, "tender", None)
        return tender and tender.closes_at

    def still_open(self, moment):
        """Tell whether a closing time lies ahead, of now or of the day of the move."""
        return bool(moment) and (
            moment > self.at or timezone.localdate(moment) > self.on
        )

    @cached_property
    def reached_on(self):
        """The day on which it reached the stage where it stands, or None."""
        dates = self.commission.stage_dates.filter(stage=self.commission.stage)
        return dates.values_list("actual_on", flat=True).first()

    @cached_property
    def signed_on(self):
        """The day on which it reached the contract, or None."""
        dates = self.commission.stage_dates.filter(stage="contract")
        return dates.values_list("actual_on", flat=True).first()

    @cached_property
    def measured_by_law(self):
        """The titles of its contracts whose indicators section 52 asks for."""
        rows = self.commission.contracts.filter(
            signed_on__gte=BEGAN["procurement_act"], indicators__isnull=False
        )
        rows = rows.order_by("pk").distinct()
        return [str(each) for each in rows if is_large(each.amount, each.amount_gross)]

    @cached_property
    def holidays(self):
        return Holiday.objects.calendar(self.commission.organisation.nation)

    def clock(self, rule, start):
        return count(rule, start, self.holidays)

    @cached_property
    def ground(self):
        """The ground on which it is awarded without a competition, or None."""
        justified = getattr(self.commission, "direct_award", None)
        return justified and GROUNDS[justified.ground]

    @property
    def is_urgent(self):
        """Whether it is awarded directly on an urgent ground, which waits for nothing."""
        return bool(self.ground and self.ground.urgent)

    @cached_property
    def standstill(self):
        """The standstill as it stands on the day: counted, stated, or held up."""
        return standstill_of(self.commission, self.on, at=self.at)

    def facts(self, move):
        """Return, for an entry, the notices and exemptions that let it move."""
        out = {
            code: self.notices[code][0] for code in move.notices if self.is_out(code)
        }
        used = sorted(
            {WAIVED_BY.get(code, code) for code in move.gates} & self.exempted
        )
        return ({"notices": out} if out else {}) | ({"exempted": used} if used else {})


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


__all__ = [
    "UNPUBLISHED",
    "Gap",
    "closing",
    "gaps",
    "met",
    "missing",
    "onward",
]

NO_HOLDER = CONDITIONS["holder"].sentence
NO_DRAFT = CONDITIONS["draft_open"].sentence
UNPUBLISHED = "Publish the intention first: it is not public yet."
TO_COME = "A stage is reached today or earlier. Plan a later day under “Dates”."


def onward(commission, evidence=None):
    """Return each lawful move with what it still lacks: [(move, gaps)].

    That it needs a reason is left out: whoever moves it gives one then.
    """
    evidence = evidence or GateEvidence(commission)
    return [
        (each, [gap for gap in gaps_of(evidence, each) if gap.gate != "reason"])
        for each in commission.law.moves(commission.stage)
    ]


def missing(commission, stage):
    """List, as sentences, what an act that belongs to a stage still waits for.

    Such as inviting bids, which belongs to the tender. Notices are left out:
    the act asks for its own. Nothing is asked again of what has come so far, nor
    of a contract that an exemption says was made before this portal was used. A
    working draft acts on nothing: the record is public.
    """
    if not commission.published_at:
        return [UNPUBLISHED]
    here = commission.stage
    if here not in ENDS and ORDER[here] >= ORDER[stage]:
        return []
    found = entry_to(commission, stage)
    if found is None or here in ENDS:
        return [unlawful(commission, stage).sentence]
    first = CHOSEN_OPENLY if here in BEFORE_TENDER else ()
    codes = tuple(dict.fromkeys((*first, *found.gates)))
    act = replace(found, gates=codes, notices=(), due=None)
    evidence = GateEvidence(commission)
    if stage == "contract" and "under_way" in evidence.exempted:
        return []
    return [gap.sentence for gap in gaps_of(evidence, act)]


def entry_to(commission, stage):
    """Return the move by which its path comes to a stage, or None where it has none.

    A choice is announced though no standstill follows it: what comes then stands
    for the standstill.
    """
    law = commission.law
    line = law.path
    if stage == "standstill" and stage not in line:
        stage = "contract"
    before = [each for each in line if ORDER[each] < ORDER[stage]][-1]
    return law.move(before, stage)


def gaps(commission, stage, *, on=None, at=None, reason=""):
    """List what a commission lacks before it may reach a stage on a day.

    A stage that the law does not let follow is one gap, which says which do.
    """
    found = allowed(commission, stage)
    if found is None:
        return [unlawful(commission, stage)]
    return gaps_of(GateEvidence(commission, on=on, at=at, reason=reason), found)


def met(commission, stage, *, on, at=None, reason=""):
    """Return, for the record, what lets a commission reach a stage on a day.

    The notices that were out and the exemptions used; raises NotReady with a
    sentence for each thing that is missing, and for a working draft or a day to
    come, on which a standstill or the time for bids would seem over already.
    """
    if not commission.published_at:
        raise NotReady(UNPUBLISHED)
    if on > timezone.localdate():
        raise NotReady(TO_COME)
    found = allowed(commission, stage)
    if found is None:
        raise NotReady(unlawful(commission, stage).sentence)
    evidence = GateEvidence(commission, on=on, at=at, reason=reason)
    if lacking := [*out_of_order(evidence), *gaps_of(evidence, found)]:
        raise NotReady(*(gap.sentence for gap in lacking))
    return evidence.facts(found)


def closing(commission, stage, stated):
    """Return until when a stage is open to others: a tender, as bids were invited.

    Raises NotReady where another time is stated.
    """
    tender = getattr(commission, "tender", None) if stage == "tender" else None
    invited = tender.closes_at if tender and tender.invited_at else None
    if invited and stated and stated != invited:
        raise NotReady(
            f"Bids are invited until {at_time(invited)}. Give that time, or none."
        )
    return stated or invited


def out_of_order(evidence):
    """Refuse a day before the one on which the present stage was reached."""
    since = evidence.reached_on
    if since is None or evidence.on >= since:
        return []
    here, day = STAGES[evidence.commission.stage].name, on_day(since)
    sentence = f"“{here}” was reached on {day}. Give that day or a later one."
    return [Gap("move", sentence)]


def allowed(commission, stage):
    """Return the move of the table to a stage, or None where it has none."""
    return commission.law.move(commission.stage, stage)


def unlawful(commission, stage):
    """Say which stages may follow instead."""
    here = STAGES[commission.stage].name
    names = [
        f"“{STAGES[each.to].name}”" for each in commission.law.moves(commission.stage)
    ]
    if not names:
        return Gap(
            "move",
            f"“{here}” is the end of it. Publish a new intention for what comes next.",
        )
    listed = ", ".join(names[:-1]) + " or " * (len(names) > 1) + names[-1]
    return Gap(
        "move",
        f"“{STAGES[stage].name}” cannot follow “{here}” under this law and route. "
        f"It can go to {listed}.",
    )
