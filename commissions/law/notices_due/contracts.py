"""The notices of a contract under the Act: UK7 and the copy, UK9, UK10, UK11."""

from commissions.law.dates import DAY, write_day
from commissions.law.deadlines import contract_copy_rule, contract_details_rule, count
from commissions.law.language import gettext, marked
from commissions.law.notices_due.due import (
    NoticeState,
    due_by_clock,
    due_without_clock,
    published_due,
)
from commissions.law.notices_due.facts import NoticeFacts
from commissions.law.regimes import BEGAN
from commissions.law.thresholds import is_large

COPY = marked("Copy of the contract")
LIGHT = marked("A light touch contract needs none.")


def owed_of_contracts(facts: NoticeFacts):
    """Yield the notices of each contract, or say that there is none yet."""
    signed = facts.signatures()
    yield from (before_the_law(facts, "UK7", each) for each in facts.earlier())
    if not signed and not facts.earlier():
        yield from without_a_contract(facts)
    for contract in signed:
        about = contract.name if len(signed) > 1 else ""
        yield contract_details_notice(facts, contract, about)
        yield contract_copy(facts, contract, about)
        yield from performance_notices(facts, contract, about)
        yield from change_notices(facts, contract, about)
        yield from changed_copies(facts, contract, about)
        yield termination_notice(facts, contract, about)


def before_the_law(facts, code, contract):
    """Say that a contract is older than the law, and owes none of its notices."""
    why = gettext(
        "The contract was signed on {signed_on}, before the law began on "
        "{began}, so the notices of this law are not asked of it."
    ).format(
        signed_on=write_day(contract.signed_on), began=write_day(BEGAN[facts.regime])
    )
    out = facts.first(code)
    state = NoticeState.PUBLISHED if out else NoticeState.NOT_NEEDED
    return due_without_clock(
        facts, code, state, why, about=contract.name, published_on=out
    )


def without_a_contract(facts):
    """Yield what is published without a contract being recorded, and what is to come."""
    for code, why in (
        ("UK7", gettext("Within {days} days of the day the contract is signed.")),
        ("UK9", gettext("Once a contract has key performance indicators.")),
        ("UK10", gettext("Before a contract is changed much in its value or term.")),
        ("UK11", gettext("Within 30 days of the end of the contract.")),
    ):
        if out := published_due(
            facts, code, gettext("The day of the contract is not recorded here.")
        ):
            yield out
        elif facts.light_touch and code in {"UK9", "UK10"}:
            yield due_without_clock(facts, code, NoticeState.NOT_NEEDED, gettext(LIGHT))
        else:
            yield due_without_clock(
                facts, code, NoticeState.NOT_YET, why.format(days=contract_term(facts))
            )


def contract_term(facts) -> int:
    return 120 if facts.light_touch else 30


def contract_details_notice(facts, contract, about):
    """UK7: 30 days from the signature, 120 for light touch.

    One notice can tell of several contracts, so the first since the signature
    counts for it.
    """
    out = facts.since_or_any("UK7", contract.signed_on)
    rule = contract_details_rule(light_touch=facts.light_touch)
    why = gettext("The contract was signed on {day}.").format(
        day=write_day(contract.signed_on)
    )
    return due_by_clock(
        facts, "UK7", rule, contract.signed_on, why, published_on=out, about=about
    )


def contract_copy(facts, contract, about):
    """The copy of a contract worth more than £5 million, attached to UK7."""
    more = {
        "about": about,
        "part": COPY,
        "source": gettext("Procurement Act 2023, section 53(3)"),
    }
    large = contract.over_five_million
    if facts.nation in WITHOUT_COPY:
        why = gettext(
            "Contracts of devolved Welsh and Northern Irish authorities need none."
        )
        return due_without_clock(facts, "UK7", NoticeState.NOT_NEEDED, why, **more)
    if large is None:
        why = gettext(
            "Needed if the contract is worth more than £5 million with VAT. That "
            "is not known here."
        )
        return due_without_clock(facts, "UK7", NoticeState.NOT_YET, why, **more)
    if not large:
        why = gettext("The contract is not worth more than £5 million with VAT.")
        return due_without_clock(facts, "UK7", NoticeState.NOT_NEEDED, why, **more)
    rule = contract_copy_rule(light_touch=facts.light_touch)
    why = gettext(
        "The contract is worth more than £5 million with VAT, and was signed on {day}."
    ).format(day=write_day(contract.signed_on))
    return due_by_clock(
        facts,
        "UK7",
        rule,
        contract.signed_on,
        why,
        published_on=contract.copied_on,
        about=about,
        part=COPY,
    )


def performance_notices(facts, contract, about):
    """UK9: once in each twelve months of a contract that must have indicators.

    Section 71 asks it of indicators set under section 52, which are those of
    contracts of more than £5 million.
    """
    if facts.light_touch:
        yield due_without_clock(
            facts, "UK9", NoticeState.NOT_NEEDED, gettext(LIGHT), about=about
        )
    elif contract.indicators and contract.over_five_million:
        yield from performance_periods(facts, contract, about)
    else:
        yield due_without_clock(facts, "UK9", *without_duty(contract), about=about)


def without_duty(contract):
    """Say where a contract stands of which no performance notice is due."""
    large, set_here = contract.over_five_million, contract.indicators
    if large is False and set_here:
        return NoticeState.NOT_NEEDED, gettext(
            "Its key performance indicators were set by choice: only a contract "
            "of more than £5 million with VAT has to have this notice."
        )
    if large is False:
        return NoticeState.NOT_NEEDED, gettext(
            "No key performance indicators are recorded, and contracts of up to "
            "£5 million with VAT need none."
        )
    if large is None:
        return NoticeState.NOT_YET, gettext(
            "Needed each year if the contract is worth more than £5 million with "
            "VAT. That is not known here."
        )
    return NoticeState.NOT_YET, gettext(
        "No key performance indicators are recorded. A contract of more than "
        "£5 million has three at least, or its details notice says why not "
        "(section 52)."
    )


def performance_periods(facts, contract, about):
    """Yield each year that has no performance notice, and the one that runs."""
    start = contract.starts_on or contract.signed_on
    end = contract.end(facts.today)
    if start > facts.today:
        why = gettext(
            "Within twelve months of {day}, when the contract begins."
        ).format(day=write_day(start))
        yield due_without_clock(facts, "UK9", NoticeState.NOT_YET, why, about=about)
    while start <= min(facts.today, end or facts.today):
        last = count("pa_performance_yearly", start).date
        if end and last > end:
            why = gettext(
                "The last assessment goes into the contract termination notice (UK11)."
            )
            yield due_without_clock(
                facts, "UK9", NoticeState.NOT_NEEDED, why, about=about
            )
            return
        yield performance_year(facts, start, last, about)
        start = last + DAY


def performance_year(facts, start, last, about):
    """Return the performance notice of one year of a contract."""
    out = facts.first("UK9", since=start)
    out = out if out and out <= last else None
    why = gettext(
        "The contract has key performance indicators; this year of it began on {day}."
    ).format(day=write_day(start))
    return due_by_clock(
        facts,
        "UK9",
        "pa_performance_yearly",
        start,
        why,
        published_on=out,
        about=about,
    )


def change_notices(facts, contract, about):
    """UK10: before each change that is not small."""
    large = [each for each in contract.changes if each.needs]
    if facts.light_touch or facts.nation == "northern_ireland":
        why = (
            gettext(LIGHT)
            if facts.light_touch
            else gettext("Northern Irish rules ask for none.")
        )
        yield due_without_clock(facts, "UK10", NoticeState.NOT_NEEDED, why, about=about)
    elif not large:
        why = gettext(
            "No change of it is recorded that goes beyond 10% of the value (15% "
            "for works) or of the term."
        )
        yield due_without_clock(facts, "UK10", NoticeState.NOT_NEEDED, why, about=about)
    else:
        yield from (one_change_notice(facts, contract, each, about) for each in large)


def one_change_notice(facts, contract, change, about):
    """Return the notice of one change, which comes before it.

    Section 75(5) lets one notice tell of several changes.
    """
    why = " ".join(
        [
            gettext("The contract was changed on {day}.").format(
                day=write_day(change.on)
            ),
            *change.needs,
        ]
    )
    before = [on for on in facts.days_of("UK10") if on <= change.on]
    since = [on for on in before if on >= contract.signed_on]
    out = since[-1] if since else facts.first("UK10", since=change.on)
    state = NoticeState.PUBLISHED if out else NoticeState.LATE
    return due_without_clock(
        facts, "UK10", state, why, on=change.on, published_on=out, about=about
    )


def termination_notice(facts, contract, about):
    """UK11: 30 days from the end, whatever ended it."""
    end = contract.end(facts.today)
    if end:
        if contract.ended_on:
            said = gettext("The contract ended on {day}.")
        else:
            said = gettext("The contract ran to the end of its term on {day}.")
        return due_by_clock(
            facts,
            "UK11",
            "pa_termination",
            end,
            said.format(day=write_day(end)),
            published_on=facts.first("UK11", since=end)
            or facts.first("UK11", since=contract.signed_on),
            about=about,
        )
    why = gettext("The day on which the contract ended is not recorded here.")
    since = contract.signed_on
    if out := published_due(facts, "UK11", why, since=since, about=about):
        return out
    return due_without_clock(
        facts, "UK11", NoticeState.NOT_YET, notice_to_come(facts, contract), about=about
    )


def notice_to_come(facts, contract) -> str:
    """Say by when the termination notice will be due, as far as that is known."""
    ends = contract.ended_on or contract.ends_on
    if ends is None:
        return gettext(
            "Within 30 days of the end of the contract, whose last day is not recorded."
        )
    if ends < facts.today:
        return gettext(
            "The term ended on {ends}, but the contract can be extended to "
            "{longest_end}. Record which it was."
        ).format(ends=write_day(ends), longest_end=write_day(contract.longest_end))
    by = count("pa_termination", ends).date
    return gettext("By {by}, if the contract ends on {ends}.").format(
        by=write_day(by), ends=write_day(ends)
    )


# The copy of a contract as changed, or of the change (section 77). Within 90 days of a
# change that has a change notice (UK10), where the contract is then worth more than
# £5 million. A change that needs no such notice, as none of a light touch contract
# does, needs no such copy. A copy published on or after the day of a change holds that
# change, and those before.

AS_CHANGED = marked("Copy of the contract as changed")
COPY_SOURCE = marked("Procurement Act 2023, section 77")
COPY_RULE = "pa_modified_contract_copy"
WITHOUT_COPY = {"wales", "northern_ireland"}


def changed_copies(facts, contract, about=""):
    """Yield the copy that each qualifying change of a contract asks for.

    Of the changes that one copy holds, only the newest is told.
    """
    if facts.light_touch or facts.nation in WITHOUT_COPY:
        return
    qualifying = [
        each
        for each in contract.changes
        if each.needs and worth_more(each, contract) is not False
    ]
    copied = contract.changed_copied_on
    held = [each for each in qualifying if copied and each.on <= copied]
    for change in [*held[-1:], *(each for each in qualifying if each not in held)]:
        yield one_copy(facts, contract, change, about)


def worth_more(change, contract):
    """Tell whether the contract is worth more than £5 million once so changed.

    None where that is not known. The value after the change, where it moved.
    """
    if change.amount is None:
        return contract.over_five_million
    return is_large(change.amount)


def one_copy(facts, contract, change, about):
    """Return the copy that one change asks for, with its clock."""
    copied = contract.changed_copied_on
    out = copied if copied and copied >= change.on else None
    more = {"about": about, "part": AS_CHANGED, "published_on": out}
    if worth_more(change, contract) is None and not out:
        why = gettext(
            "The contract was changed on {day}. A copy is needed if it is then worth "
            "more than £5 million with VAT. That is not known here."
        ).format(day=write_day(change.on))
        return due_without_clock(
            facts, "UK10", NoticeState.NOT_YET, why, source=gettext(COPY_SOURCE), **more
        )
    why = gettext(
        "The contract was changed on {day}, and is worth more than £5 million with VAT."
    ).format(day=write_day(change.on))
    return due_by_clock(facts, "UK10", COPY_RULE, change.on, why, **more)
