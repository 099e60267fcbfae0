"""What is coming of one commission: comment, tender, award, start. Pure.

Takes the stage and its dates as `line` has them; gives back the four moments
that people outside wait for, each as roughly as it is planned, and says what
the money means for the authority's own pipeline notice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from commissions.law.lifecycle import STAGES
from commissions.law.thresholds import PIPELINE, more_than
from commissions.public.commission.stages import StageDates, how_far_moved
from commissions.text.formats import roughly, span
from commissions.text.quarters import first_day_of_quarter, quarter_name

MOMENTS = {
    "comment": ("draft_open",),
    "closes": ("considering", "decided"),
    "tender": ("tender",),
    "award": ("direct_award", "standstill", "contract", "mobilisation"),
    "start": ("delivery",),
}
"""The stages that may open each moment; the first that has a date does."""


@dataclass(frozen=True)
class Milestone:
    """One stage's date: the first and last day it may mean, and how it is said.

    `was` is the first day once planned, where it moved.
    """

    stage: str
    first: date
    last: date
    said: str
    came: bool = False
    late: bool = False
    moved: str = ""
    was: date | None = None

    @property
    def rough(self) -> bool:
        """Tell whether it is known to a month, a quarter or a year only."""
        return self.first != self.last

    @property
    def past(self) -> bool:
        """Tell whether it is over, by the plan or in fact."""
        return self.came or self.late

    @property
    def name(self) -> str:
        return STAGES[self.stage].name


def milestone(
    stage: str, dated: StageDates, today: date, judged: bool = True
) -> Milestone | None:
    """Say when a stage came or is planned; None where neither is known.

    A plan that only notices tell of is not `judged`: that its day passed says nothing.
    """
    if dated.actual:
        day = dated.actual
        return Milestone(
            stage, day, day, roughly(day), came=True, moved=how_far_moved(dated)
        )
    if not dated.planned:
        return None
    first, last = span(dated.planned, dated.precision)
    return Milestone(
        stage,
        first,
        last,
        roughly(dated.planned, dated.precision),
        late=judged and last < today,
        moved=how_far_moved(dated),
        was=dated.moves[0].before if dated.moves else None,
    )


@dataclass(frozen=True)
class Milestones:
    """The moments of one commission; each may be None. `by` is what it is listed by."""

    comment: Milestone | None
    closes: Milestone | None
    tender: Milestone | None
    award: Milestone | None
    start: Milestone | None
    by: Milestone | None

    @property
    def all(self) -> list[Milestone]:
        """Every moment that has a date, with the one it is listed by."""
        return [*self.columns, self.by] if self.by and self.aside else self.columns

    @property
    def columns(self) -> list[Milestone]:
        """The moments that have a column of their own, where they have a date."""
        found = (self.comment, self.closes, self.tender, self.award, self.start)
        return [one for one in found if one]

    @property
    def quarter(self) -> str:
        """The quarter it is listed in, in words; a year where only that is known."""
        if not self.by:
            return "No date given"
        if self.by.last.month - self.by.first.month > 2:
            return f"Some time in {self.by.first.year}"
        return quarter_name(first_day_of_quarter(self.by.first))

    @property
    def aside(self) -> str:
        """What it is listed by, where that is none of the columns."""
        if not self.by or self.by.stage in {one.stage for one in self.columns}:
            return ""
        return f"{self.by.name}: {self.by.said}"


def milestones_of(
    dates: Mapping[str, StageDates],
    today: date,
    *,
    by: str = "",
    closes_on: date | None = None,
    starts_on: date | None = None,
    judged: bool = True,
) -> Milestones:
    """Return what is coming of a commission; `by` is the stage it is listed by.

    `closes_on` is when comments close, where they are open or announced;
    `starts_on` when the service is to start, where no stage says so.
    """
    found = {}
    for name, stages in MOMENTS.items():
        known = (
            milestone(code, dates[code], today, judged)
            for code in stages
            if code in dates
        )
        found[name] = next((one for one in known if one), None)
    if closes_on:
        found["closes"] = milestone("considering", StageDates(closes_on), today, judged)
    if starts_on and not found["start"]:
        found["start"] = milestone("delivery", StageDates(starts_on), today, judged)
    if not found["comment"]:
        found["closes"] = None
    listed = milestone(by, dates[by], today, judged) if by in dates else None
    return Milestones(**found, by=listed)


def above_two_million(
    low: Decimal | None, high: Decimal | None, vat: str, regime: str
) -> str:
    """Tell whether a pipeline notice must list it: "yes", "perhaps" or nothing.

    The Act counts VAT. Without it a value may pass £2 million once VAT is
    added; services that are exempt from VAT do not. Pounds over the whole term.
    """
    value = high if high is not None else low
    if regime != "procurement_act" or value is None:
        return ""
    over = more_than(PIPELINE, value, value if vat == "included" else None)
    return {True: "yes", None: "perhaps", False: ""}[over]
