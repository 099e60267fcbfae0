"""Consultations whose people are not answered yet when a decision is due or taken.

They are read from the record, as the gates read theirs: what an app above announced,
extended and answered about the commission of the decision.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from commissions.record.models import Entry, Kind
from commissions.text.formats import on_day

KINDS = (
    Kind.CONSULTATION_PUBLISHED,
    Kind.CONSULTATION_EXTENDED,
    Kind.RESPONSE_PUBLISHED,
)


@dataclass
class Unanswered:
    """A consultation without its response, with the days that its notice names."""

    title: str
    closes_on: date | None
    answer_due_on: date | None

    def refuses(self, day):
        """Tell whether a day falls before it closes or before its answer is due."""
        return any(
            named and day < named for named in (self.closes_on, self.answer_due_on)
        )

    def __str__(self):
        days = []
        if self.closes_on:
            days.append(f"closes on {on_day(self.closes_on)}")
        if self.answer_due_on:
            days.append(f"is to be answered by {on_day(self.answer_due_on)}")
        return f"“{self.title}” {' and '.join(days)}"


def unanswered(commission, on):
    """List the consultations on a commission announced by a day, not answered by it."""
    if not commission:
        return []
    waiting = {}
    for kind, subject, facts in entries_by(commission, on):
        if kind == Kind.RESPONSE_PUBLISHED:
            waiting.pop(f"consultation/{facts['consultation']}", None)
        elif kind == Kind.CONSULTATION_PUBLISHED:
            waiting[subject] = Unanswered(
                facts.get("title", "The consultation"),
                day_of(facts.get("closes_at")),
                day_of(facts.get("response_due_on")),
            )
        elif subject in waiting:
            waiting[subject].closes_on = day_of(facts["closes_at"])
    return list(waiting.values())


def entries_by(commission, on):
    """List the entries of a commission's consultations by the end of a day."""
    entries = Entry.objects.filter(commission=commission.reference, kind__in=KINDS)
    return [
        (entry.kind, entry.subject, entry.facts)
        for entry in entries.order_by("pk")
        if timezone.localdate(entry.at) <= on
    ]


def day_of(text):
    """Return the day that the record wrote as a day or as a moment, or None."""
    if not text:
        return None
    stated = datetime.fromisoformat(text)
    return timezone.localdate(stated) if stated.tzinfo else stated.date()


def due_too_early(commission, due, *, on):
    """List why a decision may not be due on a day, as a day before it knows it."""
    return [
        f"{each}: choose that day or a later one for the decision, or say why it is "
        "taken before people are answered."
        for each in unanswered(commission, on)
        if each.refuses(due)
    ]


def taken_too_early(commission, on):
    """List why a decision may not be taken on a day: who was asked is not answered."""
    return [
        f"“{each.title}” is not answered yet: publish the response first, move the "
        "decision to a later day, or say why it is taken before people are answered."
        for each in unanswered(commission, on)
    ]
