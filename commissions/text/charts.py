"""Charts: the one scale of every picture, its axis of quarters, and bars of parts.

Pure: days and counts in, places out; the page draws them as SVG. Places across are
per cent of the width, so that a picture fits a phone and a wide screen without its
words changing size; places down are pixels. The page lists the same facts in a table
beneath, so the picture needs neither words nor colour to be understood.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import cycle

from commissions.law.language import gettext
from commissions.text.formats import month_of
from commissions.text.quarters import quarters_between

NARROWEST = 0.8  # per cent, so that a day can be seen
NAMED = 12  # quarters that an axis names; with more it names the years
WIDTH = 1000
"""Units of a bar's own measure; a page stretches it to its width."""


@dataclass(frozen=True)
class Scale:
    """From days, or from numbers, to places across: per cent, or so many units."""

    begin: date | Decimal | int
    end: date | Decimal | int
    width: int = 100
    digits: int | None = 1

    def at(self, value):
        """Return where a value lies; what is outside lies on the edge."""
        if self.end == self.begin:
            return 0
        place = self.width * (value - self.begin) / (self.end - self.begin)
        return round(min(max(place, 0), self.width), self.digits)

    def shows(self, value) -> bool:
        """Tell whether a value lies inside."""
        return self.begin <= value <= self.end

    def span(self, first, last) -> tuple[float, float]:
        """Return where a stretch begins and how wide it is, wide enough to be seen."""
        x = min(self.at(first), self.width - NARROWEST)
        return x, max(round(self.at(last) - x, self.digits), NARROWEST)


def quarter_ticks(scale: Scale) -> list[tuple]:
    """Return (place, month, year) for each quarter; for some years where many.

    The year is named where it begins, and at the first quarter.
    """
    firsts = quarters_between(scale.begin, scale.end)[:-1]
    if len(firsts) > NAMED:
        januaries = [first for first in firsts if first.month == 1]
        step = max(len(januaries) // 6, 1)
        return [(scale.at(first), "", first.year) for first in januaries[::step]]
    return [
        (
            scale.at(first),
            month_of(first, short=True),
            first.year if first.month == 1 or not n else "",
        )
        for n, first in enumerate(firsts)
    ]


COLOURS = {
    "part-a": "#0b6b3a",
    "part-b": "#0f5c9e",
    "part-c": "#55357f",
    "part-d": "#b3211b",
    "part-e": "#4a5157",
}
"""The classes of a bar's parts, each with its colour where no stylesheet reaches."""


@dataclass(frozen=True)
class BarPart:
    """One part of a bar: what it stands for, how many, and where it is drawn."""

    key: str
    label: str
    count: int
    share: str
    look: str
    colour: str
    x: int
    width: int


def bar_parts(counts: list[tuple[str, str, int]]) -> list[BarPart]:
    """Lay out (key, label, count) as parts whose widths are their shares.

    A count of nought has no width but stays in the table.
    """
    total = sum(count for _, _, count in counts)
    across = Scale(0, total, width=WIDTH, digits=None)
    parts, before = [], 0
    looks = cycle(COLOURS.items())
    for (look, colour), (key, label, count) in zip(looks, counts, strict=False):
        x, end = across.at(before), across.at(before + count)
        share = share_of_whole(count, total)
        parts.append(BarPart(key, label, count, share, look, colour, x, end - x))
        before += count
    return parts


def share_of_whole(count: int, total: int) -> str:
    """Write a share in whole per cent; never 0% of some or 100% of not all."""
    if not total:
        return "–"
    percent = round(100 * count / total)
    if count and percent == 0:
        return gettext("under 1%")
    if count < total and percent == 100:
        return gettext("over 99%")
    return f"{percent}%"
