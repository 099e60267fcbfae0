"""How far a change moves a contract, and when the law asks for a notice first."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissions.law.contract_changes import (
    ContractChange,
    change_in_per_cent,
    per_cent_in_words,
    term_share,
    why_change_notice,
)

POUNDS = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("1e12"), places=2)
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 1, 1))
ACT = {"regime": "procurement_act", "light_touch": False, "works": False}


@given(before=POUNDS, after=POUNDS)
def test_a_share_added_to_what_was_gives_what_is(before, after):
    assert abs(
        before + before * change_in_per_cent(before, after) / 100 - after
    ) < Decimal("0.01")


@given(before=POUNDS, after=POUNDS)
def test_a_share_rises_and_falls_with_the_value(before, after):
    assert (change_in_per_cent(before, after) > 0) == (after > before)
    assert change_in_per_cent(before, before) == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [(None, Decimal(1)), (Decimal(1), None), (Decimal(0), Decimal(1))],
)
def test_a_share_of_nothing_is_not_said(before, after):
    assert change_in_per_cent(before, after) is None


@given(starts=DAYS, length=st.integers(1, 9000), more=st.integers(-8000, 8000))
def test_the_term_is_counted_in_days_of_the_longest_term(starts, length, more):
    ends = starts + timedelta(days=length - 1)
    moved = ends + timedelta(days=more)
    assert term_share(ends, moved, starts, None) == Decimal(more * 100) / length
    assert term_share(ends, moved, starts, ends) == Decimal(more * 100) / length


def test_options_agreed_from_the_start_count_in_the_longest_term():
    starts, ends = date(2026, 1, 1), date(2026, 12, 31)
    longest = date(2027, 12, 31)
    assert term_share(ends, longest, starts, longest) == 50
    assert term_share(ends, None, starts, longest) is None
    assert term_share(ends, starts, None, longest) is None


def amount(after):
    return ContractChange(amount_before=Decimal(100), amount_after=Decimal(after))


@pytest.mark.parametrize(
    ("after", "works", "needed"),
    [
        ("110", False, False),
        ("110.01", False, True),
        ("89.99", False, True),
        ("90", False, False),
        ("115", True, False),
        ("115.01", True, True),
    ],
)
def test_a_notice_is_due_above_10_per_cent_of_the_value_and_15_of_works(
    after, works, needed
):
    assert bool(why_change_notice(amount(after), **{**ACT, "works": works})) == needed


def test_a_notice_is_due_above_10_per_cent_of_the_longest_term():
    starts = date(2026, 1, 1)
    ends = starts + timedelta(days=999)

    def change(days):
        return ContractChange(
            ends_before=ends, ends_after=ends + timedelta(days=days), starts_on=starts
        )

    assert why_change_notice(change(100), **ACT) == []
    assert why_change_notice(change(-100), **ACT) == []
    assert why_change_notice(change(101), **ACT) == [
        "The term changes by 10.1%: more than 10% of the longest term agreed at the "
        "award."
    ]


@pytest.mark.parametrize(
    "facts", [{"light_touch": True}, {"regime": "psr"}, {"regime": "old_regulations"}]
)
def test_light_touch_contracts_and_other_laws_need_no_such_notice(facts):
    assert why_change_notice(amount("500"), **{**ACT, **facts}) == []


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("12.5", "12.5%"),
        ("-12.5", "12.5%"),
        ("40", "40%"),
        ("0.01", "less than 0.1%"),
        ("0", "0%"),
        ("1234.56", "1234.6%"),
    ],
)
def test_a_share_is_written_short(number, said):
    assert per_cent_in_words(Decimal(number)) == said
