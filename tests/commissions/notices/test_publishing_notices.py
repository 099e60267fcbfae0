"""Platform first: a notice is recorded with its place, by a verb, or not at all."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from commissions.models import Entry, Kind, Notice, NotReady, Overtaken
from tests import make

pytestmark = pytest.mark.django_db
PLACE = "https://www.find-tender.service.gov.uk/Notice/012345-2026"


def publish(commission, **fields):
    """Record a tender notice of two hours ago."""
    return Notice.publish(
        commission,
        **{
            "code": "UK4",
            "platform": "Find a Tender",
            "reference": "012345-2026",
            "url": PLACE,
            "published_at": timezone.now() - timedelta(hours=2),
            "by": commission.post,
            **fields,
        },
    )


def test_recording_a_notice_shows_it_and_adds_one_entry_without_its_contact(client):
    commission = make.commission(regime="procurement_act", route="open")
    contact = ("Ada Okoro", "ada.okoro@council.example", "01632 960000")
    notice = publish(commission, contact=contact)
    entry = Entry.objects.get()
    assert (entry.kind, entry.by) == (
        Kind.NOTICE_PUBLISHED,
        commission.post.record_name,
    )
    assert entry.facts == {
        "code": "UK4",
        "platform": "Find a Tender",
        "reference": "012345-2026",
        "url": PLACE,
        "published": notice.published_at.isoformat(),
        "due": None,
    }
    assert (notice.tags, notice.ocid) == ("tender", commission.ocid)
    page = client.get(commission.get_absolute_url()).content.decode()
    assert PLACE in page
    assert "Ada Okoro" in page
    assert "Tender notice (UK4) published on Find a Tender as 012345-2026" in page


def test_refused_notice_leaves_no_trace():
    commission = make.commission(regime="procurement_act", route="open")
    with pytest.raises(NotReady) as refusal:
        publish(commission, code="UK6", reference="1", url="https://council.example/1")
    assert len(refusal.value.reasons) == 3
    assert (Notice.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_draft_shows_no_notices():
    with pytest.raises(NotReady, match="Publish the intention first"):
        publish(make.draft_commission(regime="procurement_act"))


def test_one_notice_is_recorded_once_wherever_it_was_put():
    publish(make.commission(title="Benches"))
    with pytest.raises(Overtaken, match="recorded already, on “Benches”"):
        publish(make.commission())
    with pytest.raises(Overtaken, match="recorded already, on “Benches”"):
        publish(make.commission(), platform="Find a Tender ")


def test_a_notice_kept_at_the_same_moment_is_refused_in_a_sentence():
    kept = publish(make.commission())
    again = Notice(
        commission=kept.commission,
        ocid=kept.ocid,
        release_id=kept.release_id,
        platform=kept.platform,
        published_at=kept.published_at,
    )
    with pytest.raises(Overtaken, match="Someone else has just recorded"):
        again.keep()


@pytest.mark.parametrize("missing", ["platform", "release_id", "url"])
def test_database_itself_refuses_a_coded_notice_without_its_place(missing):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.notice(**{missing: ""})


def test_database_keeps_a_notice_of_earlier_rules_without_an_address():
    assert make.notice(code="", url="").pk


# The page at the desk


def typed(**fields):
    """Return the form as staff fill it."""
    at = timezone.localtime() - timedelta(days=2)
    return {
        "code": "UK4",
        "platform": "Find a Tender",
        "reference": "012345-2026",
        "url": PLACE,
        "published_at_0": at.date().isoformat(),
        "published_at_1": "09:30",
        "contact_name": "Head of Care",
        "contact_email": "care@council.example",
        **fields,
    }


@pytest.fixture
def desk(client):
    """Return the address of a commission’s page for recording a notice."""
    client.force_login(make.staff())
    commission = make.commission(regime="procurement_act", route="open")
    return reverse("admin:commissions_commission_notice", args=[commission.pk])


def test_staff_record_a_notice_that_the_address_names(client, desk):
    page = client.get(f"{desk}?code=UK4").content.decode()
    assert '<option value="UK4" selected>UK4: tender notice</option>' in page
    assert "UK17" not in page
    answer = client.post(desk, typed(), follow=True)
    assert "Recorded: Find a Tender published 012345-2026" in answer.content.decode()
    notice = Notice.objects.get()
    assert notice.contact_email == "care@council.example"
    assert Entry.objects.get().by == "staff"


def test_every_refusal_stands_beside_its_field_and_nothing_typed_is_lost(client, desk):
    said = typed(
        reference="12-2026", url="https://council.example/1", contact_email="care"
    )
    said |= {"code": "UK7", "published_at_1": "half past nine"}
    page = client.post(desk, said)
    assert set(page.context["form"].errors) == {
        "reference",
        "url",
        "contact_email",
        "published_at",
    }
    html = page.content.decode()
    for words in ("12-2026", "https://council.example/1", "care", "half past nine"):
        assert f'value="{words}"' in html
    assert Notice.objects.count() == 0


def test_a_notice_out_of_order_is_refused_in_a_sentence(client, desk):
    page = client.post(desk, typed(code="UK6"))
    assert page.context["form"].errors["published_at"] == [
        "Record the tender notice (UK4) first: the contract award notice (UK6) comes "
        "after it, and none is recorded yet."
    ]


def test_another_notice_needs_a_title(client, desk):
    assert "code" in client.post(desk, typed(code="another")).context["form"].errors
    client.post(desk, typed(code="another", title="Prior information notice"))
    assert Notice.objects.get().code == ""


def test_draft_is_sent_to_be_published_first(client):
    client.force_login(make.staff())
    draft = make.draft_commission()
    url = reverse("admin:commissions_commission_notice", args=[draft.pk])
    assert "Publish the intention first" in client.get(url, follow=True).text
