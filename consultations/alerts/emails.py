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
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cached_property

from django.conf import settings
from django.db import transaction
from django.db.models import BooleanField, Case, Q, Value, When
from django.urls import reverse
from django.utils import timezone

from commissions.models import (
    Barrier,
    Commission,
    Committee,
    Decision,
    Entry,
    Organisation,
    Post,
    Service,
)
from commissions.public.record_sentences import event
from commissions.text.formats import on_day
from consultations.alerts import subjects
from consultations.alerts.deliveries import keys
from consultations.alerts.models import Delivery, Frequency
from consultations.outbox.emails import written as in_words
from consultations.outbox.models import Message
from consultations.private_links import private_url
from consultations.questions.models import Question

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


def queue_due(at=None):
    """Queue every message that is due; return how many were."""
    at = at or timezone.now()
    queued = 0
    while True:
        due = waiting().filter(is_due(at)).order_by("subscription__follower")
        whom = due.values_list("subscription__follower", flat=True).distinct()
        whom = list(whom[:FOLLOWERS])
        told = queue_for(whom, at) if whom else None
        if told is None:
            return queued
        queued += told


def queue_for(whom, at):
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
        row.subscription_id: private_url(
            "alert-stop", "alert-stop", row.subscription.key
        )
        for row in rows
    }
    subject, body = in_words(
        "alert",
        told=told,
        others=len(told) - 1,
        more=more,
        why=[(named[key], stop) for key, stop in stops.items()],
        manage=private_url("alerts", "alerts", who.key),
    )
    [one, *others] = stops.values()
    everything = private_url("alerts-stop", "alerts-stop", who.key)
    return Message(
        to=who.email,
        subject=subject,
        body=body,
        due_at=at,
        dedupe=f"alert-{min(row.pk for row in rows)}-{who.key}",
        unsubscribe=everything if others else one,
    )


def erase_old(at=None):
    """Erase the deliveries that were told thirty days ago."""
    long_ago = (at or timezone.now()) - KEPT_FOR
    Delivery.objects.filter(told_at__lt=long_ago).delete()


# What a mail says of entries: each in a sentence, under the thing it is about. A batch
# costs a fixed number of queries. What is not public any more by the time of writing is
# left out. A question is told by its title, an answer in full, and never who asked.


@dataclass
class About:
    """One thing with what happened to it."""

    title: str
    url: str
    lines: list = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """One act, in a sentence; the question and the answer, where it has them."""

    when: str
    said: str
    why: str
    question: str
    answer: str
    url: str


def whole(path):
    """Return the whole address of a page."""
    return f"{settings.PORTAL_ORIGIN}{path}"


class News:
    """Entries as mails tell them."""

    def __init__(self, entries):
        self.entries = {entry.pk: entry for entry in entries}

    def named(self, model, kind, field="slug"):
        """Read the things of a kind that the entries are about, by record name."""
        rows = model.filter(**{f"{field}__in": keys(self.entries.values(), kind)})
        return {f"{kind}/{getattr(row, field)}": row for row in rows}

    @cached_property
    def things(self):
        """Everything that the entries are about and that is public, by record name."""
        entries = self.entries.values()
        public = Commission.objects.published()
        rows = public.filter(reference__in={entry.commission for entry in entries})
        return {
            **{row.record_name: row for row in rows},
            **self.named(Decision.objects.published(), "decision", "reference"),
            **self.named(Organisation.objects, "organisation"),
            **self.named(Service.objects, "service"),
            **self.named(Barrier.objects, "barrier"),
            **self.questions,
        }

    @cached_property
    def questions(self):
        """The public questions, by record name."""
        public = Question.objects.public().select_related(
            "commission", "decision", "body"
        )
        return self.named(public, "question", "reference")

    def mentioned(self, kind):
        """Return what entries name of a kind, anywhere: as its record name goes on."""
        start = f"{kind}/"
        said = {
            name
            for entry in self.entries.values()
            for name in (entry.subject, entry.by, *entry.facts.values())
            if isinstance(name, str)
        }
        return {n.removeprefix(start) for n in said if n.startswith(start)}

    @cached_property
    def posts(self):
        """The posts that the entries name, by record name."""
        parts = [name.partition("/") for name in self.mentioned("post")]
        rows = Post.objects.select_related("organisation").filter(
            organisation__slug__in={body for body, _, _ in parts},
            slug__in={slug for _, _, slug in parts},
        )
        return {row.record_name: row for row in rows}

    @cached_property
    def names(self):
        """What record names are called in sentences."""
        said = {name: post.title for name, post in self.posts.items()}
        for model in (Committee, Organisation):
            kind = model._meta.model_name
            for row in model.objects.filter(slug__in=self.mentioned(kind)):
                said[row.record_name] = row.name
        return said

    def about(self, entry):
        """Return the title and the page of what an entry is about; None where unseen."""
        kind = entry.subject.partition("/")[0]
        if kind == "question":
            return self.of_question(entry)
        if kind == "post":
            post = self.posts.get(entry.subject)
            return post and called(post, post.organisation)
        name = f"commission/{entry.commission}" if entry.commission else entry.subject
        if kind == "decision":
            name = entry.subject
        found = self.things.get(name)
        return found and called(found)

    def of_question(self, entry):
        """Return what a question is about; of a person, the body that answers."""
        question = self.questions.get(entry.subject)
        if question is None:
            return None
        return called(question.commission or question.decision or question.body)

    def line(self, entry):
        """Say one entry."""
        told = event(entry, self.names)
        question = self.questions.get(entry.subject)
        return Line(
            when=on_day(entry.at),
            said=told["title"],
            why=told["text"],
            question=question.title if question else "",
            answer=answer_in(entry, question),
            url=page_of(entry, question),
        )

    def of(self, numbers):
        """Gather the entries of these numbers under what they are about, in order."""
        found = {}
        for number in sorted(numbers):
            entry = self.entries[number]
            if about := self.about(entry):
                found.setdefault(about, About(*about)).lines.append(self.line(entry))
        return list(found.values())


def called(thing, page=None):
    """Return the title of a thing, on one line, and the address of its page."""
    return " ".join(str(thing).split()), whole((page or thing).get_absolute_url())


def answer_in(entry, question):
    """Return the words of the answer that an entry tells of, if it does."""
    return question.answer_text if question and entry.kind == "enquiry.answered" else ""


def page_of(entry, question):
    """Return the page of what an entry is about, where it has one of its own."""
    if question:
        return whole(question.get_absolute_url())
    kind, _, rest = entry.subject.partition("/")
    if kind == "contract":
        return whole(reverse("commissions:contract-detail", args=[rest]))
    if kind != "consultation":
        return ""
    reference, _, part = rest.partition("/")
    page = "response-detail" if part == "response" else "consultation-detail"
    return whole(reverse(f"consultations:{page}", args=[reference]))
