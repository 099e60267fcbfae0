"""From entries of the record to deliveries: each is read once, for all it concerns.

A batch of entries costs the same however many follow: what it concerns is found
in a fixed number of queries, then its subscriptions in one. Only saved searches
are asked one by one, each distinct one once for a batch. An act on something
that is not public concerns nobody. What one commenter did, and what was done
with one comment, is left to the pages: a consultation can have thousands, and
its response tells what became of them all.

Which entries were read is kept as rows (Reading), so an entry that is committed
late, under a lower number than one read before it, is still found. Two workers
that read the same batch meet in those rows: the second is refused and leaves it.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from commissions.models import (
    Area,
    Barrier,
    Commission,
    CommitteeMember,
    Decision,
    Entry,
    Kind,
    Service,
    Tenure,
)
from consultations.alerts.models import (
    LONGEST_TRANSACTION,
    SEARCH,
    Delivery,
    Reading,
    Subscription,
)
from consultations.alerts.subjects import commissions_found
from consultations.questions.models import Question

BATCH = 500
QUIET = {
    Kind.ORGANISATION_ADDED,
    Kind.ORGANISATION_CHANGED,
    Kind.POST_ADDED,
    Kind.POST_CHANGED,
    Kind.DETAILS_CONFIRMED,
    Kind.CORRECTION_SETTLED,
    Kind.HOLIDAY_CHANGED,
    Kind.QUESTION_DECLINED,
    Kind.QUESTION_EDITED,
    Kind.QUESTION_WITHDRAWN,
    Kind.QUESTION_ERASED,
    Kind.COMMENT_PUBLISHED,
    Kind.COMMENT_EDITED,
    Kind.COMMENT_DECLINED,
    Kind.COMMENT_REDACTED,
    Kind.COMMENT_RECONSIDERED,
    Kind.COMMENT_WITHDRAWN,
    Kind.COMMENT_ERASED,
}
"""Acts that nobody is told of by email. A new kind is told unless it is named here."""

HOLDERS = ("before", "holder")
PASSED = {Kind.HANDED_OVER, Kind.HANDOVER_ANNOUNCED, Kind.HANDOVER_WITHDRAWN}
HELD = ("organisation", "post__organisation", "committee")


@dataclass(frozen=True)
class TimeInPost:
    """One person's time in a post or on a committee; `ends` is the day they left."""

    begins: date
    ends: date | None
    who: str


def names_of_kind(entries, kind):
    """Return the public names, after a prefix, of the entries about such a thing."""
    start = f"{kind}/"
    return {
        e.subject.removeprefix(start) for e in entries if e.subject.startswith(start)
    }


def stated_day(entry, name):
    """Return the day that a fact of an entry states; of none, the entry's own."""
    try:
        return date.fromisoformat(entry.facts[name])
    except (KeyError, TypeError, ValueError):
        return timezone.localdate(entry.at)


def holder_of(row):
    """Return the record name of who holds a commission or a decision; empty if nobody."""
    holder = row.post or row.committee
    return holder.record_name if holder else ""


class EntryMatcher:
    """What a batch of entries concerns."""

    def __init__(self, entries, at):
        self.entries = [entry for entry in entries if entry.kind not in QUIET]
        self.at = at

    @cached_property
    def commissions(self):
        """The public commissions concerned, by reference."""
        wanted = {entry.commission for entry in self.entries if entry.commission}
        public = Commission.objects.published(self.at).filter(reference__in=wanted)
        rows = public.select_related(*HELD, "topic__parent")
        return {row.reference: row for row in rows}

    @cached_property
    def decisions(self):
        """The public decisions concerned, by reference."""
        public = Decision.objects.published(self.at)
        rows = public.filter(reference__in=names_of_kind(self.entries, "decision"))
        asked = {e.decision_id for e in self.questions.values() if e.decision_id}
        rows |= public.filter(pk__in=asked)
        return {row.reference: row for row in rows.select_related(*HELD)}

    @cached_property
    def questions(self):
        """The public questions concerned, by reference."""
        public = Question.objects.public().select_related(
            "body", "commissioner", "decision"
        )
        rows = public.filter(reference__in=names_of_kind(self.entries, "question"))
        return {row.reference: row for row in rows}

    @cached_property
    def partners(self):
        """The slugs of each commission's partners, by its key."""
        pairs = Commission.partners.through.objects.filter(
            commission__in=self.commissions.values()
        )
        found = defaultdict(set)
        for commission, slug in pairs.values_list("commission", "organisation__slug"):
            found[commission].add(slug)
        return found

    @cached_property
    def places(self):
        """The slugs of the places of each commission, and of those around them."""
        pairs = Commission.areas.through.objects.filter(
            commission__in=self.commissions.values()
        )
        pairs = list(pairs.values_list("commission", "area__path"))
        codes = {code for _, path in pairs for code in path.split("/") if code}
        slugs = dict(Area.objects.filter(code__in=codes).values_list("code", "slug"))
        found = defaultdict(set)
        for commission, path in pairs:
            found[commission] |= {slugs[c] for c in path.split("/") if c in slugs}
        return found

    @cached_property
    def holders(self):
        """The record names of every post and committee that may concern a follower."""
        held = [*self.commissions.values(), *self.decisions.values()]
        names = {holder_of(row) for row in held}
        names |= {f"post/{name}" for name in names_of_kind(self.entries, "post")}
        for entry in self.entries:
            names |= {entry.facts.get(name) or "" for name in HOLDERS}
        return names

    @cached_property
    def spells(self):
        """Who was in a post or on a committee, and when: {record name: [Spell]}."""
        posts = [name.split("/") for name in self.holders if name.startswith("post/")]
        served = Tenure.objects.naming().filter(
            post__organisation__slug__in={name[1] for name in posts},
            post__slug__in={name[-1] for name in posts},
        )
        sat = CommitteeMember.objects.filter(
            committee__slug__in={name.partition("/")[2] for name in self.holders}
        )
        found = defaultdict(list)
        dates = ("started_on", "ended_on", "commissioner__slug")
        seats = ("post__organisation__slug", "post__slug")
        for body, slug, *spell in served.values_list(*seats, *dates):
            found[f"post/{body}/{slug}"].append(TimeInPost(*spell))
        for slug, *spell in sat.values_list("committee__slug", *dates):
            found[f"committee/{slug}"].append(TimeInPost(*spell))
        return found

    @cached_property
    def owners(self):
        """The slugs of the bodies whose services and barriers these are."""
        found = {}
        for model, kind in ((Service, "service"), (Barrier, "barrier")):
            rows = model.objects.filter(
                slug__in=names_of_kind(self.entries, kind), published_at__lte=self.at
            )
            for slug, body in rows.values_list("slug", "organisation__slug"):
                found[f"{kind}/{slug}"] = body
        return found

    def people(self, name, day):
        """Name whoever was in a post or on a committee on a day, or left it then."""
        return {
            f"commissioner/{spell.who}"
            for spell in self.spells[name]
            if spell.begins <= day and (spell.ends is None or day <= spell.ends)
        }

    def of_holding(self, row, day):
        """Name whom every act on a commission or a decision concerns."""
        names = {row.record_name, row.organisation.record_name}
        return names | self.people(holder_of(row), day)

    def of_commission(self, row, day):
        """Name whom every act on a commission concerns."""
        topics = [row.topic, row.topic and row.topic.parent]
        return (
            self.of_holding(row, day)
            | {f"organisation/{slug}" for slug in self.partners[row.pk]}
            | {f"topic/{topic.slug}" for topic in topics if topic}
            | {f"area/{slug}" for slug in self.places[row.pk]}
        )

    def is_hidden(self, entry):
        """Tell whether an entry is about something that is not public."""
        kind, _, public = entry.subject.partition("/")
        shown = {"decision": self.decisions, "question": self.questions}.get(kind)
        if shown is not None:
            return public not in shown
        return bool(entry.commission) and entry.commission not in self.commissions

    def of(self, entry):
        """Return the public names under which an entry can be followed."""
        if entry.kind in QUIET or self.is_hidden(entry):
            return set()
        day = timezone.localdate(entry.at)
        names = self.of_subject(entry, day)
        if row := self.commissions.get(entry.commission):
            names |= self.of_commission(row, day)
        if entry.kind in PASSED:
            since = stated_day(entry, "since")
            for holder in HOLDERS:
                names |= self.people(entry.facts.get(holder) or "", since)
        return names

    def of_subject(self, entry, day):
        """Return the names that follow from what an entry is about, itself."""
        kind, _, public = entry.subject.partition("/")
        if kind == "decision":
            return self.of_holding(self.decisions[public], day)
        if kind == "question":
            return self.of_question(self.questions[public], day)
        if kind == "post":
            body = public.partition("/")[0]
            on = stated_day(entry, "on")
            return {f"organisation/{body}"} | self.people(entry.subject, on)
        if kind == "organisation":
            return {entry.subject}
        body = self.owners.get(entry.subject)
        return {f"organisation/{body}"} if body else set()

    def of_question(self, question, day):
        """Name whom a question concerns besides its commission."""
        if question.commissioner_id:
            return {
                f"commissioner/{question.commissioner.slug}",
                question.body.record_name,
            }
        if question.barrier_id:
            return {question.body.record_name}
        if not question.decision_id:
            return set()
        row = self.decisions.get(question.decision.reference)
        return self.of_holding(row, day) if row else set()

    def is_clarification(self, entry):
        """Tell whether an entry answers a bidder's question about an open tender."""
        kind, _, public = entry.subject.partition("/")
        return (
            entry.kind == Kind.QUESTION_ANSWERED
            and kind == "question"
            and public in self.questions
            and bool(self.questions[public].pseudonym)
        )


def unread_entries():
    """Return the next entries nobody has read yet: the late ones first."""
    ends = Reading.objects.aggregate(
        floor=Max("entry", filter=Q(is_floor=True)), newest=Max("entry")
    )
    floor, newest = ends["floor"] or 0, ends["newest"] or 0
    rows = Entry.objects.order_by("pk")
    was_read = Exists(Reading.objects.filter(entry=OuterRef("pk")))
    late = rows.filter(pk__gt=floor, pk__lt=newest).exclude(was_read)
    return list(late[:BATCH]) or list(rows.filter(pk__gt=newest)[:BATCH])


def match_new_entries(at=None):
    """Read every entry that is new; return how many deliveries were made."""
    noted = 0
    while entries := unread_entries():
        try:
            noted += match_entries(entries, at or timezone.now())
        except IntegrityError:  # another worker is reading the same entries
            return noted
        if len(entries) < BATCH:
            break
    return noted


def match_entries(entries, at):
    """Mark entries as read and note, in one transaction, who is to be told of them."""
    with transaction.atomic():
        Reading.objects.bulk_create(
            Reading(entry_id=entry.pk, read_at=at) for entry in entries
        )
        due = (
            list(deliveries_for(entries, at))
            if Subscription.objects.active().exists()
            else []
        )
        Delivery.objects.bulk_create(due)
    return len(due)


def deliveries_for(entries, at):
    """List a delivery for each subscription and each entry that concerns it.

    What happened before somebody confirmed is not news to them; an act that
    may have been under way just then is told.
    """
    concerns = EntryMatcher(entries, at)
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
        for one, wanted in [
            *subscriptions_to(heard),
            *subscriptions_to_searches(concerns),
        ]
        for entry in {
            pk: e for name in wanted for pk, e in heard[name].items()
        }.values()
        if entry.at >= one.confirmed_at - LONGEST_TRANSACTION
    ]


def subscriptions_to(names):
    """List the subscriptions to any of these names, each with its own."""
    rows = Subscription.objects.active().filter(subject__in=names)
    return [(one, {one.subject}) for one in rows]


def subscriptions_to_searches(concerns):
    """List the subscriptions to searches, each with the commissions it finds now."""
    if not concerns.commissions:
        return []
    found = {}
    rows = list(Subscription.objects.active().filter(subject=SEARCH))
    for query in {one.query for one in rows}:
        fitting = commissions_found(query, concerns.at).filter(
            reference__in=concerns.commissions
        )
        found[query] = set(fitting.values_list("reference", flat=True))
    return [(one, found[one.query]) for one in rows]


def raise_floor(at=None):
    """Raise the floor: what was read long ago has nothing late beneath it."""
    long_ago = (at or timezone.now()) - LONGEST_TRANSACTION
    read = Reading.objects.filter(read_at__lt=long_ago)
    if floor := read.filter(is_floor=False).aggregate(n=Max("entry"))["n"]:
        with transaction.atomic():
            Reading.objects.filter(entry__lt=floor).delete()
            Reading.objects.filter(entry=floor).update(is_floor=True)
