"""What happens to a commission in the story: moves, plans, decisions, hand-overs."""

import datetime
from dataclasses import dataclass

from django.utils.text import slugify

from commissioning_portal.demo import organisations, reading
from commissioning_portal.demo.reading import takes
from commissioning_portal.demo.story import Story
from commissions.models import (
    Committee,
    Decision,
    Document,
    Exemption,
    Handover,
    Involvement,
    Lesson,
    Post,
    StageDate,
)
from consultations.models import Booking, Event
from consultations.signed_links import address_key


def holder(held):
    """Return the post or committee that acts for a commission or decision."""
    return held.post or held.committee


def held_by(holder):
    """Return a post or a committee as fields of what it holds."""
    return {"committee" if isinstance(holder, Committee) else "post": holder}


@dataclass(frozen=True)
class Moment:
    """When something happens, and to which commission or decision."""

    story: Story
    subject: object
    on: datetime.date
    at: datetime.datetime

    @property
    def by(self):
        """Who acts."""
        return holder(self.subject)

    @property
    def signed(self):
        """Who acts, and when, as every verb of the portal asks."""
        return {"by": self.by, "at": self.at}

    @property
    def after_notice(self):
        """The same, not before the newest notice of that day, which comes first."""
        notices = self.subject.notices.filter(published_at__date=self.at.date())
        last = notices.last()
        return {
            "by": self.by,
            "at": max(self.at, last.published_at) if last else self.at,
        }


def book(story, life, modules, subject):
    """Book what happens to a commission or decision, by the verbs of some modules."""
    verbs = reading.verbs(*modules)
    for row in life:
        day, verb, told = row.act(verbs)
        story.book(day, perform, story, told, verb, subject, story.day(day))


def perform(story, row, verb, subject, on, *, at):
    """Perform one act upon a subject as it then stands."""
    current = type(subject).objects.get(pk=subject.pk)
    row.call(verb, Moment(story, current, on, at))


def reach(now, *, stage, closes=None, reason=""):
    """Move to a stage; on day `closes` its window shuts: at 5pm, for bids at noon.

    What was open on the day of the move is let close first.
    """
    at, shuts = now.at, now.subject.window_closes_at
    if shuts and shuts.date() == at.date():
        at = max(at, shuts + datetime.timedelta(minutes=1))
    if closes is not None:
        closes = now.story.time(closes, 12 if stage == "tender" else 17, 0)
    now.subject.reach(
        stage, by=now.by, on=now.on, closes_at=closes, reason=reason, at=at
    )


def plan(now, *, stage, planned: datetime.date, precision="day", reason=""):
    """Plan a stage, or move its date for a reason."""
    words = {"precision": precision, "reason": reason}
    StageDate.plan(now.subject, stage, planned, **words, **now.signed)


@takes(Document)
def attach(now, *, title, is_accessible=True, **fields):
    """Add a document that is kept elsewhere."""
    body = now.subject.organisation.slug
    now.subject.documents.model(
        commission=now.subject,
        title=title,
        url=f"https://{body}.example/papers/{slugify(title)}",
        format="text/html" if is_accessible else "application/pdf",
        language="en",
        is_accessible=is_accessible,
        **fields,
    ).attach(**now.signed)


def give_notice(now, *, code="", title, published: datetime.datetime | None = None):
    """Record a notice that the fictional platform published, that day unless said."""
    contact = (getattr(now.by, "title", "Democratic Services"), now.by.mailbox)
    told = {"published_at": published, "contact": contact, "at": now.at}
    organisations.publish(now.subject, now.by, code, title, **told)


@takes(Exemption)
def exempt(now, *, approver: Post, **told):
    """Ask for what lets it pass a gate, and have the post that was asked approve it."""
    by = "staff" if now.signed["by"] == approver else now.signed["by"]
    asked = Exemption.ask(now.subject, approver=approver, **told, by=by, at=now.at)
    asked.approve(by=approver, at=now.at)


def hand_over(now, *, post: Post, why):
    """Pass it to another post."""
    now.subject.hand_over(post, since=now.on, why=why, **now.signed)


def announce_handover(now, *, post: Post, since: datetime.date, why):
    """Say ahead that it passes to another post."""
    Handover.announce(now.subject, post, since=since, why=why, by=post, at=now.at)


@takes(Involvement)
def involve(now, *, group, **fields):
    """Enter how a group took part, on the last day it did."""
    fields |= {"commission": now.subject, "group": group, "ended_on": now.on}
    Involvement(**fields).enter(**now.signed)


@takes(Involvement)
def correct_involvement(now, *, group, why, **said):
    """Correct how a group took part; the old words stay."""
    now.subject.involvements.get(group=group).correct(why=why, **said, **now.signed)


@takes(Event)
def announce_event(now, *, held: int, begins: int, ends: int, people=0, **fields):
    """Announce an event on the day `held`, from one full hour to another.

    `people` sign up at once; whoever finds no place left waits.
    """
    event = Event(
        commission=now.subject,
        starts_at=now.story.time(held, begins, 0),
        ends_at=now.story.time(held, ends, 0),
        **fields,
    )
    event.full_clean()
    event.save()
    event.publish(**now.signed)
    for number in range(people):
        email = f"guest-{number}@{event.reference}.example".lower()
        state = "booked" if event.take_place() else "waiting"
        Booking.objects.create(
            event=event,
            email=email,
            address_key=address_key(email),
            state=state,
            asked_at=now.at,
            confirmed_at=now.at,
            changed_at=now.at,
        )


def cancel_event(now, *, reference, why):
    """Call an event off."""
    now.subject.events.get(reference=reference).cancel(why=why, **now.signed)


@takes(Involvement)
def record_who_came(now, *, reference, **fields):
    """Put on the record who came to an event, and what changed because of it."""
    event = now.subject.events.get(reference=reference)
    event.record_who_came(**fields, **now.signed)


def learn(now, *, learnt, next_time):
    """Enter what was learnt, and what to do next time."""
    lesson = Lesson(commission=now.subject, learnt=learnt, next_time=next_time)
    lesson.enter(**now.signed)


ASKED = {
    "GO": (
        "{}: whether to go ahead",
        "Do we go ahead with “{}”, and on what terms?",
    ),
    "AWARD": ("{}: to whom", "Which provider do we choose for “{}”?"),
}
"""What a decision about a commission asks, by the end of its reference."""


@takes(Decision)
def announce_decision(
    now, *, code, holder: Post | Committee, due_on: datetime.date, **fields
):
    """Announce a decision to go ahead, or to award."""
    title, question = ASKED[code]
    decision = Decision(
        reference=f"{now.subject.reference}-{code}",
        organisation=now.subject.organisation,
        commission=now.subject,
        title=title.format(now.subject.title),
        question=question.format(now.subject.title),
        is_key="key_because" in fields,
        due_on=due_on,
        due_until=due_on,
        held_since=now.at.date(),
        **held_by(holder),
        **fields,
    )
    decision.full_clean()
    decision.save()
    decision.publish(**now.signed)


@takes(Decision)
def decide(now, *, code, conflicts="None declared", **said):
    """Take the decision that was announced."""
    decision = now.subject.decisions.get(reference=f"{now.subject.reference}-{code}")
    said |= {"conflicts": conflicts, "on": now.on, "at": now.at}
    decision.decide(by=decision.holder, **said)
