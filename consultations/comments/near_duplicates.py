"""Group comments that say the same in almost the same words: campaign letters.

Proposed, never decided: a person looks at each group before its comments are
answered together. Two texts are near-identical when the runs of three words they
share are at least 80 % of all the runs in either (Jaccard). Every member of a group
is that near to the group's representative, the wording most often sent.

How it stays quick: exact copies are put together first. Each other wording is then
measured only against representatives that share one of its rarest runs: a text that
is 80 % alike must share at least one of a fifth of them, whichever are chosen (the
prefix filter of Bayardo, Ma and Srikant, "Scaling up all pairs similarity search",
2007). Where thousands of representatives share a run it is passed over, which bounds
the work at the price of missing a pair that has nothing rarer in common.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from django.utils.crypto import salted_hmac

NEAR = 0.8
RUN = 3
CROWD = 100
"""Representatives that may share a run before it says too little."""
_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s+")
_APOSTROPHE = re.compile("['\u2018\u2019\u02bc]")


@dataclass(frozen=True)
class DuplicateGroup:
    """Texts by their place in the list, and how near each is to the representative."""

    representative: int
    members: tuple[int, ...]
    scores: tuple[float, ...]

    @property
    def in_words(self) -> str:
        """Say how many there are: 47 people sent this."""
        return f"{len(self.members):,} people sent this"


def group_alike(texts: Sequence[str], near: float = NEAR) -> list[DuplicateGroup]:
    """Propose groups of two or more near-identical texts, the largest first.

    The same texts in the same order always give the same groups.
    """
    places = defaultdict(list)
    for place, words in enumerate(texts):
        places[normal_words(words)].append(place)
    wordings = sorted(places, key=lambda words: (-len(places[words]), places[words]))
    groups = [
        _group([(place, score) for words, score in kin for place in places[words]])
        for kin in _gather(wordings, near)
    ]
    groups = [group for group in groups if len(group.members) > 1]
    return sorted(groups, key=lambda g: (-len(g.members), g.representative))


def text_key(words: str) -> str:
    """Return a keyed digest by which a text is known again.

    Texts that differ in case, stops and white space alone have the same. It is kept
    beside the words and goes with them: nobody finds an erased text by trying likely
    ones without the secret key.
    """
    return salted_hmac(
        "portal.text", normal_words(words), algorithm="sha256"
    ).hexdigest()


def normal_words(words: str) -> str:
    """Write a text as bare words; one without any words stays as it is."""
    flat = unicodedata.normalize("NFKC", words).casefold()
    bare = " ".join(_WORD.findall(_APOSTROPHE.sub("", flat)))
    return bare or _SPACE.sub(" ", flat).strip()


def are_alike(one: str, other: str) -> float:
    """Measure two texts: the share of their runs of words that both have, 0 to 1."""
    return _jaccard(_runs(normal_words(one)), _runs(normal_words(other)))


def _group(members):
    """Make a group; the first wording given is the representative's."""
    representative = members[0][0]
    members = sorted(members)
    return DuplicateGroup(
        representative,
        tuple(place for place, _ in members),
        tuple(round(score, 2) for _, score in members),
    )


def _runs(bare):
    words = bare.split()
    if len(words) < RUN:
        return frozenset([bare])
    return frozenset(
        " ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)
    )


def _jaccard(one, other):
    both = len(one & other)
    return both / (len(one) + len(other) - both)


def _gather(wordings, near):
    """Give each representative with the wordings near it, in the order they come."""
    runs = [_runs(words) for words in wordings]
    common = Counter(run for each in runs for run in each)
    holders, kin = defaultdict(list), {}
    for at, mine in enumerate(runs):
        rarest = sorted(mine, key=lambda run: (common[run], run))
        rarest = rarest[: len(mine) - ceil(near * len(mine)) + 1]
        score, best = _nearest(mine, rarest, holders, runs, near)
        if best is None:
            kin[at] = [(wordings[at], 1.0)]
            _hold(at, rarest, holders)
        else:
            kin[best].append((wordings[at], score))
    return list(kin.values())


def _hold(at, rarest, holders):
    for run in rarest:
        if len(holders[run]) < CROWD:
            holders[run].append(at)


def _nearest(mine, rarest, holders, runs, near):
    """Find the representative nearest to a wording, if one is near enough."""
    best = (0.0, None)
    for at in sorted({at for run in rarest for at in holders.get(run, ())}):
        shorter, longer = sorted((len(mine), len(runs[at])))
        if shorter >= near * longer:
            score = _jaccard(mine, runs[at])
            if score >= near and score > best[0]:
                best = (score, at)
    return best
