"""What a notice says besides: nothing that the portal has a place for is lost."""

import csv
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from commissions.models import (
    Award,
    AwardCriterion,
    Commission,
    Contract,
    Indicator,
    Lot,
    Rating,
    Tender,
)
from tests.commissions.ocds.releases import bring_in
from tests.commissions.ocds.test_reading_cases import notice, read

pytestmark = pytest.mark.django_db

TENDER = {
    "id": "NCC/2026/114",
    "title": "Home care",
    "status": "active",
    "mainProcurementCategory": "services",
    "value": {"amount": 1_000_000, "amountGross": 1_200_000, "currency": "EUR"},
    "awardPeriod": {"endDate": "2026-11-30T23:59:59Z"},
    "enquiryPeriod": {"endDate": "2026-10-01"},
    "riskDetails": "Pay may rise.",
    "lotDetails": {"noLotsDivisionRationale": "One home each."},
    "submissionTerms": {"languages": ["en", "cy"]},
    "communication": {"atypicalToolUrl": "https://bids.example/114"},
    "options": {"description": "Night care."},
    "otherRequirements": {
        "reservedParticipation": ["smeVcse"],
        "reservedParticipationLocation": {"description": "Suppliers of Kent"},
    },
    "selectionCriteria": {
        "criteria": [{"type": "technical", "description": "CQC registration."}]
    },
    "items": [
        {
            "id": "1",
            "additionalClassifications": [
                {"scheme": "CPV", "id": "85312400"},
                {"scheme": "CPV", "id": "85100000"},
            ],
        }
    ],
    "lots": [
        {
            "id": "1",
            "title": "North",
            "value": {"amountGross": 600_000, "currency": "EUR"},
            "contractPeriod": {"durationInDays": 730},
            "hasRenewal": True,
            "renewal": {"description": "Twice by a year.", "maximumRenewals": 2},
            "options": {"description": "More hours."},
            "selectionCriteria": {"description": "An office in the north."},
            "suitability": {"sme": True, "vcse": False},
        }
    ],
}
RELATED = [{"relationship": ["framework"], "scheme": "ocid", "identifier": "ocds-x-1"}]


def test_all_that_a_tender_says_is_kept():
    read(notice("UK4", tender=TENDER, relatedProcesses=RELATED))
    tender = Tender.objects.get()
    assert tender.own_reference == "NCC/2026/114"
    assert (tender.cpv, tender.other_cpv) == ("85312400", "85100000")
    assert tender.award_expected_on == date(2026, 11, 30)
    assert tender.questions_close_at.isoformat() == "2026-10-01T22:59:59+00:00"
    assert (tender.risks, tender.no_lots_because) == ("Pay may rise.", "One home each.")
    assert tender.languages == "English or Welsh"
    assert tender.platform_url == "https://bids.example/114"
    assert (tender.reserved_for, tender.reserved_place) == (
        "smeVcse",
        "Suppliers of Kent",
    )
    assert (tender.options, tender.conditions) == ("Night care.", "CQC registration.")
    assert (tender.suits_sme, tender.suits_vcse) == (True, False)
    assert tender.currency == "EUR"
    assert tender.related_processes[0]["identifier"] == "ocds-x-1"
    lot = Lot.objects.get()
    assert (lot.amount, lot.amount_gross, lot.currency) == (None, 600_000, "EUR")
    assert (lot.duration, lot.options) == ("730 days", "More hours.")
    assert lot.extension == "Twice by a year.\nAt most 2 renewals."
    assert lot.conditions == "An office in the north."
    assert AwardCriterion.objects.count() == 0


@pytest.mark.parametrize(
    ("number", "kept"),
    [
        ("1", ""),
        ("ocds-h6vhtk-0a0001", ""),
        ("6e9d3c6a-53d8-4238-8b93-5a2c3d1954b4", ""),
        ("ocds-kuma6s-148440-tender-148440-CCS/24/297", "CCS/24/297"),
        ("UOW822 Flooring", "UOW822 Flooring"),
    ],
)
def test_the_bodys_own_reference_is_none_that_a_platform_made(number, kept):
    read(notice("UK4", tender={"id": number}))
    assert Tender.objects.get().own_reference == kept


SIGNED = {
    "id": "1",
    "awardID": "1",
    "status": "active",
    "dateSigned": "2025-03-01T00:00:00Z",
    "value": {"amount": 100, "amountGross": 120, "currency": "GBP"},
    "period": {"startDate": "2025-04-01", "endDate": "2026-03-31"},
}


def test_what_is_bought_is_kept_with_the_award():
    items = [
        {"id": "1", "description": "Beds", "quantity": 4, "unit": {"name": "each"}},
        {"id": "2", "additionalClassifications": [{"description": "Mattresses"}]},
    ]
    award = {"id": "1", "items": items, "mainProcurementCategory": "goods"}
    read(notice("UK6", awards=[award]))
    kept = Award.objects.get()
    assert (kept.items, kept.category) == ("4 each Beds\nMattresses", "goods")
    assert Tender.objects.get().category == "goods"


def uk10(**amendment):
    changed = {**SIGNED, "amendments": [{"id": "a", **amendment}]}
    return notice("UK10", "2026-02-01", contracts=[changed])


@pytest.mark.parametrize("restated", [True, False])
def test_the_old_end_and_value_stay_beside_the_new(restated):
    new = {"amount": 150, "amountGross": 180, "currency": "GBP"}
    period = {"startDate": "2025-04-01", "endDate": "2027-03-31"}
    change = {"description": "A year more.", "rationale": "Section 74(1)(a)."}
    if restated:
        second = uk10(**change)
        second["contracts"][0] |= {"value": new, "period": period}
    else:
        second = uk10(**change, value=new, period=period)
    read(notice("UK7", "2025-03-05", contracts=[SIGNED]), second)
    contract = Contract.objects.get()
    assert (contract.ends_on, contract.amount) == (date(2027, 3, 31), Decimal(150))
    made = contract.amendments.get()
    assert (made.changed, made.reason) == ("A year more.", "Section 74(1)(a).")
    assert (made.ends_before, made.ends_after) == (date(2026, 3, 31), date(2027, 3, 31))
    assert (made.amount_before, made.amount_after) == (Decimal(100), Decimal(150))
    assert (made.gross_before, made.gross_after) == (Decimal(120), Decimal(180))
    assert made.made_on == date(2026, 2, 1)
    again, _ = bring_in(second)
    assert again.totals.left_alone == 1


def test_a_contract_ended_on_the_day_that_its_notice_says_and_why():
    ended = {
        **SIGNED,
        "status": "terminated",
        "implementation": {"endDate": "2025-12-31T23:59:59Z"},
        "terminationRationaleClassifications": [{"description": "Mutual agreement"}],
    }
    commission = read(
        notice("UK7", "2025-03-05", contracts=[SIGNED]),
        notice("UK11", "2026-01-10", contracts=[ended]),
    )
    contract = Contract.objects.get()
    assert contract.ended_on == date(2025, 12, 31)
    assert (contract.ending, contract.ended_why) == ("agreed", "Mutual agreement")
    closed = commission.stage_dates.get(stage="closed")
    assert (commission.stage, closed.actual_on) == ("closed", date(2025, 12, 31))


def test_indicators_and_their_ratings_are_read():
    metrics = [{"id": "k", "title": "Visits on time", "description": "95%"}]
    rated = {
        "id": "k",
        "title": "Visits on time",
        "observations": [
            {
                "id": str(year),
                "period": {
                    "startDate": f"{year}-04-01",
                    "endDate": f"{year + 1}-03-31",
                },
                "measureClassification": {"id": mark, "description": mark},
                "notes": "As reported.",
            }
            for year, mark in ((2025, "good"), (2024, "Requires improvement"))
        ],
    }
    read(
        notice("UK7", "2025-03-05", contracts=[{**SIGNED, "agreedMetrics": metrics}]),
        notice(
            "UK9",
            "2026-04-05",
            contracts=[{**SIGNED, "implementation": {"metrics": [rated]}}],
        ),
    )
    indicator = Indicator.objects.get()
    assert (indicator.title, indicator.target) == ("Visits on time", "95%")
    levels = Rating.objects.values_list("starts_on__year", "level", "note")
    assert list(levels) == [
        (2024, "below", "As reported."),
        (2025, "met", "As reported."),
    ]


def test_the_signed_contract_that_is_attached_is_its_copy():
    document = {
        "id": "A-1",
        "documentType": "contractSigned",
        "url": "https://www.find-tender.service.gov.uk/Notice/Attachment/A-1",
    }
    sent = notice("UK7", "2025-03-05", contracts=[SIGNED])
    sent["contracts"][0]["documents"].append(document)
    read(sent)
    contract = Contract.objects.get()
    assert contract.copy_url == document["url"]
    assert contract.copy_published_on == date(2025, 3, 5)
    assert Commission.objects.get().documents.count() == 1


def shown(client, name, *args):
    return client.get(reverse(f"commissions:{name}", args=args)).content.decode()


def test_the_pages_show_what_the_notice_says(client):
    commission = read(
        notice("UK4", tender=TENDER, relatedProcesses=RELATED),
        notice(
            "UK6",
            "2026-10-01",
            tender={"id": TENDER["id"]},
            awards=[{"id": "1", "items": [{"id": "1", "description": "Beds"}]}],
        ),
    )
    page = shown(client, "tender-detail", commission.reference)
    for said in (
        "NCC/2026/114",
        "Small and medium-sized firms, and voluntary and community bodies",
        "Suppliers of Kent",
        "85312400, 85100000",
        "Night care.",
        "730 days",
        "600,000 EUR including VAT",
        "Twice by a year.",
        "Under the framework",
        "1,000,000 EUR excluding VAT, 1,200,000 EUR including VAT",
    ):
        assert said in page
    assert "Beds" in shown(client, "award-detail", commission.reference)


def test_an_amount_alone_does_not_say_whether_it_counts_vat(client):
    value = {"amount": 100_000, "currency": "GBP"}
    read(notice("UK7", "2026-10-01", contracts=[{**SIGNED, "value": value}]))
    contract = Contract.objects.get()
    page = shown(client, "contract-detail", contract.reference)
    assert "£100,000, VAT not stated" in page
    assert "excluding VAT" not in page
    file = b"".join(client.get("/contracts.csv").streaming_content)
    (row,) = csv.DictReader(file.decode("utf-8-sig").splitlines())
    assert (row["sum_excluding_vat"], row["sum_vat_not_stated"]) == ("", "100000.00")


def test_the_page_of_a_changed_contract_shows_the_old_beside_the_new(client):
    value = {"amount": 150, "amountGross": 180, "currency": "GBP"}
    changed = uk10(description="A year more.", value=value)
    read(notice("UK7", "2025-03-05", contracts=[SIGNED]), changed)
    page = shown(client, "contract-detail", Contract.objects.get().reference)
    assert "A year more." in page
    assert "£100 to £150" in page
    assert "£120 to £180" in page


def test_the_list_finds_what_is_reserved_for_whom(client):
    read(notice("UK4", tender=TENDER))
    path = reverse("commissions:commission-list")
    for asked, found in (("smeVcse", 1), ("vcse", 1), ("local", 1), ("uk", 0)):
        page = client.get(path, {"reserved": asked}).content.decode()
        assert ("/ocds-h6vhtk-0a0001/" in page) is bool(found), asked


def test_a_contract_that_is_only_proposed_says_when_it_is_to_be_signed(client):
    proposed = {"id": "1", "status": "pending", "dateSigned": "2026-12-20"}
    read(notice("UK6", "2026-11-20", awards=[{"id": "1"}], contracts=[proposed]))
    page = shown(client, "contract-detail", Contract.objects.get().reference)
    assert "Expected to be signed" in page
    assert "20 December 2026" in page
