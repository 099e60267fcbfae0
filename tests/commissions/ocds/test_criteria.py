"""What bids are judged by, read from releases and kept."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissions.models import AwardCriterion, Commission, Proposal
from commissions.ocds.importing.mapping.json_reader import Part
from commissions.ocds.importing.mapping.tender import criteria_of
from tests import make
from tests.commissions.ocds.releases import OCID, bring_in, release
from tests.conftest import SHARED


def judged(*criteria, **more):
    """Return the criteria of a tender as (name, kind, weight, description)."""
    tender = {"title": "T", "awardCriteria": {"criteria": list(criteria)}, **more}
    found = criteria_of(Part({"tender": tender}))
    return [
        (name, each["kind"], each["weight"], each["description"])
        for (_, name), each in found.items()
    ]


def numbered(number, weight):
    """Make a criterion with a number of the extension."""
    return {"name": "A", "numbers": [{"number": number, "weight": weight}]}


@pytest.mark.parametrize(
    ("criterion", "columns"),
    [
        (
            {"type": "quality", "name": "Technical", "description": "40"},
            ("Technical", "quality", Decimal(40), ""),
        ),
        (
            {"type": "price", "description": "63.7%"},
            ("Price", "price", Decimal("63.70"), ""),
        ),
        (
            {"name": "A", "description": "Out of 40 points"},
            ("A", "", None, "Out of 40 points"),
        ),
        ({"name": "A", "description": "0"}, ("A", "", None, "0")),
        ({"name": "A", "description": "140"}, ("A", "", None, "140")),
        (numbered(30, "percentageExact"), ("A", "", Decimal(30), "")),
        (numbered(0.125, "decimalExact"), ("A", "", Decimal("12.50"), "")),
        (numbered(7, "pointsExact"), ("A", "", None, "")),
        (numbered("x", "decimalExact"), ("A", "", None, "")),
        (numbered(1e300, "decimalExact"), ("A", "", None, "")),
        ({"type": "size"}, ("Criterion", "", None, "")),
    ],
)
def test_a_weight_is_read_where_it_is_given_as_a_per_cent(criterion, columns):
    assert judged(criterion) == [columns]


def test_weights_that_come_to_more_than_a_hundred_are_kept_as_words():
    found = judged(
        {"name": "A", "description": "80"}, {"name": "B", "description": "30"}
    )
    assert found == [("A", "", None, "80.00"), ("B", "", None, "30.00")]


def test_a_name_that_comes_twice_is_told_apart():
    names = [row[0] for row in judged({"type": "price"}, {"type": "price"})]
    assert names == ["Price", "Price #2"]


def test_the_standards_own_code_is_no_criterion():
    assert criteria_of(Part({"tender": {"awardCriteria": "priceOnly"}})) == {}


@given(st.lists(st.decimals(0, 200, places=2), max_size=6))
def test_no_set_of_weights_is_kept_that_the_database_would_refuse(weights):
    rows = judged(*({"name": "A", "description": f"{w:f}"} for w in weights))
    kept = [weight for _, _, weight, _ in rows if weight is not None]
    assert all(0 < weight <= 100 for weight in kept)
    assert sum(kept) <= 100
    assert len(rows) == len(weights)


LOTS = {
    "title": "T",
    "status": "active",
    "lots": [
        {
            "id": "1",
            "title": "North",
            "awardCriteria": {
                "criteria": [
                    {"type": "quality", "name": "Care", "description": "60"},
                    {"type": "price", "description": "40"},
                ]
            },
        }
    ],
}


@pytest.mark.django_db
def test_criteria_are_kept_with_their_lot_and_change_with_a_later_release():
    bring_in(release(tender=LOTS))
    later = json.loads(json.dumps(LOTS))
    later["lots"][0]["awardCriteria"]["criteria"][0]["description"] = "50"
    bring_in(release(id="2", date="2026-02-01T00:00:00Z", tender=later))
    rows = AwardCriterion.objects.order_by("order")
    assert list(rows.values_list("lot__title", "name", "kind", "weight")) == [
        ("North", "Care", "quality", Decimal(50)),
        ("North", "Price", "price", Decimal(40)),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("names", "weights"),
    [
        (("Care", ""), ("40", "60")),
        (("Care", ""), ("60", "40")),
        (("Skill", "Cost"), ("70", "30")),
    ],
)
def test_criteria_that_a_later_release_shifts_or_renames_stand_in_place_of_the_first(
    names, weights
):
    bring_in(release(tender=LOTS))
    later = json.loads(json.dumps(LOTS))
    criteria = later["lots"][0]["awardCriteria"]["criteria"]
    for criterion, name, weight in zip(criteria, names, weights, strict=True):
        criterion["description"] = weight
        if name:
            criterion["name"] = name
    bring_in(release(id="2", date="2026-02-01T00:00:00Z", tender=later))
    rows = AwardCriterion.objects.order_by("order").values_list("name", "weight")
    assert list(rows) == [
        (name or "Price", Decimal(weight))
        for name, weight in zip(names, weights, strict=True)
    ]


@pytest.mark.django_db
def test_criteria_of_a_commission_that_people_hold_are_proposed_and_taken_whole():
    ours = make.commission(ocid=OCID, stage="decided")
    bring_in(release(tender=LOTS))
    proposal = Proposal.objects.get()
    care = ["1", "Care", "quality", "60.00", ""]
    price = ["1", "Price", "price", "40.00", ""]
    assert proposal.changes["criteria"] == [None, [care, price]]
    proposal.accept(["tender", "lot/1", "criteria"], by=ours.post)
    tender = Commission.objects.get().tender
    assert [str(each) for each in tender.criteria.all()] == ["Care", "Price"]
    bring_in(release(id="2", date="2026-02-01T00:00:00Z", tender=LOTS))
    waiting = Proposal.objects.waiting().values_list("changes", flat=True)
    assert not any("criteria" in changes for changes in waiting)


@pytest.mark.shared
@pytest.mark.django_db
def test_the_criteria_of_real_notices_are_kept_with_their_weights():
    path = SHARED / "data" / "uk-ocds-real" / "sell2wales-2025-part.json"
    bring_in(raw=path.read_bytes())
    assert AwardCriterion.objects.count() > 80
    assert not AwardCriterion.objects.filter(weight__isnull=True).exists()
