"""The day an answer is due: counted from a table that may still change."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from commissions.models import Entry, Holiday
from consultations.questions.deadlines import (
    AnswerCalendars,
    answer_deadline,
    last_day_overdue,
    status_in_short,
    status_of,
)
from tests import make

pytestmark = pytest.mark.django_db
ASKED = date(2026, 6, 8)  # a Monday


def due(asked=ASKED, nation="england", days=10):
    return answer_deadline(asked, nation, days, AnswerCalendars())


def late_holiday(day=date(2026, 6, 15), announced=date(2026, 6, 10), **fields):
    return Holiday.objects.create(
        **{
            "nation": "england",
            "day": day,
            "name": "A day of thanks",
            "announced_on": announced,
            **fields,
        }
    )


def test_working_is_shown_with_its_first_day():
    clock = due(date(2026, 11, 2))
    assert clock.on == date(2026, 11, 16)
    assert clock.counting == (
        "Day 1 is Tuesday 3 November 2026, the first working day after the question "
        "is asked (Monday 2 November 2026); weekends are not counted; day 10 is "
        "Monday 16 November 2026."
    )
    assert (clock.moved, clock.caution) == ("", "")


def test_holiday_announced_after_the_asking_moves_the_clock_and_says_so():
    assert due().on == date(2026, 6, 22)
    late_holiday()
    clock = due()
    assert clock.on == date(2026, 6, 23)
    assert clock.moved == (
        "Moved by 1 working day, from 22 June 2026: 15 June 2026 became a bank holiday."
    )
    assert "Monday 15 June 2026 (a bank holiday in England)" in clock.counting


def test_two_late_holidays_are_both_named():
    late_holiday()
    late_holiday(date(2026, 6, 22))
    clock = due()
    assert clock.on == date(2026, 6, 24)
    assert clock.moved == (
        "Moved by 2 working days, from 22 June 2026: 15 June 2026 and 22 June 2026 "
        "became bank holidays."
    )


def test_holiday_known_when_it_was_asked_moves_nothing_later():
    late_holiday(announced=date(2026, 6, 1))
    assert (due().on, due().moved) == (date(2026, 6, 23), "")


def test_late_holiday_elsewhere_or_out_of_the_count_moves_nothing():
    late_holiday(date(2026, 6, 16), nation="scotland")
    late_holiday(date(2026, 7, 1))
    late_holiday(date(2026, 6, 13))  # a Saturday
    assert (due().on, due().moved) == (date(2026, 6, 22), "")
    assert due(nation="scotland").on == date(2026, 6, 24)  # 15 June was known


def test_answered_question_keeps_the_day_it_was_due():
    question = make.question(confirmed_at=datetime(2026, 6, 8, 9, tzinfo=UTC))
    question.answer("Yes.", by="staff", at=datetime(2026, 6, 9, 9, tzinfo=UTC))
    late_holiday()
    stands = status_of(question, AnswerCalendars())
    assert (stands.code, stands.due.on) == ("answered", date(2026, 6, 22))
    assert stands.due.moved == ""
    assert Entry.objects.get().facts["due_on"] == "2026-06-22"


@pytest.mark.parametrize(
    ("day", "label"), [(22, "Answered on time"), (23, "Answered late")]
)
def test_a_question_answered_on_its_due_day_is_answered_on_time(day, label):
    question = make.question(confirmed_at=datetime(2026, 6, 8, 9, tzinfo=UTC))
    question.answer("Yes.", by="staff", at=datetime(2026, 6, day, 9, tzinfo=UTC))
    assert status_of(question, AnswerCalendars()).label == label
    assert status_in_short(question, AnswerCalendars()).label == label


@pytest.mark.parametrize(("day", "code"), [(22, "waiting"), (23, "overdue")])
def test_a_question_is_overdue_the_day_after_its_last(day, code):
    question = make.question(confirmed_at=datetime(2026, 6, 8, 9, tzinfo=UTC))
    assert status_of(question, AnswerCalendars(), date(2026, 6, day)).code == code


def test_promise_made_when_asked_outlasts_a_change_of_the_setting():
    question = make.question(state="unconfirmed", confirmed_at=None)
    question.body.question_days = 5
    question.body.save()
    question.confirm(at=datetime(2026, 11, 2, 9, tzinfo=UTC))
    question.body.question_days = 20
    question.body.save()
    question.refresh_from_db()
    assert question.deadline().on == date(2026, 11, 9)


def test_question_confirmed_late_in_the_evening_counts_by_the_day_in_london():
    question = make.question(confirmed_at=datetime(2026, 6, 8, 23, 30, tzinfo=UTC))
    assert question.asked_on == date(2026, 6, 9)


@pytest.mark.parametrize("nation", ["england", "wales", "scotland", "northern_ireland"])
@pytest.mark.parametrize("known_on", [None, ASKED])
def test_calendars_are_the_tables_own(nation, known_on):
    late_holiday()
    late_holiday(date(2026, 6, 16), nation="scotland", announced=date(2026, 6, 1))
    table = Holiday.objects.known_on(known_on) if known_on else Holiday.objects
    assert AnswerCalendars().of(nation, known_on) == table.calendar(nation)


def test_many_clocks_read_the_table_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        calendars = AnswerCalendars()
        for nation in ("england", "scotland"):
            for day in range(1, 20):
                answer_deadline(date(2026, 6, day), nation, 10, calendars)


@pytest.mark.parametrize("days", [1, 5, 10])
@pytest.mark.parametrize("nation", ["england", "scotland"])
def test_last_day_overdue_is_the_last_whose_answer_was_due_before_today(nation, days):
    calendars = AnswerCalendars()
    for today in (date(2026, 12, 24), date(2026, 12, 29), date(2027, 1, 4)):
        last = last_day_overdue(days, calendars.of(nation), today)
        assert answer_deadline(last, nation, days, calendars).on < today
        after = last.replace(day=last.day + 1)
        assert answer_deadline(after, nation, days, calendars).on >= today


@time_machine.travel(datetime(2026, 6, 23, 9, tzinfo=UTC))
def test_late_holiday_makes_an_overdue_question_wait_again_in_every_place(client):
    question = make.question(confirmed_at=datetime(2026, 6, 8, 9, tzinfo=UTC))
    overdue = "/questions/?state=overdue"
    assert question.title in client.get(overdue).content.decode()
    late_holiday()
    assert question.title not in client.get(overdue).content.decode()
    page = client.get(question.get_absolute_url()).content.decode()
    assert "Moved by 1 working day, from 22 June 2026" in page
    assert "Due on 23 June 2026, which is today." in page
