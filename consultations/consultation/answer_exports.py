"""Answers to the questions asked beside the text, as the plain values of a file.

The public sees how many chose what. Each single answer is for staff: words in
them were never moderated. No file holds an email address, and what was taken
back counts nowhere.
"""

from collections import Counter
from operator import itemgetter

from django.db.models import Count

from commissions.public.listing.exports import Column
from consultations.comments import speakers
from consultations.comments.exports import day
from consultations.models import Prompt, PromptAnswer

PUBLIC = [
    Column(name, itemgetter(name)) for name in ("question", "kind", "answer", "people")
]
STAFF = [
    Column("question", "prompt.text"),
    Column("kind", lambda answer: answer.prompt.get_kind_display()),
    Column("answer", "text"),
    Column("role", "submission.role"),
    Column("name", "submission.shown_name"),
    Column("came_by", lambda answer: speakers.channel(answer.submission.channel)),
    Column("received_on", lambda answer: day(answer.submission.received_at)),
    Column("is_late", "submission.is_late"),
]
IN_WORDS = "answered in their own words"
CHUNK = 500


def standing(consultation):
    """Select the answers of those who confirmed and did not take them back."""
    return PromptAnswer.objects.filter(
        prompt__consultation=consultation,
        submission__confirmed_at__isnull=False,
        submission__withdrawn_at__isnull=True,
        submission__erased_at__isnull=True,
    )


def totals(consultation):
    """Count how many people gave each answer, in three queries; every choice is there."""
    prompts = list(consultation.prompts.all())
    worded = {q.pk for q in prompts if q.kind == Prompt.Kind.TEXT}
    answers = standing(consultation)
    said = answers.filter(prompt__in=worded).values_list("prompt")
    written = dict(said.annotate(Count("pk")).order_by())
    chosen = answers.exclude(prompt__in=worded).values_list("prompt", "text")
    counted = Counter()
    for prompt, text, people in chosen.annotate(Count("pk")).order_by():
        for choice in text.splitlines():
            counted[prompt, choice] += people
    return [
        {"question": q.text, "kind": q.get_kind_display(), "answer": label, "people": n}
        for q in prompts
        for label, n in rows_of(q, counted, written)
    ]


def rows_of(prompt, counted, written):
    """List each answer there is to a question, with how many gave it."""
    if prompt.kind == Prompt.Kind.TEXT:
        return [(IN_WORDS, written.get(prompt.pk, 0))]
    choices = prompt.choice_list()
    if prompt.kind != Prompt.Kind.SCALE:
        return [(choice, counted[prompt.pk, choice]) for choice in choices]
    ends = {"1": f"1: {choices[0]}", "5": f"5: {choices[-1]}"}
    return [(ends.get(n, n), counted[prompt.pk, n]) for n in "12345"]


def for_staff(answers):
    """Yield each of these answers with who gave it, as they wished to be shown."""
    rows = answers.select_related("prompt", "submission__consultation")
    rows = rows.order_by("prompt__order", "prompt", "pk")
    return rows.iterator(chunk_size=CHUNK)
