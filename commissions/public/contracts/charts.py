"""The pictures of a contract: its term with every extension, and how it performed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext, gettext_lazy

from commissions.text.charts import Scale
from commissions.text.formats import how_far, month_of, on_day

SHOWN = 8  # periods in the picture: the newest
STEP, BAR = 40, 30  # of the drawing: from bar to bar, and the width of one
ACROSS = Scale(0, SHOWN, width=SHOWN * STEP, digits=None)
FLOOR = 57
HEIGHTS = {
    "met": 54,
    "slightlyBelow": 40,
    "below": 26,
    "significantlyBelow": 12,
    "other": 54,
    "": 54,
}
WORDS = {
    "met": gettext_lazy("Good"),
    "slightlyBelow": gettext_lazy("Approaching target"),
    "below": gettext_lazy("Requires improvement"),
    "significantlyBelow": gettext_lazy("Inadequate"),
    "other": gettext_lazy("Other"),
    "": gettext_lazy("No rating published"),
}
ORDER = ["significantlyBelow", "below", "slightlyBelow", "met"]
LOOKS = {"below": "low", "significantlyBelow": "low", "other": "other", "": "hollow"}
"""The classes of the bars that are not plain."""


@dataclass(frozen=True)
class RatedPeriod:
    """One rating: of which indicator, for which period."""

    indicator: int
    starts_on: date
    ends_on: date
    level: str
    note: str = ""


@dataclass(frozen=True)
class RatingCell:
    """What is known of one indicator in one period, and its bar."""

    period: str
    level: str
    words: str
    note: str
    x: int
    y: int
    height: int

    @property
    def look(self) -> str:
        return LOOKS.get(self.level, "")


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator over time."""

    title: str
    target: str
    cells: tuple[RatingCell, ...]
    latest: str
    trend: str

    @property
    def bars(self) -> tuple[RatingCell, ...]:
        return self.cells[-SHOWN:]


def period_name(first: date, last: date) -> str:
    """Name a period: January to March 2026; a year; or its first and last day."""
    next_day = last + timedelta(days=1)
    if first.day != 1 or next_day.day != 1:
        return gettext("{first} to {last}").format(
            first=on_day(first), last=on_day(last)
        )
    if (first.month, last.month, first.year) == (1, 12, last.year):
        return f"{first.year}"
    if (first.month, first.year) == (last.month, last.year):
        return f"{month_of(first)} {first.year}"
    begins = month_of(first) + ("" if first.year == last.year else f" {first.year}")
    ends = f"{month_of(last)} {last.year}"
    return gettext("{first} to {last}").format(first=begins, last=ends)


def rating_trend(levels: list[str]) -> str:
    """Say how the newest rating compares with the one before; nothing where it cannot."""
    known = [ORDER.index(level) for level in levels if level in ORDER]
    if len(known) < 2:
        return ""
    before, now = known[-2:]
    if before == now:
        return gettext("The same as the rating before.")
    if now > before:
        return gettext("Better than the rating before.")
    return gettext("Worse than the rating before.")


def indicator_rows(
    indicators: Iterable[tuple], ratings: Iterable[RatedPeriod]
) -> list[IndicatorRow]:
    """Return a row for each indicator (key, title, target), with a cell for every period.

    A period in which only others were rated is a cell without a rating.
    """
    by = {(r.indicator, r.starts_on, r.ends_on): r for r in ratings}
    periods = sorted({(starts, ends) for _, starts, ends in by})
    first = max(len(periods) - SHOWN, 0)
    return [
        indicator_row(
            title,
            target,
            [
                rating_cell(by.get((key, *period)), period, number - first)
                for number, period in enumerate(periods)
            ],
        )
        for key, title, target in indicators
    ]


def indicator_row(title: str, target: str, cells: list[RatingCell]) -> IndicatorRow:
    """Return one indicator with its newest rating in words."""
    rated = [each for each in cells if each.level]
    latest = gettext("Not rated yet")
    if rated:
        latest = f"{rated[-1].words}, {rated[-1].period}"
    return IndicatorRow(
        title, target, tuple(cells), latest, rating_trend([c.level for c in rated])
    )


def rating_cell(
    rated: RatedPeriod | None, period: tuple[date, date], place: int
) -> RatingCell:
    """Return what is known of one period, drawn at its place."""
    level = rated.level if rated else ""
    height = HEIGHTS[level]
    return RatingCell(
        period=period_name(*period),
        level=level,
        words=str(WORDS[level]),
        note=rated.note if rated else "",
        x=ACROSS.at(place),
        y=FLOOR - height,
        height=height,
    )


def period_after(last: tuple[date, date] | None, today: date) -> tuple[date, date]:
    """Return the period to rate next: as long as the last one, or the last quarter.

    After three whole months come three whole months, whatever their days.
    """
    if last is None:
        this = today.replace(day=1, month=(today.month - 1) // 3 * 3 + 1)
        return months_on(this, -3), this - timedelta(days=1)
    first, end = last[1] + timedelta(days=1), last[1]
    if last[0].day == 1 and first.day == 1:
        months = (first.year - last[0].year) * 12 + first.month - last[0].month
        return first, months_on(first, months) - timedelta(days=1)
    return first, end + (end - last[0]) + timedelta(days=1)


def months_on(first: date, months: int) -> date:
    """Return the first day of a month so many months on."""
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


KINDS = {  # each with its look in the stylesheet
    "agreed": ("tender", gettext_lazy("As first agreed")),
    "later": ("award", gettext_lazy("Extended or changed")),
    "option": ("hollow", gettext_lazy("Can still be extended")),
    "unrun": ("hollow", gettext_lazy("Agreed, but ended early")),
}


@dataclass(frozen=True)
class ContractTerm:
    """The days of one contract; each may be unknown.

    `first_end` is the last day as first agreed, `used` the last days of the
    options to extend that were used, `unused` those of the others.
    """

    signed_on: date | None
    starts_on: date | None
    first_end: date | None
    ends_on: date | None
    latest_end_on: date | None
    ended_on: date | None
    review_on: date | None = None
    used: tuple[date, ...] = ()
    unused: tuple[date, ...] = ()


@dataclass(frozen=True)
class TermSpan:
    """A stretch of the term, in per cent of the width; `look` is its class."""

    look: str
    x: float
    width: float


@dataclass(frozen=True)
class TermChart:
    """The term drawn: its stretches, where it ends, and where today is."""

    spans: tuple[TermSpan, ...]
    key: tuple[tuple[str, str], ...]
    starts_on: date
    end_word: str
    end: date
    end_x: float
    latest: date | None
    today_x: float | None


def term_spans(term: ContractTerm) -> list[tuple[str, date, date]]:
    """List (kind, first day, last day) of the stretches of a term with both ends."""
    start, end = term.starts_on or term.signed_on, term.ends_on
    ran_to = term.ended_on or end
    first = min(term.first_end or ran_to, ran_to)
    found = [("agreed", start, first), ("later", first, ran_to)]
    if term.ended_on:
        found.append(("unrun", ran_to, max(end, ran_to)))
    elif term.latest_end_on:
        found.append(("option", end, term.latest_end_on))
    return [(kind, a, b) for kind, a, b in found if b > a]


def draw_term(term: ContractTerm, today: date) -> TermChart | None:
    """Draw a term; None where its start or its end is not known."""
    start = term.starts_on or term.signed_on
    if not (start and term.ends_on):
        return None
    found = term_spans(term)
    last = max((b for _, _, b in found), default=start)
    if last <= start:
        return None
    scale = Scale(start, last)
    end = term.ended_on or term.ends_on
    kinds = {kind for kind, _, _ in found}
    return TermChart(
        spans=tuple(
            TermSpan(KINDS[kind][0], *scale.span(a, b)) for kind, a, b in found
        ),
        key=tuple(KINDS[kind] for kind in KINDS if kind in kinds),
        starts_on=start,
        end_word=gettext("Ended") if term.ended_on else gettext("End"),
        end=end,
        end_x=scale.at(end),
        latest=last if "option" in kinds else None,
        today_x=scale.at(today) if scale.shows(today) else None,
    )


def term_facts(term: ContractTerm, today: date) -> list[dict]:
    """List {what, day, far} of every day of a term that is known, in order."""
    later = term.first_end and term.first_end != term.ends_on
    rows = [
        (0, gettext("Signed"), term.signed_on),
        (1, gettext("Start"), term.starts_on),
        (2, gettext("End as first agreed"), term.first_end if later else None),
        *((3, gettext("Extended to"), day) for day in term.used),
        (4, end_of_term(term), term.ends_on),
        *((5, gettext("Can still be extended to"), day) for day in term.unused),
        (6, gettext("End if every extension is used"), latest_beyond(term)),
        (7, gettext("Ended"), term.ended_on),
        (8, gettext("Next review"), None if term.ended_on else term.review_on),
    ]
    return [
        {"what": what, "day": day, "far": how_far(day, today)}
        for _, what, day in sorted((row for row in rows if row[2]), key=lambda r: r[0])
    ]


def end_of_term(term):
    return gettext("End of the term") if term.ended_on else gettext("End")


def latest_beyond(term: ContractTerm) -> date | None:
    """Return the latest end, where no option listed says it and it is to come."""
    latest = term.latest_end_on
    if term.ended_on or latest is None or latest in (term.ends_on, *term.unused):
        return None
    return latest
