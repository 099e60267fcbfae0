"""How alike two sections are, measured without comparing every one with every other."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from consultations.drafts import plain_text

COMMON = 12
"""A word pair in more sections than this says nothing about which is which."""
_NUMBER = re.compile(
    r"^\s*(?:(?:section|clause|part|schedule)\s+)?[\d.]*\d[.):]?\s+", re.I
)
_LINK = re.compile(r'href="([^"]*)"')


@dataclass(frozen=True)
class Print:
    """What is compared of one section."""

    exact: tuple[str, ...]
    heading: str
    title: str
    pairs: frozenset[tuple[str, ...]]


def print_of(heading: str, html: str) -> Print:
    """Take of a section what is compared; its clause number is not."""
    words = [word.casefold() for word in plain_text.words(plain_text.text_of(html))]
    written = plain_text.plain(heading)
    return Print(
        exact=(plain_text.plain(plain_text.text_of(html)), *_LINK.findall(html)),
        heading=written,
        title=_NUMBER.sub("", written).casefold(),
        pairs=frozenset(pairwise(words)) or frozenset((word,) for word in words),
    )


def dice(one: frozenset, other: frozenset) -> float:
    """Measure what share of two sets they have in common; two empty sets are one."""
    size = len(one) + len(other)
    return 2 * len(one & other) / size if size else 1.0


def likeness(one: Print, other: Print) -> float:
    """Weigh the words three quarters and the heading one."""
    heading = 1.0
    if one.title != other.title:
        heading = SequenceMatcher(None, one.title, other.title, autojunk=False).ratio()
    return 0.75 * dice(one.pairs, other.pairs) + 0.25 * heading


def scores_of(
    ours: Sequence[Print], theirs: Sequence[Print]
) -> dict[tuple[int, int], float]:
    """Measure the likeness of every old and new section that could be a pair.

    An index of word pairs finds them, so the cost grows with the words, not with
    the product of both versions' sections; each section keeps its ten nearest.
    """
    where = index(each.pairs for each in theirs)
    titles = index({each.title} for each in theirs)
    scores = {}
    for a, mine in enumerate(ours):
        shared = Counter(b for pair in mine.pairs for b in where.get(pair, ()))
        shared.update(titles.get(mine.title, ()))
        near = sorted(shared, key=lambda b: (-shared[b], abs(a - b), b))[:10]
        scores |= {(a, b): likeness(mine, theirs[b]) for b in near}
    return scores


def index(sets: Iterable[Iterable]) -> dict:
    """Map each member to the places of the sets that hold it, but for common ones."""
    where = defaultdict(list)
    for at, members in enumerate(sets):
        for member in members:
            where[member].append(at)
    return {member: at for member, at in where.items() if len(at) <= COMMON}
