"""Where a consultation stands for its readers, and when its response is late."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from commissions.text.formats import how_many, in_days, on_day

ANSWERED = Q(response__published_at__isnull=False)
STATES = {
    "open": ("Open for comment", "green"),
    "upcoming": ("Not open yet", "blue"),
    "awaiting": ("Closed, to be answered", "yellow"),
    "answered": ("Answered", "purple"),
}


@dataclass(frozen=True)
class Standing:
    """The state of a consultation, its words and the colour of its tag."""

    state: str

    @property
    def label(self):
        """The state in words."""
        return STATES[self.state][0]

    @property
    def colour(self):
        """The colour of the state's tag."""
        return STATES[self.state][1]


def response_of(consultation):
    """Return the published response, or None. Fetch `response` with it."""
    response = getattr(consultation, "response", None)
    return response if response and response.published_at else None


def standing(consultation, at=None):
    """Tell where a consultation stands at a time. Fetch `response` with it."""
    at = at or timezone.now()
    if response_of(consultation):
        return Standing("answered")
    if consultation.closes_at <= at:
        return Standing("awaiting")
    return Standing("open" if consultation.opens_at <= at else "upcoming")


def where(state, at):
    """Return the condition that keeps the consultations in one state."""
    unanswered = Q(response__isnull=True) | Q(response__published_at__isnull=True)
    return {
        "open": Q(opens_at__lte=at, closes_at__gt=at) & unanswered,
        "upcoming": Q(opens_at__gt=at) & unanswered,
        "awaiting": Q(closes_at__lte=at) & unanswered,
        "answered": ANSWERED,
    }[state]


def punctuality(consultation, today=None):
    """Say when the response is due or came, and whether that is late."""
    due = consultation.response_due_on
    response = response_of(consultation)
    if response:
        day = timezone.localdate(response.published_at)
        late = (day - due).days
        said = f"Published on {on_day(response.published_at)}"
        if late > 0:
            return f"{said}, {how_many(late, 'day')} late: it was due on {on_day(due)}."
        return f"{said}, in time: it was due on {on_day(due)}."
    today = today or timezone.localdate()
    if due < today:
        return f"Late: it was due on {on_day(due)}, {in_days(due, today)}."
    return f"Due on {on_day(due)}, {in_days(due, today)}."


def is_late(consultation, today=None):
    """Tell whether the response is overdue, or came after its day."""
    response = response_of(consultation)
    day = timezone.localdate(response.published_at) if response else None
    return (day or today or timezone.localdate()) > consultation.response_due_on
