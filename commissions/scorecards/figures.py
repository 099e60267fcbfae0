"""From rows to figures: a share or a median, its trend, and what to compare it with.

Pure. Nothing is ranked: a figure stands beside the organisation's own past and
beside the median of the organisations of its kind.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from commissions.scorecards.measures import MEASURES, Measure, Period
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
            return "Nothing to count"
        if self.is_median:
            return how_many(round(self.value), "day")
        return f"{self.value:.0f}%"


@dataclass(frozen=True)
class Bar:
    """One quarter of a trend, with its place in the drawing."""

    label: str
    figure: Figure
    x: int
    y: float
    height: float


@dataclass(frozen=True)
class Result:
    """One measure of one scorecard."""

    measure: Measure
    now: Figure
    before: Figure
    kind_value: Figure | None
    kind_count: int
    trend: tuple[Bar, ...]


def quarter(on: date, *, so_far: bool = False) -> Period:
    """Return the calendar quarter of a day; up to that day where `so_far`."""
    first = on.replace(month=(on.month - 1) // 3 * 3 + 1, day=1)
    last = first.replace(month=first.month + 2)
    last = last.replace(day=monthrange(last.year, last.month)[1])
    label = f"{month_of(first, short=True)} to {month_of(last, short=True)} {last.year}"
    return (
        Period(first, on, f"{label}, so far") if so_far else Period(first, last, label)
    )


def quarters(today: date) -> list[Period]:
    """Return the last quarters, oldest first; the last one is not over."""
    found = [quarter(today, so_far=True)]
    while len(found) < QUARTERS:
        found.insert(0, quarter(found[0].first - timedelta(days=1)))
    return found


def year(today: date) -> Period:
    return Period(today - YEAR + timedelta(days=1), today, "the last 12 months")


def year_before(today: date) -> Period:
    """Return the twelve months before those."""
    return Period(
        today - 2 * YEAR + timedelta(days=1), today - YEAR, "the 12 months before"
    )


def figure(measure: Measure, history: OrganisationHistory, period: Period) -> Figure:
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


def bars(
    figures: Iterable[tuple[Period, Figure]], *, is_median: bool
) -> tuple[Bar, ...]:
    """Place the quarters of a trend: shares against 100%, days against the longest."""
    figures = list(figures)
    top = max((f.value or 0 for _, f in figures), default=0) if is_median else 100
    found = []
    for place, (period, one) in enumerate(figures):
        height = round(TALL * (one.value or 0) / (top or 1), 1)
        found.append(
            Bar(period.label, one, place * (BAR + GAP), round(TALL - height, 1), height)
        )
    return tuple(found)


def scorecard(
    history: OrganisationHistory, peers: Iterable[OrganisationHistory], today: date
) -> list[Result]:
    """Compute every measure of an organisation; `peers` are the bodies of its kind."""
    peers = list(peers)
    return [result(measure, history, peers, today) for measure in MEASURES.values()]


def result(
    measure: Measure,
    history: OrganisationHistory,
    peers: list[OrganisationHistory],
    today: date,
) -> Result:
    """Compute one measure: now, before, its kind's median, its trend."""
    trend = [(period, figure(measure, history, period)) for period in quarters(today)]
    theirs = [figure(measure, peer, year(today)).value for peer in peers]
    values = [value for value in theirs if value is not None]
    return Result(
        measure=measure,
        now=figure(measure, history, year(today)),
        before=figure(measure, history, year_before(today)),
        kind_value=Figure(0, 0, median(values), measure.median) if values else None,
        kind_count=len(values),
        trend=bars(trend, is_median=measure.median),
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
