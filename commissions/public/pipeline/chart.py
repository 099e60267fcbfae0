"""What is coming as a picture: a row for each commission, time from left to right.

Pure; places as in `commissions.text.charts`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from commissions.public.pipeline.rows import Milestone, Milestones
from commissions.text.charts import Scale, quarter_ticks
from commissions.text.quarters import (
    first_day_of_quarter,
    quarter_after,
    quarters_between,
)

AXIS, HEAD, ROW = 60, 36, 58  # pixels: the axis, a quarter's name, one commission
FEWEST, MOST = 5, 12  # quarters across
SOON = timedelta(days=184)  # today is shown if it is no further off than this
DOWN = {"plan": (37, 4), "comment": (31, 16), "tender": (31, 16), "award": (35, 8)}
"""How far down in its row each kind of bar begins, and its height."""


@dataclass(frozen=True)
class PipelineBar:
    """A stretch of time: its kind (plan, comment, tender, award) and its place."""

    kind: str
    x: float
    width: float
    y: int
    height: int


@dataclass(frozen=True)
class QuarterRule:
    """A line across: the span of a rough date, or a move from `x1` to `x2`."""

    x1: float
    x2: float
    y: int


@dataclass(frozen=True)
class PipelineChartRow:
    """One commission in the picture."""

    title: str
    y: int
    bars: tuple[PipelineBar, ...]
    rough: tuple[QuarterRule, ...]
    moved: QuarterRule | None
    start: float | None
    beyond: bool

    @property
    def text_y(self) -> int:
        return self.y + 16

    @property
    def middle(self) -> int:
        return self.y + 39


@dataclass
class PipelineChart:
    """The whole picture: ticks of the axis, names of quarters, rows, today."""

    height: int
    ticks: list = field(default_factory=list)
    heads: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    today: float | None = None

    @property
    def today_at_end(self) -> bool:
        """Tell whether the word “today” must stand left of its line."""
        return self.today is not None and self.today > 80


def pipeline_scale(rows: Sequence[Milestones], today: date) -> Scale:
    """Choose the quarters to show: those of the dates listed, and today if near."""
    low = min(row.by.last for row in rows)
    low = min(low, today) if low - today < SOON else low
    begin = quarter_after(first_day_of_quarter(low), -1)
    last = max(one.last for row in rows for one in row.all)
    number = min(max(len(quarters_between(begin, last)), FEWEST), MOST)
    return Scale(begin, quarter_after(begin, number))


def stretch_bar(
    kind: str, opens: Milestone, ends: date | None, s: Scale
) -> PipelineBar | None:
    """Draw a bar from a moment to a day; None where it lies outside."""
    until = max(ends or opens.last, opens.first)
    if opens.first > s.end or until < s.begin:
        return None
    return PipelineBar(kind, *s.span(opens.first, until), *DOWN[kind])


def pipeline_bars(row: Milestones, s: Scale, today: date) -> tuple[PipelineBar, ...]:
    """Draw the line of the plan, then comment, tender and the way to the start."""
    known = sorted(row.all, key=lambda one: one.first)
    if not known:
        return ()
    drawn = [stretch_bar("plan", known[0], known[-1].first, s)]
    for kind, opens in (
        ("comment", row.comment),
        ("tender", row.tender),
        ("award", row.award),
    ):
        if opens:
            drawn.append(stretch_bar(kind, opens, end_of_bar(row, kind, today), s))
    return tuple(bar for bar in drawn if bar)


def end_of_bar(row: Milestones, kind: str, today: date) -> date | None:
    """Return the day on which comment, tender or the way to the start ends.

    Where none is known, what has begun is drawn up to today, and what has not
    only as long as its own rough date may mean.
    """
    following = {
        "comment": (row.closes, row.tender, row.award),
        "tender": (row.award,),
        "award": (row.start,),
    }
    opens = {"comment": row.comment, "tender": row.tender, "award": row.award}[kind]
    known = next((one.first for one in following[kind] if one), None)
    return known or (today if opens.came else None)


def is_rough(row: Milestones, y: int, s: Scale) -> tuple[QuarterRule, ...]:
    """Draw, beneath the bars, the span of each date that is only roughly known."""
    return tuple(
        QuarterRule(s.at(one.first), s.at(one.last), y + 52)
        for one in row.all
        if one.rough and s.shows(one.first)
    )


def moved_bar(row: Milestones, y: int, s: Scale) -> QuarterRule | None:
    """Draw how far the date it is listed by has moved since it was first planned."""
    if not row.by or not row.by.was:
        return None
    return QuarterRule(s.at(row.by.was), s.at(row.by.first), y + 25)


def draw_row(
    title: str, row: Milestones, y: int, s: Scale, today: date
) -> PipelineChartRow:
    """Draw one commission; `beyond` tells that something lies past the right edge."""
    return PipelineChartRow(
        title=title,
        y=y,
        bars=pipeline_bars(row, s, today),
        rough=is_rough(row, y, s),
        moved=moved_bar(row, y, s),
        start=s.at(row.start.first) if row.start and s.shows(row.start.first) else None,
        beyond=any(one.first > s.end for one in row.all),
    )


def draw_pipeline(
    titled: Sequence[tuple[str, Milestones]], today: date
) -> PipelineChart:
    """Draw commissions, each with its title, that stand in order of quarter."""
    s = pipeline_scale([row for _, row in titled], today)
    picture = PipelineChart(0, today=s.at(today) if s.shows(today) else None)
    picture.ticks = quarter_ticks(s)
    y = AXIS
    for quarter, group in groupby(titled, key=lambda pair: pair[1].quarter):
        picture.heads.append((y + 26, quarter))
        y += HEAD
        for title, row in group:
            picture.rows.append(draw_row(title, row, y, s, today))
            y += ROW
    picture.height = y + 4
    return picture
