"""The published response, by theme, with its figures."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commissions.text.charts import bar_parts
from consultations import exports
from consultations.comments.models import AnsweringProgress, Outcome, progress_of
from consultations.comments.page import Thread
from consultations.consultation.views import published
from consultations.responses.models import Theme

ORDER = (
    Outcome.ACCEPTED,
    Outcome.PARTLY,
    Outcome.ALREADY,
    Outcome.NOT_ACCEPTED,
    Outcome.OUT_OF_SCOPE,
)
"""From what was taken up to what could not be."""


@dataclass(frozen=True)
class ThemeFigures:
    """One theme of the response: how many comments, and what happened to them."""

    theme: Theme
    comments: int
    outcomes: str


class ResponsePage:
    """The response to one consultation; before it is out, how far the outcomes are."""

    def __init__(self, consultation):
        self.consultation = consultation
        self.response = consultation.published_response

    @cached_property
    def progress(self):
        """How many comments have an outcome."""
        found = progress_of([self.consultation])
        return found.get(self.consultation.pk, AnsweringProgress())

    @cached_property
    def figures(self):
        """The comments by theme and outcome: {theme: {outcome: n}}."""
        rows = self.consultation.comments.public().order_by()
        rows = rows.values_list("theme", "outcome").annotate(Count("pk"))
        found = {}
        for theme, outcome, n in rows:
            found.setdefault(theme, Counter())[outcome] = n
        return found

    @cached_property
    def outcomes(self):
        """All outcomes as a bar."""
        total = sum(self.figures.values(), Counter())
        return bar_parts([(code, code.label, total[code.value]) for code in ORDER])

    @cached_property
    def themes(self):
        """The themes in order, each with its figures in words."""
        return [
            ThemeFigures(theme, counted.total(), in_words(counted))
            for theme in self.consultation.themes.all()
            for counted in [self.figures.get(theme.pk, Counter())]
        ]

    @cached_property
    def comments(self):
        """Every comment with its outcome, oldest first, for paper."""
        return self.consultation.comments.public().for_page().order_by("stated_at")


def in_words(counted):
    """Say figures in words: 3 accepted, 1 not accepted."""
    return ", ".join(
        f"{counted[code.value]} {code.label[:1].lower()}{code.label[1:]}"
        for code in ORDER
        if counted[code.value]
    )


@require_safe
def detail(request, reference):
    """Show the response; before it is published, how far the answering has come."""
    page = ResponsePage(published(reference))
    if page.response is None:
        return render(request, "consultations/responses/due.html", {"page": page})
    context = {
        "page": page,
        "thread": Thread(page.consultation.comments.public(), request.GET),
        "pdf": exports.is_available(),
    }
    return render(request, "consultations/responses/detail.html", context)


def paper(reference, layout):
    """Return the whole published response for paper, in one of its two layouts."""
    page = ResponsePage(published(reference))
    if page.response is None:
        raise Http404("The response is not published yet.")
    return {"page": page, "layout": layout}


@require_safe
def response_print(request, reference):
    """Show the whole response on one page, ready for paper."""
    return render(
        request, "consultations/responses/paper.html", paper(reference, "base.html")
    )


@require_safe
def response_pdf(request, reference):
    """Hand over the whole response as an accessible PDF."""
    context = paper(reference, "consultations/exports/pdf_layout.html")
    name = f"{reference}-response.pdf"
    return exports.pdf_response(
        request, "consultations/responses/paper.html", context, name
    )
