"""From deliveries to mail: one message for each follower who is to be told now.

A message tells everything that is due to one address, each act once, however
many subscriptions it reached that address by. Queuing the message and marking
its deliveries is one transaction with a guarded update: a second worker, or
one killed in between, tells nobody twice and nobody less. From there on the
outbox sends at least once: a worker killed after the mail server took a
message, and before that was marked, sends it again, under the same Message-ID,
by which mail programs know it for the same.
"""

from collections import defaultdict
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import BooleanField, Case, Q, Value, When
from django.utils import timezone

from commissions.models import Entry
from consultations.alerts import subjects
from consultations.alerts.email_text import News
from consultations.alerts.models import Delivery, Frequency
from consultations.comments import emails as comments_emails
from consultations.outbox.models import Message

GATHER = timedelta(seconds=30)  # acts that follow one another closely make one mail
HOUR = time(7)
FOLLOWERS = 100
DELIVERIES = 5_000
MOST_LINES = 50  # acts told in one message; the rest are counted
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


def is_due(at):
    """Return the condition that a delivery is to be told at a time."""
    often = Q(at_once=True) | Q(subscription__frequency=Frequency.AT_ONCE)
    daily = Q(subscription__frequency=Frequency.DAILY)
    weekly = Q(subscription__frequency=Frequency.WEEKLY)
    return (
        (often & Q(noted_at__lte=at - GATHER))
        | (daily & Q(noted_at__lt=last_seven(at)))
        | (weekly & Q(noted_at__lt=last_monday(at)))
    )


def waiting():
    """Select what nobody has been told of yet."""
    return Delivery.objects.filter(
        told_at__isnull=True,
        subscription__confirmed_at__isnull=False,
        subscription__unsubscribed_at__isnull=True,
    )


def tell(at=None):
    """Queue every message that is due; return how many were."""
    at = at or timezone.now()
    queued = 0
    while True:
        due = waiting().filter(is_due(at)).order_by("subscription__follower")
        whom = due.values_list("subscription__follower", flat=True).distinct()
        whom = list(whom[:FOLLOWERS])
        told = tell_these(whom, at) if whom else None
        if told is None:
            return queued
        queued += told


def tell_these(whom, at):
    """Queue what is due to some followers; None where another worker was first."""
    done = due_to(whom, at)
    keys = [row.pk for rows in done.values() for row in rows]
    with transaction.atomic():
        untold = Delivery.objects.filter(pk__in=keys, told_at__isnull=True)
        if untold.update(told_at=at) != len(keys):
            transaction.set_rollback(True)
            return None
        messages = written(done, at)
        Message.objects.bulk_create(messages)
    return len(messages)


def due_to(whom, at):
    """Gather what is due: {follower: [delivery]}.

    With an act that is due goes every delivery of it to the same follower, so
    that nobody is told again next week.
    """
    waits = defaultdict(list)
    for row in deliveries(whom, at):
        waits[row.subscription.follower].append(row)
    done = {}
    for who, rows in waits.items():
        due = {row.entry_id for row in rows if row.is_due}
        done[who] = [row for row in rows if row.entry_id in due]
    return done


def deliveries(whom, at):
    """Read what waits for some followers, each with whether it is due."""
    marked = Case(
        When(is_due(at), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    rows = waiting().filter(subscription__follower__in=whom).annotate(is_due=marked)
    rows = rows.select_related("subscription__follower").order_by("-is_due", "entry_id")
    return list(rows[:DELIVERIES])


def written(done, at):
    """Write a message to each of these followers, without saving it."""
    acts = {who: sorted({row.entry_id for row in rows}) for who, rows in done.items()}
    first = {number for numbers in acts.values() for number in numbers[:MOST_LINES]}
    news = News(Entry.objects.filter(pk__in=first))
    named = subjects.named({row.subscription for rows in done.values() for row in rows})
    return [
        message(who, rows, told, max(len(acts[who]) - MOST_LINES, 0), named, at)
        for who, rows in done.items()
        if (told := news.of(acts[who][:MOST_LINES]))
    ]


def message(who, rows, told, more, named, at):
    """Write one message: what happened, why they are told, how to stop.

    One click stops what the message is about where that is one thing, else
    everything the follower follows.
    """
    stops = {
        row.subscription_id: comments_emails.link(
            "alert-stop", "alert-stop", row.subscription.key
        )
        for row in rows
    }
    subject, body = comments_emails.written(
        "alert",
        told=told,
        others=len(told) - 1,
        more=more,
        why=[(named[key], stop) for key, stop in stops.items()],
        manage=comments_emails.link("alerts", "alerts", who.key),
    )
    [one, *others] = stops.values()
    everything = comments_emails.link("alerts-stop", "alerts-stop", who.key)
    return Message(
        to=who.email,
        subject=subject,
        body=body,
        due_at=at,
        dedupe=f"alert-{min(row.pk for row in rows)}-{who.key}",
        unsubscribe=everything if others else one,
    )


def forget(at=None):
    """Erase the deliveries that were told thirty days ago."""
    long_ago = (at or timezone.now()) - KEPT_FOR
    Delivery.objects.filter(told_at__lt=long_ago).delete()
