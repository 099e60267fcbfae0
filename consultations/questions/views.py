"""The public pages of questions to holders: the list, one question, the file."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commissions.models import Post, Tenure
from commissions.public.listing.csv_json import csv_lines, download
from commissions.public.listing.views import page_of
from consultations.models import Enquiry
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


def facts(enquiry, stands, subject):
    """Return one question as the plain values of a file."""
    post = enquiry.answered_by
    return {
        "reference": enquiry.reference,
        "about": subject.label,
        "organisation": enquiry.body.name,
        "question": enquiry.title,
        "asked_by": enquiry.shown_name,
        "asked_on": enquiry.asked_on,
        "due_on": stands.due.on,
        "answered_on": enquiry.answered_on,
        "state": stands.label,
        "answered_by": post.title if post else "",
        "address": enquiry.get_absolute_url(),
    }


@require_safe
def detail(request, reference):
    """Show one question with its answer, or when one is due and how that is counted."""
    public = Enquiry.objects.public().select_related(*WITH)
    enquiry = get_object_or_404(public, reference=reference)
    return render(
        request,
        "consultations/questions/detail.html",
        {
            "enquiry": enquiry,
            "stands": standing(enquiry, Calendars()),
            "subject": subjects([enquiry])[enquiry.pk],
            "answerer": answerer(enquiry),
            "vacant_since": vacant_since(enquiry),
        },
    )


def vacant_since(enquiry):
    """Return since when nobody is in the post that must answer; None where somebody is."""
    waits = isinstance(enquiry.holder, Post) and not enquiry.answered_at
    return enquiry.holder.vacant_since if waits else None


def answerer(enquiry):
    """Return the person who held the post that answered, where they may be named."""
    if not enquiry.answered_by_id:
        return None
    tenure = (
        Tenure.objects.current(enquiry.answered_on)
        .filter(post=enquiry.answered_by_id)
        .select_related("commissioner", "post")
        .first()
    )
    named = tenure and (
        tenure.post.is_decision_level or tenure.commissioner.name_consent_on
    )
    return tenure.commissioner if named else None
