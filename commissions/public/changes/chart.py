"""How far each date moved, as a picture: a row for each, time from left to right.

Pure; places as in `commissions.text.charts`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from commissions.public.changes.comparison import ComparedRow
from commissions.text.charts import Scale, quarter_ticks
from commissions.text.quarters import (
    first_day_of_quarter,
    quarter_after,
    quarters_between,
)

AXIS, ROW = 60, 46  # pixels: the axis, one date


@dataclass(frozen=True)
class DateShift:
    """One date: what people were told, what was tendered, and the way between."""

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
        """Whether what people were told was a span, such as a month."""
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
