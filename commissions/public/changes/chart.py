"""How far each date moved, as a picture: a row for each, time from left to right.

Pure. Places across are per cent of the width, places down are pixels, as in
`commissions.public.pipeline.chart`, whose scale it uses.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from commissions.public.changes.differences import Row
from commissions.public.pipeline.chart import Scale
from commissions.text.quarters import after, between, first_of

AXIS, ROW = 60, 46  # pixels: the axis, one date
MOST = 12  # quarters that are named; with more only the years are


@dataclass(frozen=True)
class Shift:
    """One date: what people were told, what was tendered, and the way between."""

    title: str
    y: int
    before: float
    until: float
    after: float

    @property
    def text_y(self) -> int:
        """How far down its title stands."""
        return self.y + 16

    @property
    def line_y(self) -> int:
        """How far down its line is."""
        return self.y + 30

    @property
    def rough(self) -> bool:
        """Whether what people were told was a span, such as a month."""
        return self.until > self.before


@dataclass(frozen=True)
class Picture:
    """The whole picture: its height, the ticks of its axis, its rows."""

    height: int
    ticks: tuple
    rows: tuple[Shift, ...]


def ticks(scale: Scale) -> tuple:
    """Return (place, month, year) for each quarter; for each year where many."""
    firsts = between(scale.begin, scale.end)[:-1]
    if len(firsts) > MOST:
        januaries = [first for first in firsts if first.month == 1]
        step = max(len(januaries) // 6, 1)
        return tuple((scale.at(first), "", first.year) for first in januaries[::step])
    return tuple(
        (
            scale.at(first),
            f"{first:%b}",
            first.year if first.month == 1 or not n else "",
        )
        for n, first in enumerate(firsts)
    )


def draw(rows: Iterable[Row]) -> Picture | None:
    """Draw the rows that compare two dates; None where there is none."""
    dated = [row for row in rows if row.days]
    if not dated:
        return None
    days = [day for row in dated for side in row.days for day in side]
    begin = after(first_of(min(days)), -1)
    number = max(len(between(begin, max(days))) + 1, 4)
    scale = Scale(begin, after(begin, number))
    shifts = tuple(
        Shift(
            row.what,
            AXIS + ROW * place,
            scale.at(row.days[0][0]),
            scale.at(row.days[0][1]),
            scale.at(row.days[1][0]),
        )
        for place, row in enumerate(dated)
    )
    return Picture(AXIS + ROW * len(dated) + 4, ticks(scale), shifts)
