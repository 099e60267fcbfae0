"""Contracts from notices: their references, what cannot be, and what staff keep."""

from datetime import date
from decimal import Decimal

import pytest

from commissions.models import Award, Commission, Contract, Organisation
from tests.commissions.ocds.releases import OCID, award, bring_in, supplier

pytestmark = pytest.mark.django_db
CARE = supplier(1, "Care Ltd", details={"scale": "sme", "vcse": False})
FIRM = supplier(2, "Firm plc", details={"scale": "large"})


def signed(number, *contracts, supplied=(CARE,)):
    """Make the release of a notice with some contracts."""
    return award(
        *supplied,
        id=str(number),
        date=f"2026-03-{number:02}T00:00:00Z",
        tag=["contract"],
        contracts=[
            {
                "awardID": "a1",
                "status": "active",
                "dateSigned": "2026-02-20",
                "value": {"amount": 1000},
                **each,
            }
            for each in contracts
        ],
    )


def references():
    """Return the references of the contracts, in order of their ids."""
    rows = Contract.objects.order_by("contract_id")
    return list(rows.values_list("reference", flat=True))


def test_each_contract_has_a_reference_that_a_second_import_keeps():
    sent = [signed(3, {"id": "1"}, {"id": "GMT/7 b"})]
    bring_in(*sent)
    first, second = references()
    assert first == f"{OCID}-1"
    assert second.startswith(f"{OCID}-")
    assert "/" not in second
    bring_in(*sent)
    assert references() == [first, second]
    bring_in(signed(4, {"id": "1", "title": "New title"}, {"id": "GMT/7 b"}))
    assert references() == [first, second]
    assert Contract.objects.get(contract_id="1").title == "New title"


def test_two_publishers_may_use_the_same_number():
    other = {**signed(3, {"id": "1"}), "ocid": "ocds-other-1"}
    bring_in(signed(3, {"id": "1"}), other)
    assert sorted(references()) == sorted([f"{OCID}-1", "ocds-other-1-1"])


def test_ends_that_cannot_be_are_left_out():
    period = {"startDate": "2026-04-01", "endDate": "2027-03-31"}
    bring_in(
        signed(
            3,
            {"id": "1", "period": {**period, "maxExtentDate": "2026-12-31"}},
            {"id": "2", "period": {**period, "maxExtentDate": "2029-03-31"}},
            {"id": "3", "period": {"startDate": "2026-04-01", "endDate": "2026-03-31"}},
        )
    )
    found = Contract.objects.order_by("contract_id").values_list(
        "ends_on", "latest_end_on"
    )
    assert list(found) == [
        (date(2027, 3, 31), None),
        (date(2027, 3, 31), date(2029, 3, 31)),
        (None, None),
    ]


def test_a_supplier_is_small_or_a_charity_as_the_notice_says():
    bring_in(signed(3, {"id": "1"}, supplied=(CARE, FIRM)))
    said = Organisation.objects.providers().order_by("name")
    assert list(said.values_list("name", "is_sme", "is_vcse")) == [
        ("Care Ltd", True, False),
        ("Firm plc", False, None),
    ]


def test_a_contract_that_staff_have_changed_stays_theirs_and_others_do_not():
    bring_in(signed(3, {"id": "1"}, {"id": "2"}))
    contract = Contract.objects.get(contract_id="1")
    contract.complete(department="Adults", by="t")
    contract.amend(changed="More.", reason="So.", amount=Decimal(1200), by="t")
    bring_in(
        signed(
            4,
            {"id": "1", "value": {"amount": 900}},
            {"id": "2", "value": {"amount": 900}},
        )
    )
    amounts = Contract.objects.order_by("contract_id").values_list("amount", flat=True)
    assert list(amounts) == [Decimal(1200), Decimal(900)]
    contract.refresh_from_db()
    assert contract.department == "Adults"
    assert Commission.objects.count() == 1


def test_what_staff_completed_stays_as_they_wrote_it_and_the_rest_follows_notices():
    period = {"startDate": "2026-04-01", "endDate": "2027-03-31"}
    bring_in(signed(3, *({"id": each, "period": period} for each in "12")))
    first, second = Contract.objects.order_by("contract_id")
    first.complete(title="Home care in the north", by="t")
    second.offer(date(2029, 3, 31), by="t")
    later = {"value": {"amount": 900}, "title": "RM 6187 / 4", "period": period}
    bring_in(signed(4, *({"id": each, **later} for each in "12")))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.title, first.amount) == ("Home care in the north", Decimal(900))
    assert (second.latest_end_on, second.amount) == (date(2029, 3, 31), Decimal(1000))


def counted(measure, value, **more):
    """Make one number of bids."""
    return {"id": measure, "measure": measure, "value": value, **more}


def numbers():
    """Return what the awards count, in order of their ids."""
    rows = Award.objects.order_by("award_id")
    return list(
        rows.values_list(
            "bids_received", "bids_assessed", "bids_from_sme", "bids_from_vcse"
        )
    )


def test_an_award_says_how_many_bids_its_notice_counts():
    stated = [
        counted("bids", 5),
        counted("finalStageBids", 4),
        counted("smeFinalStageBids", 2),
        counted("vcseFinalStageBids", 0),
        counted("lowestValidBidValue", 1000),
    ]
    bring_in(award(CARE, bids={"statistics": stated}))
    assert numbers() == [(5, 4, 2, 0)]


@pytest.mark.parametrize("value", [-1, 2.5, "3", True, None, 10**12, [3], {}])
def test_a_number_of_bids_that_cannot_be_is_left_out(value):
    stated = [counted("bids", value), counted("finalStageBids", 1), "bids", None]
    bring_in(award(CARE, bids={"statistics": stated}))
    assert numbers() == [(None, 1, None, None)]


@pytest.mark.parametrize("bids", [None, [], "4", {"statistics": {}}, {"statistics": 4}])
def test_what_is_no_list_of_numbers_costs_no_notice(bids):
    bring_in(award(CARE, bids=bids))
    assert numbers() == [(None, None, None, None)]


def test_bids_count_for_the_award_of_their_lot_and_are_not_added_up():
    given = {"status": "active", "suppliers": [{"id": CARE["id"], "name": "Care Ltd"}]}
    bring_in(
        award(
            CARE,
            tender={"title": "Help", "lots": [{"id": "1"}, {"id": "2"}, {"id": "3"}]},
            awards=[
                {**given, "id": "a1", "relatedLots": ["1"]},
                {**given, "id": "a2", "relatedLots": ["2", "3"]},
            ],
            bids={
                "statistics": [
                    counted("bids", 5, relatedLot="1"),
                    counted("bids", 7, relatedLot="2"),
                    counted("bids", 9, relatedLot="3"),
                    counted("bids", 21),
                ]
            },
        )
    )
    assert numbers() == [(5, None, None, None), (None, None, None, None)]


def test_a_number_that_staff_filled_in_stays_where_the_notice_counts_nothing():
    bring_in(award(CARE))
    Award.objects.update(bids_received=3)
    bring_in(award(CARE, id="3", date="2026-03-02T00:00:00Z"))
    assert numbers() == [(3, None, None, None)]
