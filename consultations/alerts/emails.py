"""From deliveries to mail: one message for each follower who is to be told now.

A message tells everything that is due to one address, each act once, however
many subscriptions it reached that address by. Queuing the message and marking
its deliveries is one transaction with a guarded update: a second worker, or
one killed in between, tells nobody twice and nobody less. From there on the
outbox sends at least once: a worker killed after the mail server took a
message, and before that was marked, sends it again, under the same Message-ID,
by which mail programs know it for the same.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

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
from consultations.alerts.matching import names_of_kind
from consultations.outbox.models import Message
from consultations.outbox.models import write_email as in_words
from consultations.questions.models import Question
from consultations.signed_links import signed_url

MOST_LINES = 50  # acts told in one message; the rest are counted


def write_messages(done, at):
    """Write a message to each of these followers, in their language, without saving it."""
    acts = {who: sorted({row.entry_id for row in rows}) for who, rows in done.items()}
    first = {number for numbers in acts.values() for number in numbers[:MOST_LINES]}
    news = AlertText(Entry.objects.filter(pk__in=first))
    found = []
    for language in sorted({who.language for who in done}):
        whom = {who: rows for who, rows in done.items() if who.language == language}
        with override(language):
            found += write_in_one_language(whom, acts, news, at)
    return found


def write_in_one_language(done, acts, news, at):
    """Write a message to each of these followers, who speak the language that is on."""
    named = subjects.name_subjects(
        {row.subscription for rows in done.values() for row in rows}
    )
    return [
        write_message(who, rows, told, max(len(acts[who]) - MOST_LINES, 0), named, at)
        for who, rows in done.items()
        if (told := news.of(acts[who][:MOST_LINES]))
    ]


def write_message(who, rows, told, more, named, at):
    """Write one message: what happened, why they are told, how to stop.

    One click stops what the message is about where that is one thing, else
    everything the follower follows.
    """
    stops = {
        row.subscription_id: signed_url(
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
        manage=signed_url("alerts", "alerts", who.key),
    )
    [one, *others] = stops.values()
    everything = signed_url("alerts-stop", "alerts-stop", who.key)
    return Message(
        to=who.email,
        subject=subject,
        body=body,
        due_at=at,
        dedupe=f"alert-{min(row.pk for row in rows)}-{who.key}",
        unsubscribe=everything if others else one,
    )


# What a mail says of entries: each in a sentence, under the thing it is about. A batch
# costs a fixed number of queries. What is not public any more by the time of writing is
# left out. A question is told by its title, an answer in full, and never who asked.


@dataclass
class Subject:
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


def whole_address(path):
    """Return the whole address of a page."""
    return f"{settings.PORTAL_ORIGIN}{path}"


class AlertText:
    """Entries as mails tell them."""

    def __init__(self, entries):
        self.entries = {entry.pk: entry for entry in entries}

    def named(self, model, kind, field="slug"):
        """Read the things of a kind that the entries are about, by record name."""
        rows = model.filter(
            **{f"{field}__in": names_of_kind(self.entries.values(), kind)}
        )
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
            return post and title_and_address(post, post.organisation)
        name = f"commission/{entry.commission}" if entry.commission else entry.subject
        if kind == "decision":
            name = entry.subject
        found = self.things.get(name)
        return found and title_and_address(found)

    def of_question(self, entry):
        """Return what a question is about; of a person, the body that answers."""
        question = self.questions.get(entry.subject)
        if question is None:
            return None
        return title_and_address(
            question.commission or question.decision or question.body
        )

    def line(self, entry):
        """Say one entry."""
        told = event(entry, self.names)
        question = self.questions.get(entry.subject)
        return Line(
            when=on_day(entry.at),
            said=told["title"],
            why=told["text"],
            question=question.approved.title if question else "",
            answer=answer_in(entry, question),
            url=page_of(entry, question),
        )

    def of(self, numbers):
        """Gather the entries of these numbers under what they are about, in order."""
        found = {}
        for number in sorted(numbers):
            entry = self.entries[number]
            if about := self.about(entry):
                found.setdefault(about, Subject(*about)).lines.append(self.line(entry))
        return list(found.values())


def title_and_address(thing, page=None):
    """Return the title of a thing, on one line, and the address of its page."""
    return " ".join(str(thing).split()), whole_address(
        (page or thing).get_absolute_url()
    )


def answer_in(entry, question):
    """Return the words of the answer that an entry tells of, if it does."""
    return (
        question.approved.answer
        if question and entry.kind == "enquiry.answered"
        else ""
    )


def page_of(entry, question):
    """Return the page of what an entry is about, where it has one of its own."""
    if question:
        return whole_address(question.get_absolute_url())
    kind, _, rest = entry.subject.partition("/")
    if kind == "contract":
        return whole_address(reverse("commissions:contract-detail", args=[rest]))
    if kind != "consultation":
        return ""
    reference, _, part = rest.partition("/")
    page = "response-detail" if part == "response" else "consultation-detail"
    return whole_address(reverse(f"consultations:{page}", args=[reference]))
