"""Money, days, names and links as the pages say them."""

import datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from commissions.templatetags import portal
from commissions.text.formats import first_sentences

UTC = datetime.UTC


@pytest.mark.parametrize(
    ("pounds", "words"),
    [
        (None, ""),
        (Decimal("0"), "£0"),
        (Decimal("12.5"), "£12.50"),
        (Decimal("12.00"), "£12"),
        (Decimal("999.995"), "£1,000"),
        (Decimal("135018"), "£135,018"),
        (Decimal("135018.50"), "£135,019"),
        (Decimal("999999.49"), "£999,999"),
        (Decimal("999999.50"), "£1 million"),
        (Decimal("1200000"), "£1.2 million"),
        (Decimal("10000000"), "£10 million"),
        (Decimal("5372609"), "£5.37 million"),
        (Decimal("999994999"), "£999.99 million"),
        (Decimal("999996000"), "£1 billion"),
        (Decimal("999999999.99"), "£1 billion"),
        (Decimal("3050000000"), "£3.05 billion"),
        (Decimal("-500"), "−£500"),
        (250000, "£250,000"),
    ],
)
def test_money_reads_as_people_say_it(pounds, words):
    assert portal.money(pounds) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (datetime.date(2026, 11, 3), "3 November 2026"),
        (datetime.datetime(2026, 11, 3, 9, tzinfo=UTC), "3 November 2026"),
        (datetime.datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "1 July 2026"),
        (datetime.date(987, 1, 2), "2 January 987"),
    ],
)
def test_a_day_is_the_day_in_london(value, words):
    assert portal.on_day(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (datetime.date(2026, 12, 18), "Friday 18 December 2026"),
        (
            datetime.datetime(2026, 12, 18, 17, tzinfo=UTC),
            "5pm on Friday 18 December 2026",
        ),
        (
            datetime.datetime(2026, 7, 1, 16, 30, tzinfo=UTC),
            "5:30pm on Wednesday 1 July 2026",
        ),
        (
            datetime.datetime(2026, 12, 18, 12, tzinfo=UTC),
            "midday on Friday 18 December 2026",
        ),
        (
            datetime.datetime(2026, 12, 18, 0, tzinfo=UTC),
            "midnight at the start of Friday 18 December 2026",
        ),
        (
            datetime.datetime(2026, 12, 18, 0, 5, tzinfo=UTC),
            "12:05am on Friday 18 December 2026",
        ),
    ],
)
def test_a_moment_is_said_with_its_weekday(value, words):
    assert portal.at_time(value) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (22, "today"),
        (23, "tomorrow"),
        (21, "yesterday"),
        (30, "in 8 days"),
        (19, "3 days ago"),
    ],
)
def test_days_off_are_counted_from_today(day, words):
    today = datetime.date(2026, 11, 22)
    assert portal.in_days(datetime.date(2026, 11, day), today) == words


def test_days_off_are_counted_by_londons_calendar(time_machine):
    time_machine.move_to(datetime.datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    assert portal.in_days(datetime.date(2026, 7, 1)) == "today"
    assert portal.in_days(datetime.datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == (
        "tomorrow"
    )
    assert portal.in_days(None) == ""


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Amara Okafor-Bell", "AO"),
        ("Dr Amara Jane Okafor", "AO"),
        ("Councillor Siân ap Rhys", "SR"),
        ("Cher", "C"),
        ("Li Li", "LL"),
        ("Dr", "D"),
        ("Éilis O’Neill", "ÉO"),
        ("", ""),
        (None, ""),
    ],
)
def test_initials_leave_titles_out(name, letters):
    assert portal.initials(name) == letters


@pytest.mark.parametrize(
    ("query", "name", "value", "left"),
    [
        ("stage=tender&q=care", "stage", None, "?q=care"),
        ("stage=tender&stage=draft&q=care", "stage", "draft", "?stage=tender&q=care"),
        ("stage=tender&after=abc", "stage", "tender", "?"),
        ("q=care&before=x", "stage", None, "?q=care"),
        ("topic=7&topic=8", "topic", 7, "?topic=8"),
        ("q=caf%C3%A9+%26+bar&stage=x", "stage", None, "?q=caf%C3%A9+%26+bar"),
    ],
)
def test_a_filter_taken_off_leaves_the_rest_and_starts_at_page_one(
    query, name, value, left
):
    assert portal.query_without(query, name, value) == left


def test_the_filter_link_is_safe_in_an_attribute():
    page = Template('{% load portal %}<a href="{% without "q" %}">x</a>')
    request = RequestFactory().get("/", {"q": "x", "a": '"><b>', "b": "2"})
    assert page.render(Context({"request": request})) == (
        '<a href="?a=%22%3E%3Cb%3E&amp;b=2">x</a>'
    )


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime.datetime(2026, 12, 28, 17, tzinfo=UTC), "5pm, 28 December"),
        (datetime.datetime(2026, 7, 1, 11, tzinfo=UTC), "midday, 1 July"),
        (datetime.datetime(2027, 1, 4, 16, 30, tzinfo=UTC), "4:30pm, 4 January 2027"),
    ],
)
def test_a_button_says_until_when_in_short_and_the_year_where_it_is_another(
    moment, words
):
    assert portal.by_time(moment, datetime.date(2026, 12, 1)) == words


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("", ""),
        ("One. Two! Three?", "One. Two!"),
        (
            "The Care Act 2014 says so.\n\nWe agree. More.",
            "The Care Act 2014 says so. We agree.",
        ),
        (
            "It costs £1.2 million a year. It ends.",
            "It costs £1.2 million a year. It ends.",
        ),
        ("No full stop", "No full stop"),
    ],
)
def test_a_lead_is_the_first_two_sentences(text, lead):
    assert first_sentences(text, 2) == lead


def test_a_lead_that_is_too_long_is_cut_at_a_word():
    assert first_sentences("word " * 200, 2, most=12) == "word word…"
