"""The term of a contract and its ratings as pictures, and the copy's clock. Pure."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissions.law.thresholds import is_large
from commissions.public.contracts.charts import (
    ContractTerm,
    RatedPeriod,
    draw_term,
    indicator_rows,
    period_name,
    term_facts,
)
from commissions.public.contracts.page import copy_due

TODAY = date(2026, 11, 22)
TERM = ContractTerm(
    signed_on=date(2025, 12, 1),
    starts_on=date(2026, 1, 1),
    first_end=date(2027, 12, 31),
    ends_on=date(2028, 12, 31),
    latest_end_on=date(2029, 12, 31),
    ended_on=None,
    review_on=date(2027, 1, 4),
    used=(date(2028, 12, 31),),
    unused=(date(2029, 12, 31),),
)


def test_a_term_is_drawn_as_agreed_extended_and_still_open():
    drawn = draw_term(TERM, TODAY)
    assert [span.look for span in drawn.spans] == ["tender", "award", "hollow"]
    assert [words for _, words in drawn.key] == [
        "As first agreed",
        "Extended or changed",
        "Can still be extended",
    ]
    assert (drawn.end, drawn.latest) == (date(2028, 12, 31), date(2029, 12, 31))
    assert 20 < drawn.today_x < 25


def test_an_early_end_leaves_the_rest_hollow_and_no_option():
    drawn = draw_term(replace(TERM, ended_on=date(2026, 7, 1)), TODAY)
    assert [words for _, words in drawn.key] == [
        "As first agreed",
        "Agreed, but ended early",
    ]
    assert (drawn.end_word, drawn.latest) == ("Ended", None)


@pytest.mark.parametrize(
    "unknown",
    [
        {"starts_on": None, "signed_on": None},
        {"ends_on": None},
        {
            "ends_on": TERM.starts_on,
            "first_end": TERM.starts_on,
            "latest_end_on": TERM.starts_on,
        },
    ],
)
def test_nothing_is_drawn_without_a_start_and_a_later_end(unknown):
    assert draw_term(replace(TERM, **unknown), TODAY) is None


def test_the_days_are_listed_in_order_without_what_is_not_known():
    assert [row["what"] for row in term_facts(TERM, TODAY)] == [
        "Signed",
        "Start",
        "End as first agreed",
        "Extended to",
        "End",
        "Can still be extended to",
        "Next review",
    ]
    nothing = ContractTerm(*[None] * 6)
    assert term_facts(nothing, TODAY) == []
    told_by_notice = replace(TERM, unused=())
    assert (
        term_facts(told_by_notice, TODAY)[-2]["what"]
        == "End if every extension is used"
    )


DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 1, 1))


@given(start=DAYS, run=st.integers(1, 9000), more=st.integers(0, 3000), today=DAYS)
def test_whatever_is_drawn_stays_within_the_picture(start, run, more, today):
    end = start + timedelta(days=run)
    term = ContractTerm(None, start, end, end, end + timedelta(days=more), None)
    drawn = draw_term(term, today)
    assert all(0 <= span.x <= 100 for span in drawn.spans)
    assert sum(span.width for span in drawn.spans) < 102
    assert drawn.today_x is None or 0 <= drawn.today_x <= 100


def quarter(number):
    """Return the first and last day of a quarter of 2025 and after."""
    first = date(2025 + number // 4, number % 4 * 3 + 1, 1)
    after = date(2025 + (number + 1) // 4, (number + 1) % 4 * 3 + 1, 1)
    return first, after - timedelta(days=1)


def test_a_period_without_a_rating_is_a_gap_and_the_newest_eight_are_drawn():
    ratings = [RatedPeriod(1, *quarter(n), "met") for n in range(10)]
    ratings += [RatedPeriod(2, *quarter(n), "below", "why") for n in range(0, 10, 2)]
    first, second, third = indicator_rows(
        [(1, "A", ""), (2, "B", ""), (3, "C", "")], ratings
    )
    assert len(first.cells) == 10
    assert [bar.x for bar in first.bars] == list(range(0, 320, 40))
    assert [bar.look for bar in second.bars] == ["low", "hollow"] * 4
    assert second.cells[1].words == "No rating published"
    assert first.latest == "Good, April to June 2027"
    assert (third.latest, third.trend) == ("Not rated yet", "")


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        (["met", "below"], "Worse than the rating before."),
        (["significantlyBelow", "below"], "Better than the rating before."),
        (["below", "other", "below"], "The same as the rating before."),
        (["met", "other"], ""),
    ],
)
def test_the_newest_rating_is_compared_with_the_one_before(levels, said):
    ratings = [RatedPeriod(1, *quarter(n), level) for n, level in enumerate(levels)]
    assert indicator_rows([(1, "A", "")], ratings)[0].trend == said


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2026, 1, 1), date(2026, 3, 31), "January to March 2026"),
        (date(2026, 2, 1), date(2026, 2, 28), "February 2026"),
        (date(2026, 1, 1), date(2026, 12, 31), "2026"),
        (date(2025, 4, 1), date(2026, 3, 31), "April 2025 to March 2026"),
        (date(2026, 1, 2), date(2026, 3, 31), "2 January 2026 to 31 March 2026"),
    ],
)
def test_a_period_is_named_as_people_name_it(first, last, name):
    assert period_name(first, last) == name


@pytest.mark.parametrize(
    ("net", "gross", "large"),
    [
        (None, Decimal("5000000.01"), True),
        (Decimal(9_000_000), Decimal(5_000_000), False),
        (Decimal("5000000.01"), None, True),
        (Decimal(4_500_000), None, None),
        (Decimal(4_000_000), None, False),
        (None, None, None),
    ],
)
def test_five_million_pounds_are_counted_with_vat(net, gross, large):
    assert is_large(net, gross) is large


SIGNED = date(2026, 3, 27)


@pytest.mark.parametrize(
    ("light_touch", "large", "said", "late"),
    [
        (False, True, "Not published yet. It was due by 24 June 2026.", True),
        (True, True, "Not published yet. It was due by 22 September 2026.", True),
        (
            False,
            None,
            "Not published yet. It was due by 24 June 2026, if the contract is worth "
            "more than £5 million including VAT.",
            False,
        ),
    ],
)
def test_a_copy_is_due_in_90_days_or_180(light_touch, large, said, late):
    due = copy_due(SIGNED, "procurement_act", light_touch, large, TODAY)
    assert (due.said, due.late) == (said, late)
    assert "Procurement Act 2023, section 53(3)" in due.source


def test_no_copy_is_asked_for_by_other_laws_or_without_a_day():
    assert not copy_due(SIGNED, "psr", False, True, TODAY).source
    assert not copy_due(SIGNED, "procurement_act", False, False, TODAY).source
    old = copy_due(date(1900, 1, 1), "procurement_act", False, True, TODAY)
    assert old.said.endswith("It was signed before the law asked for a copy.")
    said = copy_due(None, "procurement_act", False, True, TODAY).said
    assert said == "Not published. The day it was signed is not stated."
