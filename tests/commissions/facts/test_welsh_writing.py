"""How days, times, money and lengths of time are written in Welsh."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from commissions.law.dates import (
    days_in_words,
    listed,
    write_day_in_full,
    write_time_and_day,
)
from commissions.text import formats
from commissions.text.quarters import quarter_name

CLOSES = datetime(2026, 12, 18, 17, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _in_welsh():
    with translation.override("cy"):
        yield


def test_days_and_times_have_their_welsh_names():
    assert formats.on_day(CLOSES) == "18 Rhagfyr 2026"
    assert formats.at_time(CLOSES) == "5pm ar ddydd Gwener 18 Rhagfyr 2026"
    assert formats.at_time(CLOSES.date()) == "dydd Gwener 18 Rhagfyr 2026"
    midnight = CLOSES.replace(hour=0)
    assert formats.at_time(midnight) == (
        "hanner nos ar ddechrau dydd Gwener 18 Rhagfyr 2026"
    )
    assert formats.by_time(CLOSES.replace(hour=12), TODAY) == "hanner dydd, 18 Rhagfyr"
    assert formats.span_of_times(CLOSES.replace(hour=14), CLOSES) == (
        "2pm tan 5pm ar ddydd Gwener 18 Rhagfyr 2026"
    )
    assert write_day_in_full(TODAY) == "dydd Sul 22 Tachwedd 2026"
    assert write_time_and_day(CLOSES) == "17:00 ar 18 Rhagfyr 2026"


def test_rough_days_mutate_the_month_that_ends_them():
    assert quarter_name(date(2027, 4, 1)) == "Ebrill i Fehefin 2027"
    assert quarter_name(date(2027, 10, 1)) == "Hydref i Ragfyr 2027"
    assert formats.roughly(TODAY, "month", short=True) == "Tach 2026"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 22), "heddiw"),
        (date(2026, 11, 23), "yfory"),
        (date(2026, 11, 21), "ddoe"),
        (date(2026, 11, 24), "ymhen 2 ddiwrnod"),
        (date(2026, 12, 18), "ymhen 26 diwrnod"),
        (date(2026, 11, 19), "3 diwrnod yn ôl"),
    ],
)
def test_how_far_off_a_day_is(day, said):
    assert formats.in_days(day, TODAY) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2027, 7, 1), "ymhen 7 mis"),
        (date(2028, 12, 1), "ymhen 2 flynedd"),
        (date(2031, 12, 1), "ymhen 5 mlynedd"),
        (date(2023, 11, 1), "3 blynedd yn ôl"),
    ],
)
def test_months_and_years_mutate_after_their_numbers(day, said):
    assert formats.how_far(day, TODAY) == said


@pytest.mark.parametrize(
    ("number", "noun", "said"),
    [
        (1, "day", "1 diwrnod"),
        (2, "month", "2 fis"),
        (1, "year", "1 flwyddyn"),
        (13, "year", "13 blynedd"),
        (20, "year", "20 mlynedd"),
        (2, "commission", "2 gomisiwn"),
        (3, "lot", "3 lot"),
    ],
)
def test_a_noun_after_a_number_is_singular(number, noun, said):
    assert formats.how_many(number, noun) == said


def test_how_long_something_has_lasted():
    assert formats.for_days(date(2026, 11, 12), TODAY) == "ers 10 diwrnod"
    assert days_in_words(2) == "2 ddiwrnod"
    assert formats.how_far(TODAY, TODAY) == "heddiw"


def test_money_and_vat_are_written_in_welsh():
    assert formats.money(Decimal(1_200_000)) == "£1.2 miliwn"
    assert formats.money(Decimal(3_050_000_000)) == "£3.05 biliwn"
    assert formats.amount(Decimal(100), Decimal(120)) == (
        "£100 heb gynnwys TAW, £120 gan gynnwys TAW"
    )
    assert formats.amount(Decimal(100), says_vat=False) == "£100, TAW heb ei nodi"
    assert formats.value_range(None, Decimal(100), "gan gynnwys TAW") == (
        "Hyd at £100 gan gynnwys TAW"
    )
    vat = "TAW heb ei nodi"
    hundred = Decimal(100)
    assert formats.value_range(hundred, None, vat) == "O leiaf £100, TAW heb ei nodi"
    assert formats.value_range(hundred, hundred, vat) == "£100, TAW heb ei nodi"
    assert formats.value_range(hundred, 2 * hundred, vat).startswith("£100 i £200")


def test_lists_join_with_the_and_that_the_next_word_asks_for():
    assert listed(["Cymru", "Lloegr"]) == "Cymru a Lloegr"
    assert listed(["Cymru", "yr Alban"]) == "Cymru ac yr Alban"
