"""The arithmetic of consulted on against tendered: amounts, days, lots, criteria."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissions.public.changes.comparison import (
    DIFFERENT,
    NOW,
    SAME,
    STATES,
    THEN,
    UNSAID,
    compare_day,
    compare_statements,
    compare_value,
    count_compared,
    days_moved,
    distance_outside,
    later_or_earlier,
    months_in_words,
    more_or_less,
    one_sided_row,
)
from commissions.public.commission.stages import span

POUNDS = st.decimals(0, 10**12, places=2)
DAYS = st.dates(date(2000, 1, 1), date(2199, 12, 31))
ROUGH = st.tuples(DAYS, st.sampled_from(["day", "month", "quarter", "year"]))


def said(low, high=None, vat="excluded", **more):
    """Make a statement of a value."""
    return {"value": [low, high or low, vat], **more}


def value(before, after):
    """Return what comparing two values says: state and by how much."""
    row = compare_value(before, after)
    return row.state, row.much


@pytest.mark.parametrize(
    ("before", "after", "much"),
    [
        (8_600_000, 9_800_000, "£1.2 million more, 14%"),
        (1_000_000, 999_000, "£1,000 less, less than 1%"),
        (200, 300, "£100 more, 50%"),
        (0, 500, "£500 more"),
        (100, 350, "£250 more, 250%"),
    ],
)
def test_how_far_one_amount_lies_from_another(before, after, much):
    assert more_or_less(Decimal(before), Decimal(after)) == much


@pytest.mark.parametrize(
    ("before", "after", "state", "much"),
    [
        (said("100.00"), said("100.00"), SAME, ""),
        (said("100.00"), said("150.00"), DIFFERENT, "£50 more, 50%"),
        (said("100.00", "200.00"), said("150.00"), SAME, "Within the range"),
        (said("100.00", "200.00"), said("100.00", "200.00"), SAME, ""),
        (
            said("100.00", "200.00"),
            said("250.00"),
            DIFFERENT,
            "£50 more, 25%, than the highest value",
        ),
        (
            said("100.00", "200.00"),
            said("50.00"),
            DIFFERENT,
            "£50 less, 50%, than the lowest value",
        ),
        (
            said("100.00", vat="included"),
            said("100.00"),
            UNSAID,
            "One side counts VAT and the other does not.",
        ),
        (
            said("100.00", vat="not_stated"),
            said("150.00"),
            DIFFERENT,
            "£50 more, 50%. One side does not say whether it counts VAT",
        ),
        (
            said("120.00", vat="included"),
            said("1.00", tender={"amount": "100.00", "amount_gross": "120.00"}),
            SAME,
            "",
        ),
        (said("100.00"), said("9.00", tender={"amount": "100.00"}), SAME, ""),
        (
            {"value": [None, "100.00", "excluded"]},
            said("150.00"),
            DIFFERENT,
            "£50 more, 50%, than the highest value",
        ),
        (
            {"value": ["100.00", None, "excluded"]},
            said("150.00"),
            SAME,
            "Within the range",
        ),
        (
            {"value": ["100.00", None, "excluded"]},
            {"value": [None, "50.00", "excluded"]},
            DIFFERENT,
            "£50 less, 50%, than the lowest value",
        ),
        ({}, said("100.00"), THEN, ""),
        (said("100.00"), {}, NOW, ""),
    ],
)
def test_values_are_compared_on_the_same_footing(before, after, state, much):
    assert value(before, after) == (state, much)


@given(POUNDS, POUNDS, POUNDS)
def test_an_amount_lies_outside_a_range_or_nothing_is_said(one, other, amount):
    low, high = sorted((one, other))
    assert bool(distance_outside(low, high, amount)) is not (low <= amount <= high)


@given(POUNDS, POUNDS)
def test_more_one_way_is_less_the_other(one, other):
    if one == other:
        return
    # “£4.85 billion more, less than 1%”: what counts stands before the comma
    there = more_or_less(one, other).partition(", ")[0]
    back = more_or_less(other, one).partition(", ")[0]
    assert (" more" in there, " less" in there) == (" less" in back, " more" in back)
    assert (" more" in there) is (other > one)
    assert there.split()[0] == back.split()[0]


@given(ROUGH, ROUGH)
def test_the_gap_between_days_is_that_of_the_nearest_they_may_mean(one, other):
    before, after = span(*one), span(*other)
    days = days_moved(before, after)
    nearest = min((abs((b - a).days) for a in before for b in after), default=0)
    overlap = before[0] <= after[1] and after[0] <= before[1]
    assert abs(days) == (0 if overlap else nearest)
    assert days_moved(after, before) == -days
    row = compare_day(
        "x", [one[0].isoformat(), one[1]], [other[0].isoformat(), other[1]]
    )
    assert row.state == (DIFFERENT if days else SAME)
    assert row.much == later_or_earlier(days)


@given(DAYS, st.integers(-4000, 4000))
def test_a_day_that_moves_is_that_many_days_later_or_earlier(day, days):
    moved = day + timedelta(days=days)
    row = compare_day("x", [day.isoformat(), "day"], [moved.isoformat(), "day"])
    assert row.much == later_or_earlier(days)
    words = row.much.split()
    assert (int(words[0].replace(",", "")) if words else 0) == abs(days)


def test_a_rough_date_is_met_by_any_day_that_it_may_mean():
    rough = ["2027-04-01", "month"]
    assert compare_day("x", rough, ["2027-04-30", "day"]).state == SAME
    late = compare_day("x", rough, ["2027-05-31", "day"])
    assert (late.before, late.after, late.much) == (
        "April 2027",
        "31 May 2027",
        "31 days later",
    )


def test_a_whole_statement_is_compared_in_groups():
    before = {
        "value": ["8600000.00", "8600000.00", "excluded"],
        "starts_on": "2027-04-01",
        "ends_on": "2032-03-31",
        "extension": "Two years",
        "regime": "procurement_act",
        "route": "not_decided",
        "dates": {"tender": ["2026-11-01", "month"], "delivery": ["2027-04-01", "day"]},
        "lots": [["North", "100.00"], ["East", None], ["West", "5.00"]],
        "criteria": [["Quality", "quality", "60.00"], ["Price", "price", "40.00"]],
    }
    after = {
        **before,
        "tender": {"amount": "9800000.00", "amount_gross": None},
        "ends_on": "2034-03-31",
        "extension": "two  YEARS",
        "route": "open",
        "dates": {"tender": ["2026-12-31", "day"]},
        "lots": [["north ", "150.00"], ["South", "10.00"], ["West", "5.00"]],
        "criteria": [["Quality", "quality", "50.00"], ["Price", "price", "50.00"]],
    }
    groups = compare_statements(before, after)
    assert {
        group.id: [(row.what, row.state, row.much) for row in group.rows]
        for group in groups
    } == {
        "money": [("Value", DIFFERENT, "£1.2 million more, 14%")],
        "days": [
            ("Tender opens", DIFFERENT, "31 days later"),
            ("Service begins", NOW, ""),
            ("First day of the term", SAME, ""),
            ("Last day", DIFFERENT, "730 days later"),
            ("Length", DIFFERENT, "2 years longer"),
        ],
        "law": [
            ("Law", SAME, ""),
            ("Route to a provider", THEN, ""),
            ("Possible extension", SAME, ""),
        ],
        "lots": [
            ("north ", DIFFERENT, "£50 more, 50%"),
            ("East", DIFFERENT, "Left out"),
            ("West", SAME, ""),
            ("South", DIFFERENT, "New"),
        ],
        "criteria": [
            ("Quality", DIFFERENT, "10 points less"),
            ("Price", DIFFERENT, "10 points more"),
        ],
    }
    assert count_compared(groups) == {DIFFERENT: 9, SAME: 4, UNSAID: 2}
    shown = {row.words for group in groups for row in group.rows}
    assert shown == set(STATES.values()) - {STATES[UNSAID]}


def test_where_one_side_states_no_lot_the_rows_say_which():
    groups = compare_statements({}, {"lots": [["North", "100.00"]]})
    (row,) = groups[0].rows
    assert (row.before, row.after, row.state) == ("Not stated", "£100", THEN)
    assert compare_statements({}, {}) == []


def test_a_number_of_months_is_said_in_years_where_it_is_whole_years():
    assert [months_in_words(n) for n in (0, 1, 12, 30, 60)] == [
        "0 months",
        "1 month",
        "1 year",
        "30 months",
        "5 years",
    ]


def test_a_row_of_two_sides_is_not_one_sided():
    assert one_sided_row("x", "", "") is None
    with pytest.raises(ValueError, match="both"):
        one_sided_row("x", "a", "b")
