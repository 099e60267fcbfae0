"""The list of questions: how each stands, how each body answers, and the file."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from tests import make

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("_on_a_day"),
]
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LIST = "/questions/"


@pytest.fixture
def _on_a_day():
    with time_machine.travel(NOW, tick=False):
        yield


def asked(days_ago, answered=None, **fields):
    """Make a question asked so many days ago, answered so many days ago."""
    question = make.question(confirmed_at=NOW - timedelta(days=days_ago), **fields)
    if answered is not None:
        question.answer("Yes.", by="staff", at=NOW - timedelta(days=answered))
    return question


def four(**fields):
    """Make one question for each way in which one can stand."""
    return {
        "overdue": asked(30, title="Overdue one", **fields),
        "waiting": asked(3, title="Waiting one", **fields),
        "late": asked(60, 30, title="Late one", **fields),
        "answered": asked(50, 45, title="Answered one", **fields),
    }


def listed(client, query=""):
    return [row.title for row, *_ in client.get(LIST + query).context["page"].rows]


def test_what_waits_longest_comes_first_then_the_newest_answers(client):
    four()
    assert listed(client) == ["Overdue one", "Waiting one", "Late one", "Answered one"]
    assert listed(client, "?sort=newest") == [
        "Waiting one",
        "Overdue one",
        "Answered one",
        "Late one",
    ]


@pytest.mark.parametrize("state", ["overdue", "waiting", "late", "answered"])
def test_filter_by_how_it_stands_keeps_just_those(client, state):
    made = four()
    assert listed(client, f"?state={state}") == [made[state].title]
    page = client.get(f"{LIST}?state={state}")
    assert [stands.code for _, stands, _ in page.context["page"].rows] == [state]


def test_organisations_promises_and_nations_are_kept_apart(client):
    slow = make.organisation(nation="scotland")
    asked(20, title="Slow", body=slow, days=30)
    asked(20, title="Usual")
    assert listed(client, "?state=overdue") == ["Usual"]
    assert listed(client, "?state=waiting") == ["Slow"]


def test_filters_by_words_organisation_and_subject(client):
    body = make.organisation(name="Kent")
    commission = make.commission(organisation=body)
    asked(3, title="Saturday club", commission=commission)
    person = make.tenure().commissioner
    asked(2, title="Sunday club", text="A hall.", commissioner=person)
    assert listed(client, "?q=club+saturday") == ["Saturday club"]
    assert listed(client, "?organisation=kent") == ["Saturday club"]
    assert listed(client, f"?about={commission.record_name}") == ["Saturday club"]
    assert listed(client, f"?about=commissioner/{person.slug}") == ["Sunday club"]
    assert listed(client, "?about=nonsense") == []


def test_only_public_questions_are_listed(client):
    for state in ("unconfirmed", "awaiting", "withdrawn"):
        make.question(state=state)
    make.question(state="declined", decline_reason="abusive")
    assert listed(client) == []
    assert "No one has asked a question yet." in client.get(LIST).content.decode()


def test_counts_by_organisation_add_up(client):
    kent = make.organisation(name="Kent", slug="kent")
    four(body=kent)
    asked(3, body=make.organisation(name="Essex", slug="essex"))
    assert client.get(LIST).context["page"].bodies == [
        {
            "body__name": "Kent",
            "body__slug": "kent",
            "total": 4,
            "answered": 1,
            "late": 1,
            "overdue": 1,
            "waiting": 1,
        },
        {
            "body__name": "Essex",
            "body__slug": "essex",
            "total": 1,
            "answered": 0,
            "late": 0,
            "overdue": 0,
            "waiting": 1,
        },
    ]


def test_pages_by_keyset_hold_every_question_once(client):
    for n in range(30):
        asked(n, 0 if n % 2 else None, title=f"Question {n}")
    first = client.get(LIST)
    second = client.get(LIST + first.context["page"].next_url)
    seen = [
        row.title for page in (first, second) for row, *_ in page.context["page"].rows
    ]
    assert sorted(seen) == sorted(f"Question {n}" for n in range(30))


def test_file_holds_the_same_list(client):
    made = four()
    answer = client.get("/questions.csv?state=late")
    text = b"".join(answer).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row == {
        "reference": made["late"].reference,
        "about": made["late"].commission.title,
        "organisation": made["late"].body.name,
        "question": "Late one",
        "asked_by": made["late"].public_name,
        "asked_on": "2026-09-21",
        "due_on": "2026-10-05",
        "answered_on": "2026-10-21",
        "state": "Answered late",
        "answered_by": "",
        "address": made["late"].get_absolute_url(),
    }


def subjects():
    post = make.held_post()
    commission = make.commission(post=post)
    return commission, post.tenure.commissioner


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_however_long_it_is(
    client, number, django_assert_max_num_queries
):
    for n in range(number):
        commission, person = subjects()
        asked(n + 20, commission=commission)
        asked(n, 0, commissioner=person)
    with django_assert_max_num_queries(8):
        assert len(client.get(LIST).context["page"].rows) == 2 * number


@pytest.mark.parametrize("number", [0, 1, 3])
def test_pages_that_show_questions_cost_the_same_however_many(
    client, number, django_assert_max_num_queries
):
    commission, person = subjects()
    for n in range(number):
        asked(n, commission=commission)
        asked(n, commission=commission, pseudonym=f"Bidder {n}")
        asked(n, commissioner=person)
    client.get(LIST)
    for thing in (commission, person):
        with django_assert_max_num_queries(12):
            client.get(thing.get_absolute_url())


def test_one_question_costs_few_queries(client, django_assert_max_num_queries):
    post = make.held_post()
    question = asked(3, commission=make.commission(post=post))
    question.answer("Yes.", by=post)
    with django_assert_max_num_queries(4):
        client.get(reverse("consultations:question-detail", args=[question.reference]))
