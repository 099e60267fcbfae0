"""What is expected next, and by when: from the stage, the plan and the record."""

from datetime import UTC, date, datetime

from commissions.pages.expected import expected
from commissions.pages.line import Dated, line

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
    rows = expected(
        stage=stage,
        steps=line(stage, dates or {}, NOW.date()),
        entries=entries,
        closes=closes,
        standstill=standstill,
        now=NOW,
    )
    return [(row.what, row.on, row.late) for row in rows]


def test_considering_expects_the_response_by_the_day_promised():
    plan = {"tender": Dated(date(2027, 4, 1), "month")}
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
        "Wait for the standstill to end before a contract is signed",
        date(2026, 11, 6),
        False,
    )
    assert due("standstill")[0][:2] == ("Say when the standstill ends", None)


def test_bids_are_taken_until_the_tender_closes():
    assert due("tender", closes=NOW)[0] == ("Take bids", NOW.date(), False)


def test_a_planned_stage_that_passed_is_late():
    plan = {"engagement": Dated(date(2026, 10, 1))}
    assert due("intention", dates=plan) == [
        ("Reach “Engagement”", date(2026, 10, 1), True)
    ]


def test_nothing_is_expected_of_what_is_over():
    assert due("closed") == []
    assert due("cancelled") == []
