"""What changed of a commission between two days: the page and its picture."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Exists, OuterRef
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from commissions.commission.snapshots import stated_facts
from commissions.models import Commission, Entry, Kind, Proposal
from commissions.public.changes.comparison import (
    DIFFERENT,
    UNSAID,
    ComparedRow,
    compare_statements,
    count_compared,
)
from commissions.text.charts import Scale, quarter_ticks
from commissions.text.quarters import (
    first_day_of_quarter,
    quarter_after,
    quarters_between,
)

AXIS, ROW = 60, 46  # pixels: the axis, one date


@dataclass(frozen=True)
class DateShift:
    """One date: what people were asked about, what was tendered, and the way between."""

    title: str
    y: int
    before: float
    until: float
    after: float

    @property
    def text_y(self) -> int:
        return self.y + 16

    @property
    def line_y(self) -> int:
        return self.y + 30

    @property
    def rough(self) -> bool:
        """Whether what people were asked about was a span, such as a month."""
        return self.until > self.before


@dataclass(frozen=True)
class ShiftChart:
    """The whole picture: its height, the ticks of its axis, its rows."""

    height: int
    ticks: tuple
    rows: tuple[DateShift, ...]


def draw_shifts(rows: Iterable[ComparedRow]) -> ShiftChart | None:
    """Draw the rows that compare two dates; None where there is none."""
    dated = [row for row in rows if row.days]
    if not dated:
        return None
    days = [day for row in dated for side in row.days for day in side]
    begin = quarter_after(first_day_of_quarter(min(days)), -1)
    number = max(len(quarters_between(begin, max(days))) + 1, 4)
    scale = Scale(begin, quarter_after(begin, number))
    shifts = tuple(
        DateShift(
            row.what,
            AXIS + ROW * place,
            scale.at(row.days[0][0]),
            scale.at(row.days[0][1]),
            scale.at(row.days[1][0]),
        )
        for place, row in enumerate(dated)
    )
    return ShiftChart(AXIS + ROW * len(dated) + 4, tuple(quarter_ticks(scale)), shifts)


DRAFT = "draft_specification"
ASKED = {
    "needs": gettext_lazy("what is needed"),
    DRAFT: gettext_lazy("a draft specification"),
    "market_engagement": gettext_lazy("the market"),
    "award_criteria": gettext_lazy("how bids will be judged"),
}
"""Consultations before a tender, by what they ask about."""


@dataclass(frozen=True)
class ComparisonBasis:
    """What is compared with: what was stated, when, and where people were asked."""

    stated: dict | None
    on: datetime | None = None
    reference: str = ""
    title: str = ""
    draft: int | None = None
    about: str = ""
    closes: datetime | None = None


def comparison_basis(commission):
    """Return what people were asked about, before the tender.

    The newest consultation on a draft; without one the newest of another kind;
    without any the intention as it was announced. Of entries made before the
    portal kept such statements nothing is known.
    """
    kinds = (Kind.CONSULTATION_PUBLISHED, Kind.COMMISSION_PUBLISHED)
    rows = Entry.objects.filter(commission=commission.reference, kind__in=kinds)
    entries = [(entry, entry.facts) for entry in rows.order_by("pk")]
    asked = [
        (entry, facts)
        for entry, facts in entries
        if facts.get("consultation_kind") in ASKED
    ]
    drafts = [each for each in asked if each[1]["consultation_kind"] == DRAFT]
    for found in (drafts, asked):
        if found:
            return of_consultation(*found[-1])
    intentions = [each for each in entries if each[0].kind == Kind.COMMISSION_PUBLISHED]
    if not intentions:
        return ComparisonBasis(None)
    entry, facts = intentions[-1]
    return ComparisonBasis(facts.get("stated"), entry.at)


def of_consultation(entry, facts):
    """Return what a consultation's announcement says was stated."""
    return ComparisonBasis(
        stated=facts.get("stated"),
        on=entry.at,
        reference=entry.subject.rpartition("/")[2],
        title=facts["title"],
        draft=facts.get("draft"),
        about=ASKED[facts["consultation_kind"]],
        closes=datetime.fromisoformat(facts["closes_at"]),
    )


def commissions_compared():
    """Select public commissions with their tender, and whether a notice waits."""
    wait = Proposal.objects.waiting().filter(commission=OuterRef("pk"))
    shown = Commission.objects.published().select_related("organisation", "tender")
    return shown.annotate(notices_wait=Exists(wait))


class ChangesPage:
    """What was tendered beside what people were asked about, of one of `public`."""

    def __init__(self, commission):
        self.commission = commission

    @cached_property
    def asked(self):
        return comparison_basis(self.commission)

    @property
    def is_tendered(self):
        return hasattr(self.commission, "tender")

    @cached_property
    def tendered(self):
        """What the commission states now; None where there is nothing to set it beside."""
        known = self.asked.stated and self.is_tendered
        return stated_facts(self.commission) if known else None

    @cached_property
    def groups(self):
        return (
            compare_statements(self.asked.stated, self.tendered)
            if self.tendered
            else []
        )

    @cached_property
    def counts(self):
        """How many rows there are in all, differ, and cannot be compared."""
        counts = count_compared(self.groups)
        return {
            "all": sum(counts.values()),
            "different": counts[DIFFERENT],
            "unsaid": counts[UNSAID],
        }

    @cached_property
    def chart(self):
        return draw_shifts(row for group in self.groups for row in group.rows)


@require_safe
def detail(request, reference):
    """Compare the tender of a commission with what people were asked about."""
    page = ChangesPage(get_object_or_404(commissions_compared(), reference=reference))
    return render(request, "commissions/changes/detail.html", {"page": page})


@require_safe
def export(request, reference):
    """Answer with both statements and each difference, as JSON."""
    page = ChangesPage(get_object_or_404(commissions_compared(), reference=reference))
    return JsonResponse(
        comparison_data(page, reference),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )


def comparison_data(page, reference):
    """Return both statements and each difference as data."""
    asked = page.asked
    return {
        "commission": reference,
        "consultation": asked.reference or None,
        "draft": asked.draft,
        "stated_on": asked.on,
        "consulted_on": asked.stated,
        "tendered": page.tendered,
        "differences": [
            {
                "group": group.id,
                "what": row.what,
                "consulted_on": row.before,
                "tendered": row.after,
                "state": row.state,
                "difference": row.much,
            }
            for group in page.groups
            for row in group.rows
        ],
    }
