"""What comments came to: each kind of outcome with its denominator, page and file."""

import csv
import io

import pytest
from django.utils import timezone

from consultations.models import Response
from tests import make

pytestmark = pytest.mark.django_db
URL = "/outcomes/"


def answered(organisation, **outcomes):
    """Make a consultation whose response is published, with so many of each outcome."""
    commission = make.commission(organisation=organisation)
    consultation = make.closed_consultation(commission=commission)
    for outcome, number in outcomes.items():
        for _ in range(number):
            make.comment(
                consultation=consultation,
                state="published",
                outcome=outcome,
                outcome_reason="Because.",
                answered_at=timezone.now(),
            )
    Response.objects.create(consultation=consultation, published_at=timezone.now())
    return consultation


def rows(client, **asked):
    body = client.get("/outcomes.csv", asked).getvalue().decode()
    return list(csv.DictReader(io.StringIO(body)))


def test_the_page_and_the_file_count_each_kind_of_those_with_an_outcome(client):
    kent, dover = make.organisation(name="Kent"), make.organisation(name="Dover")
    answered(kent, accepted=1, partly=2, already=1, out_of_scope=1, not_accepted=1)
    answered(dover, not_accepted=2)
    page = client.get(URL).context["page"]
    assert page.whole.rows == [
        ("Accepted, or accepted in part", 3, "38%"),
        ("Accepted", 1, "12%"),
        ("Accepted in part", 2, "25%"),
        ("Already the case", 1, "12%"),
        ("Not accepted", 3, "38%"),
        ("Outside what this consultation decides", 1, "12%"),
    ]
    assert (page.whole.answered, page.whole.published) == (8, 8)
    of_kent = client.get(URL, {"organisation": "Kent"}).context["page"]
    assert of_kent.whole.rows[0] == ("Accepted, or accepted in part", 3, "50%")
    (row,) = rows(client, organisation="Kent")
    assert [row[name] for name in ("accepted", "accepted_in_part", "already_so")] == [
        "1",
        "2",
        "1",
    ]
    assert row["comments_with_an_outcome"] == "6"
    assert len(rows(client)) == 2


def test_what_is_not_answered_in_public_is_not_counted(client):
    given = {"outcome_reason": "Because.", "answered_at": timezone.now()}
    make.comment(state="published", outcome="accepted", **given)
    assert rows(client) == []
    assert "Nothing is listed here yet." in client.get(URL).content.decode()


def test_the_list_costs_the_same_with_one_row_and_with_three(
    client, django_assert_max_num_queries
):
    counts = []
    for more in (1, 2):
        for _ in range(more):
            answered(make.organisation(), accepted=1)
        with django_assert_max_num_queries(8) as asked:
            client.get(URL)
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]


def test_the_scorecards_are_a_file_with_every_definition(client):
    body = client.get("/scorecards.csv").getvalue().decode()
    found = list(csv.DictReader(io.StringIO(body)))
    assert {row["organisation_name"] for row in found} == {"All organisations"}
    (taken_up,) = [row for row in found if row["measure"] == "taken-up"]
    assert taken_up["counted_in_all"] == "0"
    assert "The body that answers it chooses" not in taken_up["definition"]
    assert "Whether anything changed" in taken_up["cannot_know"]


def test_a_second_page_follows_where_the_first_is_full(client):
    kent = make.organisation(name="Kent")
    for _ in range(26):
        answered(kent)
    first = client.get(URL)
    assert len(first.context["page"].rows) == 25
    later = client.get(URL, {"after": first.context["page"].turned[0].after})
    assert len(later.context["page"].rows) == 1
