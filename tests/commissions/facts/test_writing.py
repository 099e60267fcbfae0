"""How a day, a moment and money are written, wherever the portal says them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from commissions.law.dates import every_day
from commissions.text.formats import amount, at_time, money, on_day, value_range
from tests import make


@pytest.mark.parametrize(
    ("value", "day", "moment"),
    [
        (None, "", ""),
        (date(2026, 11, 3), "3 November 2026", "Tuesday 3 November 2026"),
        (
            datetime(2026, 12, 18, 17, tzinfo=UTC),
            "18 December 2026",
            "5pm on Friday 18 December 2026",
        ),
        (
            datetime(2026, 6, 30, 23, 30, tzinfo=UTC),
            "1 July 2026",
            "12:30am on Wednesday 1 July 2026",
        ),
        (
            datetime(2026, 7, 1, 11, tzinfo=UTC),
            "1 July 2026",
            "midday on Wednesday 1 July 2026",
        ),
        (
            datetime(2026, 6, 30, 23, tzinfo=UTC),
            "1 July 2026",
            "midnight at the start of Wednesday 1 July 2026",
        ),
    ],
)
def test_a_day_and_a_moment_are_those_of_london(value, day, moment):
    assert (on_day(value), at_time(value)) == (day, moment)


@pytest.mark.parametrize(
    ("pounds", "words"),
    [
        (None, ""),
        ("0", "£0"),
        ("12.50", "£12.50"),
        ("999.99", "£999.99"),
        ("1000.50", "£1,001"),
        ("135018", "£135,018"),
        ("999999.49", "£999,999"),
        ("999999.50", "£1 million"),
        ("1234567", "£1.23 million"),
        ("1000000000", "£1 billion"),
        ("3050000000", "£3.05 billion"),
        ("-20000", "−£20,000"),
    ],
)
def test_money_is_written_as_people_say_it(pounds, words):
    assert money(pounds and Decimal(pounds)) == words


def test_an_amount_says_whether_it_counts_vat_and_keeps_its_currency():
    net, gross = Decimal(100_000), Decimal(120_000)
    assert amount(net, gross) == "£100,000 excluding VAT, £120,000 including VAT"
    assert amount(net, None, "EUR") == "100,000 EUR excluding VAT"
    assert (
        value_range(net, gross, "including VAT") == "£100,000 to £120,000 including VAT"
    )
    assert value_range(None, net, "VAT not stated") == "Up to £100,000, VAT not stated"
    assert value_range(net, None, "VAT not stated").startswith("At least £100,000")
    assert value_range(None, None, "VAT not stated") == ""


@pytest.mark.django_db
def test_the_page_of_a_contract_writes_them_so(client):
    contract = make.contract(
        on=date(2026, 3, 9),
        amount=Decimal(1_234_567),
        amount_gross=Decimal("1481480.40"),
    )
    page = client.get(contract.get_absolute_url()).content.decode()
    assert "9 March 2026" in page
    assert "£1.23 million excluding VAT, £1.48 million including VAT" in page


def test_every_day_of_a_period_counts_its_first_and_its_last():
    first, last = date(2026, 2, 27), date(2026, 3, 1)
    assert every_day(first, last) == [first, date(2026, 2, 28), last]
    assert every_day(first, first) == [first]
