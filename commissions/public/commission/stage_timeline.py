"""The line of a commission, from intention to review, as steps to draw and read.

Pure: takes the stage and its dates, gives back plain values. A planned date
may be rough; it is written as roughly as it was meant, and is late only when
the whole of that month, quarter or year has passed.
"""

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from commissions.law.lifecycle import ORDER, STAGES, STATED_DAYS, path, stated_name
from commissions.text.formats import how_many, roughly, span

WIDTH = 960  # the drawing's units, and the CSS pixels it is first shown at
MIDDLE = 84  # how far down the line runs
LETTERS = 13  # a label is broken into rows of at most this many

WORDS = {
    "done": "Done",
    "now": "Now",
    "late": "Late",
    "next": "To come",
    "gap": "Not recorded",
}
STATED_WORDS = {
    "done": "Stated",
    "now": "The latest stated",
    "next": "Planned",
    "gap": "Planned; nothing later is recorded here",
}
"""The same of what is known from notices, which are not judged by their plans."""


@dataclass(frozen=True)
class DateMove:
    """A planned date that moved, and why."""

    before: date
    precision: str
    after: date
    reason: str
    moved_at: datetime


@dataclass(frozen=True)
class StageDates:
    """When one stage is planned and when it came; `moves` are oldest first."""

    planned: date | None = None
    precision: str = "day"
    actual: date | None = None
    moves: tuple[DateMove, ...] = ()


@dataclass(frozen=True)
class TimelineStep:
    """One stage on the line: its words, its dates, its place in the drawing.

    `due` is the last day that the planned date may mean.
    """

    code: str
    label: str
    means: str
    state: str
    words: str
    planned: str
    due: date | None
    actual: date | None
    short: str
    moves: tuple[dict, ...]
    moved: str
    x: float
    from_x: float
    rows: tuple[tuple[float, str], ...]
    date_y: float


def how_far_moved(dated: StageDates) -> str:
    """Say how often and how far a planned date moved: moved 2 times, 61 days in all."""
    if not dated.moves or dated.planned is None:
        return ""
    times = len(dated.moves)
    often = "Moved once" if times == 1 else f"Moved {times} times"
    days = (dated.planned - dated.moves[0].before).days
    far = how_many(abs(days), "day")
    if days == 0:
        return f"{often}, back to the first date"
    return f"{often}, {far} {'earlier ' if days < 0 else ''}in all"


def timeline_codes(
    stage: str,
    dates: Mapping[str, StageDates],
    regime: str,
    route: str = "",
    light_touch: bool = False,
) -> list[str]:
    """List the stages that this commission passes through, in order.

    Those that its law and route ask for; what was reached all the same is
    kept, and a standstill that is planned though it need not be. While no
    route is decided, a direct award that is reached or planned stands in for a
    competition. A cancelled commission has no stages to come.
    """
    reached = {code for code in dates if dates[code].actual}
    if stage == "cancelled":
        come = [code for code in ORDER if code in reached - {stage}]
        return [*(come or ["intention"]), "cancelled"]
    if not route and (stage == "direct_award" or "direct_award" in dates):
        route = "direct_award"
    wanted = {*path(regime, route, light_touch=light_touch), *reached, stage}
    if "standstill" in dates and regime != "in_house":
        wanted.add("standstill")
    return sorted(wanted - {"cancelled"}, key=ORDER.get)


def state_of(place: int, current: int, dated: StageDates, today: date) -> str:
    """Tell how a stage stands: done, now, next, late, or passed without a record."""
    if place == current:
        return "now"
    if place < current:
        return "done" if dated.actual else "gap"
    if dated.planned and span(dated.planned, dated.precision)[1] < today:
        return "late"
    return "next"


def short_date(dated: StageDates) -> str:
    """Write the date that the drawing shows beneath a stage's name."""
    if dated.actual:
        return roughly(dated.actual, short=True)
    if dated.planned:
        return f"plan {roughly(dated.planned, dated.precision, short=True)}"
    return ""


def move_in_words(move: DateMove) -> dict:
    """Say one move in words."""
    return {
        "before": roughly(move.before, move.precision),
        "reason": move.reason,
        "on": move.moved_at,
    }


def timeline_step(
    code: str, place: int, state: str, dated: StageDates, gap: float, named: tuple
) -> TimelineStep:
    """Place one stage; words stand above and below in turn, so none touch.

    `named` is its name and how it stands, in words.
    """
    label, words = named
    rows = textwrap.wrap(label, LETTERS)
    above = place % 2 == 0
    top = MIDDLE - 42 - 18 * (len(rows) - 1) if above else MIDDLE + 32
    return TimelineStep(
        code=code,
        label=label,
        means=STAGES[code].means,
        state=state,
        words=words,
        planned=roughly(dated.planned, dated.precision) if dated.planned else "",
        due=span(dated.planned, dated.precision)[1] if dated.planned else None,
        actual=dated.actual,
        short=short_date(dated),
        moves=tuple(move_in_words(move) for move in dated.moves),
        moved=how_far_moved(dated),
        x=round(gap * (place + 0.5), 1),
        from_x=round(gap * max(place - 0.5, 0.5), 1),
        rows=tuple((top + 18 * n, text) for n, text in enumerate(rows)),
        date_y=MIDDLE - 24 if above else top + 18 * len(rows),
    )


def stage_timeline(
    stage: str,
    dates: Mapping[str, StageDates],
    today: date,
    regime: str = "not_stated",
    route: str = "",
    *,
    light_touch: bool = False,
) -> list[TimelineStep]:
    """Return the steps of a commission at `stage` as they stand `today`.

    `route` is empty while none is decided.
    """
    listed = timeline_codes(stage, dates, regime, route, light_touch)
    current, gap = listed.index(stage), WIDTH / len(listed)
    steps = []
    for place, code in enumerate(listed):
        dated = dates.get(code, StageDates())
        state = state_of(place, current, dated, today)
        named = STAGES[code].name, WORDS[state]
        steps.append(timeline_step(code, place, state, dated, gap, named))
    return steps


def stated_steps(stage: str, dates: Mapping[str, StageDates]) -> list[TimelineStep]:
    """Return the steps of which notices tell: the latest stage, and what has a date.

    What they do not tell is no gap, and a planned day that has passed is not late.
    """
    known = {code for code in dates if dates[code].actual or dates[code].planned}
    listed = sorted({*known, stage}, key=ORDER.get)
    current, gap = listed.index(stage), WIDTH / len(listed)
    steps = []
    for place, code in enumerate(listed):
        dated = dates.get(code, StageDates())
        state = state_of(place, current, dated, date.min)
        name = stated_name(code) if place == current else STATED_DAYS.get(code)
        named = name or stated_name(code), STATED_WORDS[state]
        steps.append(timeline_step(code, place, state, dated, gap, named))
    return steps


COLUMNS = (
    "stage",
    "planned_on",
    "precision",
    "actual_on",
    "changes__planned_before",
    "changes__precision_before",
    "changes__planned_after",
    "changes__reason",
    "changes__moved_at",
)
"""Of a stage date, what `dates_from` reads; joined with its changes."""


def dates_from(rows: Iterable[tuple]) -> dict[str, StageDates]:
    """Gather stage dates from rows, one for each move or one without a move.

    A row is (stage, planned, precision, actual, before, its precision, after,
    reason, moved at); the last five are None where the date never moved.
    """
    found: dict[str, StageDates] = {}
    for stage, planned, precision, actual, *move in rows:
        moves = found[stage].moves if stage in found else ()
        if move[0]:
            moves = (*moves, DateMove(*move))
        found[stage] = StageDates(planned, precision, actual, moves)
    return found
