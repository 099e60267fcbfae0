"""The notices of the Procurement Act 2023 before a contract: UK2 to UK6, UK12."""

from commissions.law.dates import DAY, write_day
from commissions.law.deadlines import count
from commissions.law.language import gettext, marked
from commissions.law.notices_due import contracts
from commissions.law.notices_due.due import (
    NoticeState,
    due_without_clock,
    published_due,
    sentences,
    unrecorded_due,
)
from commissions.law.notices_due.facts import DIRECT, NoticeFacts

CALL_OFF = "framework"
NO_COMPETITION = {
    DIRECT: marked("A contract awarded directly is not put out to tender."),
    CALL_OFF: marked(
        "A call-off from a framework is not put out to tender: the framework was."
    ),
}


def owed_under_the_act(facts: NoticeFacts):
    """Yield each notice of a procurement above the threshold."""
    yield engagement_notice(facts)
    yield planned_notice(facts)
    yield tender_notice(facts)
    yield transparency_notice(facts)
    yield award_notice(facts)
    yield cancellation_notice(facts)
    yield from contracts.owed_of_contracts(facts)
    yield from pipeline_notice(facts)


def engagement_notice(facts):
    """UK2: before the tender notice, where the market is engaged."""
    code, tendered = "UK2", facts.first("UK4")
    if out := published_due(facts, code, gettext("It said how to take part.")):
        return out
    if why := gettext(NO_COMPETITION.get(facts.way, "")):
        return due_without_clock(facts, code, NoticeState.NOT_NEEDED, why)
    if tendered or facts.past("evaluation"):
        why = gettext(
            "None was published before the tender notice, which must then give "
            "the reasons, or there was no engagement with the market."
        )
        return due_without_clock(facts, code, NoticeState.NOT_NEEDED, why)
    if "engagement" in facts.reached:
        on = tender_planned(facts)
        if on:
            said = gettext(
                "If suppliers were engaged, it is due before the tender notice, planned "
                "for {day}. Otherwise the tender notice gives the reasons."
            )
        else:
            said = gettext(
                "If suppliers were engaged, it is due before the tender notice. "
                "Otherwise the tender notice gives the reasons."
            )
        why = said.format(day=on)
        return due_without_clock(facts, code, NoticeState.NOT_YET, why)
    why = gettext("Before the tender notice, if the market is engaged.")
    return due_without_clock(facts, code, NoticeState.NOT_YET, why)


def tender_planned(facts) -> str:
    """Write the day for which the tender is planned, if it is."""
    on = facts.planned.get("tender")
    return write_day(on) if on and on >= facts.today else ""


def planned_notice(facts):
    """UK3: by choice; what it does to the tendering period."""
    code = "UK3"
    if on := facts.first(code):
        return due_without_clock(
            facts,
            code,
            NoticeState.PUBLISHED,
            effect_notice(on, facts.first("UK4")),
            published_on=on,
            counting=count("pa_qualifying_uk3_earliest_uk4", on).counting,
        )
    if why := gettext(NO_COMPETITION.get(facts.way, "")):
        return due_without_clock(facts, code, NoticeState.NOT_NEEDED, why)
    tender_on = facts.planned.get("tender")
    why = gettext("It is published by choice.")
    if tender_on and not facts.days_of("UK4") and not facts.past("tender"):
        latest = tender_on - 40 * DAY
        said = gettext(
            "For a tender notice on {tender_on} with a tendering period of 10 days it "
            "would have to be published by {latest}."
        )
        days = {"tender_on": write_day(tender_on), "latest": write_day(latest)}
        why = sentences(why, said.format(**days))
    return due_without_clock(facts, code, NoticeState.NOT_NEEDED, why)


def effect_notice(on, tendered) -> str:
    """Say what a planned procurement notice does for the tender notice."""
    first = count("pa_qualifying_uk3_earliest_uk4", on).date
    last = count("pa_qualifying_uk3_latest_uk4", on).date
    if tendered is None:
        said = gettext(
            "It lets a tender notice published from {first} to {last} set a tendering "
            "period of 10 days in place of 25."
        )
    elif first <= tendered <= last:
        said = gettext(
            "It qualified: the tender notice came on {day}, between {first} and {last}, "
            "so the tendering period could be as short as 10 days."
        )
    else:
        said = gettext(
            "It did not shorten the tendering period: the tender notice came on {day}, "
            "not from {first} to {last}."
        )
    day = tendered and write_day(tendered)
    return said.format(day=day, first=write_day(first), last=write_day(last))


def tender_notice(facts):
    """UK4: the invitation itself."""
    code = "UK4"
    if out := published_due(facts, code, gettext("It invited suppliers to bid.")):
        return out
    if why := gettext(NO_COMPETITION.get(facts.way, "")):
        return due_without_clock(facts, code, NoticeState.NOT_NEEDED, why)
    if followed := facts.first("UK6", "UK7"):
        return unrecorded_due(facts, code, followed)
    if facts.past("tender"):
        return tender_without_notice(facts)
    on = tender_planned(facts)
    planned = gettext("When suppliers are invited to bid, planned for {day}.")
    why = planned if on else gettext("When suppliers are invited to bid.")
    return due_without_clock(facts, code, NoticeState.NOT_YET, why.format(day=on))


def tender_without_notice(facts):
    """Return the tender notice of a tender that has begun without it."""
    came = facts.reached.get("tender")
    if came is None:
        why = gettext("No day of the tender is recorded.")
        return due_without_clock(facts, "UK4", NoticeState.UNRECORDED, why)
    why = gettext(
        "Suppliers were invited on {day}. The tender notice is the invitation, and none "
        "is recorded."
    ).format(day=write_day(came))
    return due_without_clock(facts, "UK4", NoticeState.LATE, why, on=came)


def transparency_notice(facts):
    """UK5: before a direct award."""
    code = "UK5"
    if out := published_due(
        facts, code, gettext("It said why there is no competition.")
    ):
        return out
    if facts.way != DIRECT:
        return due_without_clock(
            facts, code, NoticeState.NOT_NEEDED, gettext("There is no direct award.")
        )
    if facts.chosen_by_user:
        return due_without_clock(
            facts, code, NoticeState.NOT_NEEDED, gettext(USER_CHOICE)
        )
    if followed := facts.first("UK6", "UK7"):
        return unrecorded_due(facts, code, followed)
    if signed := first_signed(facts):
        why = gettext(
            "It was due before the contract was awarded; that was signed on {day}."
        ).format(day=write_day(signed))
        return due_without_clock(facts, code, NoticeState.LATE, why, on=signed)
    state = NoticeState.DUE if facts.stage == DIRECT else NoticeState.NOT_YET
    return due_without_clock(
        facts, code, state, gettext("Before the contract is awarded.")
    )


USER_CHOICE = marked(
    "The person who uses the service chose the provider (Schedule 5, paragraph 15), "
    "so none is needed."
)


def first_signed(facts):
    """Return the day on which the first contract was signed, or None."""
    days = [each.signed_on for each in facts.signatures()]
    return min(days, default=None)


def award_notice(facts):
    """UK6: after the decision, before the contract."""
    code, signed = "UK6", first_signed(facts)
    if out := facts.first(code):
        return award_published(facts, out, signed)
    if facts.chosen_by_user:
        return due_without_clock(
            facts, code, NoticeState.NOT_NEEDED, gettext(USER_CHOICE)
        )
    if followed := facts.first("UK7"):
        return unrecorded_due(facts, code, followed)
    if signed:
        why = gettext(
            "It was due before the contract, which was signed on {day}."
        ).format(day=write_day(signed))
        return due_without_clock(facts, code, NoticeState.LATE, why, on=signed)
    chosen = facts.decided_on or facts.stage == "standstill"
    state = NoticeState.DUE if chosen else NoticeState.NOT_YET
    why = gettext(
        "Once it is decided who is chosen, and before the contract is entered into."
    )
    return due_without_clock(facts, code, state, why)


def award_published(facts, out, signed):
    """Return the award notice, which is late if the contract came first."""
    if signed and out > signed:
        why = gettext(
            "It was due before the contract, which was signed on {day}."
        ).format(day=write_day(signed))
        return due_without_clock(
            facts, "UK6", NoticeState.PUBLISHED, why, on=signed, published_on=out
        )
    why = gettext("It announced the choice before a contract was signed.")
    return due_without_clock(facts, "UK6", NoticeState.PUBLISHED, why, published_on=out)


def cancellation_notice(facts):
    """UK12: after a decision not to award, once a tender or transparency notice is out."""
    code = "UK12"
    if out := published_due(
        facts, code, gettext("It said that no contract will be awarded.")
    ):
        return out
    if facts.stage != "cancelled":
        why = gettext("Only if the procurement ends without a contract.")
        return due_without_clock(facts, code, NoticeState.NOT_NEEDED, why)
    if not facts.days_of("UK4", "UK5"):
        why = gettext(
            "It was cancelled before a tender or transparency notice was published."
        )
        return due_without_clock(facts, code, NoticeState.NOT_NEEDED, why)
    came = facts.reached.get("cancelled")
    why = gettext("As soon as reasonably practicable after the decision not to award.")
    if came:
        since = gettext("It was cancelled on {day}.").format(day=write_day(came))
        why = sentences(why, since)
    return due_without_clock(facts, code, NoticeState.DUE, why)


def pipeline_notice(facts):
    """UK1, where it is recorded here; else it is the organisation’s affair."""
    why = gettext(
        "It is the organisation’s notice, once a year, of contracts of more "
        "than £2 million to come; it is not asked of a single commission."
    )
    out = published_due(
        facts, "UK1", gettext("It listed this among the contracts to come.")
    )
    yield out or due_without_clock(facts, "UK1", NoticeState.NOT_NEEDED, why)
