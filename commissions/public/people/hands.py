"""The trail of hands as stretches to draw and to list: who, how long, doing what.

Pure: holdings, tenures and acts of one commission or decision go in, plain
values come out. A stretch is one person's time in the post that held it; a
time in which the post was empty is a stretch too, drawn as a gap.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

WIDTH = 960  # the drawing's units, and the CSS pixels it is first shown at
ROW = 58
NARROWEST = 8  # so that a day can be seen beside five years
DAY_WORDS = ("1 day", "{:,} days")


@dataclass(frozen=True)
class Held:
    """One post or committee's time: `key` finds the tenures of a post."""

    key: object
    holder: str
    since: date
    until: date | None
    why: str = ""
    committee: bool = False


@dataclass(frozen=True)
class Served:
    """One person's time in a post; no name where the rules give none."""

    since: date
    until: date | None
    name: str = ""
    url: str = ""


@dataclass(frozen=True)
class Stretch:
    """One hand, or one gap: its words, and its place in the drawing."""

    who: str
    url: str
    post: str
    since: date
    until: date | None
    days: int
    why: str
    vacant: bool
    done: tuple[str, ...]
    x: float
    width: float
    y: int

    @property
    def length(self) -> str:
        """How long, in words."""
        return days_in_words(self.days)


def days_in_words(days: int) -> str:
    """Write a number of days: 1 day, 1,204 days."""
    return DAY_WORDS[0] if days == 1 else DAY_WORDS[1].format(days)


def parts(held: Held, served: Iterable[Served], today: date):
    """Cut the time of a post into its people and its gaps, in order.

    Yields (who served or None for a gap, first day, day after the last or None).
    """
    if held.committee:
        served = [Served(held.since, held.until, held.holder)]
    end = held.until or date.max
    at = held.since
    for person in sorted(served, key=lambda person: person.since):
        first, last = max(person.since, at), min(person.until or date.max, end)
        if first > today or last <= first:
            continue
        if first > at:
            yield None, at, first
        yield person, first, None if last == date.max else last
        at = last
    if at < end and (at <= today or at == held.since):
        yield None, at, held.until


def told(acts: Iterable[tuple[date, str]], since: date, until: date | None):
    """Name what was done in a stretch, the most frequent first: date moved (3 times)."""
    during = Counter(
        words for on, words in acts if since <= on and (until is None or on < until)
    )
    return tuple(
        words if times == 1 else f"{words} ({times} times)"
        for words, times in during.most_common()
    )


def trail(
    holdings: Iterable[Held],
    tenures: Mapping[object, list[Served]],
    acts: Iterable[tuple[date, str]],
    today: date,
) -> list[Stretch]:
    """Return the stretches of a trail, first to last, each with its place."""
    acts = list(acts)
    pieces = [
        (held, *part)
        for held in holdings
        for part in parts(held, tenures.get(held.key, []), today)
    ]
    if not pieces:
        return []
    begin = pieces[0][2]
    scale = WIDTH / max((max(today, begin) - begin).days, 1)
    return [
        stretch(number, *piece, acts, today, begin, scale)
        for number, piece in enumerate(pieces)
    ]


def stretch(number, held, person, since, until, acts, today, begin, scale) -> Stretch:
    """Put one piece into words and into its place in the drawing."""
    end = until or max(today, since)
    width = max(round((end - since).days * scale, 1), NARROWEST)
    return Stretch(
        who=(person.name or held.holder) if person else "Vacant",
        url=person.url if person else "",
        post="" if held.committee else held.holder,
        since=since,
        until=until,
        days=(end - since).days,
        why=held.why if since == held.since else "",
        vacant=person is None,
        done=told(acts, since, until),
        x=min(max(round((since - begin).days * scale, 1), 0), WIDTH - width),
        width=width,
        y=number * ROW,
    )


def height(stretches: list[Stretch]) -> int:
    """Return the height of the drawing."""
    return len(stretches) * ROW + 4
