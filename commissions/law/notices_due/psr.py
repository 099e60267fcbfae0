"""The notices of the NHS Provider Selection Regime (SI 2023/1348), by process."""

from commissions.law.dates import write_day
from commissions.law.deadlines import count
from commissions.law.language import gettext, marked
from commissions.law.lifecycle.transitions import notices_asked_at
from commissions.law.notices import NOTICE_TYPES, notice_type
from commissions.law.notices_due.contracts import before_the_law
from commissions.law.notices_due.due import (
    NoticeState,
    due_by_clock,
    due_without_clock,
    published_due,
    sentences,
    unrecorded_due,
)
from commissions.law.notices_due.facts import NoticeFacts
from commissions.law.thresholds import PSR_CHANGE

SUBMITTED = marked(
    "The law counts the day it was submitted to the platform, which can be earlier than "
    "the day the platform published it."
)
CHOOSING = ("tender", "evaluation", "direct_award", "standstill")


def owed_under_psr(facts: NoticeFacts):
    """Yield each notice of the process that is followed."""
    if facts.urgent:
        yield award_notice(facts, "PSR13")
    elif asked_under_psr(facts, "contract"):
        yield from notices_of_the_route(facts)
    else:
        yield route_undecided(facts)
    yield from modification_notices(facts)
    yield abandonment_notice(facts)


def asked_under_psr(facts, *stages):
    """Name the notice that the route has for a stage, or the first of several; or nothing."""
    found = (notices_asked_at("psr", facts.route, stage) for stage in stages)
    return next(filter(None, found), "")


def notices_of_the_route(facts):
    """Yield the opening, the intention and the award, as far as the process has them."""
    if code := asked_under_psr(facts, "tender", "evaluation"):
        yield opening_notice(facts, code)
    if code := asked_under_psr(facts, "standstill"):
        yield intention_notice(facts, code)
    yield award_notice(facts, asked_under_psr(facts, "contract"))


def route_undecided(facts):
    """Say that the notices depend on the process, which is not chosen."""
    why = gettext(
        "Which notices are due depends on the process, which is not decided "
        "yet. Each ends with an award notice within 30 days of the award."
    )
    return due_without_clock(facts, "PSR2", NoticeState.NOT_YET, why)


def opening_notice(facts, code):
    """The notice with which the process opens: PSR5 or PSR8."""
    follower = (
        asked_under_psr(facts, "standstill"),
        asked_under_psr(facts, "contract"),
    )
    if out := facts.first(code):
        return due_without_clock(
            facts,
            code,
            NoticeState.PUBLISHED,
            gettext("It opened the process."),
            published_on=out,
            counting=earliest_signing(code, out),
        )
    if followed := facts.first(*follower):
        return unrecorded_due(facts, code, followed)
    begins = NOTICE_TYPES[code].stage
    came = facts.reached.get(begins)
    if came and facts.past(begins):
        why = gettext(
            "The process began on {day}, and no notice of it is recorded."
        ).format(day=write_day(came))
        return due_without_clock(facts, code, NoticeState.LATE, why, on=came)
    return due_without_clock(facts, code, NoticeState.NOT_YET, NOTICE_TYPES[code].when)


def earliest_signing(code, out) -> str:
    """Say from when the most suitable provider may be identified."""
    if code != "PSR5":
        return ""
    clock = count("psr_msp_earliest_identify", out)
    said = gettext("Possible providers can be identified from {day}.")
    return sentences(said.format(day=write_day(clock.date)), clock.counting)


def signed_on(facts):
    """Return the day the contract was awarded, or None.

    With a standstill that is the day it is entered into, after it; without
    one, the day of the decision.
    """
    days = [each.signed_on for each in facts.signatures()]
    at_once = facts.route in {"psr_a", "psr_b"} or facts.urgent
    if at_once and facts.decided_on:
        days.append(facts.decided_on)
    return min(days, default=None)


def intention_notice(facts, code):
    """The notice of intention to award, which begins the standstill."""
    awarded = signed_on(facts)
    if out := facts.first(code):
        why = gettext("It announced the choice. The standstill began the day after.")
        late = awarded if awarded and out > awarded else None
        return due_without_clock(
            facts, code, NoticeState.PUBLISHED, why, published_on=out, on=late
        )
    if followed := facts.first(asked_under_psr(facts, "contract")):
        why = gettext(
            "The award notice was published on {day}, so its platform should "
            "have it. It is not recorded here."
        ).format(day=write_day(followed))
        return due_without_clock(facts, code, NoticeState.UNRECORDED, why)
    if awarded:
        why = gettext(
            "It was due before the contract, which was signed on {day}."
        ).format(day=write_day(awarded))
        return due_without_clock(facts, code, NoticeState.LATE, why, on=awarded)
    chosen = facts.decided_on or facts.stage == "standstill"
    state = NoticeState.DUE if chosen else NoticeState.NOT_YET
    return due_without_clock(facts, code, state, NOTICE_TYPES[code].when)


def award_notice(facts, code):
    """The award notice: within 30 days of the award."""
    awarded = signed_on(facts)
    if facts.earlier() and not facts.signatures():
        return before_the_law(facts, code, facts.earlier()[0])
    if awarded:
        why = sentences(
            gettext("The contract was awarded on {day}.").format(
                day=write_day(awarded)
            ),
            gettext(SUBMITTED),
        )
        out = facts.since_or_any(code, awarded)
        rule = NOTICE_TYPES[code].rule
        return due_by_clock(facts, code, rule, awarded, why, published_on=out)
    if out := published_due(
        facts, code, gettext("The day of the award is not recorded here.")
    ):
        return out
    return due_without_clock(facts, code, NoticeState.NOT_YET, NOTICE_TYPES[code].when)


def modification_notices(facts):
    """PSR12: where what the authority itself changed comes to £500,000 in all.

    Whether the authority decided on a change or had to make it is not known
    here, so none is called late.
    """
    for contract in facts.contracts:
        total = 0
        for change in contract.changes:
            total += change.added
            if abs(total) >= PSR_CHANGE:
                yield one_modification(facts, change, contract.name)
    if not facts.contracts:
        return
    if not any(abs(c.added) for each in facts.contracts for c in each.changes):
        why = gettext("No change of the value is recorded.")
        yield due_without_clock(facts, "PSR12", NoticeState.NOT_NEEDED, why)


def one_modification(facts, change, about):
    """Return the notice of one modification."""
    why = gettext(
        "The contract was changed on {day}, and its changes come to £500,000 "
        "or more. A notice is due if the authority itself decided on that."
    ).format(day=write_day(change.on))
    clock = count("psr_modification_notice", change.on)
    out = facts.first("PSR12", since=change.on)
    return due_without_clock(
        facts,
        "PSR12",
        NoticeState.PUBLISHED if out else NoticeState.DUE,
        why,
        on=clock.date,
        counting=clock.counting,
        source=clock.source,
        published_on=out,
        about=about,
    )


def abandonment_notice(facts):
    """PSR-AB: within 30 days of the decision, or of the standstill it fell in."""
    code = "PSR-AB"
    if facts.stage != "cancelled":
        why = gettext("Only if the procurement is abandoned.")
        return due_without_clock(facts, code, NoticeState.NOT_NEEDED, why)
    came = facts.reached.get("cancelled")
    out = facts.first(code)
    begun = any(notice_type(each.code).begins_procurement for each in facts.published)
    if not (begun or any(stage in facts.reached for stage in CHOOSING)):
        why = gettext(
            "It was cancelled before a process to choose a provider had begun."
        )
        return due_without_clock(facts, code, NoticeState.NOT_NEEDED, why)
    if came is None:
        state = NoticeState.PUBLISHED if out else NoticeState.DUE
        why = gettext("The day of the decision is not recorded here.")
        return due_without_clock(facts, code, state, why, published_on=out)
    start = max(came, facts.standstill_ends_on or came)
    why = gettext("It was abandoned on {day}.").format(day=write_day(came))
    if start > came:
        ended = gettext("That was in the standstill, which ended on {day}.")
        why = sentences(why, ended.format(day=write_day(start)))
    return due_by_clock(
        facts, code, "psr_abandonment_notice", start, why, published_on=out
    )
