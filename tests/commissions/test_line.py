"""The line from intention to review: its steps, dates, states and drawing."""

from datetime import UTC, date, datetime

import pytest

from commissions.law.lifecycle import LINE, STAGES
from commissions.public.commission.stages import (
    WIDTH,
    DateMove,
    StageDates,
    dates_from,
    how_far_moved,
    roughly,
    span,
    stage_timeline,
)

TODAY = date(2026, 11, 22)
MOVED_AT = datetime(2026, 9, 1, 9, tzinfo=UTC)


def states(steps):
    """Return how each step stands."""
    return {step.code: step.state for step in steps}


def move(before, after):
    """Make a move between two days."""
    return DateMove(before, "day", after, "Snow.", MOVED_AT)


@pytest.mark.parametrize(
    ("precision", "words", "first_and_last"),
    [
        ("day", "14 May 2027", (date(2027, 5, 14), date(2027, 5, 14))),
        ("month", "May 2027", (date(2027, 5, 1), date(2027, 5, 31))),
        ("quarter", "April to June 2027", (date(2027, 4, 1), date(2027, 6, 30))),
        ("year", "2027", (date(2027, 1, 1), date(2027, 12, 31))),
    ],
)
def test_a_date_is_written_as_roughly_as_it_is_meant(precision, words, first_and_last):
    day = date(2027, 5, 14)
    assert (roughly(day, precision), span(day, precision)) == (words, first_and_last)


def test_a_leap_february_ends_on_its_29th():
    assert span(date(2028, 2, 3), "month")[1] == date(2028, 2, 29)


def test_only_what_was_recorded_is_called_done():
    dates = {"intention": StageDates(actual=date(2026, 5, 1))}
    found = states(stage_timeline("draft_open", dates, TODAY))
    assert [found[code] for code in LINE[:4]] == ["done", "gap", "now", "next"]


@pytest.mark.parametrize(
    ("planned", "precision", "state"),
    [
        (date(2026, 11, 21), "day", "late"),
        (date(2026, 11, 22), "day", "next"),
        (date(2026, 11, 1), "month", "next"),
        (date(2026, 10, 1), "month", "late"),
        (date(2026, 10, 1), "quarter", "next"),
        (date(2026, 1, 1), "year", "next"),
    ],
)
def test_a_stage_is_late_when_all_of_its_rough_date_has_passed(
    planned, precision, state
):
    dates = {"tender": StageDates(planned, precision)}
    assert states(stage_timeline("decided", dates, TODAY))["tender"] == state


def test_a_direct_award_stands_in_for_tender_and_evaluation():
    dates = {"tender": StageDates(planned=date(2027, 4, 1))}
    steps = [step.code for step in stage_timeline("direct_award", dates, TODAY)]
    assert steps == [
        "intention",
        "engagement",
        "draft_open",
        "considering",
        "decided",
        "direct_award",
        "standstill",
        "contract",
        "mobilisation",
        "delivery",
        "review",
        "closed",
    ]


def test_a_tender_that_was_held_before_a_direct_award_stays_on_the_line():
    dates = {"tender": StageDates(actual=date(2026, 4, 1))}
    found = states(stage_timeline("direct_award", dates, TODAY))
    assert (found["tender"], "evaluation" in found) == ("done", False)


def test_an_in_house_service_has_no_tender_to_come():
    steps = {step.code for step in stage_timeline("intention", {}, TODAY, "in_house")}
    assert set(LINE) - steps == {"tender", "evaluation", "standstill", "contract"}


def test_a_cancelled_commission_shows_what_it_reached_and_no_more():
    dates = {
        "intention": StageDates(actual=date(2026, 1, 5)),
        "engagement": StageDates(actual=date(2026, 3, 1)),
        "tender": StageDates(planned=date(2027, 1, 1)),
    }
    steps = stage_timeline("cancelled", dates, TODAY)
    assert [(step.code, step.state) for step in steps] == [
        ("intention", "done"),
        ("engagement", "done"),
        ("cancelled", "now"),
    ]


@pytest.mark.parametrize(
    ("moves", "planned", "words"),
    [
        ((), date(2027, 1, 1), ""),
        (
            (move(date(2026, 12, 1), date(2027, 1, 1)),),
            date(2027, 1, 1),
            "Moved once, 31 days in all",
        ),
        (
            (
                move(date(2026, 12, 1), date(2027, 1, 1)),
                move(date(2027, 1, 1), date(2027, 1, 31)),
            ),
            date(2027, 1, 31),
            "Moved 2 times, 61 days in all",
        ),
        (
            (move(date(2027, 1, 2), date(2027, 1, 1)),),
            date(2027, 1, 1),
            "Moved once, 1 day earlier in all",
        ),
        (
            (
                move(date(2027, 1, 1), date(2027, 2, 1)),
                move(date(2027, 2, 1), date(2027, 1, 1)),
            ),
            date(2027, 1, 1),
            "Moved 2 times, back to the first date",
        ),
    ],
)
def test_moves_are_counted_from_the_first_date_to_the_last(moves, planned, words):
    assert how_far_moved(StageDates(planned, "day", None, moves)) == words


def test_rows_of_one_stage_become_one_date_with_its_moves():
    day, later = date(2026, 12, 1), date(2027, 1, 1)
    moved = (day, "month", later, "Snow.", MOVED_AT)
    again = (later, "day", day, "Thaw.", MOVED_AT)
    rows = [
        ("tender", day, "day", None, *moved),
        ("tender", day, "day", None, *again),
        ("review", None, "day", later, None, None, None, None, None),
    ]
    assert dates_from(rows) == {
        "tender": StageDates(day, "day", None, (DateMove(*moved), DateMove(*again))),
        "review": StageDates(None, "day", later, ()),
    }


@pytest.mark.parametrize("stage", STAGES)
def test_the_drawing_holds_every_stage_from_left_to_right_inside_its_frame(stage):
    steps = stage_timeline(stage, {}, TODAY)
    places = [step.x for step in steps]
    assert places == sorted(set(places))
    assert places[0] > 0
    assert places[-1] < WIDTH
    assert [step.state for step in steps].count("now") == 1


def test_the_words_of_a_label_are_all_drawn():
    for step in stage_timeline("intention", {}, TODAY):
        assert " ".join(text for _, text in step.rows) == step.label
