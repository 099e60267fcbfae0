"""Bids that close by the clock, on commissions known from notices only."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from commissions.models import Commission, Entry, Kind, StageDate
from commissions.scheduled import close_bids
from tests import make
from tests.commissions.ocds.releases import OCID, bring_in, release

pytestmark = pytest.mark.django_db
CLOSES = datetime(2099, 1, 5, 23, 30, tzinfo=UTC)
AFTER = CLOSES + timedelta(seconds=1)


def tender(closes="2099-01-05T23:30:00Z", **fields):
    """Make a tender notice that closes at a time."""
    about = {"title": "T", "status": "active", "tenderPeriod": {"endDate": closes}}
    return release(tender=about, **fields)


def stage():
    """Return the stage of the imported commission."""
    return Commission.objects.get(ocid=OCID).stage


def test_a_tender_whose_bids_have_closed_is_moved_on_by_the_clock():
    bring_in(tender())
    assert close_bids(CLOSES - timedelta(seconds=1)) == 0
    assert stage() == "tender"
    assert close_bids(AFTER) == 1
    assert stage() == "evaluation"
    entry = Entry.objects.get(kind=Kind.BIDS_CLOSED)
    assert (entry.by, entry.facts) == ("clock", {"on": "2099-01-05"})
    assert StageDate.objects.get(stage="evaluation").actual_on == date(2099, 1, 5)
    assert close_bids(AFTER) == 0
    assert Entry.objects.filter(kind=Kind.BIDS_CLOSED).count() == 1


def test_a_stage_without_a_planned_day_gets_the_day_it_came():
    bring_in(tender())
    StageDate.objects.all().delete()
    close_bids(AFTER)
    assert StageDate.objects.get().actual_on == date(2099, 1, 5)


def test_what_people_hold_or_have_touched_is_theirs_to_move():
    held = make.commission(stage="tender")
    held.show_window("bids", None, CLOSES)
    bring_in(tender())
    imported = Commission.objects.get(ocid=OCID)
    Entry.objects.append(Kind.COMMISSION_CHANGED, imported, by="staff", fields=[])
    assert close_bids(AFTER) == 0


def test_a_later_notice_that_gives_more_time_opens_it_again():
    bring_in(tender())
    close_bids(AFTER)
    later = tender("2100-01-05T12:00:00Z", id="2", date="2026-01-11T09:00:00Z")
    bring_in(later)
    assert stage() == "tender"
    assert close_bids(AFTER) == 0
    assert close_bids(datetime(2100, 1, 6, tzinfo=UTC)) == 1


def test_list_count_and_page_agree_after_the_worker_has_run(client):
    bring_in(tender())
    past = timezone.now() - timedelta(minutes=1)
    Commission.objects.update(window_closes_at=past)
    out = StringIO()
    call_command("worker", once=True, stdout=out)
    assert "Bids closed: 1 known from notices." in out.getvalue()
    url = reverse("commissions:commission-list")
    assert OCID in client.get(url, {"stage": "evaluation"}).content.decode()
    assert OCID not in client.get(url, {"stage": "tender"}).content.decode()
    page = client.get(Commission.objects.get().get_absolute_url()).content.decode()
    assert '<strong class="tag blue">Bids closed</strong>' in page
    assert "We have seen no later notice." in page


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_however_many_close(number, django_assert_max_num_queries):
    bring_in(*(tender(ocid=f"ocds-x-{n}", id=f"{n}") for n in range(number)))
    with django_assert_max_num_queries(28):
        assert close_bids(AFTER) == number
