"""Contracts that begin and end by the clock, on commissions known from notices only."""

from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from commissions.models import Commission, Contract, Entry, Kind, StageDate
from commissions.scheduled import (
    BEFORE,
    first_contract_day,
    last_contract_day,
    move_commissions,
    start_and_end_contracts,
)
from tests import make
from tests.commissions.ocds.releases import OCID, bring_in, release

pytestmark = pytest.mark.django_db


def noon(year, month, day):
    """Return noon of a day."""
    return datetime(year, month, day, 12, tzinfo=UTC)


def agreed(starts="2099-03-01", ends="2101-02-28", **more):
    """Make a release with one contract that is signed."""
    period = {"startDate": f"{starts}T00:00:00Z", "endDate": f"{ends}T23:59:59Z"}
    contract = {
        "id": "1",
        "awardID": "1",
        "status": "active",
        "dateSigned": "2026-01-05T00:00:00Z",
        "period": period | more.pop("period", {}),
    }
    return release(
        awards=[{"id": "1", "status": "active"}], contracts=[contract], **more
    )


def stage():
    """Return the stage of the imported commission."""
    return Commission.objects.get(ocid=OCID).stage


def test_it_is_delivered_from_the_first_day_and_closed_after_the_last():
    bring_in(agreed())
    assert stage() == "contract"
    assert start_and_end_contracts(noon(2099, 2, 28)) == (0, 0)
    assert start_and_end_contracts(noon(2099, 3, 1)) == (1, 0)
    assert stage() == "delivery"
    began = Entry.objects.get(kind=Kind.TERM_BEGAN)
    assert (began.by, began.facts) == ("clock", {"on": "2099-03-01"})
    assert StageDate.objects.get(stage="delivery").actual_on == date(2099, 3, 1)
    assert start_and_end_contracts(noon(2101, 2, 28)) == (0, 0)
    assert start_and_end_contracts(noon(2101, 3, 1)) == (0, 1)
    assert stage() == "closed"
    assert Entry.objects.get(kind=Kind.TERM_ENDED).facts == {"on": "2101-02-28"}
    assert StageDate.objects.get(stage="closed").actual_on == date(2101, 2, 28)
    assert start_and_end_contracts(noon(2101, 3, 1)) == (0, 0)


def test_the_day_is_that_of_london():
    bring_in(agreed(starts="2099-06-01"))
    assert start_and_end_contracts(datetime(2099, 5, 31, 22, 59, tzinfo=UTC)) == (0, 0)
    assert start_and_end_contracts(datetime(2099, 5, 31, 23, 0, tzinfo=UTC)) == (1, 0)


def test_it_runs_until_every_extension_is_over():
    bring_in(agreed(period={"maxExtentDate": "2102-02-28T00:00:00Z"}))
    assert start_and_end_contracts(noon(2101, 3, 1)) == (1, 0)
    assert start_and_end_contracts(noon(2102, 2, 28)) == (0, 0)
    assert start_and_end_contracts(noon(2102, 3, 1)) == (0, 1)
    assert StageDate.objects.get(stage="closed").actual_on == date(2102, 2, 28)


def test_an_import_and_the_clock_agree_on_what_may_be_extended(time_machine):
    time_machine.move_to(noon(2101, 6, 1), tick=False)
    extended = agreed(period={"maxExtentDate": "2102-02-28T00:00:00Z"})
    bring_in(extended)
    assert stage() == "delivery"
    closing = StageDate.objects.get(stage="closed")
    assert (closing.planned_on, closing.actual_on) == (date(2102, 2, 28), None)
    assert start_and_end_contracts(noon(2101, 6, 1)) == (0, 0)


def test_one_of_two_that_still_runs_keeps_it_open():
    bring_in(agreed())
    commission = Commission.objects.get(ocid=OCID)
    Contract.objects.create(
        commission=commission,
        contract_id="2",
        reference="second",
        status="active",
        ends_on=date(2103, 1, 1),
    )
    start_and_end_contracts(noon(2099, 3, 1))
    assert start_and_end_contracts(noon(2101, 3, 1)) == (0, 0)
    assert start_and_end_contracts(noon(2103, 1, 2)) == (0, 1)


def test_one_without_a_last_day_never_ends_by_the_clock():
    bring_in(agreed())
    Contract.objects.update(ends_on=None, latest_end_on=None)
    assert start_and_end_contracts(noon(2150, 1, 1)) == (1, 0)
    assert start_and_end_contracts(noon(2150, 1, 1)) == (0, 0)


def test_where_no_contract_is_listed_the_award_says_when():
    award = {
        "id": "1",
        "status": "active",
        "contractPeriod": {
            "startDate": "2099-03-01T00:00:00Z",
            "endDate": "2100-02-28T00:00:00Z",
        },
    }
    bring_in(release(awards=[award], tag=["award"]))
    assert stage() == "contract"
    assert start_and_end_contracts(noon(2099, 3, 1)) == (1, 0)
    assert start_and_end_contracts(noon(2100, 3, 1)) == (0, 1)


def test_what_people_hold_or_have_touched_is_theirs_to_move():
    held = make.commission()
    make.contract(commission=held, starts_on=date(2026, 1, 1))
    bring_in(agreed())
    imported = Commission.objects.get(ocid=OCID)
    Entry.objects.append(Kind.COMMISSION_CHANGED, imported, by="staff", fields=[])
    assert start_and_end_contracts(noon(2103, 1, 1)) == (0, 0)


def test_a_later_notice_has_its_say():
    bring_in(agreed())
    start_and_end_contracts(noon(2101, 3, 1))
    later = agreed(ends="2105-02-28", id="2", date="2026-01-11T09:00:00Z")
    bring_in(later)
    assert stage() == "contract"
    assert start_and_end_contracts(noon(2101, 3, 1)) == (1, 0)


def test_the_worker_moves_it_and_list_page_and_record_agree(client, time_machine):
    bring_in(agreed(starts="2098-01-01"))
    time_machine.move_to(noon(2098, 1, 2), tick=False)
    out = StringIO()
    call_command("worker", once=True, stdout=out)
    assert "Known from notices: 1 begun by contract, 0 ended." in out.getvalue()
    listed = client.get(reverse("commissions:commission-list"), {"stage": "delivery"})
    assert OCID in listed.content.decode()
    html = client.get(Commission.objects.get().get_absolute_url()).content.decode()
    assert '<strong class="tag blue">Contract term begun</strong>' in html
    assert "The notices give 1 January 2098 as the first day of its contract" in html


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_however_many_move(number, django_assert_max_num_queries):
    bring_in(*(agreed(ocid=f"ocds-x-{n}", id=f"{n}") for n in range(number)))
    with django_assert_max_num_queries(34):
        assert start_and_end_contracts(noon(2099, 3, 1)) == (number, 0)


def test_one_whose_contract_an_import_has_just_taken_away_is_left_where_it_is():
    bring_in(agreed())
    held = Commission.objects.get(ocid=OCID)
    held.contracts.update(starts_on=None, ends_on=None)
    assert (
        move_commissions(
            [held.pk], BEFORE, "delivery", Kind.TERM_BEGAN, first_contract_day
        )
        == 0
    )
    assert (
        move_commissions(
            [held.pk], BEFORE, "closed", Kind.TERM_ENDED, last_contract_day
        )
        == 0
    )
    assert stage() == "contract"
