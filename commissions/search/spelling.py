"""Did you mean: misspelt words mended to words that public texts have."""

from dataclasses import dataclass

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
    """Return a search with its misspelt words mended, and how; as it is if none is."""
    asked = [word for word in dict.fromkeys(words(typed)) if can_be_mended(word)]
    there = how_often([(word, stem(word)) for word in asked])
    unknown = [word for word in asked if not there[word]][:MOST]
    meant = {word: likely_words(word, near) for word, near in alike(unknown).items()}
    mended = [Mended(word, best) for word, best in meant.items() if best]
    instead = {each.typed: each.meant[0] for each in mended}
    if not mended:
        return typed, []
    return " ".join(instead.get(word, word) for word in words(typed)), mended


def can_be_mended(word):
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def alike(unknown):
    """Find, in one query, the known words that are written or sound nearly like some."""
    asked = Q()
    for word in unknown:
        asked |= Q(word__in=near_misses(word)) | Q(sound__in=sounds_near(word))
    found = KnownWord.objects.filter(asked)[:2_000] if unknown else ()
    known = [row.word for row in found]
    return dict.fromkeys(unknown, known)


def sounds_near(word):
    """Return the keys of what sounds like a word, or nearly so."""
    key = sound(word)
    return {key} | near_misses(key) if len(key) > 3 else {key}


def likely_words(word, near):
    """Return the likeliest of some known words for a misspelt one."""
    found = {known: slips(word, known) for known in near if is_likely_slip(word, known)}
    found = {
        known: far for known, far in found.items() if far <= most_slips(word, known)
    }

    def first(known):
        return found[known], known[0] != word[0]

    best = sorted(found, key=lambda known: (first(known), known))[:CANDIDATES]
    uses = how_often([(known, as_written(known)) for known in best])
    likely = [known for known in best if uses[known]]
    return sorted(likely, key=lambda known: (first(known), -uses[known], known))[:3]


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
