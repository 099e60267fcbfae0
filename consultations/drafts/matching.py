"""Propose what became of each section when a new version of a draft comes in.

The program proposes and a person decides: every proposal carries a score and the
next best, and a section for which nothing is near enough is said to be new or
removed. The same input always gives the same proposals.

How it decides, in this order:
1. The same words under the same heading: *unchanged*, or *moved* if its place among
   the others changed. A different clause number alone is not a change.
2. The likest pairs of the rest, best first: *reworded* (and perhaps moved too).
   Likeness is the share of word pairs in common (Dice), with a quarter for the
   heading; a heading that stands once in both versions is enough.
3. What is left but stands mostly inside one section of the other version, where its
   words are missing from that section's partner: *split* or *merged*.
4. The rest is *new* or *removed*.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
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
class Fingerprint:
    """What is compared of one section."""

    exact: tuple[str, ...]
    heading: str
    title: str
    pairs: frozenset[tuple[str, ...]]


def fingerprint(heading: str, html: str) -> Fingerprint:
    """Take of a section what is compared; its clause number is not."""
    words = [
        word.casefold() for word in plain_text.split_words(plain_text.text_of(html))
    ]
    written = plain_text.plain_words(heading)
    return Fingerprint(
        exact=(plain_text.plain_words(plain_text.text_of(html)), *_LINK.findall(html)),
        heading=written,
        title=_NUMBER.sub("", written).casefold(),
        pairs=frozenset(pairwise(words)) or frozenset((word,) for word in words),
    )


def dice(one: frozenset, other: frozenset) -> float:
    """Measure what share of two sets they have in common; two empty sets are one."""
    size = len(one) + len(other)
    return 2 * len(one & other) / size if size else 1.0


def section_likeness(one: Fingerprint, other: Fingerprint) -> float:
    """Weigh the words three quarters and the heading one."""
    heading = 1.0
    if one.title != other.title:
        heading = SequenceMatcher(None, one.title, other.title, autojunk=False).ratio()
    return 0.75 * dice(one.pairs, other.pairs) + 0.25 * heading


def scores_of(
    ours: Sequence[Fingerprint], theirs: Sequence[Fingerprint]
) -> dict[tuple[int, int], float]:
    """Measure the likeness of every old and new section that could be a pair.

    An index of word pairs finds them, so the cost grows with the words, not with
    the product of both versions' sections; each section keeps its ten nearest.
    """
    where = index_by_heading(each.pairs for each in theirs)
    titles = index_by_heading({each.title} for each in theirs)
    scores = {}
    for a, mine in enumerate(ours):
        shared = Counter(b for pair in mine.pairs for b in where.get(pair, ()))
        shared.update(titles.get(mine.title, ()))
        near = sorted(shared, key=lambda b: (-shared[b], abs(a - b), b))[:10]
        scores |= {(a, b): section_likeness(mine, theirs[b]) for b in near}
    return scores


def index_by_heading(sets: Iterable[Iterable]) -> dict:
    """Map each member to the places of the sets that hold it, but for common ones."""
    where = defaultdict(list)
    for at, members in enumerate(sets):
        for member in members:
            where[member].append(at)
    return {member: at for member, at in where.items() if len(at) <= COMMON}


UNCHANGED, REWORDED, MOVED, SPLIT, MERGED, NEW, REMOVED = CHANGES = (
    "unchanged",
    "reworded",
    "moved",
    "split",
    "merged",
    "new",
    "removed",
)
LIKE_ENOUGH = 0.4
"""Likeness of words from which two sections may be one reworded."""
NEAR = 0.2
"""Likeness from which a section is offered as an alternative."""
INSIDE = 0.6
"""Share of a section's word pairs that must stand in the other: split and merged."""
FEWEST = 8
"""Word pairs a section must have before it can be a part of another."""


@dataclass(frozen=True)
class OldSection:
    """A section of the earlier version, with its permanent id."""

    id: int | str
    heading: str
    html: str


@dataclass(frozen=True)
class NewSection:
    """A section of the version that comes in."""

    heading: str
    html: str


@dataclass(frozen=True)
class MatchAlternative:
    """Another section that could be the match, for a person to choose."""

    old: int | str
    new: int
    score: float


@dataclass(frozen=True)
class MatchProposal:
    """What may have become of sections: old ones by id, new ones by place from 0."""

    change: str
    old: tuple[int | str, ...]
    new: tuple[int, ...]
    score: float
    """How alike the words are, 0 to 1; 1 is word for word."""
    moved: bool = False
    """Its place among the sections changed, whatever else did."""
    heading_changed: bool = False
    alternatives: tuple[MatchAlternative, ...] = ()


def propose_matches(
    old: Sequence[OldSection], new: Sequence[NewSection]
) -> list[MatchProposal]:
    """Propose a change for every section of two versions, each named exactly once.

    The proposals come in the order of the new version; a removed section stands
    after the one that it used to follow.
    """
    ours, theirs = (
        [fingerprint(section.heading, section.html) for section in old],
        [fingerprint(s.heading, s.html) for s in new],
    )
    scores = scores_of(ours, theirs)
    pairs = _same(ours, theirs)
    pairs = _likest(ours, theirs, scores, pairs)
    news = {a: [b] for a, b in pairs.items()}
    for a, parts in _parts(theirs, ours, {b: a for a, b in pairs.items()}).items():
        news[a] = sorted(news.get(a, []) + parts)
    olds = {bs[0]: [a] for a, bs in news.items() if len(bs) == 1}
    placed = {b: a for a, bs in news.items() for b in bs}
    for b, parts in _parts(ours, theirs, {a: bs[0] for a, bs in news.items()}).items():
        if b in olds or b not in placed:
            olds[b] = sorted(olds.get(b, []) + parts)
    groups = _groups(news, olds, len(ours), len(theirs))
    moved = _moved(groups)
    near = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return [
        replace(
            _named(group, group in moved, ours, theirs),
            old=tuple(old[a].id for a in group[0]),
            alternatives=_others(group, near, old),
        )
        for group in groups
    ]


def name_changes(
    old: Sequence[OldSection],
    new: Sequence[NewSection],
    origins: Sequence[Sequence[int | str]],
) -> list[str]:
    """Name the change of each new section, once a person has said where it is from.

    `origins` holds, for each new section, the ids of the old ones it comes from.
    """
    ours = [fingerprint(section.heading, section.html) for section in old]
    theirs = [fingerprint(section.heading, section.html) for section in new]
    place = {section.id: at for at, section in enumerate(old)}
    shared = Counter(id_ for ids in origins for id_ in ids)
    pairs = [
        ((place[ids[0]],), (b,))
        for b, ids in enumerate(origins)
        if len(ids) == 1 and shared[ids[0]] == 1
    ]
    moved, single = _moved(pairs), {bs[0]: (parts, bs) for parts, bs in pairs}
    return [
        _named(single[b], single[b] in moved, ours, theirs).change
        if b in single
        else (NEW if not ids else MERGED if len(ids) > 1 else SPLIT)
        for b, ids in enumerate(origins)
    ]


def _same(ours, theirs):
    """Pair what is word for word the same: with its heading first, then without."""
    pairs = {}
    for key in (lambda p: (p.title, p.exact), lambda p: p.exact):
        waiting = defaultdict(list)
        for b in sorted(set(range(len(theirs))) - set(pairs.values())):
            waiting[key(theirs[b])].append(b)
        for a in sorted(set(range(len(ours))) - set(pairs)):
            same = waiting[key(ours[a])]
            if same and (ours[a].pairs or ours[a].title == theirs[same[0]].title):
                pairs[a] = same.pop(0)
    return pairs


def _likest(ours, theirs, scores, pairs):
    """Pair the rest, the likest first; where equal, the nearest in place."""
    pairs, taken = dict(pairs), set(pairs.values())
    mine = Counter(each.title for each in ours)
    other = Counter(each.title for each in theirs)
    for a, b in sorted(scores, key=lambda p: (-scores[p], abs(p[0] - p[1]), p)):
        title = ours[a].title
        named = title and title == theirs[b].title and mine[title] == other[title] == 1
        alike = named or dice(ours[a].pairs, theirs[b].pairs) >= LIKE_ENOUGH
        if alike and a not in pairs and b not in taken:
            pairs[a] = b
            taken.add(b)
    return pairs


def _parts(parts, wholes, partners):
    """Find, for each whole, the unpaired sections that stand mostly inside it.

    `partners` pairs parts with wholes; words that a whole's own partner already
    has are not missing, so a repeated clause is not taken for a split.
    """
    partner_of, where = (
        {w: p for p, w in partners.items()},
        index_by_heading(w.pairs for w in wholes),
    )
    found = defaultdict(list)
    for p, part in enumerate(parts):
        if p in partners or len(part.pairs) < FEWEST:
            continue
        shared = Counter(w for pair in part.pairs for w in where.get(pair, ()))
        inside = [
            (len(common) / len(part.pairs), -w)
            for w in shared
            for common in [part.pairs & wholes[w].pairs]
            if _explains(common, part, parts, partner_of.get(w))
        ]
        if inside:
            found[-max(inside)[1]].append(p)
    return found


def _explains(common, part, parts, partner):
    """Tell whether a whole holds most of a part that its own partner lacks."""
    lacking = common - parts[partner].pairs if partner is not None else common
    return len(common) >= INSIDE * len(part.pairs) and 2 * len(lacking) >= len(
        part.pairs
    )


def _groups(news, olds, old_count, new_count):
    """List what belongs together, old places and new, in the new version's order."""
    groups = [((a,), tuple(bs)) for a, bs in news.items() if len(bs) > 1]
    groups += [(tuple(parts), (b,)) for b, parts in olds.items()]
    of_old = {a: bs[0] for parts, bs in groups for a in parts}
    of_new = {b for _, bs in groups for b in bs}
    groups += [((), (b,)) for b in range(new_count) if b not in of_new]
    keyed = [((bs[0], 0, 0), (parts, bs)) for parts, bs in groups]
    after = -1
    for a in range(old_count):
        after = of_old.get(a, after)
        if a not in of_old:
            keyed.append(((after, 1, a), ((a,), ())))
    return [group for _, group in sorted(keyed)]


def _moved(groups):
    """Find the pairs that do not keep their order: all but the longest run that does."""
    pairs = [group for group in groups if len(group[0]) == len(group[1]) == 1]
    ends, before = [], {}
    for at, ((a,), _) in enumerate(pairs):
        place = bisect_left(ends, a, key=lambda end: pairs[end][0][0])
        before[at] = ends[place - 1] if place else None
        ends[place : place + 1] = [at]
    kept, at = set(), ends[-1] if ends else None
    while at is not None:
        kept.add(at)
        at = before[at]
    return {pair for at, pair in enumerate(pairs) if at not in kept}


def _named(group, moved, ours, theirs):
    """Name the change of one group; its old sections stand by place, not yet by id."""
    parts, bs = group
    if len(parts) == len(bs) == 1:
        return _one_to_one(group, moved, ours[parts[0]], theirs[bs[0]])
    change = {(0, 1): NEW, (1, 0): REMOVED}.get((len(parts), len(bs)))
    if change:
        return MatchProposal(change, parts, bs, 0.0)
    mine = frozenset().union(*(ours[a].pairs for a in parts))
    other = frozenset().union(*(theirs[b].pairs for b in bs))
    score = round(dice(mine, other), 2)
    return MatchProposal(SPLIT if len(bs) > 1 else MERGED, parts, bs, score)


def _one_to_one(group, moved, mine, other):
    """Name what became of a section that stayed one section."""
    heading_changed = mine.heading != other.heading
    if (mine.title, mine.exact) == (other.title, other.exact):
        change = MOVED if moved else UNCHANGED
        return MatchProposal(change, *group, 1.0, moved, heading_changed)
    score = min(0.99, round(section_likeness(mine, other), 2))
    return MatchProposal(REWORDED, *group, score, moved, heading_changed)


def _others(group, near, old):
    """List up to three pairs with one side in this group and the other outside."""
    parts, bs = group
    return tuple(
        MatchAlternative(old[a].id, b, round(score, 2))
        for (a, b), score in near
        if (a in parts) != (b in bs) and score >= NEAR
    )[:3]
