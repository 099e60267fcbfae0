"""Answers to the questions asked beside the text, as the plain values of a file.

The public sees how many chose what. Each single answer is for staff: words in
them were never moderated. No file holds an email address, and what was taken
back counts nowhere.
"""

from collections import Counter

from django.db.models import Count

from consultations.comments import speakers
from consultations.comments.exports import day
from consultations.models import Answer, Question

PUBLIC = ["question", "kind", "answer", "people"]
STAFF = [
    "question",
    "kind",
    "answer",
    "role",
    "name",
    "came_by",
    "received_on",
    "is_late",
]
IN_WORDS = "answered in their own words"
CHUNK = 500


def standing(consultation):
    """Select the answers of those who confirmed and did not take them back."""
    return Answer.objects.filter(
        question__consultation=consultation,
        submission__confirmed_at__isnull=False,
        submission__withdrawn_at__isnull=True,
        submission__erased_at__isnull=True,
    )


def totals(consultation):
    """Count how many people gave each answer, in three queries; every choice is there."""
    questions = list(consultation.questions.all())
    worded = {q.pk for q in questions if q.kind == Question.Kind.TEXT}
    answers = standing(consultation)
    said = answers.filter(question__in=worded).values_list("question")
    written = dict(said.annotate(Count("pk")).order_by())
    chosen = answers.exclude(question__in=worded).values_list("question", "text")
    counted = Counter()
    for question, text, people in chosen.annotate(Count("pk")).order_by():
        for choice in text.splitlines():
            counted[question, choice] += people
    return [
        {"question": q.text, "kind": q.get_kind_display(), "answer": label, "people": n}
        for q in questions
        for label, n in rows_of(q, counted, written)
    ]


def rows_of(question, counted, written):
    """List each answer there is to a question, with how many gave it."""
    if question.kind == Question.Kind.TEXT:
        return [(IN_WORDS, written.get(question.pk, 0))]
    choices = question.choice_list()
    if question.kind != Question.Kind.SCALE:
        return [(choice, counted[question.pk, choice]) for choice in choices]
    ends = {"1": f"1: {choices[0]}", "5": f"5: {choices[-1]}"}
    return [(ends.get(n, n), counted[question.pk, n]) for n in "12345"]


def for_staff(answers):
    """Yield each of these answers with who gave it, as they wished to be shown."""
    rows = answers.select_related("question", "submission__consultation")
    rows = rows.order_by("question__order", "question", "pk")
    for row in rows.iterator(chunk_size=CHUNK):
        sender = row.submission
        yield {
            "question": row.question.text,
            "kind": row.question.get_kind_display(),
            "answer": row.text,
            "role": sender.role,
            "name": sender.shown_name,
            "came_by": speakers.channel(sender.channel),
            "received_on": day(sender.received_at),
            "is_late": sender.is_late,
        }
