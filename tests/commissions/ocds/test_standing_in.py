"""Linking an OCID under which notices came in before: the stand-in gives way."""

import pytest
from django.urls import reverse

from commissions.models import (
    Commission,
    Entry,
    Kind,
    LinkedOcid,
    NotReady,
    Proposal,
    StageDate,
)
from commissions.ocds.actions import link_ocid
from tests import make
from tests.commissions.ocds.releases import OCID, award, bring_in, release, supplier

pytestmark = pytest.mark.django_db
SENT = [release(), award(supplier(1, "Care Ltd"))]


@pytest.fixture
def ours():
    """Make a commission of ours, after its notices have come in without it."""
    bring_in(*SENT)
    return make.commission(stage="decided", title="Ours")


def test_its_notices_come_over_and_what_they_say_waits(ours):
    link = link_ocid(ours, OCID, by=ours.post)
    stand_in = Commission.objects.get(ocid=OCID)
    assert (link.commission, link.stand_in) == (ours, stand_in)
    assert list(ours.notices.values_list("release_id", flat=True)) == ["1", "2"]
    assert stand_in.published_at is None
    assert ours.awards.count() == 0
    proposal = Proposal.objects.get()
    assert (proposal.commission, proposal.notice.release_id) == (ours, "2")
    assert {"tender", "award/a1", "stage"} <= set(proposal.changes)
    entry = Entry.objects.get(kind=Kind.OCID_LINKED)
    assert entry.facts == {"ocid": OCID, "instead_of": f"commission/{OCID}"}


def test_later_notices_join_ours_and_import_again_changes_nothing(ours):
    link_ocid(ours, OCID, by=ours.post)
    bring_in(*SENT)
    assert Proposal.objects.count() == 1
    bring_in(award(supplier(2, "Help Ltd"), id="3", date="2026-03-02T00:00:00Z"))
    assert ours.notices.count() == 3
    assert Proposal.objects.waiting().get().notice.release_id == "3"


def test_its_address_leads_to_ours_and_no_list_shows_it(client, ours):
    link_ocid(ours, OCID, by=ours.post)
    url = reverse("commissions:commission-detail", args=[OCID])
    answer = client.get(url)
    assert (answer.status_code, answer.url) == (301, ours.get_absolute_url())
    listed = client.get(reverse("commissions:commission-list")).content.decode()
    assert OCID not in listed
    client.force_login(make.staff())
    desk = client.get(reverse("admin:commissions_commission_changelist"))
    assert [row.title for row in desk.context["cl"].result_list] == ["Ours"]


def test_the_desk_says_what_came_over(client, ours):
    client.force_login(make.staff())
    url = reverse("admin:commission-link", args=[ours.pk])
    page = client.post(url, {"ocid": OCID}, follow=True).content.decode()
    assert "Those received before came over; see what they would change." in page


def test_a_commission_that_people_have_touched_is_no_stand_in(ours):
    imported = Commission.objects.get(ocid=OCID)
    StageDate.plan(imported, "review", make.date(2027, 1, 1), by="staff")
    with pytest.raises(NotReady, match="This OCID belongs to “Help at home”"):
        link_ocid(ours, OCID, by=ours.post)
    assert imported.notices.count() == 2
    assert not LinkedOcid.objects.exists()


def test_an_ocid_without_a_stand_in_is_only_linked(ours):
    link = link_ocid(ours, "ocds-h6vhtk-new", by=ours.post)
    assert link.stand_in is None
    assert not Proposal.objects.exists()


def test_an_address_that_never_was_is_not_found(client):
    url = reverse("commissions:commission-detail", args=["nothing"])
    assert client.get(url).status_code == 404
