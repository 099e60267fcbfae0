"""The amounts from which the law asks for more, with VAT, and £5 million among them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from commissions.law.notices_due import NoticeFacts, PublishedNotice
from commissions.law.thresholds import (
    doubt_about_law,
    more_than,
    threshold,
    threshold_of,
)
from tests import make


@pytest.mark.parametrize(
    ("light_touch", "works", "central", "pounds"),
    [
        (False, False, True, 135_018),
        (False, False, False, 207_720),
        (True, False, False, 663_540),
        (True, False, True, 663_540),
        (False, True, True, 5_193_000),
        (False, True, False, 5_193_000),
        (True, True, False, 5_193_000),
    ],
)
def test_the_whole_act_applies_from_these_amounts(light_touch, works, central, pounds):
    found = threshold_of(
        light_touch=light_touch, works=works, central=central, on=date(2026, 1, 1)
    )
    assert found.amount == pounds


@pytest.mark.parametrize(
    ("began", "works", "central", "pounds"),
    [
        (date(2024, 1, 1), False, True, 139_688),
        (date(2025, 12, 31), False, False, 214_904),
        (date(2025, 12, 31), True, False, 5_372_609),
        (date(2026, 1, 1), False, False, 207_720),
        (date(2026, 1, 1), True, False, 5_193_000),
    ],
)
def test_a_procurement_keeps_the_threshold_of_the_day_it_began(
    began, works, central, pounds
):
    found = threshold_of(light_touch=False, works=works, central=central, on=began)
    assert found.amount == pounds


@pytest.mark.parametrize(
    ("name", "year", "pounds"),
    [
        ("light_touch", 2025, 663_540),
        ("light_touch_concession", 2025, 5_372_609),
        ("light_touch_concession", 2026, 5_372_609),
        ("notifiable_central", 2026, 12_000),
        ("notifiable", 2026, 30_000),
        ("large", 2026, 5_000_000),
        ("pipeline", 2026, 2_000_000),
        ("psr_change", 2026, 500_000),
    ],
)
def test_the_law_names_these_amounts(name, year, pounds):
    assert threshold(name, date(year, 6, 1)).amount == pounds


def test_a_doubt_about_the_law_counts_by_the_year_the_procurement_began():
    begun = NoticeFacts(
        today=date(2026, 12, 1),
        regime="procurement_act",
        value=Decimal(210_000),
        vat="included",
        published=(PublishedNotice("UK4", date(2025, 11, 3)),),
    )
    assert "£214,904 with VAT" in doubt_about_law(begun)
    assert "from 1 January 2024 to 31 December 2025" in doubt_about_law(begun)
    assert doubt_about_law(replace(begun, published=())) == ""


MORE_THAN_FIVE_MILLION = [
    # without VAT, with VAT, more than £5 million
    (None, None, None),
    (None, "5000000", False),
    (None, "5000000.01", True),
    ("4166666.66", None, False),
    ("4166666.67", None, None),
    ("5000000", None, None),
    ("5000000.01", None, True),
    ("5000000.01", "5000000", False),
]


def pounds(text):
    """Return an amount, or none."""
    return text and Decimal(text)


@pytest.mark.parametrize(("net", "gross", "more"), MORE_THAN_FIVE_MILLION)
def test_what_vat_could_change_is_not_judged(net, gross, more):
    assert more_than(Decimal(5_000_000), pounds(net), pounds(gross)) is more


COPY = {
    True: "Not published yet. It is due by 28 February 2027.",
    False: "The law asks for a copy of contracts worth more than £5 million",
    None: "if the contract is worth more than £5 million including VAT",
}


@pytest.mark.django_db
@pytest.mark.parametrize(("net", "gross", "more"), MORE_THAN_FIVE_MILLION)
def test_the_page_of_a_contract_asks_for_its_copy_from_the_same_amount(
    client, time_machine, net, gross, more
):
    time_machine.move_to("2026-12-05 12:00", tick=False)
    contract = make.contract(
        commission=make.commission(regime="procurement_act", route="open"),
        on=date(2026, 12, 1),
        amount=pounds(net),
        amount_gross=pounds(gross),
    )
    page = client.get(contract.get_absolute_url()).content.decode()
    assert [key for key, words in COPY.items() if words in page] == [more]


def test_a_value_that_vat_lifts_just_to_the_limit_is_not_more():
    assert more_than(Decimal(12_000), Decimal(10_000)) is False
    assert more_than(Decimal(12_000), Decimal("10000.01")) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "small"), [("central", False), ("nhs", False), ("local_authority", True)]
)
def test_the_nhs_has_notices_from_the_amount_of_central_government(kind, small):
    buyer = make.organisation(kind=kind)
    bought = make.commission(
        organisation=buyer, regime="below_threshold", value_max=20_000
    )
    assert bought.is_small is small
