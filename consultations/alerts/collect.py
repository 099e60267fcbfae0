"""From entries to deliveries: each entry is read once, for everybody it concerns.

Reading costs the same however many follow: what a batch of entries concerns
is found in a fixed number of queries, then its subscriptions in one. Only
saved searches are asked one by one, each distinct one once for a batch.

Which entries were read is kept as rows (models.subscriptions.Reading), so an
entry that is committed late, under a lower number than one read before it, is
still found. Two workers that read the same batch meet in those rows: the
second is refused and leaves it.
"""

from collections import defaultdict

from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from commissions.models import Entry
from consultations.alerts.models import (
    LONGEST_TRANSACTION,
    SEARCH,
    Delivery,
    Reading,
    Subscription,
)
from consultations.alerts.routing import Concerns
from consultations.alerts.subjects import fits

BATCH = 500


def unread():
    """Return the next entries nobody has read yet: the late ones first."""
    ends = Reading.objects.aggregate(
        floor=Max("entry", filter=Q(is_floor=True)), newest=Max("entry")
    )
    floor, newest = ends["floor"] or 0, ends["newest"] or 0
    rows = Entry.objects.order_by("pk")
    was_read = Exists(Reading.objects.filter(entry=OuterRef("pk")))
    late = rows.filter(pk__gt=floor, pk__lt=newest).exclude(was_read)
    return list(late[:BATCH]) or list(rows.filter(pk__gt=newest)[:BATCH])


def hear(at=None):
    """Read every entry that is new; return how many deliveries were noted."""
    noted = 0
    while entries := unread():
        try:
            noted += note(entries, at or timezone.now())
        except IntegrityError:  # another worker is reading the same entries
            return noted
        if len(entries) < BATCH:
            break
    return noted


def note(entries, at):
    """Mark entries as read and note, in one transaction, who is to be told of them."""
    with transaction.atomic():
        Reading.objects.bulk_create(
            Reading(entry_id=entry.pk, read_at=at) for entry in entries
        )
        due = (
            list(deliveries(entries, at))
            if Subscription.objects.active().exists()
            else []
        )
        Delivery.objects.bulk_create(due)
    return len(due)


def deliveries(entries, at):
    """List a delivery for each subscription and each entry that concerns it.

    What happened before somebody confirmed is not news to them; an act that
    may have been under way just then is told.
    """
    concerns = Concerns(entries, at)
    heard = defaultdict(dict)  # by name, and by reference for searches
    for entry in entries:
        if names := concerns.of(entry):
            for name in names | {entry.commission}:
                heard[name][entry.pk] = entry
    return [
        Delivery(
            subscription=one,
            entry=entry,
            noted_at=at,
            at_once=one.subject == f"commission/{entry.commission}"
            and concerns.is_clarification(entry),
        )
        for one, wanted in [*followers(heard), *searchers(concerns)]
        for entry in {
            pk: e for name in wanted for pk, e in heard[name].items()
        }.values()
        if entry.at >= one.confirmed_at - LONGEST_TRANSACTION
    ]


def followers(names):
    """List the subscriptions to any of these names, each with its own."""
    rows = Subscription.objects.active().filter(subject__in=names)
    return [(one, {one.subject}) for one in rows]


def searchers(concerns):
    """List the subscriptions to searches, each with the commissions it finds now."""
    if not concerns.commissions:
        return []
    found = {}
    rows = list(Subscription.objects.active().filter(subject=SEARCH))
    for query in {one.query for one in rows}:
        fitting = fits(query, concerns.at).filter(reference__in=concerns.commissions)
        found[query] = set(fitting.values_list("reference", flat=True))
    return [(one, found[one.query]) for one in rows]


def settle(at=None):
    """Raise the floor: what was read long ago has nothing late beneath it."""
    long_ago = (at or timezone.now()) - LONGEST_TRANSACTION
    read = Reading.objects.filter(read_at__lt=long_ago)
    if floor := read.filter(is_floor=False).aggregate(n=Max("entry"))["n"]:
        with transaction.atomic():
            Reading.objects.filter(entry__lt=floor).delete()
            Reading.objects.filter(entry=floor).update(is_floor=True)
