"""Figures as a picture: one bar of several parts, drawn by the page as SVG.

Pure: counts in, places out. The page lists the same facts in a table beneath,
so the picture needs neither words nor colour to be understood.
"""

from dataclasses import dataclass
from itertools import cycle

WIDTH = 1000
"""Units of the picture's own measure; a page stretches it to its width."""


COLOURS = ("#0b6b3a", "#0f5c9e", "#55357f", "#b3211b", "#4a5157")


@dataclass(frozen=True)
class Part:
    """One part of a bar: what it stands for, how many, and where it is drawn."""

    key: str
    label: str
    count: int
    share: str
    colour: str
    x: int
    width: int


def bar(counts: list[tuple[str, str, int]]) -> list[Part]:
    """Lay out (key, label, count) as parts whose widths are their shares.

    A count of nought has no width but stays in the table.
    """
    total = sum(count for _, _, count in counts)
    parts, before = [], 0
    for colour, (key, label, count) in zip(cycle(COLOURS), counts, strict=False):
        x, end = edge(before, total), edge(before + count, total)
        parts.append(Part(key, label, count, share(count, total), colour, x, end - x))
        before += count
    return parts


def edge(count, total):
    """Say where the bar stands after so many of all."""
    return round(WIDTH * count / total) if total else 0


def share(count: int, total: int) -> str:
    """Write a share in whole per cent; never 0% of some or 100% of not all."""
    if not total:
        return "–"
    percent = round(100 * count / total)
    if count and percent == 0:
        return "under 1%"
    if count < total and percent == 100:
        return "over 99%"
    return f"{percent}%"
