"""Comments, outcomes and answers as files: CSV, JSON and XLSX for all, a report for staff.

`?fields=all` gives staff every field, what is not public too, and each single
answer to the prompts: words in those were never moderated, so the public sees
how many chose what. No file holds an email address, for whomever it is made:
mail goes through the portal. What was not confirmed or was taken back counts
nowhere.
"""

from collections import Counter
from functools import wraps
from operator import attrgetter, itemgetter

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from commissions.desk.permissions import visible_to
from commissions.public.listing.exports import (
    FORMATS,
    Column,
    as_attachment,
    iso_value,
    same_value,
)
from consultations import exports
from consultations.comments import labels
from consultations.comments.filters import CommentFilter
from consultations.comments.page import oldest_first
from consultations.consultation.views import published
from consultations.models import CommentState, Prompt, PromptAnswer

MAY = "consultations.view_comment"


def for_its_staff(view):
    """Refuse a file of a consultation to all but who may read all of its comments."""

    @wraps(view)
    def asked(request, consultation, *args):
        if not request.user.has_perm(MAY, consultation):
            raise PermissionDenied
        return view(request, consultation, *args)

    return asked


def led_to(comment):
    """Return the number of the version that the response names, if it names one."""
    response = getattr(comment.consultation, "response", None)
    return response.draft.version if response and response.draft else None


def iso_day(moment):
    """Write the day of a moment in London as ISO 8601; None stays None."""
    return timezone.localtime(moment).date().isoformat() if moment else None


def comment_address(comment):
    """Return the full address of a comment's own page."""
    path = reverse(
        "consultations:comment-detail",
        args=[comment.consultation.reference, comment.reference],
    )
    return f"{settings.PORTAL_ORIGIN}{path}"


def section_getter(name):
    """Return a getter of what the section commented on says of itself; else empty."""

    def get(comment):
        words = comment.section_text
        return attrgetter(name)(words) if words else ""

    return get


def draft_version(comment):
    """Return the number of the version commented on; None where on no section."""
    words = comment.section_text
    return words.draft.version if words else None


def own_address(comment):
    """Return the address of a comment's own page, where it has one."""
    return comment_address(comment) if comment.state == CommentState.PUBLISHED else ""


def comment_theme(comment):
    """Return the theme it was put under."""
    return comment.theme.title if comment.theme else ""


def changed_section(comment):
    return comment.changed_section.key if comment.changed_section else ""


def changed_in_version(comment):
    return led_to(comment) if comment.changed_section else None


def once_answered(getter, unanswered=""):
    """Return a getter that says nothing until the response is published."""

    def get(comment):
        answered = comment.consultation.published_response
        return getter(comment) if answered else unanswered

    return get


SENT = [
    Column("role", "approved.role"),
    Column("name", "approved.name"),
    Column(
        "signed_with",
        lambda comment: "; ".join(str(signer) for signer in comment.approved.signed),
    ),
    Column(
        "came_by", lambda comment: labels.channel_in_words(comment.submission.channel)
    ),
    Column("received_on", lambda comment: iso_day(comment.submission.received_at)),
    Column("is_late", "submission.is_late"),
    Column("edited_on", lambda comment: iso_day(comment.edited_at)),
]
SAID = [
    Column("reference", "reference"),
    Column("section", section_getter("section.key")),
    Column("section_heading", section_getter("heading")),
    Column("version", draft_version),
    Column("quote", "approved.quote"),
    Column("stance", "approved.stance"),
    Column("text", "approved.text"),
    Column("proposed_wording", "approved.proposed_wording"),
    *SENT,
]
OUTCOME = [
    Column("theme", comment_theme),
    *same_value("outcome", "outcome_reason"),
    Column("changed_section", changed_section),
    Column("changed_in_version", changed_in_version),
]
COMMENTS = [
    *SAID,
    Column("theme", once_answered(comment_theme)),
    Column("outcome", once_answered(attrgetter("outcome"))),
    Column("outcome_reason", once_answered(attrgetter("outcome_reason"))),
    Column("changed_section", once_answered(changed_section)),
    Column("changed_in_version", once_answered(changed_in_version, None)),
    Column("address", own_address),
]
COMMENTS_FOR_STAFF = [
    *SAID,
    *OUTCOME,
    Column("address", own_address),
    *same_value("state", "decline_reason", "decline_words"),
    Column("full_text", "text"),
    Column("full_proposed_wording", "proposed_wording"),
    Column("answered_at", lambda comment: iso_value(comment.answered_at)),
]


# Answers to the prompts.


ANSWERS = [
    Column(name, itemgetter(name)) for name in ("question", "kind", "answer", "people")
]
ANSWERS_FOR_STAFF = [
    Column("question", "prompt.text"),
    Column("kind", lambda answer: answer.prompt.get_kind_display()),
    Column("answer", "text"),
    Column("role", "submission.role"),
    Column("name", "submission.shown_name"),
    Column(
        "came_by", lambda answer: labels.channel_in_words(answer.submission.channel)
    ),
    Column("received_on", lambda answer: iso_day(answer.submission.received_at)),
    Column("is_late", "submission.is_late"),
]
IN_WORDS = "answered in their own words"
CHUNK = 500
MOST_IN_REPORT = 10_000
"""Comments in one Word file: some ten seconds' work, and no more memory than a PDF."""


def answers_of(consultation):
    """Select the answers of those who confirmed and did not take them back."""
    return PromptAnswer.objects.filter(
        prompt__consultation=consultation,
        submission__confirmed_at__isnull=False,
        submission__withdrawn_at__isnull=True,
        submission__erased_at__isnull=True,
    )


def answer_totals(consultation):
    """Count how many people gave each answer, in three queries; every choice is there."""
    prompts = list(consultation.prompts.all())
    worded = {q.pk for q in prompts if q.kind == Prompt.Kind.TEXT}
    answers = answers_of(consultation)
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
        for label, n in answer_totals_of_prompt(q, counted, written)
    ]


def answer_totals_of_prompt(prompt, counted, written):
    """List each answer there is to a question, with how many gave it."""
    if prompt.kind == Prompt.Kind.TEXT:
        return [(IN_WORDS, written.get(prompt.pk, 0))]
    return [(label, counted[prompt.pk, value]) for value, label in prompt.options()]


def with_senders(answers):
    """Yield these answers, each with who gave it."""
    rows = answers.select_related("prompt", "submission__consultation")
    rows = rows.order_by("prompt__order", "prompt", "pk")
    return rows.iterator(chunk_size=CHUNK)


# The files.


@require_safe
def export_comments(request, reference, ending):
    """Answer with the comments that were asked for, in the form the address ends in."""
    consultation = published(reference)
    if ending == "docx":
        return export_word_report(request, consultation)
    if ending not in FORMATS:
        raise Http404
    if request.GET.get("fields") == "all":
        return export_all_comments(request, consultation, ending)
    listed = CommentFilter(request.GET, consultation).read()
    rows = (row for page in listed.pages() for row in page.rows)
    columns, stem = COMMENTS, f"{reference}-comments"
    return FORMATS[ending]("comments", columns, rows, stem)


@never_cache
@for_its_staff
def export_all_comments(request, consultation, ending):
    """Answer with every confirmed comment and every field, to staff alone."""
    kept = visible_to(request.user, consultation.comments.readable_by_staff())
    listed = oldest_first(kept)
    rows = (row for page in listed.pages() for row in page.rows)
    name = f"{consultation.reference}-comments-staff"
    return FORMATS[ending]("comments", COMMENTS_FOR_STAFF, rows, name)


@require_safe
def export_answer_totals(request, reference, ending):
    """Answer with how many gave each answer to the questions beside the text."""
    consultation = published(reference)
    if ending not in FORMATS:
        raise Http404
    if request.GET.get("fields") == "all":
        return export_every_answer(request, consultation, ending)
    rows = answer_totals(consultation)
    name = f"{reference}-answers"
    return FORMATS[ending]("answers", ANSWERS, rows, name)


@never_cache
@for_its_staff
def export_every_answer(request, consultation, ending):
    """Answer with each single answer, to staff alone."""
    kept = visible_to(request.user, answers_of(consultation))
    rows = with_senders(kept)
    name = f"{consultation.reference}-answers-staff"
    return FORMATS[ending]("answers", ANSWERS_FOR_STAFF, rows, name)


@never_cache
@for_its_staff
def export_word_report(request, consultation):
    """Hand the commissioner a Word report of what was said and what became of it."""
    kept = visible_to(request.user, consultation.comments.public())
    if kept.count() > MOST_IN_REPORT:
        context = {"most": MOST_IN_REPORT, "consultation": consultation}
        return render(
            request, "consultations/exports/too_many.html", context, status=413
        )
    name = f"{consultation.reference}-report.docx"
    return as_attachment(
        exports.write_word_report(consultation, kept), exports.KIND, name
    )
