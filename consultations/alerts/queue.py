"""When followers are told: daily, weekly or at once; queues one message for each."""

from collections import defaultdict
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import BooleanField, Case, Q, Value, When
from django.utils import timezone

from consultations.alerts.emails import write_messages
from consultations.alerts.models import Delivery, Frequency
from consultations.outbox.models import Message

GATHER = timedelta(seconds=30)  # acts that follow one another closely make one mail


HOUR = time(7)


FOLLOWERS = 100


DELIVERIES = 5_000


KEPT_FOR = timedelta(days=30)


def last_seven(at):
    """Return the last 7am in London at or before a time."""
    day = timezone.localdate(at)
    seven = timezone.make_aware(datetime.combine(day, HOUR))
    if seven > at:
        day -= timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, HOUR))


def last_monday(at):
    """Return the last 7am of a Monday in London at or before a time."""
    day = timezone.localdate(last_seven(at))
    monday = day - timedelta(days=day.weekday())
    return timezone.make_aware(datetime.combine(monday, HOUR))


def is_due_condition(at):
    """Return the condition that a delivery is to be told at a time."""
    often = Q(at_once=True) | Q(subscription__frequency=Frequency.AT_ONCE)
    daily = Q(subscription__frequency=Frequency.DAILY)
    weekly = Q(subscription__frequency=Frequency.WEEKLY)
    return (
        (often & Q(noted_at__lte=at - GATHER))
        | (daily & Q(noted_at__lt=last_seven(at)))
        | (weekly & Q(noted_at__lt=last_monday(at)))
    )


def waiting_deliveries():
    """Select what nobody has been told of yet."""
    return Delivery.objects.filter(
        told_at__isnull=True,
        subscription__confirmed_at__isnull=False,
        subscription__unsubscribed_at__isnull=True,
    )


def queue_due_alerts(at=None):
    """Queue every message that is due; return how many were."""
    at = at or timezone.now()
    queued = 0
    while True:
        due = (
            waiting_deliveries()
            .filter(is_due_condition(at))
            .order_by("subscription__follower")
        )
        whom = due.values_list("subscription__follower", flat=True).distinct()
        whom = list(whom[:FOLLOWERS])
        told = queue_alerts_for(whom, at) if whom else None
        if told is None:
            return queued
        queued += told


def queue_alerts_for(whom, at):
    """Queue what is due to some followers; None where another worker was first."""
    done = deliveries_due_to(whom, at)
    keys = [row.pk for rows in done.values() for row in rows]
    with transaction.atomic():
        untold = Delivery.objects.filter(pk__in=keys, told_at__isnull=True)
        if untold.update(told_at=at) != len(keys):
            transaction.set_rollback(True)
            return None
        messages = write_messages(done, at)
        Message.objects.bulk_create(messages)
    return len(messages)


def deliveries_due_to(whom, at):
    """Gather what is due: {follower: [delivery]}.

    With an act that is due goes every delivery of it to the same follower, so
    that nobody is told again next week.
    """
    waits = defaultdict(list)
    for row in waiting_deliveries_of(whom, at):
        waits[row.subscription.follower].append(row)
    done = {}
    for who, rows in waits.items():
        due = {row.entry_id for row in rows if row.is_due}
        done[who] = [row for row in rows if row.entry_id in due]
    return done


def waiting_deliveries_of(whom, at):
    """Read what waits for some followers, each with whether it is due."""
    marked = Case(
        When(is_due_condition(at), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    rows = (
        waiting_deliveries()
        .filter(subscription__follower__in=whom)
        .annotate(is_due=marked)
    )
    rows = rows.select_related("subscription__follower").order_by("-is_due", "entry_id")
    return list(rows[:DELIVERIES])


def erase_old_deliveries(at=None):
    """Erase the deliveries that were told thirty days ago; return how many."""
    long_ago = (at or timezone.now()) - KEPT_FOR
    return Delivery.objects.filter(told_at__lt=long_ago).delete()[0]
