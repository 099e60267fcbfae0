"""Rules across rows that the database holds by itself, however many write at once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from commissions.contracts import triggers
from commissions.models import (
    Amendment,
    AwardCriterion,
    Contract,
    Extension,
    Indicator,
    Lot,
    Rating,
    Tender,
)
from tests import make

pytestmark = pytest.mark.django_db


def refused(act):
    """Tell whether the database refuses an act."""
    try:
        with transaction.atomic():
            act()
    except IntegrityError:
        return True
    return False


def tender():
    return Tender.objects.create(commission=make.commission(), title="Care")


def weigh(asked, *weights, lot=None):
    """List criteria with these weights, past the model and every form."""
    taken = AwardCriterion.objects.filter(tender=asked, lot=lot).count()
    return AwardCriterion.objects.bulk_create(
        AwardCriterion(tender=asked, lot=lot, name=f"{n}", weight=weight)
        for n, weight in enumerate(weights, taken)
    )


def test_criteria_of_one_set_weigh_a_hundred_per_cent_and_no_more():
    asked = tender()
    third = Decimal("33.33")
    weigh(asked, third, third, Decimal("33.34"), None)
    assert refused(lambda: weigh(asked, Decimal("0.01")))
    weigh(asked, None)
    weigh(tender(), 100)
    north = Lot.objects.create(tender=asked, lot_id="1")
    weigh(asked, 60, 40, lot=north)
    assert refused(lambda: weigh(asked, 1, lot=north))
    assert refused(lambda: weigh(tender(), 60, 60))


def test_weights_are_not_raised_and_criteria_not_moved_past_a_hundred():
    asked = tender()
    quality, _ = weigh(asked, 60, 40)
    kept = AwardCriterion.objects.filter(pk=quality.pk)
    assert refused(lambda: kept.update(weight=61))
    kept.update(weight=50)
    (other,) = weigh(tender(), 20)
    moved = AwardCriterion.objects.filter(pk=other.pk)
    assert refused(lambda: moved.update(tender=asked, name="Other"))
    moved.update(tender=asked, name="Other", weight=10)


def rate(indicator, first, last):
    return Rating.objects.create(
        indicator=indicator, starts_on=first, ends_on=last, level="met"
    )


def test_no_day_of_an_indicator_is_rated_twice():
    contract = make.contract()
    one, two = (Indicator.objects.create(contract=contract, title=t) for t in "ab")
    spring = rate(one, date(2026, 4, 1), date(2026, 6, 30))
    rate(one, date(2026, 7, 1), date(2026, 9, 30))
    rate(two, date(2026, 5, 1), date(2026, 8, 31))
    assert refused(lambda: rate(one, date(2026, 6, 30), date(2026, 6, 30)))
    assert refused(lambda: rate(one, date(2026, 1, 1), date(2026, 12, 31)))
    rows = Rating.objects.filter(pk=spring.pk)
    assert refused(lambda: rows.update(ends_on=date(2026, 7, 1)))
    rows.update(starts_on=date(2026, 3, 1), ends_on=date(2026, 5, 31))


@pytest.mark.parametrize("status", ["pending", "withdrawn"])
def test_nothing_happens_to_a_contract_that_is_only_proposed(status):
    contract = make.commission().contracts.create(contract_id="1", status=status)
    option = Extension.objects.create(contract=contract, until=date(2030, 1, 1))
    indicator = Indicator.objects.create(contract=contract, title="Visits")
    day = date(2026, 1, 1)
    used = Extension.objects.filter(pk=option.pk)
    mine = Contract.objects.filter(pk=contract.pk)
    said = {"made_on": day, "changed": "a", "reason": "b"}
    over = {"ended_on": day, "ending": "expired", "status": "terminated"}
    acts = [
        lambda: rate(indicator, day, day),
        lambda: Amendment.objects.create(contract=contract, **said),
        lambda: used.update(used_on=day, why="So."),
        lambda: mine.update(**over),
    ]
    assert [refused(act) for act in acts] == [True] * 4
    mine.update(signed_on=day, status="active")
    assert [refused(act) for act in acts] == [False] * 4


def at_once(acts):
    """Do some acts at the same moment; return how many the database took."""
    start = threading.Barrier(len(acts))

    def do(act):
        start.wait()
        try:
            return not refused(act)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as people:
        return sum(people.map(do, acts))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_four_who_write_at_once_only_those_that_fit_are_kept():
    asked = tender()
    criteria = [AwardCriterion(tender=asked, name=f"{n}", weight=40) for n in range(4)]
    assert at_once([each.save for each in criteria]) == 2
    indicator = Indicator.objects.create(contract=make.contract(), title="Visits")
    days = [date(2026, 1, n) for n in range(1, 5)]
    last = date(2026, 3, 31)
    assert at_once([lambda day=day: rate(indicator, day, last) for day in days]) == 1


@pytest.mark.django_db(transaction=True)
def test_the_triggers_are_lifted_for_a_migration_and_put_back():
    asked = tender()
    triggers.lift()
    try:
        assert not refused(lambda: weigh(asked, 60, 60))
        AwardCriterion.objects.all().delete()
    finally:
        triggers.restore()
    triggers.restore()
    assert refused(lambda: weigh(asked, 60, 60))
