"""Confirming one's details: the person says that what is shown of them is right.

The record says that whoever is in the post confirmed its details; it names no
person.
"""

from django.db import transaction
from django.utils import timezone

from commissions.people.models import Commissioner, CommitteeMember, Tenure
from commissions.record.exceptions import NotReady
from commissions.record.models import Entry, Kind


def holds_now(person):
    """Return the post that a person holds, else the committee they sit on, or None."""
    tenure = Tenure.objects.current().filter(commissioner=person).first()
    if tenure:
        return tenure.post
    seat = CommitteeMember.objects.filter(
        commissioner=person, ended_on__isnull=True
    ).first()
    return seat and seat.committee


def confirm_details(person, *, by, at=None):
    """Note that a person confirmed their details today, and put it on the record.

    Raises NotReady where they hold no post and sit on no committee: nothing
    of theirs is shown then.
    """
    held = holds_now(person)
    if held is None:
        raise NotReady(
            "You hold no post and sit on no committee now, so there is nothing to confirm."
        )
    on = timezone.localdate(at)
    with transaction.atomic():
        Commissioner.objects.filter(pk=person.pk).update(confirmed_on=on)
        Entry.objects.append(
            Kind.DETAILS_CONFIRMED, held, by=by, at=at, on=on.isoformat()
        )
    person.confirmed_on = on
