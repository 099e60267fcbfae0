"""“You said, we did”: the published response by theme, with its figures."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from commissions.text.charts import bar
from consultations.comments import querysets as comments_querysets
from consultations.models import Outcome, Theme

ORDER = (
    Outcome.ACCEPTED,
    Outcome.PARTLY,
    Outcome.ALREADY,
    Outcome.NOT_ACCEPTED,
    Outcome.OUT_OF_SCOPE,
)
"""From what was taken up to what could not be."""


@dataclass(frozen=True)
class Answered:
    """One theme of the response: how many comments, and what became of them."""

    theme: Theme
    comments: int
    outcomes: str


def figures(consultation):
    """Count the comments by theme and outcome, in one query: {theme: {outcome: n}}."""
    rows = comments_querysets.public(consultation).order_by()
    found = {}
    for theme, outcome, n in rows.values_list("theme", "outcome").annotate(Count("pk")):
        found.setdefault(theme, Counter())[outcome] = n
    return found


def outcomes(found):
    """Lay out all outcomes as a bar."""
    total = sum(found.values(), Counter())
    return bar([(code, code.label, total[code.value]) for code in ORDER])


def themes(consultation, found):
    """List the themes in order, each with its figures in words."""
    return [
        Answered(
            theme, found.get(theme.pk, Counter()).total(), said(found.get(theme.pk))
        )
        for theme in Theme.objects.filter(consultation=consultation)
    ]


def said(counted):
    """Say figures in words: 3 accepted, 1 not accepted."""
    counted = counted or {}
    return ", ".join(
        f"{counted[code.value]} {code.label[:1].lower()}{code.label[1:]}"
        for code in ORDER
        if counted.get(code.value)
    )
