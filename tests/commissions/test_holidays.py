"""The dated table of bank holidays: what it starts with, and how clocks read it."""

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from commissions.law.deadlines import Holidays, count
from commissions.models import Holiday, Organisation
from tests import make
from tests.settings import ROOT

pytestmark = pytest.mark.django_db
NATIONS = Organisation.Nation.values


def named(nation, year):
    """Return a nation's holidays of one year: day and name."""
    rows = Holiday.objects.filter(nation=nation, day__year=year).order_by("day")
    return [(f"{row.day:%m-%d}", row.name) for row in rows]


@pytest.mark.shared
def test_england_starts_with_the_days_that_the_law_s_facts_list():
    facts = json.loads((ROOT.parent / "shared/data/rules/deadlines.json").read_text())
    years = range(2025, 2031)
    england = {d for d in Holiday.objects.for_nation("england") if d.year in years}
    assert sorted(map(str, england)) == facts["bank_holidays_england"]


def easter(year):
    """Return Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leaps, short = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moon + 15) % 30
    fours, ones = divmod(rest, 4)
    sunday = (32 + 2 * short + 2 * fours - epact - ones) % 7
    late = (golden + 11 * epact + 22 * sunday) // 451
    month, day = divmod(epact + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def monday(year, month, *, last=False):
    """Return the first or the last Monday of a month."""
    days = [date(year, month, n) for n in range(1, 32 if month != 4 else 31)]
    mondays = [day for day in days if day.weekday() == 0]
    return mondays[-1 if last else 0]


def free_days(nation, year):
    """Return the weekdays off by the Act of 1971 and the proclamations, by rule."""
    north, scots = nation == "northern_ireland", nation == "scotland"
    sunday = easter(year)
    fixed = [date(year, 1, 1), *([date(year, 1, 2)] if scots else [])]
    fixed += [date(year, 3, 17), date(year, 7, 12)] if north else []
    fixed += [date(year, 11, 30)] if scots else []
    fixed += [date(year, 12, 25), date(year, 12, 26)]
    off = {sunday - timedelta(days=2), monday(year, 5), monday(year, 5, last=True)}
    off |= set() if scots else {sunday + timedelta(days=1)}
    off.add(monday(year, 8) if scots else monday(year, 8, last=True))
    for day in [d for d in fixed if d.weekday() < 5] + [
        d for d in fixed if d.weekday() > 4
    ]:
        while day.weekday() > 4 or day in off:
            day += timedelta(days=1)
        off.add(day)
    world_cup = {date(2026, 6, 15)} if (scots and year == 2026) else set()
    return off | world_cup


@pytest.mark.parametrize("nation", NATIONS)
@pytest.mark.parametrize("year", range(2025, 2031))
def test_each_nation_is_off_on_the_days_that_the_rules_give(nation, year):
    listed = Holiday.objects.for_nation(nation)
    off = {day for day in listed if day.year == year and day.weekday() < 5}
    assert off == free_days(nation, year)


def test_england_and_wales_have_the_same_days():
    england, wales = map(Holiday.objects.for_nation, ("england", "wales"))
    assert england == wales


def test_boxing_day_on_a_saturday_is_listed_beside_its_substitute():
    assert named("england", 2026) == [
        ("01-01", "New Year’s Day"),
        ("04-03", "Good Friday"),
        ("04-06", "Easter Monday"),
        ("05-04", "Early May bank holiday"),
        ("05-25", "Spring bank holiday"),
        ("08-31", "Summer bank holiday"),
        ("12-25", "Christmas Day"),
        ("12-26", "Boxing Day"),
        ("12-28", "Boxing Day (substitute day)"),
    ]


def test_scotland_has_2_january_st_andrews_day_and_its_own_summer_without_easter():
    assert named("scotland", 2026) == [
        ("01-01", "New Year’s Day"),
        ("01-02", "2 January"),
        ("04-03", "Good Friday"),
        ("05-04", "Early May bank holiday"),
        ("05-25", "Spring bank holiday"),
        ("06-15", "Scotland in the World Cup finals"),
        ("08-03", "Summer bank holiday"),
        ("11-30", "St Andrew’s Day"),
        ("12-25", "Christmas Day"),
        ("12-26", "Boxing Day"),
        ("12-28", "Boxing Day (substitute day)"),
    ]


def test_northern_ireland_has_st_patricks_day_and_the_twelfth():
    assert named("northern_ireland", 2025) == [
        ("01-01", "New Year’s Day"),
        ("03-17", "St Patrick’s Day"),
        ("04-18", "Good Friday"),
        ("04-21", "Easter Monday"),
        ("05-05", "Early May bank holiday"),
        ("05-26", "Spring bank holiday"),
        ("07-12", "Battle of the Boyne (Orangemen’s Day)"),
        ("07-14", "Battle of the Boyne (substitute day)"),
        ("08-25", "Summer bank holiday"),
        ("12-25", "Christmas Day"),
        ("12-26", "Boxing Day"),
    ]


def test_new_year_on_a_weekend_gives_scotland_two_substitutes():
    assert named("scotland", 2028)[:4] == [
        ("01-01", "New Year’s Day"),
        ("01-02", "2 January"),
        ("01-03", "New Year’s Day (substitute day)"),
        ("01-04", "2 January (substitute day)"),
    ]


@pytest.mark.parametrize("nation", NATIONS)
@pytest.mark.parametrize("year", range(2024, 2032))
def test_every_year_from_2024_to_2031_has_as_many_days_off_as_the_nation_keeps(
    nation, year
):
    worked = [
        d
        for d in Holiday.objects.for_nation(nation)
        if d.year == year and d.weekday() < 5
    ]
    usual = {"england": 8, "wales": 8, "scotland": 9, "northern_ireland": 10}[nation]
    world_cup = nation == "scotland" and year == 2026
    assert len(worked) == usual + world_cup


def test_the_clocks_get_a_nations_days_and_the_other_nations_beside_them(
    django_assert_num_queries,
):
    with django_assert_num_queries(1):
        calendar = Holiday.objects.calendar("northern_ireland")
    assert calendar == Holidays(
        "northern_ireland",
        Holiday.objects.for_nation("northern_ireland"),
        Holiday.objects.for_nation("england") | Holiday.objects.for_nation("scotland"),
    )


def test_a_late_announced_holiday_moves_the_clocks_that_run():
    asked = date(2026, 11, 2)
    before = count("question_answer", asked, Holiday.objects.calendar("england"))
    Holiday.objects.create(
        nation="england",
        day=date(2026, 11, 10),
        name="Coronation",
        announced_on=date(2026, 11, 4),
    )
    after = count("question_answer", asked, Holiday.objects.calendar("england"))
    known = Holiday.objects.known_on(asked).calendar("england")
    assert (before.date, after.date) == (date(2026, 11, 16), date(2026, 11, 17))
    assert "Tuesday 10 November 2026 (a bank holiday in England)" in after.counting
    assert count("question_answer", asked, known) == before
    assert date(2026, 11, 10) in Holiday.objects.known_on(date(2026, 11, 4)).for_nation(
        "england"
    )


def test_a_holiday_listed_twice_for_a_nation_is_refused_in_a_sentence():
    twice = Holiday(nation="wales", day=date(2026, 12, 25), name="Christmas")
    with pytest.raises(ValidationError) as caught:
        twice.full_clean()
    assert caught.value.messages == [
        "This nation has a bank holiday on this day already. Change that one instead."
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        twice.save()


def test_a_holiday_announced_after_it_was_over_is_refused_in_a_sentence():
    late = Holiday(
        nation="wales",
        day=date(2026, 11, 10),
        name="Coronation",
        announced_on=date(2026, 11, 11),
    )
    with pytest.raises(ValidationError) as caught:
        late.full_clean()
    assert caught.value.messages == [
        "A bank holiday is announced on or before the day itself. Correct one of the "
        "two dates."
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        late.save()


def test_a_holiday_says_what_it_is_where_and_when():
    row = Holiday.objects.get(nation="scotland", day=date(2026, 11, 30))
    assert str(row) == "St Andrew’s Day, Scotland, 2026-11-30"


def test_staff_add_a_late_holiday_in_the_admin(client):
    client.force_login(make.staff())
    page = reverse("admin:commissions_holiday_add")
    late = {
        "nation": "wales",
        "day": "2026-11-10",
        "name": "Coronation",
        "announced_on": "2026-11-04",
    }
    assert client.post(page, late).status_code == 302
    assert date(2026, 11, 10) in Holiday.objects.for_nation("wales")
    again = client.post(page, late)
    assert again.context["adminform"].form.non_field_errors() == [
        "This nation has a bank holiday on this day already. Change that one instead."
    ]


def test_a_day_that_staff_add_is_taken_as_announced_today_unless_they_say(client):
    client.force_login(make.staff())
    page = client.get(reverse("admin:commissions_holiday_add"))
    shown = page.context["adminform"].form.initial
    assert shown["announced_on"] == timezone.localdate()


@pytest.mark.parametrize("search", ["", "?nation__exact=scotland&q=Andrew"])
def test_the_list_of_holidays_in_the_admin_can_be_narrowed(client, search):
    client.force_login(make.staff())
    answer = client.get(reverse("admin:commissions_holiday_changelist") + search)
    found = answer.context["cl"].result_count
    assert found == (12 if search else Holiday.objects.count())
