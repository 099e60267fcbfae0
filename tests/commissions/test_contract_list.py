"""The contracts register: what it lists, how it is narrowed, its files."""

import csv
import json
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest

from commissions.models import Commission
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-22 12:00", tick=False)


def titles(client, **asked):
    """Return the titles that the register lists."""
    response = client.get("/contracts/", asked)
    assert response.status_code == 200
    return [str(row.contract) for row in response.context["page"].rows]


def file(client, **asked):
    """Return the register as CSV: its heads and its rows."""
    response = client.get("/contracts.csv", asked)
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    return response, rows


def some():
    """Sign three contracts, and leave three things that must not be listed."""
    barset = make.organisation(name="Barset Council", slug="barset")
    brook = make.organisation(
        name="Brook CIC", slug="brook", kind="provider", is_sme=True
    )
    brook.identifiers.create(scheme="GB-COH", value="01234567")
    hall = make.organisation(
        name="Hall Trust", slug="hall", kind="provider", is_vcse=True
    )
    hall.identifiers.create(scheme="GB-CHC", value="1000001")
    care = make.topic(name="Care", slug="care")
    first = make.contract(
        title="Day care",
        commission=make.commission(organisation=barset, topic=care, route="open"),
        suppliers=[brook, hall],
        starts_on=date(2025, 1, 1),
        ends_on=date(2027, 3, 31),
        amount=Decimal(900_000),
        department="Adult social care",
        irrecoverable_vat=Decimal(0),
        review_on=date(2027, 1, 5),
        description="A place to go.",
    )
    second = make.contract(
        title="Buses",
        suppliers=[hall],
        on=date(2026, 11, 1),
        starts_on=date(2027, 1, 1),
        ends_on=date(2030, 1, 1),
        amount=Decimal(5_000_000),
    )
    third = make.contract(
        title="Roads",
        on=date(2020, 1, 1),
        starts_on=date(2020, 2, 1),
        ends_on=date(2024, 1, 1),
    )
    make.commission(title="Day care again").replaces.add(first)
    hidden = make.contract(title="Hidden", ends_on=date(2027, 1, 1))
    Commission.objects.filter(pk=hidden.commission_id).update(published_at=None)
    make.commission().contracts.create(
        contract_id="1", title="Proposed", status="pending"
    )
    return first, second, third


def test_the_register_lists_what_was_signed_soonest_end_first(client):
    some()
    assert titles(client) == ["Day care", "Buses", "Roads"]
    html = client.get("/contracts/").content.decode()
    assert "With Brook CIC, Hall Trust" in html
    assert "Barset Council, Adult social care" in html
    assert "Ends on 31 March 2027, in 4 months" in html
    assert "Day care again" in html


NARROWED = [
    ({"sort": "newest"}, ["Buses", "Day care", "Roads"]),
    ({"sort": "value"}, ["Buses", "Day care", "Roads"]),
    ({"q": "care place"}, ["Day care"]),
    ({"q": "hall trust"}, ["Day care", "Buses"]),
    ({"q": "hidden"}, []),
    ({"state": "running"}, ["Day care"]),
    ({"state": "to_start"}, ["Buses"]),
    ({"state": "ended"}, ["Roads"]),
    ({"ends": "366"}, ["Day care"]),
    ({"ends": "92"}, []),
    ({"organisation": "barset"}, ["Day care"]),
    ({"supplier": "hall"}, ["Day care", "Buses"]),
    ({"supplier": "Brook CIC"}, ["Day care"]),
    ({"topic": "care"}, ["Day care"]),
    ({"size": "sme"}, ["Day care"]),
    ({"size": "vcse"}, ["Day care", "Buses"]),
    ({"value_from": "1 million"}, ["Buses"]),
    ({"value_to": "1 million"}, ["Day care"]),
    ({"next": "planned"}, ["Day care"]),
    ({"next": "nothing"}, ["Buses", "Roads"]),
    ({"next": "nothing", "ends": "366"}, []),
]


def test_the_register_is_narrowed_and_put_in_order(client):
    some()
    found = [(asked, titles(client, **asked)) for asked, _ in NARROWED]
    assert found == NARROWED


def test_a_reference_finds_its_contract(client):
    first, *_ = some()
    assert titles(client, q=first.reference.lower()) == ["Day care"]


def test_what_makes_no_sense_is_answered_in_words(client):
    make.contract()
    for name, value in {
        "state": "x",
        "supplier": "nobody",
        "value_from": "much",
        "q": "x" * 999,
    }.items():
        html = client.get("/contracts/", {name: value}).content.decode()
        assert html.count("There is a problem") == 1, name


def test_an_empty_register_says_so(client):
    html = client.get("/contracts/").content.decode()
    assert "No contract is listed here yet." in html


def test_a_contract_that_ends_soon_with_nothing_planned_says_so(client):
    make.contract(ends_on=date(2027, 5, 1))
    html = client.get("/contracts/").content.decode()
    assert "Nothing is planned to replace it." in html


def test_pages_hold_each_contract_once_with_and_without_days(client):
    for n in range(30):
        fields = {"ends_on": date(2027, 1, 1 + n % 3)} if n % 2 else {}
        make.contract(title=f"Contract {n}", amount=None, **fields)
    for sort in ("ending", "newest", "value"):
        first = client.get("/contracts/", {"sort": sort})
        second = client.get("/contracts/" + first.context["page"].next_url)
        rows = [*first.context["page"].rows, *second.context["page"].rows]
        assert len({row.contract.reference for row in rows}) == len(rows) == 30
        assert second.context["page"].next_url == ""


def test_the_register_costs_the_same_with_one_row_and_with_three(
    client, django_assert_max_num_queries
):
    counts = []
    for more in (1, 2):
        for _ in range(more):
            contract = make.contract(
                ends_on=date(2027, 1, 1), post=make.held_post(team="Care team")
            )
            make.commission().replaces.add(contract)
        with django_assert_max_num_queries(12) as asked:
            assert len(titles(client, supplier="provider", q="contract")) in (1, 3)
        with django_assert_max_num_queries(8) as of_file:
            file(client)
        counts.append((len(asked.captured_queries), len(of_file.captured_queries)))
    assert counts[0] == counts[1]


def test_the_file_has_the_columns_of_the_transparency_code(client, settings):
    first, *_ = some()
    response, rows = file(client, organisation="barset")
    assert response["Content-Disposition"] == 'attachment; filename="contracts.csv"'
    assert rows == [
        {
            "reference": first.reference,
            "title": "Day care",
            "organisation": "Barset Council",
            "department_responsible": "Adult social care",
            "description": "A place to go.",
            "supplier": "Brook CIC; Hall Trust",
            "supplier_number": "Companies House number 01234567; "
            "Charity number, England and Wales 1000001",
            "sum_excluding_vat": "900000.00",
            "sum_including_vat": "",
            "sum_vat_not_stated": "",
            "currency": "GBP",
            "irrecoverable_vat_pounds": "0.00",
            "signed_date": "2025-12-01",
            "start_date": "2025-01-01",
            "end_date": "2027-03-31",
            "latest_end_date": "2027-03-31",
            "review_date": "2027-01-05",
            "ended_date": "",
            "state": "running",
            "may_be_renewed": "",
            "may_be_added": "",
            "state_in_words": "Running",
            "known_from": "kept here",
            "tendered": "yes",
            "process": "open",
            "supplier_is_sme": "yes",
            "supplier_is_vcse": "yes",
            "vcse_registration_number": "Charity number, England and Wales 1000001",
            "commission": first.commission.reference,
            "replaced_by": Commission.objects.get(title="Day care again").reference,
            "address": f"{settings.PORTAL_ORIGIN}/contracts/{first.reference}/",
        }
    ]


def test_nothing_in_the_file_can_be_a_formula(client):
    make.contract(
        title="=HYPERLINK(1)",
        description="+1",
        department="@SUM",
        suppliers=[make.organisation(name="-1+2", kind="provider")],
    )
    _, [row] = file(client)
    cells = [row[n] for n in ("title", "description", "department_responsible")]
    assert [*cells, row["supplier"]] == ["'=HYPERLINK(1)", "'+1", "'@SUM", "'-1+2"]


def test_the_register_is_also_json_and_a_feed(client):
    first, *_ = some()
    response = client.get("/contracts.json", {"state": "running"})
    [row] = json.loads(b"".join(response.streaming_content))["contracts"]
    assert (row["reference"], row["tendered"]) == (first.reference, "yes")
    feed = client.get("/contracts.atom").content.decode()
    assert feed.count("<entry>") == 3
    assert "Barset Council. Brook CIC, Hall Trust" in feed
    assert client.get("/contracts.pdf").status_code == 404
