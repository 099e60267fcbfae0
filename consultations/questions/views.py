"""The public pages of questions to holders: the list, one question, the file."""

from functools import cached_property

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commissions.models import Post, Tenure
from commissions.public.listing.exports import Column, Export, all_rows
from commissions.public.listing.page import ListPage, list_view
from consultations.models import Question
from consultations.questions.deadlines import Calendars, standing
from consultations.questions.filters import WITH, QuestionFilter, subjects

COLUMNS = [  # of (question, how it stands, what it is about)
    Column("reference", lambda row: row[0].reference),
    Column("about", lambda row: row[2].label),
    Column("organisation", lambda row: row[0].body.name),
    Column("question", lambda row: row[0].title),
    Column("asked_by", lambda row: row[0].shown_name),
    Column("asked_on", lambda row: row[0].asked_on),
    Column("due_on", lambda row: row[1].due.on),
    Column("answered_on", lambda row: row[0].answered_on),
    Column("state", lambda row: row[1].label),
    Column(
        "answered_by",
        lambda row: row[0].answered_by.title if row[0].answered_by else "",
    ),
    Column("address", lambda row: row[0].get_absolute_url()),
]
EXPORT = Export(
    "questions",
    COLUMNS,
    lambda filters: all_rows(filters, filters.present),
    endings=["csv"],
)
export = EXPORT.view(QuestionFilter)


class QuestionList(ListPage):
    """One page of questions, what waits longest first, and the counts."""

    filter_set = QuestionFilter
    template = "consultations/questions/list.html"
    title = "Questions to the people who decide"
    noun, nouns = "question", "questions"
    export = EXPORT

    def present(self, rows):
        """Say how each question stands and what it is about."""
        return self.filters.present(rows)

    @cached_property
    def bodies(self):
        """How questions stand with each organisation."""
        return self.filters.by_body()


index = list_view(QuestionList)


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
    tenures = Tenure.objects.current(question.answered_on).named()
    served = tenures.filter(post=question.answered_by_id).select_related("commissioner")
    tenure = served.first()
    return tenure.commissioner if tenure else None
