"""Running a clock: the rules by name, the checks before counting, the doubts after."""

import difflib
from datetime import date, datetime
from zoneinfo import ZoneInfo

from commissions.clocks import (
    answers,
    council_decisions,
    procurement_act,
    provider_selection,
)
from commissions.clocks.counting import WORKING_BEGINNING_WITH
from commissions.clocks.days import DAY, Holidays, listed, span, written
from commissions.clocks.rule import (
    REGIMES,
    Clock,
    MissingDate,
    MissingHolidays,
    Rule,
    UncountableDate,
    UnknownRule,
    WrongNumber,
    WrongRegime,
)

RULES = {
    rule.name: rule
    for law in (procurement_act, provider_selection, council_decisions, answers)
    for rule in law.RULES
}
"""Every rule by its name, law by law."""

LONDON = ZoneInfo("Europe/London")  # publication counts by the day it was there
LONGEST = 1000  # days: more is a slip, not a period
FIRST, LAST = date(1972, 1, 1), date(2200, 1, 1)  # bank holidays as we know them


def count(
    name: str,
    start: date | datetime | None,
    holidays: Holidays | None = None,
    *,
    regime: str | None = None,
    days: int | None = None,
) -> Clock:
    """Run one rule from a day, giving the date, the counting in words and the source.

    `start` is the day of the rule's event; a moment counts as its day in London.
    `holidays` are needed by rules in working days. `regime` (a value of
    Commission.Regime) is checked where it is given. `days` replaces the number
    of a rule that no law fixes, such as a council's promise to answer.

    Raises UnknownRule, WrongRegime, MissingDate (UncountableDate for a far-off
    year), MissingHolidays or WrongNumber, each with a sentence that says what is amiss.
    """
    rule = rule_named(name)
    check_regime(rule, regime)
    start = day_of(rule, start)
    number = number_of(rule, days)
    if rule.way.working and holidays is None:
        raise MissingHolidays(
            f"{rule.name} counts working days: give the bank holidays of a nation."
        )
    end, counting = rule.way.count(start, number, rule.event, holidays)
    doubts = [d(rule, start, number, holidays, end) for d in DOUBTS if rule.way.working]
    return Clock(
        end, counting, source_in(rule, holidays), " ".join(filter(None, doubts))
    )


def rule_named(name: str) -> Rule:
    """Return a rule; where there is none, suggest the nearest."""
    if name in RULES:
        return RULES[name]
    near = difflib.get_close_matches(str(name), RULES, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise UnknownRule(f"There is no rule called “{name}”.{hint}")


def check_regime(rule, regime):
    """Refuse a commission that runs under another law than the rule's."""
    if regime is None or not rule.regime or regime == rule.regime:
        return
    raise WrongRegime(
        f"{rule.name} belongs to {REGIMES[rule.regime]}, and this runs under "
        f"{REGIMES.get(regime, f'“{regime}”')}. Choose a rule of that regime."
    )


def day_of(rule, start) -> date:
    """Return the day to count from, refusing none, a naive moment or a far-off year."""
    if isinstance(start, datetime):
        if start.tzinfo is None:
            raise MissingDate(
                f"{rule.name} needs a day, or a moment with its time zone: "
                f"{start} has none."
            )
        start = start.astimezone(LONDON).date()
    if not isinstance(start, date):
        raise MissingDate(f"{rule.name} needs the day {rule.event}. Give that date.")
    if not FIRST <= start < LAST:
        raise UncountableDate(
            f"{rule.name} cannot count from {start}: give a day from "
            f"{FIRST.year} to {LAST.year - 1}."
        )
    return start


def number_of(rule, days) -> int:
    """Return how many days to count, refusing to change what a law fixes."""
    if days is None or days == rule.number:
        return rule.number
    if not rule.adjustable:
        raise WrongNumber(
            f"{rule.name} counts {rule.number} by law ({rule.source}): leave the "
            "number of days out."
        )
    if not 1 <= days <= LONGEST:
        raise WrongNumber(f"Count from 1 to {LONGEST} days: {days} is not one of them.")
    return days


def source_in(rule, holidays) -> str:
    """Return the law that sets the rule where these bank holidays hold."""
    scottish = holidays is not None and holidays.nation == "scotland"
    return rule.in_scotland if scottish and rule.in_scotland else rule.source


def doubt_about_years(rule, start, number, holidays, end) -> str:
    """Say which years the table of bank holidays does not reach."""
    unknown = holidays.years_unknown(start, end)
    if not unknown:
        return ""
    return (
        f"No bank holidays of {listed(unknown)} in {holidays.place} are known here, "
        "so this date may move when they are."
    )


def doubt_about_nations(rule, start, number, holidays, end) -> str:
    """Say what the law's own bank holidays make of it, where they are not the nation's."""
    if rule.leaves_out == "england" and holidays.nation != "england":
        return (
            f"The law counts England’s bank holidays here, not those of "
            f"{holidays.place}. Count it with England’s."
        )
    own_law = source_in(rule, holidays) != rule.source
    if rule.leaves_out != "united_kingdom" or own_law:
        return ""
    return doubt_about_elsewhere(rule, start, number, holidays, end)


def doubt_about_elsewhere(rule, start, number, holidays, end) -> str:
    """Say which bank holidays of other nations move a date that the Act counts UK-wide."""
    first = start if rule.way is WORKING_BEGINNING_WITH else start + DAY
    if not any(
        map(holidays.work_on, holidays.elsewhere.intersection(span(first, end)))
    ):
        return ""
    other, _ = rule.way.count(start, number, rule.event, holidays.everywhere())
    more = sorted(holidays.elsewhere.intersection(span(first, other)))
    named = listed(written(d) for d in more if holidays.work_on(d))
    return (
        f"The law leaves out bank holidays in any part of the United Kingdom, so "
        f"{named} too: counted so, the day is {written(other)}."
    )


DOUBTS = (doubt_about_years, doubt_about_nations)
