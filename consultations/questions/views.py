"""The public pages of questions to holders: the list, one question, the file."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commissions.models import Post, Tenure
from commissions.public.listing.csv_json import csv_lines, download
from commissions.public.listing.views import page_of
from consultations.models import Question
from consultations.questions.deadlines import Calendars, standing
from consultations.questions.filters import WITH, QuestionFilter, subjects

HEADS = [
    "reference",
    "about",
    "organisation",
    "question",
    "asked_by",
    "asked_on",
    "due_on",
    "answered_on",
    "state",
    "answered_by",
    "address",
]


@require_safe
def index(request):
    """Show one page of questions, what waits longest first, and the counts."""
    filters = QuestionFilter(request.GET)
    return page_of(
        request,
        "consultations/questions/list.html",
        filters,
        names=("Questions to the people who decide", "question", "questions"),
        present=filters.present,
        formats={"csv": "CSV"},
        bodies=filters.by_body(),
    )


@require_safe
def export(request):
    """Answer with the list as CSV."""
    filters = QuestionFilter(request.GET)
    pages = filters.read().pages()
    rows = (
        facts(row, stands, subject)
        for page in pages
        for row, stands, subject in filters.present(page.rows)
    )
    return download(csv_lines(HEADS, rows), "text/csv", "questions.csv")


def facts(question, stands, subject):
    """Return one question as the plain values of a file."""
    post = question.answered_by
    return {
        "reference": question.reference,
        "about": subject.label,
        "organisation": question.body.name,
        "question": question.title,
        "asked_by": question.shown_name,
        "asked_on": question.asked_on,
        "due_on": stands.due.on,
        "answered_on": question.answered_on,
        "state": stands.label,
        "answered_by": post.title if post else "",
        "address": question.get_absolute_url(),
    }


@require_safe
def detail(request, reference):
    """Show one question with its answer, or when one is due and how that is counted."""
    public = Question.objects.public().select_related(*WITH)
    question = get_object_or_404(public, reference=reference)
    return render(
        request,
        "consultations/questions/detail.html",
        {
            "question": question,
            "stands": standing(question, Calendars()),
            "subject": subjects([question])[question.pk],
            "answerer": answerer(question),
            "vacant_since": vacant_since(question),
        },
    )


def vacant_since(question):
    """Return since when nobody is in the post that must answer; None where somebody is."""
    waits = isinstance(question.holder, Post) and not question.answered_at
    return question.holder.vacant_since if waits else None


def answerer(question):
    """Return the person who held the post that answered, where they may be named."""
    if not question.answered_by_id:
        return None
    tenure = (
        Tenure.objects.current(question.answered_on)
        .filter(post=question.answered_by_id)
        .select_related("commissioner", "post")
        .first()
    )
    named = tenure and (
        tenure.post.is_decision_level or tenure.commissioner.name_consent_on
    )
    return tenure.commissioner if named else None
