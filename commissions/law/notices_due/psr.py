"""The notices of the NHS Provider Selection Regime (SI 2023/1348), by process."""

from commissions.law.dates import write_day
from commissions.law.deadlines import count
from commissions.law.lifecycle.transitions import notices_asked_at
from commissions.law.notices import NOTICE_TYPES, notice_type
from commissions.law.notices_due.contracts import before_the_law
from commissions.law.notices_due.due import State, clocked, plain, published, unrecorded
from commissions.law.notices_due.facts import Facts
from commissions.law.thresholds import PSR_CHANGE

SUBMITTED = (
    "The law counts the day it was submitted to the platform, which may be earlier than "
    "the day the platform published it."
)
CHOOSING = ("tender", "evaluation", "direct_award", "standstill")


def owed(facts: Facts):
    """Yield each notice of the process that is followed."""
    if facts.urgent:
        yield award(facts, "PSR13")
    elif asked(facts, "contract"):
        yield from of_the_route(facts)
    else:
        yield undecided(facts)
    yield from modification(facts)
    yield abandonment(facts)


def asked(facts, *stages):
    """Name the notice that the route has for a stage, or the first of several; or nothing."""
    found = (notices_asked_at("psr", facts.route, stage) for stage in stages)
    return next(filter(None, found), "")


def of_the_route(facts):
    """Yield the opening, the intention and the award, as far as the process has them."""
    if code := asked(facts, "tender", "evaluation"):
        yield opening(facts, code)
    if code := asked(facts, "standstill"):
        yield intention(facts, code)
    yield award(facts, asked(facts, "contract"))


def undecided(facts):
    """Say that the notices depend on the process, which is not chosen."""
    why = (
        "Which notices are due depends on the process, which is not decided yet. Each "
        "ends with an award notice within 30 days of the award."
    )
    return plain(facts, "PSR2", State.NOT_YET, why)


def opening(facts, code):
    """The notice with which the process opens: PSR5 or PSR8."""
    follower = (asked(facts, "standstill"), asked(facts, "contract"))
    if out := facts.first(code):
        return plain(
            facts,
            code,
            State.PUBLISHED,
            "It opened the process.",
            published_on=out,
            counting=earliest(code, out),
        )
    if followed := facts.first(*follower):
        return unrecorded(facts, code, followed)
    begins = NOTICE_TYPES[code].stage
    came = facts.reached.get(begins)
    if came and facts.past(begins):
        why = (
            f"The process began on {write_day(came)}, and no notice of it is recorded."
        )
        return plain(facts, code, State.LATE, why, on=came)
    return plain(facts, code, State.NOT_YET, NOTICE_TYPES[code].when)


def earliest(code, out) -> str:
    """Say from when the most suitable provider may be identified."""
    if code != "PSR5":
        return ""
    clock = count("psr_msp_earliest_identify", out)
    return f"Possible providers may be identified from {write_day(clock.date)}. {clock.counting}"


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


def intention(facts, code):
    """The notice of intention to award, which begins the standstill."""
    awarded = signed_on(facts)
    if out := facts.first(code):
        why = "It announced the choice. The standstill began the day after."
        late = awarded if awarded and out > awarded else None
        return plain(facts, code, State.PUBLISHED, why, published_on=out, on=late)
    if followed := facts.first(asked(facts, "contract")):
        why = (
            f"The award notice was published on {write_day(followed)}, so its platform "
            "should have it. It is not recorded here."
        )
        return plain(facts, code, State.UNRECORDED, why)
    if awarded:
        why = (
            f"It was due before the contract, which was signed on {write_day(awarded)}."
        )
        return plain(facts, code, State.LATE, why, on=awarded)
    chosen = facts.decided_on or facts.stage == "standstill"
    state = State.DUE if chosen else State.NOT_YET
    return plain(facts, code, state, NOTICE_TYPES[code].when)


def award(facts, code):
    """The award notice: within 30 days of the award."""
    awarded = signed_on(facts)
    if facts.earlier() and not facts.signatures():
        return before_the_law(facts, code, facts.earlier()[0])
    if awarded:
        why = f"The contract was awarded on {write_day(awarded)}. {SUBMITTED}"
        out = facts.since_or_any(code, awarded)
        rule = NOTICE_TYPES[code].rule
        return clocked(facts, code, rule, awarded, why, published_on=out)
    if out := published(facts, code, "The day of the award is not recorded here."):
        return out
    return plain(facts, code, State.NOT_YET, NOTICE_TYPES[code].when)


def modification(facts):
    """PSR12: where what the authority itself changed comes to £500,000 in all.

    Whether the authority decided on a change or had to make it is not known
    here, so none is called late.
    """
    for contract in facts.contracts:
        total = 0
        for change in contract.changes:
            total += change.added
            if abs(total) >= PSR_CHANGE:
                yield one_change(facts, change, contract.name)
    if not facts.contracts:
        return
    if not any(abs(c.added) for each in facts.contracts for c in each.changes):
        why = "No change of the value is recorded."
        yield plain(facts, "PSR12", State.NOT_NEEDED, why)


def one_change(facts, change, about):
    """Return the notice of one modification."""
    why = (
        f"The contract was changed on {write_day(change.on)}, and its changes come to "
        "£500,000 or more. A notice is due if the authority itself decided on that."
    )
    clock = count("psr_modification_notice", change.on)
    out = facts.first("PSR12", since=change.on)
    return plain(
        facts,
        "PSR12",
        State.PUBLISHED if out else State.DUE,
        why,
        on=clock.date,
        counting=clock.counting,
        source=clock.source,
        published_on=out,
        about=about,
    )


def abandonment(facts):
    """PSR-AB: within 30 days of the decision, or of the standstill it fell in."""
    code = "PSR-AB"
    if facts.stage != "cancelled":
        why = "Only if the procurement is abandoned."
        return plain(facts, code, State.NOT_NEEDED, why)
    came = facts.reached.get("cancelled")
    out = facts.first(code)
    begun = any(notice_type(each.code).begins_procurement for each in facts.published)
    if not (begun or any(stage in facts.reached for stage in CHOOSING)):
        why = "It was cancelled before a process to choose a provider had begun."
        return plain(facts, code, State.NOT_NEEDED, why)
    if came is None:
        state = State.PUBLISHED if out else State.DUE
        why = "The day of the decision is not recorded here."
        return plain(facts, code, state, why, published_on=out)
    start = max(came, facts.standstill_ends_on or came)
    why = f"It was abandoned on {write_day(came)}."
    if start > came:
        why += f" That was in the standstill, which ended on {write_day(start)}."
    return clocked(facts, code, "psr_abandonment_notice", start, why, published_on=out)
