"""What is expected next, and by when: from the stage, the plan and the record."""

from datetime import UTC, date, datetime

import pytest

from commissions.law.lifecycle import Law
from commissions.public.commission.stages import (
    StageDates,
    awaited_notices,
    expected_steps,
    stage_timeline,
)

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
ANNOUNCED = (
    "consultation.published",
    "consultation/1",
    {
        "title": "Have your say",
        "closes_at": "2026-10-01T16:00:00+00:00",
        "response_due_on": "2026-11-30",
    },
)


def due(stage, *, dates=None, entries=(), closes=None, standstill=None):
    rows = expected_steps(
        stage=stage,
        steps=stage_timeline(stage, dates or {}, NOW.date()),
        entries=entries,
        closes=closes,
        standstill=standstill,
        now=NOW,
    )
    return [(row.what, row.on, row.late) for row in rows]


def test_considering_expects_the_response_by_the_day_promised():
    plan = {"tender": StageDates(date(2027, 4, 1), "month")}
    assert due("considering", dates=plan, entries=[ANNOUNCED]) == [
        (
            "Answer every comment on “Have your say” and publish the response",
            date(2026, 11, 30),
            False,
        ),
        ("Reach “Tender”", date(2027, 4, 30), False),
    ]


def test_a_response_promised_and_not_published_is_late():
    late = (*ANNOUNCED[:2], {**ANNOUNCED[2], "response_due_on": "2026-10-30"})
    assert due("considering", entries=[late])[0][1:] == (date(2026, 10, 30), True)


def test_a_published_response_is_expected_no_longer():
    entries = [ANNOUNCED, ("response.published", "consultation/1/response", {})]
    assert due("decided", entries=entries) == [
        ("Give a date for “Tender”", None, False)
    ]


def test_an_extension_moves_the_closing():
    longer = (
        "consultation.extended",
        "consultation/1",
        {"closes_at": "2026-11-10T17:00:00+00:00"},
    )
    assert due("draft_open", entries=[ANNOUNCED, longer])[0] == (
        "Keep “Have your say” open for comment",
        date(2026, 11, 10),
        False,
    )


def test_standstill_expects_its_end_before_a_contract():
    assert due("standstill", standstill=date(2026, 11, 6))[0] == (
        "Wait for the standstill to end before signing the contract",
        date(2026, 11, 6),
        False,
    )
    assert due("standstill")[0][:2] == ("Say when the standstill ends", None)


def test_bids_are_taken_until_the_tender_closes():
    assert due("tender", closes=NOW)[0] == ("Take bids", NOW.date(), False)


def test_a_closing_time_is_a_day_in_london():
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # 00:30 on 1 July in London
    assert due("tender", closes=late)[0][:2] == ("Take bids", date(2026, 7, 1))
    told = (*ANNOUNCED[:2], {**ANNOUNCED[2], "closes_at": "2027-06-30T23:30:00+00:00"})
    assert due("draft_open", entries=[told])[1][:2] == (
        "Keep “Have your say” open for comment",
        date(2027, 7, 1),
    )


def test_a_planned_stage_that_passed_is_late():
    plan = {"engagement": StageDates(date(2026, 10, 1))}
    assert due("intention", dates=plan) == [
        ("Reach “Engagement”", date(2026, 10, 1), True)
    ]


def test_nothing_is_expected_of_what_is_over():
    assert due("closed") == []
    assert due("cancelled") == []


ACT = Law("procurement_act", "open")
LIGHT = Law("procurement_act", "open", light_touch=True)
SMALL = Law("below_threshold", "open", small=True)
BELOW = Law("below_threshold", "open")
TODAY = date(2026, 11, 22)


def to_come(law, stage, dates=None, out=()):
    """Return the notices to come: what, by when in words, late or not."""
    steps = stage_timeline(
        stage,
        dates or {},
        TODAY,
        law.regime,
        law.route,
        light_touch=law.light_touch,
    )
    rows = awaited_notices(law, stage, steps, out, TODAY)
    return [(row.what, row.by, row.late) for row in rows]


@pytest.mark.parametrize(
    ("law", "stage", "what", "by"),
    [
        (
            ACT,
            "decided",
            "tender notice (UK4)",
            "before “Tender”, planned for May 2027",
        ),
        (ACT, "evaluation", "contract award notice (UK6)", "before “Standstill”"),
        (
            Law("psr", "psr_msp"),
            "decided",
            "notice of intention to follow the Most Suitable Provider Process (PSR5)",
            "before “Evaluation”",
        ),
        (ACT, "review", "contract termination notice (UK11)", "before “Closed”"),
    ],
)
def test_the_notice_that_the_next_move_waits_for_is_expected(law, stage, what, by):
    dates = {"tender": StageDates(date(2027, 5, 1), "month")}
    assert to_come(law, stage, dates) == [(f"Publish the {what}", by, False)]


@pytest.mark.parametrize(
    ("law", "stage"),
    [
        (ACT, "engagement"),
        (ACT, "cancelled"),
        (SMALL, "decided"),
        (SMALL, "contract"),
        (Law("in_house", "not_decided"), "decided"),
        (Law("not_stated", "not_decided"), "contract"),
    ],
)
def test_no_notice_is_expected_where_the_law_asks_for_none_next(law, stage):
    dates = {"contract": StageDates(actual=date(2026, 1, 5))}
    assert to_come(law, stage, dates) == []


@pytest.mark.parametrize(
    ("law", "by", "late"),
    [
        (ACT, "by 18 November 2026", True),
        (LIGHT, "by 16 February 2027", False),
        (BELOW, "as soon as reasonably practicable", False),
    ],
)
def test_contract_details_are_due_when_the_law_says_and_late_after(law, by, late):
    dates = {"contract": StageDates(actual=date(2026, 10, 20))}
    what = "Publish the contract details notice (UK7)"
    assert to_come(law, "contract", dates) == [(what, by, late)]
    assert to_come(law, "mobilisation", dates, out=["UK7"]) == []
