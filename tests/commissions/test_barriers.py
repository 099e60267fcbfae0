"""The register of barriers, and the page of one."""

import csv
from io import StringIO

import pytest
from django.utils import timezone

from commissions.models import Barrier
from tests import make

pytestmark = pytest.mark.django_db


def barriers():
    """Make barriers of which each filter keeps another part."""
    barset = make.organisation(slug="barset", contact_email="hello@barset.example")
    roads = make.topic(slug="roads")
    make.barrier(title="Insurance", organisation=barset, law="Contract rules 14.3")
    make.barrier(title="Kerbs", topic=make.topic(parent=roads), is_solved=True)
    make.barrier(title="Secret", published_at=None, organisation=barset, topic=roads)


def titles(client, **asked):
    """Return the titles listed."""
    return [row.title for row in client.get("/barriers/", asked).context["page"].rows]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Insurance", "Kerbs"]),
        ({"q": "rules 14"}, ["Insurance"]),
        ({"topic": "roads"}, ["Kerbs"]),
        ({"organisation": "barset"}, ["Insurance"]),
        ({"solved": "yes"}, ["Kerbs"]),
        ({"solved": "no"}, ["Insurance"]),
    ],
)
def test_each_filter_keeps_what_it_says(client, asked, found):
    barriers()
    assert titles(client, **asked) == found
    file = b"".join(client.get("/barriers.csv", asked).streaming_content).decode()
    rows = csv.DictReader(StringIO(file.removeprefix("\ufeff")))
    assert [row["title"] for row in rows] == found


@pytest.mark.parametrize("rows", [1, 3])
def test_the_register_costs_the_same_with_one_row_and_with_three(
    client, rows, django_assert_num_queries
):
    council = make.organisation(slug="barset")
    for _ in range(rows):
        make.barrier(organisation=council, topic=make.topic())
    with django_assert_num_queries(4):
        response = client.get("/barriers/", {"organisation": "barset"})
    assert len(response.context["page"].rows) == rows
    assert response.cookies == {}


def test_an_empty_register_says_so(client):
    assert b"Nothing is listed here yet." in client.get("/barriers/").content


def test_the_page_says_the_law_what_it_stops_and_the_way_round(client):
    barrier = make.barrier(
        law="Some Act 1999",
        law_url="https://law.example/1999",
        stops="Nobody may lend a pump.",
        workaround="Lend it through the parish.",
    )
    barrier.commissions.add(make.commission(title="Flood wardens"))
    barrier.commissions.add(make.draft_commission(title="Hidden plan"))
    html = client.get(barrier.get_absolute_url()).content.decode()
    for said in (
        '<a href="https://law.example/1999">Some Act 1999</a>',
        "Nobody may lend a pump.",
        "Lend it through the parish.",
        "A way round is known",
        "Flood wardens",
    ):
        assert said in html
    assert "Hidden plan" not in html


def test_the_page_lists_where_else_the_law_or_a_way_round_was_met(client):
    roads = make.topic()
    barrier = make.barrier(title="Pumps", law="Fire Act 3", topic=roads)
    make.barrier(title="Hoses", law="fire act 3")
    make.barrier(title="Kerbs", topic=roads, workaround="Paint them.")
    make.barrier(title="Signs", topic=roads)
    make.barrier(title="Other law and topic", workaround="Ask.")
    make.barrier(title="Secret", law="Fire Act 3", published_at=None)
    others = client.get(barrier.get_absolute_url()).context["page"].others
    assert [other.title for other in others] == ["Hoses", "Kerbs"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_many_met_it(
    client, rows, django_assert_num_queries
):
    barrier = make.barrier(topic=make.topic())
    for _ in range(rows):
        barrier.commissions.add(make.commission())
    with django_assert_num_queries(5):
        client.get(barrier.get_absolute_url())


def test_a_barrier_that_is_not_public_is_not_found(client):
    hidden = make.barrier(published_at=None)
    assert client.get(hidden.get_absolute_url()).status_code == 404


def test_publishing_again_adds_nothing_to_the_record(client):
    barrier = make.barrier(published_at=None)
    for _ in range(2):
        barrier.publish(by=barrier.organisation)
    assert Barrier.objects.published(timezone.now()).get() == barrier
    html = client.get(barrier.get_absolute_url()).content.decode()
    assert html.count("Barrier added to the register") == 1
