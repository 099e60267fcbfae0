"""The list of choices made without a competition."""

import csv
import json
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commissions.models import DirectAward, Holiday, Representations
from commissions.public.direct_awards import first_day_open
from tests import make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
URL = "/direct-awards/"


def under_the_act(**fields):
    """Make a direct award under the Act, £250,000 to Liftwell."""
    commission = fields.pop("commission", None) or make.commission(
        title="Lifts", regime="procurement_act", route="direct_award", published_at=AT
    )
    fields.setdefault("post", commission.post)
    return DirectAward.objects.create(
        **{
            "commission": commission,
            "ground": "technical",
            "explanation": "=Only they can mend it.",
            "conflicts": "None declared",
            "supplier": make.organisation(name="Liftwell", kind="provider"),
            "amount": 250_000,
            "justified_at": AT,
            **fields,
        }
    )


def in_the_nhs(title="Clinics", noticed=AT, **fields):
    """Make one under the NHS regime, open for representations to 13 November."""
    commission = make.commission(
        title=title, regime="psr", route="psr_c", published_at=AT
    )
    make.notice(commission=commission, code="PSR3", published_at=noticed)
    award = under_the_act(commission=commission, ground="psr_c", **fields)
    Representations.open(
        commission, mailbox="a@icb.example", by="demo", at=AT + timedelta(days=40)
    )
    return award


def listed(client, at=AT + timedelta(days=2), **query):
    with time_machine.travel(at):
        response = client.get(URL, query)
    assert response.status_code == 200
    return [row.commission.title for row in response.context["page"].rows], response


def test_each_says_law_ground_value_supplier_who_decided_and_until_when(client):
    in_the_nhs()
    award = under_the_act(committee=make.committee(name="Cabinet"), post=None)
    titles, response = listed(client)
    assert titles == ["Lifts", "Clinics"]
    html = response.content.decode()
    for said in (
        "Single supplier: technical reasons",
        "Procurement Act 2023, section 41 and Schedule 5, paragraph 6",
        "£250,000, VAT not stated",
        "Liftwell",
        "Decided by Cabinet",
        "Open for representations until the end of 13 November 2026",
        reverse("commissions:award-detail", args=[award.commission.reference]),
    ):
        assert said in html


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"law": "psr"}, ["Clinics"]),
        ({"law": "procurement_act"}, ["Lifts"]),
        ({"ground": "technical"}, ["Lifts"]),
        ({"q": "liftwell mend"}, ["Lifts", "Clinics"]),
        ({"q": "clinics"}, ["Clinics"]),
        ({"open": "yes"}, ["Clinics"]),
        ({"organisation": "NHS North"}, ["Clinics"]),
        ({"sort": "value"}, ["Clinics", "Lifts"]),
        ({"ground": "nonsense"}, ["Lifts", "Clinics"]),
    ],
)
def test_the_list_is_narrowed_and_ordered(client, query, titles):
    clinics = in_the_nhs(amount=900_000)
    body = clinics.commission.organisation
    body.name = "NHS North"
    body.save()
    under_the_act()
    assert listed(client, **query)[0] == titles


def test_open_for_representations_ends_with_the_last_day(client):
    in_the_nhs()
    last = datetime(2026, 11, 13, 23, tzinfo=UTC)
    assert listed(client, last, open="yes")[0] == ["Clinics"]
    assert listed(client, last + timedelta(hours=2), open="yes")[0] == []


def test_the_first_open_day_looks_over_bank_holidays():
    holidays = Holiday.objects.calendar("england")
    assert first_day_open(date(2026, 11, 13), holidays) == date(2026, 11, 2)
    assert first_day_open(date(2027, 1, 6), holidays) == date(2026, 12, 21)


def test_what_came_of_representations_is_in_the_row(client):
    award = in_the_nhs()
    award.commission.representations.receive(1, by="demo")
    html = listed(client, AT + timedelta(days=20))[1].content.decode()
    assert "Representations under review" in html


def test_choices_known_from_notices_only_are_named_apart(client):
    for title, route, chosen, fields in (
        ("Lamps", "direct_award", True, {}),
        ("Ramps", "open", True, {}),
        ("Stamps", "direct_award", False, {}),
        ("Camps", "psr_a", True, {"published_at": None}),
    ):
        commission = make.commission(
            **{"title": title, "route": route, "published_at": AT, **fields}
        )
        if chosen:
            commission.awards.create(award_id="1")
    explained = under_the_act()
    explained.commission.awards.create(award_id="1")
    unexplained = listed(client)[1].context["page"].unexplained
    assert [commission.title for commission in unexplained] == ["Lamps"]
    assert listed(client, law="psr")[1].context["page"].unexplained == []


def test_a_draft_is_not_listed(client):
    draft = make.draft_commission(regime="procurement_act", route="direct_award")
    under_the_act(commission=draft)
    titles, response = listed(client)
    assert titles == []
    assert "No choice without a competition is on record here." in (
        response.content.decode()
    )


def test_the_list_as_files(client):
    in_the_nhs()
    under_the_act()
    answer = client.get("/direct-awards.csv?ground=technical")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(text.splitlines())
    assert row["explanation"] == "'=Only they can mend it."
    assert row["value_pounds"] == "250000.00"
    assert row["said_on"] == "2026-11-02"
    answer = client.get("/direct-awards.json")
    first, second = json.loads(b"".join(answer.streaming_content))["direct_awards"]
    assert (first["ground"], second["representations_until"]) == (
        "technical",
        "2026-11-13",
    )
    assert client.get("/direct-awards.exe").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(client, rows):
    for n in range(rows):
        in_the_nhs(title=f"{n}" + "x" * 490)
        under_the_act()
    with CaptureQueriesContext(connection) as queries:
        client.get(URL)
    assert len(queries) == 4
