"""From rows to figures: a share or a median, its trend, and what to compare it with.

Pure. Nothing is ranked: a figure is shown beside the organisation's own past and
beside the median of the organisations of its kind.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.utils.translation import gettext

from commissions.scorecards.measures import MEASURES, Measure, MeasuredPeriod
from commissions.scorecards.organisation_history import OrganisationHistory
from commissions.text.formats import how_many, month_of

QUARTERS = 8
YEAR = timedelta(days=365)
BAR, GAP, TALL = 30, 10, 56  # a bar of the trend, in the drawing's units


@dataclass(frozen=True)
class Figure:
    """A measure in one period: value is None where there was nothing to count."""

    met: int
    of: int
    value: float | None
    is_median: bool

    @property
    def words(self) -> str:
        """Say the value: 83%, 41 days, or that there was nothing to count."""
        if self.value is None:
            return gettext("Nothing to count")
        if self.is_median:
            return how_many(round(self.value), "day")
        return f"{self.value:.0f}%"


@dataclass(frozen=True)
class TrendBar:
    """One quarter of a trend, with its place in the drawing."""

    label: str
    figure: Figure
    x: int
    y: float
    height: float


@dataclass(frozen=True)
class MeasureResult:
    """One measure of one scorecard."""

    measure: Measure
    now: Figure
    before: Figure
    kind_value: Figure | None
    kind_count: int
    trend: tuple[TrendBar, ...]


def quarter_period(on: date, *, so_far: bool = False) -> MeasuredPeriod:
    """Return the calendar quarter of a day; up to that day where `so_far`."""
    first = on.replace(month=(on.month - 1) // 3 * 3 + 1, day=1)
    last = first.replace(month=first.month + 2)
    last = last.replace(day=monthrange(last.year, last.month)[1])
    label = gettext("{first} to {last} {year}")
    if so_far:
        label = gettext("{first} to {last} {year}, so far")
    label = label.format(
        first=month_of(first, short=True),
        last=month_of(last, short=True),
        year=last.year,
    )
    return MeasuredPeriod(first, on if so_far else last, label)


def quarter_periods(today: date) -> list[MeasuredPeriod]:
    """Return the last quarters, oldest first; the last one is not over."""
    found = [quarter_period(today, so_far=True)]
    while len(found) < QUARTERS:
        found.insert(0, quarter_period(found[0].first - timedelta(days=1)))
    return found


def year_period(today: date) -> MeasuredPeriod:
    return MeasuredPeriod(today - YEAR + timedelta(days=1), today, "the last 12 months")


def year_before_period(today: date) -> MeasuredPeriod:
    """Return the twelve months before those."""
    return MeasuredPeriod(
        today - 2 * YEAR + timedelta(days=1), today - YEAR, "the 12 months before"
    )


def compute_figure(
    measure: Measure, history: OrganisationHistory, period: MeasuredPeriod
) -> Figure:
    """Compute a measure of one organisation in one period."""
    rows = measure.rows(history, period)
    met = sum(row.met for row in rows)
    if not rows:
        return Figure(0, 0, None, measure.median)
    if measure.median:
        value = median(row.value for row in rows)
    else:
        value = 100 * met / len(rows)
    return Figure(met, len(rows), value, measure.median)


def trend_bars(
    figures: Iterable[tuple[MeasuredPeriod, Figure]], *, is_median: bool
) -> tuple[TrendBar, ...]:
    """Place the quarters of a trend: shares against 100%, days against the longest."""
    figures = list(figures)
    top = max((f.value or 0 for _, f in figures), default=0) if is_median else 100
    found = []
    for place, (period, one) in enumerate(figures):
        height = round(TALL * (one.value or 0) / (top or 1), 1)
        found.append(
            TrendBar(
                period.label, one, place * (BAR + GAP), round(TALL - height, 1), height
            )
        )
    return tuple(found)


def compute_scorecard(
    history: OrganisationHistory, peers: Iterable[OrganisationHistory], today: date
) -> list[MeasureResult]:
    """Compute every measure of an organisation; `peers` are the bodies of its kind."""
    peers = list(peers)
    return [
        compute_result(measure, history, peers, today) for measure in MEASURES.values()
    ]


def compute_result(
    measure: Measure,
    history: OrganisationHistory,
    peers: list[OrganisationHistory],
    today: date,
) -> MeasureResult:
    """Compute one measure: now, before, its kind's median, its trend."""
    trend = [
        (period, compute_figure(measure, history, period))
        for period in quarter_periods(today)
    ]
    theirs = [compute_figure(measure, peer, year_period(today)).value for peer in peers]
    values = [value for value in theirs if value is not None]
    return MeasureResult(
        measure=measure,
        now=compute_figure(measure, history, year_period(today)),
        before=compute_figure(measure, history, year_before_period(today)),
        kind_value=Figure(0, 0, median(values), measure.median) if values else None,
        kind_count=len(values),
        trend=trend_bars(trend, is_median=measure.median),
    )


def peers_of(
    slug: str, histories: Mapping[str, OrganisationHistory], kinds: Mapping[str, str]
):
    """Return the organisations of the same kind, itself among them."""
    return [
        history
        for other, history in histories.items()
        if kinds.get(other) == kinds.get(slug)
    ]
