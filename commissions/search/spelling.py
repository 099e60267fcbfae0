"""Did you mean: misspelt words mended to words that public texts have."""

from dataclasses import dataclass

from commissions.search.index import is_written
from commissions.search.models import KnownWord
from commissions.search.parser import Said, SearchQuery, Term, parse
from commissions.search.query import count_up_to
from commissions.search.words import near_misses, slips, sound, stem, words

SHORTEST = 4  # letters of a word that is mended
LONGEST = 24
CANDIDATES = 12
FREQUENT = 200  # how common a word is, is counted up to here


@dataclass(frozen=True)
class Mended:
    """A word that no text has, and the words it may have meant, the likeliest first."""

    typed: str
    meant: list


def mend(typed, synonyms):
    """Return a search with its misspelt words mended, and how; the same if none is."""
    mended = [word_mended(word) for word in dict.fromkeys(words(typed))]
    mended = [each for each in mended if each and each.meant]
    text = typed
    for each in mended:
        text = " ".join(
            each.meant[0] if word == each.typed else word for word in words(text)
        )
    return (text if mended else typed), mended


def word_mended(word):
    """Return what a word may have meant; None where it is written so somewhere."""
    if not (SHORTEST <= len(word) <= LONGEST and word.isalpha()) or is_known(word):
        return None
    near = KnownWord.objects.filter(word__in=near_misses(word))
    alike = KnownWord.objects.filter(sound__in=sounds_near(word))
    most = 1 if len(word) < 6 else 2 if len(word) < 9 else 3
    found = {
        known: distance
        for known in {*near.values_list("word", flat=True)[:200]}
        | {*alike.values_list("word", flat=True)[:400]}
        if (distance := slips(word, known)) <= most and is_likely_slip(word, known)
    }
    best = sorted(found, key=lambda known: (found[known], known[0] != word[0], known))
    uses = {known: how_often(known) for known in best[:CANDIDATES]}
    likely = [known for known in uses if uses[known]]
    likely.sort(
        key=lambda known: (found[known], known[0] != word[0], -uses[known], known)
    )
    return Mended(word, likely[:3])


def is_likely_slip(word, known):
    """Tell whether a short word is one letter short, long, swapped or a wrong vowel."""
    if len(word) > 5 or len(word) != len(known) or sorted(word) == sorted(known):
        return True
    return all(
        set(pair) <= VOWELS
        for pair in zip(word, known, strict=True)
        if len(set(pair)) > 1
    )


VOWELS = set("aeiouy")


def is_known(word):
    return (
        count_up_to(SearchQuery(wanted=(Term((Said((stem(word),)),), (word,)),)), 1) > 0
    )


def sounds_near(word):
    """Return the keys of what sounds like a word, or nearly so."""
    key = sound(word)
    return {key} | near_misses(key) if len(key) > 3 else {key}


def how_often(word):
    """Count, up to a number, the texts with a word; none where it is there no more."""
    return count_up_to(parse(f'"{word}"'), FREQUENT) if is_written(word) else 0
