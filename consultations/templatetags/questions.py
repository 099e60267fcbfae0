"""What the page of a commission, a decision, a person or a barrier shows of questions.

One query, and one more for the bank holidays where a clock is still running.
"""

from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils import timezone

from consultations.consultation.models import Consultation
from consultations.questions import tender_clarifications as clarifications
from consultations.questions.ask import commission_of
from consultations.questions.deadlines import Calendars, standing_in_short
from consultations.questions.filters import public_name
from consultations.questions.models import Question

register = template.Library()

FIRST = 5
MOST = 20
READ = 100


@dataclass(frozen=True)
class Asked:
    """Questions asked about one thing, and how to ask another."""

    rows: list
    clarifications: list
    more: bool
    all_url: str
    ask_url: str
    closed_at: object
    promised: int | None


@register.simple_tag
def questions_about(thing):
    """Return the questions asked about a commission, a decision, a person or a barrier.

    What was asked after the tender opened stands apart, with every answer.
    """
    found = newest(thing)
    calendars = Calendars()
    bidders = [row for row in found if row.pseudonym]
    others = [row for row in found if not row.pseudonym]
    name = public_name(thing)
    return Asked(
        rows=[(row, standing_in_short(row, calendars)) for row in others[:FIRST]],
        clarifications=[
            (row, standing_in_short(row, calendars)) for row in bidders[:MOST]
        ],
        more=len(others) > FIRST or len(bidders) > MOST,
        all_url=f"{reverse('consultations:question-list')}?about={name}",
        ask_url=f"{reverse('consultations:question-create')}?about={name}",
        closed_at=closed_at(commission_of(thing)),
        promised=promised(thing),
    )


@register.simple_tag
def where_changed(question):
    """Return where the change that an answer points to can be read; empty if nowhere.

    Beside the version consulted on before, else with the consultation on itself.
    """
    draft = question.new_draft
    consulted = Consultation.objects.published().filter(
        draft__specification=draft.specification_id, draft__version__lte=draft.version
    )
    consultation = consulted.select_related("draft").order_by("draft__version").first()
    if consultation is None:
        return ""
    if consultation.draft == draft:
        return consultation.get_absolute_url()
    versions = consultation.draft.version, draft.version
    return reverse(
        "consultations:draft-compare", args=[consultation.reference, *versions]
    )


def newest(thing):
    """Read the newest public questions about something, unless it is known for none."""
    if not getattr(thing, "has_questions", True):
        return []
    return list(
        Question.objects.public()
        .about(thing)
        .select_related("body", "new_draft")
        .order_by("-confirmed_at", "-pk")[: READ + 1]
    )


def promised(thing):
    """Return the working days its body promises; None for a person."""
    body = getattr(thing, "organisation", None)
    return body and body.question_days


def closed_at(commission):
    """Return when questions about a tender closed; None while anybody may ask."""
    if not clarifications.is_tendering(commission):
        return None
    closes = clarifications.closes_at(commission)
    return closes if closes and closes <= timezone.now() else None
