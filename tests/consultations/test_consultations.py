"""Consultations: open by their dates, changed only in public."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from commissions.models import Entry, NotReady
from consultations.models import Consultation
from tests import make

pytestmark = pytest.mark.django_db


def unpublished(**fields):
    now = timezone.now()
    return make.consultation(
        **{
            "published_at": None,
            "opens_at": now,
            "closes_at": now + timedelta(days=28),
            **fields,
        }
    )


def test_open_follows_from_the_dates_alone():
    now = timezone.now()
    open_now = make.consultation()
    make.closed_consultation()
    make.consultation(opens_at=now + timedelta(days=1))
    unpublished()
    assert list(Consultation.objects.open()) == [open_now]
    later = open_now.closes_at
    assert open_now.is_open(later - timedelta(seconds=1)) is True
    assert open_now.is_open(later) is False


def test_announcing_shows_the_closing_time_on_the_commission_and_the_record():
    consultation = unpublished()
    consultation.publish(by="demo")
    commission = consultation.commission
    commission.refresh_from_db()
    assert (commission.window_for, commission.window_closes_at) == (
        "comment",
        consultation.closes_at,
    )
    facts = Entry.objects.get(kind="consultation.published").facts
    assert facts["consultation_kind"] == "draft_specification"
    assert facts["closes_at"] == consultation.closes_at.isoformat()


def test_shorter_than_the_least_needs_a_reason():
    consultation = unpublished(closes_at=timezone.now() + timedelta(days=20))
    with pytest.raises(NotReady, match="your organisation's least is 28"):
        consultation.publish(by="demo")
    consultation.short_reason = "The grant must be spent by March."
    consultation.publish(by="demo")
    assert consultation.is_open()


def test_extension_needs_a_later_time_and_a_reason_and_is_kept():
    consultation = make.consultation()
    before = consultation.closes_at
    with pytest.raises(NotReady) as refused:
        consultation.extend(before, reason=" ", by="demo")
    assert refused.value.reasons == [
        "Say why the closing time moves. The public sees the reason.",
        "Choose a time later than the closing time now.",
    ]
    after = before + timedelta(days=7)
    consultation.extend(after, reason="Half-term fell in it.", by="demo")
    moved = consultation.extensions.get()
    assert (moved.closes_before, moved.closes_after) == (before, after)
    assert Entry.objects.get(kind="consultation.extended").facts["reason"] == (
        "Half-term fell in it."
    )


def test_database_refuses_a_closing_before_the_opening():
    consultation = make.consultation()
    with pytest.raises(IntegrityError), transaction.atomic():
        Consultation.objects.update(closes_at=consultation.opens_at)
