"""The tender page: what is asked, how it is judged, by when, and whether in time."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commissions.models import AwardCriterion, Document, Lot, Tender
from commissions.public.tenders import criteria_chart, tendering_period
from tests import make

pytestmark = pytest.mark.django_db
OPENS = datetime(2026, 11, 2, 9, tzinfo=UTC)


def tendered(**fields):
    """Make a commission under the Act whose tender is open for 35 days."""
    law = {"regime": "procurement_act", "route": "open"}
    law |= {
        name: fields.pop(name)
        for name in ("regime", "route", "light_touch", "title")
        if name in fields
    }
    commission = make.commission(
        stage="tender",
        published_at=OPENS,
        window_for="bids",
        window_closes_at=OPENS + timedelta(days=35),
        **law,
    )
    Tender.objects.create(
        **{
            "commission": commission,
            "title": "Help at home",
            "status": "active",
            "opens_at": OPENS,
            "closes_at": OPENS + timedelta(days=35),
            "electronic": True,
            "documents_together": True,
            **fields,
        }
    )
    return commission


def address(commission):
    return reverse("commissions:tender-detail", args=[commission.reference])


def page(client, commission, at=OPENS + timedelta(days=1), **query):
    with time_machine.travel(at):
        response = client.get(address(commission), query)
    assert response.status_code == 200
    return response.content.decode()


def test_everything_a_bidder_wants_is_on_the_page(client):
    commission = tendered(
        questions_close_at=OPENS + timedelta(days=20),
        award_expected_on=date(2027, 1, 15),
        conditions="You are registered with the Care Quality Commission.",
        risks="The number of hours may fall.",
        languages="English or Welsh",
        platform_url="https://bids.example/1",
        how_to_bid="Fill in the form.",
        suits_sme=True,
    )
    tender = commission.tender
    lot = Lot.objects.create(tender=tender, lot_id="1", title="North")
    for name, weight, of in (
        ("Price", 40, None),
        ("Quality", 60, None),
        ("Near", 5, lot),
    ):
        AwardCriterion.objects.create(
            tender=tender, name=name, weight=weight, lot=of, description=f"{name}!"
        )
    make.notice(commission=commission, release_id="000123-2026", published_at=OPENS)
    html = page(client, commission)
    for said in (
        "Open for bids until 9am on Monday 7 December 2026",
        "9am on Sunday 22 November 2026",
        "Friday 15 January 2027",
        "35 days; the law asks at least 25.",
        "Time to bid kept",
        "registered with the Care Quality Commission",
        "The number of hours may fall.",
        "Bids can be in English or Welsh.",
        '<a class="button" href="https://bids.example/1">Bid on the platform – closes 9am',
        "Small and medium-sized firms",
        "Reference 000123-2026",
        "For the whole tender",
        "Lot: North",
        "95 per cent of the score is not accounted for here.",
        "Price!",
        "No one has asked a question about this tender here.",
        "No draft was open for comment here before the tender.",
    ):
        assert said in html
    assert html.count('class="bar"') == 2


def test_why_it_is_not_in_lots_is_told_only_where_it_is_not(client):
    commission = tendered(no_lots_because="One rota serves the whole county.")
    assert "One rota serves the whole county." in page(client, commission)
    Lot.objects.create(tender=commission.tender, lot_id="1", title="North")
    assert "One rota" not in page(client, commission)


def test_where_there_is_no_tender_the_page_says_so(client):
    commission = make.commission()
    assert (
        "No one has been invited to bid"
        in client.get(address(commission)).content.decode()
    )
    calendar = reverse("commissions:tender-deadlines", args=[commission.reference])
    assert client.get(calendar).status_code == 404


def test_a_bare_tender_says_what_is_not_stated(client):
    html = page(client, tendered(opens_at=None, closes_at=None))
    for said in (
        "The day on which bids close is not recorded here.",
        "How to bid is not recorded here.",
        "What bids are judged by is not recorded here.",
    ):
        assert said in html


def test_nobody_sees_the_tender_of_a_draft(client):
    draft = make.draft_commission()
    Tender.objects.create(commission=draft, title="Secret")
    assert client.get(address(draft)).status_code == 404


@pytest.mark.parametrize(
    ("fields", "state", "sentence"),
    [
        ({}, "kept", "35 days; the law asks at least 25."),
        ({"electronic": False, "documents_together": False}, "kept", "at least 35."),
        (
            {"closes_at": OPENS + timedelta(days=24)},
            "short",
            "24 days; the law asks at least 25. That is 1 day too few: bids can close "
            "on 27 November 2026 at the earliest.",
        ),
        (
            {"closes_at": OPENS + timedelta(days=10), "shortened": "urgency"},
            "kept",
            "10 days; the law asks at least 10.",
        ),
        ({"light_touch": True}, "none", "has no shortest tendering period"),
        ({"regime": "psr"}, "none", "Only the Procurement Act sets a minimum."),
    ],
)
def test_the_time_to_bid_is_measured_against_the_law(fields, state, sentence):
    commission = tendered(**fields)
    found = tendering_period(commission, commission.tender)
    assert found.state == state
    assert sentence in found.sentence
    assert bool(found.counting) == (state != "none")


def test_what_the_tender_does_not_say_is_assumed_aloud():
    commission = tendered(electronic=None)
    assert "as if bids are sent electronically" in (
        tendering_period(commission, commission.tender).caution
    )


@pytest.mark.parametrize(
    ("given", "caution"),
    [
        ([40, 60], ""),
        ([None, None], "The notice gives no weights."),
        ([80, 40], "come to 120 per cent"),
        ([50, None], "50 per cent of the score is not accounted for here."),
    ],
)
def test_weights_that_do_not_add_up_are_shown_and_said(given, caution):
    found = criteria_chart(
        "All", [(f"c{n}", "", w and Decimal(w), "") for n, w in enumerate(given)]
    )
    assert caution in found.caution
    assert found.drawn == any(given)


def test_the_deadlines_are_a_calendar(client):
    commission = tendered(
        questions_close_at=OPENS + timedelta(days=20),
        award_expected_on=date(2027, 1, 15),
    )
    answer = client.get(
        reverse("commissions:tender-deadlines", args=[commission.reference])
    )
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert text.count("BEGIN:VEVENT") == 3
    assert "DTSTART:20261207T090000Z" in text
    assert "DTSTART;VALUE=DATE:20270115" in text
    assert f"URL:http://127.0.0.1:8000{address(commission)}" in text.replace(
        "\r\n ", ""
    )


def test_many_sets_of_criteria_wait_to_be_asked_for(client):
    commission = tendered()
    for n in range(8):
        lot = Lot.objects.create(tender=commission.tender, lot_id=str(n))
        AwardCriterion.objects.create(
            tender=commission.tender, lot=lot, name="Price", weight=100
        )
    assert page(client, commission).count('class="bar"') == 6
    html = page(client, commission, all="criteria")
    assert html.count('class="bar"') == 8


def with_rows(rows):
    """Make a tender with so many of everything its page lists."""
    commission = tendered()
    draft = make.draft(specification=make.specification(commission=commission))
    for n in range(rows):
        lot = Lot.objects.create(
            tender=commission.tender, lot_id=str(n), title="x" * 500
        )
        for of in (lot, None):
            AwardCriterion.objects.create(
                tender=commission.tender, lot=of, name=f"{n}" + "y" * 290, weight=10
            )
        Document.objects.create(
            commission=commission, title="z" * 500, url="https://example.org/"
        )
        make.notice(commission=commission, code="UK4")
        make.question(commission=commission, pseudonym=f"Bidder 7F{n}")
        make.consultation(draft=draft)
    return commission


def test_the_page_costs_the_same_however_much_is_on_it(client):
    asked = []
    for rows in (1, 3):
        commission = with_rows(rows)
        with CaptureQueriesContext(connection) as queries:
            client.get(address(commission))
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 12
