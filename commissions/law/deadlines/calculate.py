"""Running a clock: which rule applies, the checks before counting, the doubts after."""

import difflib
from dataclasses import dataclass
from datetime import date, datetime

from commissions.law.dates import LONDON, every_day, listed, write_day_in_full
from commissions.law.deadlines.counting import (
    Clock,
    MissingDate,
    MissingHolidays,
    NoMinimum,
    Rule,
    UncountableDate,
    UnknownRule,
    WrongNumber,
    WrongRegime,
)
from commissions.law.deadlines.rules import RULES
from commissions.law.holidays import NATIONS, Holidays
from commissions.law.language import gettext, marked
from commissions.law.regimes import REGIMES, UNCOUNTED

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

    Where the law leaves out the bank holidays of every part of the United Kingdom,
    the date is counted so, whichever nation's are given.

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
    lawful = lawful_holidays(rule, holidays)
    end, counting = rule.way.count(start, number, rule.event, lawful)
    if not rule.way.working:
        return Clock(end, counting, rule.source)
    doubts = (doubt_about_years(lawful, start, end), doubt_about_nation(rule, holidays))
    note = ""
    if lawful != holidays:
        alone, _ = rule.way.count(start, number, rule.event, holidays)
        note = doubt_about_scotland(holidays, start, end, alone)
    source = rule.in_scotland if answers_under_scottish_law(rule, holidays) else ""
    return Clock(
        end, counting, source or rule.source, " ".join(filter(None, doubts)), note
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


def answers_under_scottish_law(rule, holidays) -> bool:
    """Say whether a law of Scotland's own stands in the rule's place."""
    return holidays.nation == "scotland" and bool(rule.in_scotland)


def lawful_holidays(rule, holidays):
    """Return the bank holidays that the law itself leaves out.

    Of every part of the United Kingdom where the rule says so, save under a law of
    Scotland's own; else those of the nation.
    """
    if rule.leaves_out != "united_kingdom":
        return holidays
    if answers_under_scottish_law(rule, holidays):
        return holidays
    return holidays.everywhere()


def doubt_about_years(holidays, start, end) -> str:
    """Say which years the table of bank holidays does not reach."""
    unknown = holidays.years_unknown(start, end)
    if not unknown:
        return ""
    return gettext(
        "No bank holidays of {years} in {place} are known here, so this "
        "date could change when they are."
    ).format(years=listed(unknown), place=holidays.place)


def doubt_about_nation(rule, holidays) -> str:
    """Say that the law counts England's bank holidays, where others were given."""
    if rule.leaves_out != "england" or holidays.nation == "england":
        return ""
    return gettext(
        "The law counts England’s bank holidays here, not those of {place}. "
        "Count it with England’s."
    ).format(place=holidays.place)


def doubt_about_scotland(holidays, start, end, alone) -> str:
    """Say which other nations' bank holidays move a date, and what it would be else."""
    if alone == end:
        return ""
    more = sorted(holidays.elsewhere.intersection(every_day(start, end)))
    named = listed(write_day_in_full(d) for d in more if holidays.work_on(d))
    return gettext(
        "The law leaves out bank holidays in any part of the United Kingdom, "
        "so {named} too: by those of {nation} alone it would be {day}."
    ).format(
        named=named,
        nation=gettext(NATIONS[holidays.nation]),
        day=write_day_in_full(alone),
    )


@dataclass(frozen=True)
class ProcurementFacts:
    """What the periods of the Procurement Act depend on, as section 54 lists it.

    `preselected`: only suppliers already selected may tender, to an authority
    outside central government or for a utilities contract; `agreed`: they and
    the authority have agreed the period between them.
    """

    light_touch: bool = False
    urgent: bool = False
    qualifying_planned_notice: bool = False
    dynamic_market: bool = False
    preselected: bool = False
    agreed: bool = False
    electronic: bool = True
    documents_together: bool = True


def tendering_rule(facts: ProcurementFacts) -> str:
    """Name the rule of the shortest tendering period (section 54(4)).

    Raises NoMinimum where the Act sets none.
    """
    if facts.light_touch:
        raise NoMinimum(
            gettext(
                "A light touch contract has no shortest tendering period "
                "(Procurement Act 2023, section 54(4))."
            )
        )
    if facts.preselected and facts.agreed:
        raise NoMinimum(
            gettext(
                "A tendering period agreed with the suppliers already selected has "
                "no minimum (Procurement Act 2023, section 54(4))."
            )
        )
    if shortened_rule(facts):
        return "pa_min_tender_deadline_10"
    hindrances = (not facts.electronic) + (not facts.documents_together)
    return f"pa_min_tender_deadline_{25 + 5 * hindrances}"


def shortened_rule(facts: ProcurementFacts) -> bool:
    """Say whether any of the circumstances holds that shorten tendering to 10 days."""
    return (
        facts.qualifying_planned_notice
        or facts.urgent
        or facts.dynamic_market
        or facts.preselected
    )


def participation_rule(facts: ProcurementFacts) -> str:
    """Name the rule of the shortest participation period (section 54(3)).

    Raises NoMinimum for a light touch contract.
    """
    if facts.light_touch:
        raise NoMinimum(
            gettext(
                "A light touch contract has no shortest participation period "
                "(Procurement Act 2023, section 54(3))."
            )
        )
    return f"pa_min_participation_deadline_{10 if facts.urgent else 25}"


NO_STANDSTILL = {
    "framework": marked("A call-off from a framework"),
    "dynamic_market": marked("An award from a dynamic market"),
    "psr_a": "Direct Award Process A",
    "psr_b": "Direct Award Process B",
}
URGENT = marked("An urgent direct award")


def standstill_rule(
    regime: str, route: str = "", *, light_touch=False, urgent=False
) -> str:
    """Name the rule of the standstill (Act section 51, PSR regulation 12).

    `regime` and `route` are values of Commission.Regime and Commission.Route;
    `urgent` is a direct award for extreme and unavoidable urgency or to protect
    life. Raises NoMinimum where no standstill is mandatory: one that is
    announced all the same lasts 8 working days at least under the Act.
    """
    if regime == "psr" and not urgent and route not in {"psr_a", "psr_b"}:
        return "psr_representations_close"
    exempt = light_touch or urgent or route in NO_STANDSTILL
    if regime == "procurement_act" and not exempt:
        return "pa_standstill_last_day"
    raise NoMinimum(f"{without_standstill(regime, route, light_touch)}.")


def without_standstill(regime: str, route: str, light_touch: bool) -> str:
    """Say why no standstill is mandatory."""
    if regime in UNCOUNTED:
        return gettext("The portal does not count the standstill of this law")
    if regime not in {"procurement_act", "psr"}:
        return gettext(
            "Below the threshold, and where nothing is bought, the law has no "
            "standstill"
        )
    if light_touch and regime == "procurement_act":
        what = gettext("A light touch contract")
    else:
        what = gettext(NO_STANDSTILL.get(route, URGENT))
    if regime == "psr":
        return gettext(
            "{what} has no standstill (SI 2023/1348, regulation 12(1))"
        ).format(what=what)
    return gettext(
        "{what} has no mandatory standstill (Procurement Act 2023, section "
        "51(3)); one that its award notice announces lasts 8 working days at "
        "least"
    ).format(what=what)


def contract_details_rule(*, light_touch: bool) -> str:
    """Name the rule for the contract details notice, UK7 (section 53(1))."""
    return f"pa_contract_details{'_light_touch' if light_touch else ''}"


def contract_copy_rule(*, light_touch: bool) -> str:
    """Name the rule for the copy of a contract over £5 million (section 53(3))."""
    return f"pa_contract_copy{'_light_touch' if light_touch else ''}"
