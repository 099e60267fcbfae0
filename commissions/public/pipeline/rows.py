"""The rows of what is coming: their moments, every date in words, who holds each.

The moments of one commission are comment, tender, award and start, each as roughly
as it is planned. `describe_pipeline` reads what a page of rows needs beside the rows
themselves in five queries, however many rows there are.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext, gettext_lazy

from commissions.law.lifecycle import BEFORE_TENDER, STAGES
from commissions.law.thresholds import PIPELINE, more_than
from commissions.models import Commission, StageDate
from commissions.people.holdings import holder_in_words
from commissions.public.commission.rows import (
    FROM_NOTICES,
    read_holders_and_places,
    without_long_texts,
)
from commissions.public.commission.stages import (
    COLUMNS,
    StageDates,
    dates_from,
    how_far_moved,
)
from commissions.text.formats import london, roughly, span, value_range
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
            return gettext("No date given")
        if self.by.last.month - self.by.first.month > 2:
            return gettext("Some time in {year}").format(year=self.by.first.year)
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


ABOVE = {
    "yes": gettext_lazy("Over £2 million: for the pipeline notice"),
    "perhaps": gettext_lazy("Over £2 million if VAT applies: for the pipeline notice"),
    "": "",
}


@dataclass(frozen=True)
class PipelineRow:
    """One commission with what is coming of it; `above` is a code of ABOVE."""

    commission: Commission
    coming: Milestones
    holder: str
    vacant: bool
    value: str
    above: str

    @property
    def above_said(self):
        """What its value means for the pipeline notice, until the tender begins."""
        return ABOVE[self.above] if self.commission.stage in BEFORE_TENDER else ""


def read_stage_dates(commissions):
    """Read every date of these commissions, in one query: {key: rows of dates_from}."""
    rows = StageDate.objects.filter(
        commission__in=[commission.pk for commission in commissions]
    ).order_by("pk", "changes__moved_at", "changes__pk")
    found = defaultdict(list)
    for key, *columns in rows.values_list("commission_id", *COLUMNS):
        found[key].append(columns)
    return found


def describe_pipeline(rows, today):
    """Say a page of rows in words: stage dates, or commissions without one."""
    pairs = commission_and_stage(rows)
    commissions = read_holders_and_places([commission for commission, _ in pairs])
    dates = read_stage_dates(commissions)
    return [
        describe_pipeline_row(c, stage, dates_from(dates[c.pk]), today)
        for c, stage in pairs
    ]


def commission_and_stage(rows):
    """Return (commission, the stage it is listed by or nothing) of each row."""
    if all(isinstance(row, Commission) for row in rows):
        return [(row, "") for row in rows]
    found = without_long_texts(Commission.objects).in_bulk(
        [row.commission_id for row in rows]
    )
    return [(found[row.commission_id], row.stage) for row in rows]


def describe_pipeline_row(commission, stage, dates, today):
    """Say one commission in words; `stage` is the one it is listed by."""
    held_by, vacant = holder_in_words(commission)
    if not commission.kept_here:
        held_by = FROM_NOTICES
    low, high = commission.value_min, commission.value_max
    comments = commission.window_for == Commission.Window.COMMENT
    return PipelineRow(
        commission=commission,
        coming=milestones_of(
            dates,
            today,
            by=stage,
            closes_on=london(commission.window_closes_at).date() if comments else None,
            starts_on=commission.starts_on,
            judged=commission.kept_here,
        ),
        holder=held_by,
        vacant=vacant,
        value=value_range(low, high, commission.get_value_vat_display()),
        above=above_two_million(low, high, commission.value_vat, commission.regime),
    )
