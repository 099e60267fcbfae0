"""Did you mean: misspelt words mended to words that public texts have."""

from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Q

from commissions.search.models import KnownWord
from commissions.search.parser import Said, SearchQuery, Term
from commissions.search.query import count_each
from commissions.search.words import EDGE, near_misses, slips, sound, stem, words

SHORTEST = 4  # letters of a word that is mended
LONGEST = 24
MOST = 4  # words of one search that are mended
CANDIDATES = 10
FREQUENT = 200  # how common a word is, is counted up to here
VOWELS = set("aeiouy")


@dataclass(frozen=True)
class Mended:
    """A word that no text has, and the words it may have meant, the likeliest first."""

    typed: str
    meant: list


def mend(typed):
    """Return a search with its misspelt words mended, and how; as it is if none is.

    A word that no text has may be misspelt, two words in one, or half of one.
    """
    read = words(typed)
    asked = [word for word in dict.fromkeys(read) if can_be_mended(word)]
    there = how_often([(word, stem(word)) for word in asked])
    unknown = [word for word in asked if not there[word]][:MOST]
    if not unknown:
        return typed, []
    pairs = [pair for pair in pairwise(read) if {*pair} & {*unknown}]
    known = alike(unknown, {*map("".join, pairs), *parts_of(unknown)})
    if whole := [pair for pair in pairs if "".join(pair) in known]:
        return mended_text(typed, [Mended(" ".join(whole[0]), ["".join(whole[0])])])
    near = {word: nearest(word, known) for word in unknown}
    uses = how_often([(one, as_written(one)) for one in set().union(*near.values())])
    mended = [
        Mended(word, likeliest(word, near[word], uses, known)) for word in unknown
    ]
    return mended_text(typed, [each for each in mended if each.meant])


def cuts(word):
    """List the ways to read a word as two."""
    return [(word[:at], word[at:]) for at in range(3, len(word) - 2)]


def parts_of(unknown):
    """Return every word that may be half of one of these."""
    return {part for word in unknown for cut in cuts(word) for part in cut}


def likeliest(word, near, uses, known):
    """Return what a word may have meant, the likeliest first: at most three."""
    likely = [one for one in near if uses[one]]
    likely.sort(key=lambda one: (far(word, one), -uses[one], one))
    return [*likely, *(" ".join(cut) for cut in cuts(word) if known.issuperset(cut))][
        :3
    ]


def mended_text(typed, mended):
    """Return a search with its words mended, and how."""
    text = f" {' '.join(words(typed))} " if mended else typed
    for each in mended:
        text = text.replace(f" {each.typed} ", f" {each.meant[0]} ")
    return text.strip(), mended


def can_be_mended(word):
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def alike(unknown, others):
    """Find, in one query, the known words that are written or sound nearly like some.

    `others` are found too where they are known as they are written.
    """
    asked = Q(word__in=others)
    for word in unknown:
        asked |= Q(word__in=near_misses(word)) | Q(sound__in=sounds_near(word))
    return {row.word for row in KnownWord.objects.filter(asked)[:3_000]}


def sounds_near(word):
    """Return the keys of what sounds like a word, or nearly so."""
    key = sound(word)
    return {key} | near_misses(key) if len(key) > 3 else {key}


def far(word, known):
    """Return how far a known word is from what was typed: less is nearer."""
    return slips(word, known), known[0] != word[0]


def nearest(word, known):
    """Return the words that a misspelt one is nearest to."""
    likely = [one for one in known if is_likely_slip(word, one)]
    near = [one for one in likely if slips(word, one) <= most_slips(word, one)]
    return sorted(near, key=lambda one: (far(word, one), one))[:CANDIDATES]


def most_slips(word, known):
    """Return how many slips are believed: one in a short word, more where it sounds right."""
    if len(word) < 6:
        return 1
    return 3 if len(word) > 8 and sound(word) == sound(known) else 2


def is_likely_slip(word, known):
    """Tell whether a short word is one letter short, long, swapped or a wrong vowel."""
    if len(word) > 5 or len(word) != len(known) or sorted(word) == sorted(known):
        return abs(len(word) - len(known)) < 4
    pairs = zip(word, known, strict=True)
    return all({one, other} <= VOWELS for one, other in pairs if one != other)


def as_written(word):
    """Return how the index has a word that is written so, and not another form of it."""
    return f"{word}{EDGE}" if len(word) > 4 else stem(word)


def how_often(asked):
    """Count, up to a number, the texts that have each of some: (word, as the index has it)."""
    if not asked:
        return {}
    queries = [SearchQuery((Term((Said((indexed,)),), ()),)) for _, indexed in asked]
    counts = count_each(queries, FREQUENT)
    return {word: number for (word, _), number in zip(asked, counts, strict=True)}
