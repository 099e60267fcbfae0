"""What bids are judged by: the weights of one set come to 100 per cent at most."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from commissions.models import AwardCriterion, Lot, Tender
from tests import make

pytestmark = pytest.mark.django_db


def tender(**fields):
    return Tender.objects.create(
        commission=make.commission(), title="Home care", **fields
    )


def test_weights_come_to_a_hundred_for_the_tender_and_again_for_each_lot():
    asked = tender()
    north = Lot.objects.create(tender=asked, lot_id="1")
    for lot in (None, north):
        for name, weight in (("Price", 40), ("Quality", 60)):
            criterion = AwardCriterion(
                tender=asked, lot=lot, name=name, weight=weight, kind=name.lower()
            )
            criterion.full_clean()
            criterion.save()
    assert AwardCriterion.objects.filter(tender=asked).count() == 4


def test_a_weight_too_many_is_refused_with_what_is_left():
    asked = tender()
    AwardCriterion.objects.create(tender=asked, name="Quality", weight=70)
    with pytest.raises(ValidationError, match="this one can weigh 30 at most"):
        AwardCriterion(tender=asked, name="Price", weight=31).full_clean()


@pytest.mark.parametrize("weight", [0, -5, 101])
def test_the_database_refuses_a_weight_that_is_no_per_cent(weight):
    asked = tender()
    with pytest.raises(IntegrityError), transaction.atomic():
        AwardCriterion.objects.create(tender=asked, name="Price", weight=weight)


def test_the_database_refuses_a_criterion_twice():
    asked = tender()
    AwardCriterion.objects.create(tender=asked, name="Price")
    with pytest.raises(IntegrityError), transaction.atomic():
        AwardCriterion.objects.create(tender=asked, name="Price")


def test_a_lot_of_another_tender_is_refused():
    stray = Lot.objects.create(tender=tender(), lot_id="1")
    with pytest.raises(ValidationError, match="a lot of the same tender"):
        AwardCriterion(tender=tender(), lot=stray, name="Price").full_clean()
