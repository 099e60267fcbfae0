"""What each organisation did, as the record's entries tell it. Pure.

An entry comes as (number, day, kind, subject, commission, facts), oldest
first. Nothing else is asked: whoever has the record can build the same.
"""

from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone

from commissions.law.dates import LONDON
from commissions.law.notices import name_of
from commissions.models import Entry, Organisation
from commissions.scorecards.organisation_history import Asked, Body, Held, Noticed, Seat

OVER = ("closed", "cancelled")


def day(text) -> date:
    """Read the day of an ISO date or time."""
    return date.fromisoformat(str(text)[:10])


class Histories:
    """Reads entries one after the other; `bodies` is what they told."""

    def __init__(self):
        self.bodies: dict[str, Body] = {}
        self.owner: dict[str, Body] = {}  # of a record name

    def read(self, entries) -> dict[str, Body]:
        """Read entries, oldest first; return the organisations by slug."""
        for number, on, kind, subject, commission, facts in entries:
            READERS[kind](self, number, on, subject, commission, facts)
        return self.bodies

    def body(self, record_name: str) -> Body:
        """Return the organisation of a record name such as organisation/kent."""
        slug = record_name.split("/")[1] if "/" in record_name else ""
        return self.bodies.setdefault(slug, Body(slug))

    def of(self, commission: str) -> Body | None:
        """Return who leads a commission, by its reference."""
        return self.owner.get(f"commission/{commission}")

    def held(self, name: str) -> Held | None:
        """Return a commission or decision by its record name."""
        body = self.owner.get(name)
        return body and (body.commissions.get(name) or body.decisions.get(name))

    def published(self, number, on, subject, commission, facts):
        """An intention became public."""
        body = self.owner[subject] = self.body(facts.get("organisation") or "")
        made = Held(subject, facts.get("title", subject), number, on)
        if facts.get("holder"):
            made.holders.append((on, facts["holder"], number))
        body.commissions[subject] = made

    def announced(self, number, on, subject, commission, facts):
        """The notice of a decision became public."""
        owner = self.of(commission) or self.body(
            facts.get("organisation") or facts.get("holder") or ""
        )
        self.owner[subject] = owner
        made = Held(subject, facts.get("title", subject), number, on)
        made.holders.append((on, facts.get("holder", ""), number))
        made.due = day(facts["due_on"])
        owner.decisions[subject] = made

    def passed(self, number, on, subject, commission, facts):
        """Somebody came to hold it."""
        if made := self.held(subject):
            made.holders.append((day(facts["since"]), facts["holder"], number))

    def reached(self, number, on, subject, commission, facts):
        """A commission reached a stage."""
        if made := self.held(subject):
            reached = day(facts["on"])
            made.stages.setdefault(facts["stage"], (reached, number))
            made.over = reached if facts["stage"] in OVER else None

    def decided(self, number, on, subject, commission, facts):
        """A decision was taken."""
        if made := self.held(subject):
            made.over = day(facts["on"])

    def moved(self, number, on, subject, commission, facts):
        """A planned date, or a decision, moved."""
        name = (
            subject if subject.startswith("decision/") else f"commission/{commission}"
        )
        if body := self.owner.get(name):
            body.moves.append((on, name, number))

    def seat(self, number, on, subject) -> Seat:
        """Return a post by its record name, known from its first entry on."""
        return self.body(subject).posts.setdefault(subject, Seat(subject, number, on))

    def added(self, number, on, subject, commission, facts):
        """A post was created, with nobody in it where the entry says so."""
        seat = self.seat(number, on, subject)
        if facts.get("vacant"):
            seat.events.append((on, False, number))

    def changed(self, number, on, subject, commission, facts):
        """A post was abolished, or is to be, or that was taken back."""
        if "ended_on" in facts:
            ended = facts["ended_on"]
            self.seat(number, on, subject).ended = day(ended) if ended else None

    def taken(self, number, on, subject, commission, facts):
        """Somebody took up a post."""
        self.seat(number, on, subject).events.append((day(facts["on"]), True, number))

    def vacated(self, number, on, subject, commission, facts):
        """A post fell vacant."""
        self.seat(number, on, subject).events.append((day(facts["on"]), False, number))

    def opened(self, number, on, subject, commission, facts):
        """A consultation was announced."""
        if body := self.of(commission):
            self.owner[subject] = body
            body.consultations[subject] = Asked(
                subject,
                facts.get("title", subject),
                f"commission/{commission}",
                facts.get("consultation_kind", ""),
                number,
                day(facts["opens_at"]),
                day(facts["closes_at"]),
                day(facts["response_due_on"]),
            )

    def asked(self, name) -> Asked | None:
        """Return a consultation by its record name."""
        body = self.owner.get(name)
        return body and body.consultations.get(name)

    def extended(self, number, on, subject, commission, facts):
        """A consultation closes later."""
        if asked := self.asked(subject):
            asked.closes = day(facts["closes_at"])

    def said(self, number, on, subject, commission, facts):
        """A comment was published."""
        if asked := self.asked(f"consultation/{facts.get('consultation')}"):
            asked.comments[subject] = number

    def unsaid(self, number, on, subject, commission, facts):
        """A comment is not public any more."""
        if asked := self.asked(f"consultation/{facts.get('consultation')}"):
            asked.comments.pop(subject, None)

    def responded(self, number, on, subject, commission, facts):
        """The response to a consultation was published."""
        if asked := self.asked(f"consultation/{facts.get('consultation')}"):
            asked.answered, asked.answer = on, number
            asked.outcomes = facts.get("outcomes", {})

    def exempted(self, number, on, subject, commission, facts):
        """A gate was passed under an exemption."""
        if body := self.of(commission):
            body.exemptions.append((on, f"commission/{commission}", number))

    def noticed(self, number, on, subject, commission, facts):
        """A notice was recorded; counted where the law fixed the day for it."""
        its_own = subject.startswith("organisation/")
        body = self.body(subject) if its_own else self.of(commission)
        if not body or not facts.get("due"):
            return
        name = subject if its_own else f"commission/{commission}"
        held = body.commissions.get(name)
        what = name_of(facts.get("code", ""))
        out = datetime.fromisoformat(facts["published"]).astimezone(LONDON).date()
        body.notices.append(
            Noticed(
                name,
                f"{held.title}: {what}" if held else f"{what[:1].upper()}{what[1:]}",
                out,
                day(facts["due"]),
                number,
            )
        )

    def replied(self, number, on, subject, commission, facts):
        """A question to a holder was answered."""
        body = self.answerer(commission, facts)
        if body and facts.get("due_on") and facts.get("answered_on"):
            answered = day(facts["answered_on"])
            body.questions[subject] = (day(facts["due_on"]), answered, number)

    def questioned(self, number, on, subject, commission, facts):
        """A question to a holder became public."""
        body = self.answerer(commission, facts)
        if body and facts.get("due_on"):
            body.questions[subject] = (day(facts["due_on"]), None, number)

    def unasked(self, number, on, subject, commission, facts):
        """A question is not public any more; one that was answered stays counted."""
        body = self.answerer(commission, facts)
        if body and subject in body.questions:
            if body.questions[subject][1] is None:
                del body.questions[subject]
            else:
                body.hidden.add(subject)

    def answerer(self, commission, facts) -> Body | None:
        """Return who must answer a question.

        The entry names the body; older ones say only what the question is about:
        a commission, a decision, or the post of the person asked.
        """
        if facts.get("organisation"):
            return self.body(facts["organisation"])
        about = facts.get("about", "")
        found = self.of(commission) or self.owner.get(about)
        if not found and about.startswith(("post/", "organisation/")):
            found = self.body(about)
        return found


READERS = {
    "commission.published": Histories.published,
    "commission.held": Histories.passed,
    "holder.handed-over": Histories.passed,
    "commission.stage": Histories.reached,
    "commission.date-moved": Histories.moved,
    "commission.exempted": Histories.exempted,
    "notice.published": Histories.noticed,
    "decision.published": Histories.announced,
    "decision.deferred": Histories.moved,
    "decision.taken": Histories.decided,
    "post.added": Histories.added,
    "post.changed": Histories.changed,
    "post.taken": Histories.taken,
    "post.vacated": Histories.vacated,
    "consultation.published": Histories.opened,
    "consultation.extended": Histories.extended,
    "comment.published": Histories.said,
    "comment.withdrawn": Histories.unsaid,
    "comment.erased": Histories.unsaid,
    "comment.declined": Histories.unsaid,
    "response.published": Histories.responded,
    "enquiry.published": Histories.questioned,
    "enquiry.answered": Histories.replied,
    "enquiry.declined": Histories.unasked,
    "enquiry.withdrawn": Histories.unasked,
    "enquiry.erased": Histories.unasked,
}
"""What is read, by kind of entry; other kinds are passed over."""


# Read the record into histories, once for each new entry: two queries.


def histories() -> dict[str, Body]:
    """Return what the record tells of each organisation, by slug."""
    head = Entry.objects.filter(kind__in=READERS).head()
    return read_until(head) if head else {}


@lru_cache(maxsize=1)
def read_until(head: tuple) -> dict[str, Body]:
    """Read the entries up to the newest: the first (number, time) of the record's head."""
    rows = Entry.objects.filter(kind__in=READERS, pk__lte=head[0][0]).order_by("pk")
    return Histories().read(
        (
            entry.pk,
            timezone.localdate(entry.at),
            entry.kind,
            entry.subject,
            entry.commission,
            entry.facts,
        )
        for entry in rows.iterator(chunk_size=2000)
    )


def organisations(slugs) -> list[tuple[str, str, str]]:
    """Return (slug, name, kind) of the organisations with a history, by name."""
    rows = Organisation.objects.order_by("name", "pk")
    known = rows.values_list("slug", "name", "kind")
    return [row for row in known.iterator() if row[0] in slugs]
