"""The clocks against the law's own vectors, a day-by-day walk, and their words."""

import itertools
import json
from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissions.law.deadlines import (
    NATIONS,
    REGIMES,
    RULES,
    ClockError,
    Holidays,
    MissingDate,
    MissingHolidays,
    NoMinimum,
    ProcurementFacts,
    UncountableDate,
    UnknownRule,
    WrongNumber,
    WrongRegime,
    contract_copy_rule,
    contract_details_rule,
    count,
    participation_rule,
    standstill_rule,
    tendering_rule,
)
from commissions.law.holidays.data import HOLIDAYS
from commissions.law.regimes import UNCOUNTED
from commissions.models import Commission, Organisation
from tests.settings import ROOT

DAY = timedelta(days=1)
YEARS = [date(2025, 1, 1) + n * DAY for n in range(6 * 365 + 1)]
THROUGH = [YEARS[0] + n * DAY for n in range(len(YEARS) + 200)]
WORKING = [name for name, rule in RULES.items() if rule.way.working]
BY_LAW_UK_WIDE = [n for n, r in RULES.items() if r.leaves_out == "united_kingdom"]


def days_off(nation):
    """Return the bank holidays of a nation as the portal starts with them."""
    return frozenset(date.fromisoformat(d) for d, _, who in HOLIDAYS if nation in who)


OWN = {nation: days_off(nation) for nation in NATIONS}
EVERYWHERE = frozenset().union(*OWN.values())
CALENDAR = {
    nation: Holidays(
        nation, own, frozenset().union(*(OWN[n] for n in NATIONS if n != nation))
    )
    for nation, own in OWN.items()
}
ENGLAND = CALENDAR["england"]


# Against the law


def deadlines():
    """Read the rules and vectors that come with the law's facts."""
    return json.loads((ROOT.parent / "shared/data/rules/deadlines.json").read_text())


@pytest.mark.shared
def test_every_rule_of_the_deadlines_gives_the_dates_of_its_vectors():
    given = deadlines()
    own, elsewhere = (
        frozenset(map(date.fromisoformat, given[f"bank_holidays_{whose}"]))
        for whose in ("england", "other_parts")
    )
    england = Holidays("england", own, elsewhere)
    vectors = [
        (name, start, end)
        for name, rule in given["rules"].items()
        for start, end in rule["vectors"].items()
    ]
    assert len(vectors) == 51
    for holidays in (england, ENGLAND):
        found = [
            (name, start, count(name, date.fromisoformat(start), holidays).date)
            for name, start, _ in vectors
        ]
        assert [(n, s, d.isoformat()) for n, s, d in found] == vectors


@pytest.mark.shared
def test_the_rules_that_stand_outside_the_vectors_have_their_names_too():
    assert {*deadlines()["rules"], "pipeline", "payments_over_30k"} <= set(RULES)


# What the law says, as plainly as a walk can: from how many days after the
# start, how many days, and whether only working days count.
WALKS = {
    "pa_qualifying_uk3_earliest_uk4": (1, 40, False),
    "pa_min_participation_deadline_25": (1, 25, False),
    "pa_min_participation_deadline_10": (1, 10, False),
    "pa_min_tender_deadline_25": (1, 25, False),
    "pa_min_tender_deadline_30": (1, 30, False),
    "pa_min_tender_deadline_35": (1, 35, False),
    "pa_min_tender_deadline_10": (1, 10, False),
    "pa_standstill_last_day": (0, 8, True),
    "pa_change_standstill_last_day": (0, 8, True),
    "pa_contract_details": (0, 30, False),
    "pa_contract_details_light_touch": (0, 120, False),
    "pa_contract_copy": (0, 90, False),
    "pa_contract_copy_light_touch": (0, 180, False),
    "pa_modified_contract_copy": (0, 90, False),
    "pa_breach_notice": (0, 30, False),
    "pa_termination": (0, 30, False),
    "psr_msp_earliest_identify": (1, 14, False),
    "psr_representations_close": (2, 8, True),
    "psr_standstill_after_further_decision": (1, 5, True),
    "psr_award_notice": (1, 30, False),
    "psr_modification_notice": (1, 30, False),
    "psr_urgent_notice": (1, 30, False),
    "psr_abandonment_notice": (1, 30, False),
    "exec_key_decision_earliest": (1, 29, False),
    "exec_general_exception_earliest": (1, 6, False),
    "exec_private_meeting_earliest": (1, 29, False),
    "exec_private_meeting_second_notice_earliest": (1, 6, False),
    "exec_agenda_earliest_meeting": (1, 6, False),
    "exec_agenda_earliest_meeting_working_days": (1, 6, True),
    "foi_response": (1, 20, True),
    "eir_response": (1, 20, True),
    "eir_response_complex": (1, 40, True),
    "question_answer": (1, 10, True),
}


def until(day, months):
    """Go forward to the last day before one of these months begins."""
    while not ((day + DAY).day == 1 and (day + DAY).month in months):
        day += DAY
    return day


def next_may(day):
    """Go forward to 26 May."""
    while (day.month, day.day) != (5, 26):
        day += DAY
    return day


def year_on(day):
    """Return the same day of the next year, 28 February for 29."""
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap else day.day)


OTHER_WALKS = {
    "pipeline": next_may,
    "payments_over_30k": lambda day: until(day, {1, 4, 7, 10}) + 29 * DAY,
    "pa_payments_compliance": lambda day: until(day, {4, 10}) + 29 * DAY,
    "pa_qualifying_uk3_latest_uk4": year_on,
    "pa_performance_yearly": lambda day: (
        year_on(day) - DAY * ((day.month, day.day) != (2, 29))
    ),
}


def test_every_rule_is_walked():
    assert {*WALKS, *OTHER_WALKS} == set(RULES)


def walked(name, counted):
    """Give each day of 2025 to 2030 and where a walk along the days that count ends."""
    after, number, _ = WALKS[name]
    for day in YEARS:
        first = bisect_left(counted, day + after * DAY)
        yield day, counted[first + number - 1]


def left_out(name, nation):
    """Return the days off of a rule: the United Kingdom's where its law says so."""
    scottish = nation == "scotland" and RULES[name].in_scotland
    return OWN[nation] if scottish or name not in BY_LAW_UK_WIDE else EVERYWHERE


@pytest.mark.parametrize("nation", NATIONS)
@pytest.mark.parametrize("name", WORKING)
def test_working_days_come_out_as_a_walk_through_2025_to_2030_does(name, nation):
    off, cal = left_out(name, nation), CALENDAR[nation]
    working = [d for d in THROUGH if d.weekday() < 5 and d not in off]
    wrong = [d for d, end in walked(name, working) if count(name, d, cal).date != end]
    assert wrong == []


@pytest.mark.parametrize("name", [n for n in WALKS if n not in WORKING])
def test_plain_days_come_out_as_a_walk_through_2025_to_2030_does(name):
    wrong = [d for d, end in walked(name, THROUGH) if count(name, d).date != end]
    assert wrong == []


def test_the_walk_counts_working_days_where_the_rule_does():
    assert [n for n, (_, _, working) in WALKS.items() if working] == [
        name for name in WALKS if name in WORKING
    ]


@pytest.mark.parametrize("name", OTHER_WALKS)
def test_periods_and_windows_come_out_as_a_walk_through_2025_to_2030_does(name):
    wrong = [d for d in YEARS if count(name, d).date != OTHER_WALKS[name](d)]
    assert wrong == []


# Properties

days = st.dates(date(2024, 1, 1), date(2031, 12, 31))
calendars = st.builds(Holidays, st.sampled_from([*NATIONS]), st.frozensets(days))


@given(st.sampled_from(WORKING), days, calendars)
def test_a_count_in_working_days_never_ends_on_a_day_that_is_not_one(name, day, cal):
    end = count(name, day, cal).date
    assert end.weekday() < 5
    assert end not in cal.days


@given(st.sampled_from(WORKING), days, calendars, st.frozensets(days))
def test_another_bank_holiday_never_brings_a_date_nearer(name, day, cal, more):
    longer = Holidays(cal.nation, cal.days | more)
    assert count(name, day, longer).date >= count(name, day, cal).date


@given(st.sampled_from([*RULES]), days, calendars)
def test_a_later_start_never_gives_an_earlier_date(name, day, cal):
    assert count(name, day + DAY, cal).date >= count(name, day, cal).date


@given(st.sampled_from([*RULES]), days, st.sampled_from([*CALENDAR.values()]))
def test_the_counting_ends_by_naming_the_date_and_nothing_is_left_blank(name, day, cal):
    clock = count(name, day, cal)
    assert f"{clock.date:%A} {clock.date.day} {clock.date:%B %Y}" in clock.counting
    assert clock.counting[-1] == "."
    assert "  " not in clock.counting
    assert clock.source


@given(st.sampled_from(BY_LAW_UK_WIDE), days)
def test_a_date_that_one_nation_alone_would_give_sooner_says_so(name, day):
    clock = count(name, day, ENGLAND)
    alone = count(name, day, Holidays("england", ENGLAND.days)).date
    whole = count(name, day, ENGLAND.everywhere())
    assert (clock.date, whole.note) == (whole.date, "")
    if alone == clock.date:
        assert clock.note == ""
    else:
        assert clock.note.endswith(f"{alone:%A} {alone.day} {alone:%B %Y}.")


# Words


def test_the_counting_says_which_day_is_day_one_and_what_was_left_out():
    clock = count("pa_standstill_last_day", date(2026, 11, 2), ENGLAND)
    assert clock.date == date(2026, 11, 11)
    assert clock.counting == (
        "Day 1 is Monday 2 November 2026, the day the contract award notice (UK6) is "
        "published; weekends are not counted; day 8 is Wednesday 11 November 2026."
    )
    assert clock.source == "Procurement Act 2023, sections 51(2) and 123(1)"
    assert clock.caution == ""


def test_a_bank_holiday_left_out_is_named_with_its_nation():
    clock = count("question_answer", date(2026, 4, 2), ENGLAND, days=1)
    assert clock.counting == (
        "Day 1 is Tuesday 7 April 2026, the first working day after the question is "
        "asked (Thursday 2 April 2026); weekends, Friday 3 April 2026 and Monday 6 "
        "April 2026 (bank holidays in England) are not counted; day 1 is Tuesday 7 "
        "April 2026."
    )


def test_one_bank_holiday_alone_is_said_in_the_singular():
    clock = count("question_answer", date(2026, 12, 24), CALENDAR["wales"], days=1)
    assert clock.date == date(2026, 12, 29)
    single = count(
        "question_answer", date(2026, 3, 16), CALENDAR["northern_ireland"], days=2
    )
    assert single.counting == (
        "Day 1 is Wednesday 18 March 2026, the first working day after the question is "
        "asked (Monday 16 March 2026); Tuesday 17 March 2026 (a bank holiday in "
        "Northern Ireland) is not counted; day 2 is Thursday 19 March 2026."
    )


def test_a_notice_published_on_a_saturday_starts_its_standstill_on_monday():
    clock = count("pa_standstill_last_day", date(2026, 11, 7), ENGLAND)
    assert clock.counting == (
        "Saturday 7 November 2026, the day the contract award notice (UK6) is "
        "published, is not a working day, so day 1 is Monday 9 November 2026; weekends "
        "are not counted; day 8 is Wednesday 18 November 2026."
    )


def test_clear_days_count_neither_end():
    assert count("exec_key_decision_earliest", date(2026, 11, 2)).counting == (
        "Monday 2 November 2026, the day the notice of the key decision is published, "
        "is not counted; the 28 clear days run from Tuesday 3 November 2026 to Monday "
        "30 November 2026; Tuesday 1 December 2026 is the first day after them."
    )


def test_agendas_can_be_counted_in_clear_working_days():
    clock = count(
        "exec_agenda_earliest_meeting_working_days", date(2026, 12, 22), ENGLAND
    )
    assert clock.counting == (
        "Tuesday 22 December 2026, the day the agenda and reports are published, is "
        "not counted; the 5 clear working days run from Wednesday 23 December 2026 to "
        "Thursday 31 December 2026; weekends, Friday 25 December 2026, Monday 28 "
        "December 2026 and Friday 1 January 2027 (bank holidays in England) are not "
        "counted; Monday 4 January 2027 is the first working day after them."
    )


def test_the_health_standstill_begins_the_day_after_and_closes_at_midnight():
    clock = count("psr_representations_close", date(2026, 11, 2), ENGLAND)
    assert clock.counting == (
        "The standstill begins on Tuesday 3 November 2026, the day after the notice "
        "of intention to award is published (Monday 2 November 2026); day 1 is "
        "Wednesday 4 November 2026, the first working day after it begins; weekends "
        "are not counted; day 8 is Friday 13 November 2026, and it closes at midnight "
        "at the end of that day."
    )


def test_a_quarters_payments_are_due_from_its_last_day():
    clock = count("payments_over_30k", date(2026, 5, 10))
    assert clock.date == date(2026, 7, 29)
    assert clock.counting == (
        "The quarter that Sunday 10 May 2026 is in ends on Tuesday 30 June 2026, which "
        "is day 1; every day counts; day 30 is Wednesday 29 July 2026."
    )


def test_the_pipelines_window_is_the_one_open_or_the_next():
    found = [
        count("pipeline", date(*day)).date
        for day in ((2026, 1, 5), (2026, 4, 1), (2026, 5, 26), (2026, 5, 27))
    ]
    assert found == [date(2026, 5, 26)] * 3 + [date(2027, 5, 26)]


def test_a_contract_begun_on_29_february_ends_its_first_year_on_28_february():
    clock = count("pa_performance_yearly", date(2028, 2, 29))
    assert clock.date == date(2029, 2, 28)


# Doubts


@pytest.mark.parametrize("nation", ["england", "wales", "northern_ireland"])
@pytest.mark.parametrize(
    ("name", "start", "last"),
    [
        ("pa_standstill_last_day", date(2025, 11, 27), date(2025, 12, 9)),
        ("pa_change_standstill_last_day", date(2025, 11, 27), date(2025, 12, 9)),
        ("foi_response", date(2026, 7, 6), date(2026, 8, 5)),
        ("eir_response", date(2026, 7, 6), date(2026, 8, 5)),
    ],
)
def test_the_acts_leave_out_the_holidays_of_every_part_of_the_united_kingdom(
    name, start, last, nation
):
    assert count(name, start, CALENDAR[nation]).date == last


def test_a_holiday_in_scotland_that_the_act_leaves_out_too_is_pointed_out():
    clock = count("foi_response", date(2026, 12, 14), ENGLAND)
    assert clock.date == date(2027, 1, 15)
    assert "Monday 4 January 2027 (bank holidays in the United Kingdom)" in (
        clock.counting
    )
    assert (clock.caution, clock.note) == (
        "",
        "The law leaves out bank holidays in any part of the United Kingdom, so Monday "
        "4 January 2027 too: by those of England alone it would be Thursday 14 January "
        "2027.",
    )


def test_a_holiday_elsewhere_on_the_day_of_receipt_is_not_pointed_out():
    clock = count("foi_response", date(2026, 3, 17), ENGLAND)
    assert (clock.caution, clock.note) == ("", "")


def test_the_health_regime_leaves_out_englands_holidays_alone():
    clock = count("psr_representations_close", date(2025, 11, 27), ENGLAND)
    assert (clock.date, clock.note) == (date(2025, 12, 10), "")


def test_a_scottish_authority_answers_under_its_own_act():
    clock = count("foi_response", date(2026, 12, 14), CALENDAR["scotland"])
    assert clock.date == date(2027, 1, 15)
    assert clock.source == (
        "Freedom of Information (Scotland) Act 2002, sections 10(1) and 73"
    )
    assert (clock.caution, clock.note) == ("", "")


def test_the_health_regime_asks_for_englands_holidays():
    clock = count("psr_representations_close", date(2026, 11, 2), CALENDAR["wales"])
    assert clock.caution == (
        "The law counts England’s bank holidays here, not those of Wales. Count it "
        "with England’s."
    )


def test_a_year_without_known_bank_holidays_is_said():
    clock = count("question_answer", date(2031, 12, 29), ENGLAND)
    assert clock.caution == (
        "No bank holidays of 2032 in England are known here, so this date could change "
        "when they are."
    )


# Refusals


def refusal(name, *args, **facts):
    """Return the sentence with which a clock refuses, and what kind it is."""
    with pytest.raises(ClockError) as caught:
        count(name, *args, **facts)
    return type(caught.value), str(caught.value)


def test_a_rule_that_is_not_there_is_named_with_the_nearest():
    assert refusal("foi_respons", date(2026, 11, 2), ENGLAND) == (
        UnknownRule,
        "There is no rule called “foi_respons”. Did you mean foi_response?",
    )
    assert refusal("zzz", date(2026, 11, 2)) == (
        UnknownRule,
        "There is no rule called “zzz”.",
    )


def test_a_missing_date_is_named_by_its_event():
    assert refusal("pa_termination", None) == (
        MissingDate,
        "pa_termination needs the day the contract ends. Give that date.",
    )


def test_a_commission_under_another_law_is_refused():
    assert refusal("pa_standstill_last_day", date(2026, 11, 2), regime="psr") == (
        WrongRegime,
        "pa_standstill_last_day belongs to the Procurement Act 2023, and this runs "
        "under the NHS Provider Selection Regime. Choose a rule of that regime.",
    )


def test_a_regime_nobody_knows_is_refused():
    kind, text = refusal("psr_award_notice", date(2026, 11, 2), regime="eu")
    assert kind is WrongRegime
    assert "this runs under “eu”" in text


@pytest.mark.parametrize("name", ["pa_standstill_last_day", "foi_response"])
def test_its_own_regime_and_rules_of_none_are_not_refused(name):
    clock = count(name, date(2026, 11, 2), ENGLAND, regime="procurement_act")
    assert clock == count(name, date(2026, 11, 2), ENGLAND)


def test_working_days_without_bank_holidays_are_refused():
    assert refusal("foi_response", date(2026, 11, 2)) == (
        MissingHolidays,
        "foi_response counts working days: give the bank holidays of a nation.",
    )


def test_a_number_that_the_law_fixes_cannot_be_changed():
    assert refusal("foi_response", date(2026, 11, 2), ENGLAND, days=10) == (
        WrongNumber,
        "foi_response counts 20 by law (Freedom of Information Act 2000, section 10(1) "
        "and (6)): leave the number of days out.",
    )


@pytest.mark.parametrize("days", [0, -1, 1001])
def test_a_number_of_days_must_be_one_that_can_be_counted(days):
    assert refusal("question_answer", date(2026, 11, 2), ENGLAND, days=days) == (
        WrongNumber,
        f"Count from 1 to 1000 days: {days} is not one of them.",
    )


@pytest.mark.parametrize("day", [date.min, date(1971, 12, 31), date.max])
@pytest.mark.parametrize("name", RULES)
def test_a_far_off_year_is_refused_by_every_rule(name, day):
    kind, text = refusal(name, day, ENGLAND)
    assert kind is UncountableDate
    assert text.endswith("give a day from 1972 to 2199.")


def test_a_moment_counts_as_its_day_in_london():
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # 00:30 on 1 July there
    assert count("pa_termination", late) == count("pa_termination", date(2026, 7, 1))


def test_a_moment_without_a_time_zone_is_refused():
    kind, text = refusal("pa_termination", datetime(2026, 6, 30, 23, 30))  # noqa: DTZ001
    assert kind is MissingDate
    assert "its time zone" in text


# Choosing the rule

SECTION_54_4 = [  # circumstance, days; the shortest that applies holds
    (lambda f: f.light_touch, 0),
    (lambda f: f.preselected and f.agreed, 0),
    (lambda f: f.preselected, 10),
    (lambda f: f.qualifying_planned_notice, 10),
    (lambda f: f.urgent, 10),
    (lambda f: f.dynamic_market, 10),
    (lambda f: f.electronic and f.documents_together, 25),
    (lambda f: f.electronic and not f.documents_together, 30),
    (lambda f: not f.electronic and f.documents_together, 30),
    (lambda f: not f.electronic and not f.documents_together, 35),
]


def test_the_tendering_period_is_the_shortest_of_the_acts_table_in_every_case():
    for case in itertools.product([False, True], repeat=8):
        facts = ProcurementFacts(*case)
        shortest = min(days for applies, days in SECTION_54_4 if applies(facts))
        if shortest:
            assert tendering_rule(facts) == f"pa_min_tender_deadline_{shortest}"
            assert RULES[tendering_rule(facts)].number == shortest
        else:
            with pytest.raises(NoMinimum, match=r"section 54\(4\)"):
                tendering_rule(facts)


def test_the_participation_period_is_25_days_or_10_or_none():
    assert participation_rule(ProcurementFacts()) == "pa_min_participation_deadline_25"
    urgent = participation_rule(ProcurementFacts(urgent=True))
    assert urgent == "pa_min_participation_deadline_10"
    with pytest.raises(NoMinimum, match=r"section 54\(3\)"):
        participation_rule(ProcurementFacts(light_touch=True, urgent=True))


@pytest.mark.parametrize(
    ("regime", "route", "rule"),
    [
        ("procurement_act", "open", "pa_standstill_last_day"),
        ("procurement_act", "direct_award", "pa_standstill_last_day"),
        ("psr", "psr_c", "psr_representations_close"),
        ("psr", "psr_msp", "psr_representations_close"),
        ("psr", "psr_competitive", "psr_representations_close"),
    ],
)
def test_the_standstill_is_that_of_the_regime(regime, route, rule):
    assert standstill_rule(regime, route) == rule
    assert RULES[rule].regime == regime


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        (
            {"regime": "procurement_act", "light_touch": True},
            "A light touch contract has no mandatory standstill (Procurement Act 2023, "
            "section 51(3)); one that its award notice announces lasts 8 working days "
            "at least.",
        ),
        (
            {"regime": "procurement_act", "route": "framework"},
            "A call-off from a framework has no mandatory standstill (Procurement Act "
            "2023, section 51(3)); one that its award notice announces lasts 8 working "
            "days at least.",
        ),
        (
            {"regime": "procurement_act", "route": "direct_award", "urgent": True},
            "An urgent direct award has no mandatory standstill (Procurement Act 2023, "
            "section 51(3)); one that its award notice announces lasts 8 working days "
            "at least.",
        ),
        (
            {"regime": "psr", "route": "psr_a", "light_touch": True},
            "Direct Award Process A has no standstill (SI 2023/1348, regulation 12(1)).",
        ),
        (
            {"regime": "grant"},
            "Below the threshold, and where nothing is bought, the law has no standstill.",
        ),
        *[
            ({"regime": law}, "The portal does not count the standstill of this law.")
            for law in UNCOUNTED
        ],
    ],
)
def test_where_no_standstill_is_mandatory_the_reason_is_said(case, sentence):
    with pytest.raises(NoMinimum) as caught:
        standstill_rule(**case)
    assert str(caught.value) == sentence


def test_light_touch_contracts_have_longer_to_publish():
    chosen = [
        f(light_touch=lt)
        for lt in (0, 1)
        for f in (contract_details_rule, contract_copy_rule)
    ]
    assert [RULES[name].number for name in chosen] == [30, 90, 120, 180]


# The vocabulary is the models'


def test_nations_regimes_and_routes_are_those_of_the_models():
    assert Organisation.Nation.choices == list(NATIONS.items())
    assert set(REGIMES) == set(Commission.Regime.values)
    assert {rule.regime for rule in RULES.values()} == {"", "procurement_act", "psr"}


def test_every_rule_is_listed_under_its_own_name_once():
    assert [rule.name for rule in RULES.values()] == list(RULES)
    assert all(rule.means.endswith(".") and rule.source for rule in RULES.values())
