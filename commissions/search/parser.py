"""What a typed search asks for, and how each database is asked for it.

A search is words, all of which must be there; "words in quotes" stand next to
each other; -word keeps a row out; the last word may be unfinished. What means the
same (`Synonyms`) finds the same. Whatever is typed, it is data: only letters and
digits ever reach a database's query. Imports no Django.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

from commissions.search.words import EDGE, split_word, stem, written_words

MOST_TERMS = 32
LONGEST_SYNONYM = 5  # words

# Left out of a search, unless in quotes or alone: nearly every text has them.
LITTLE = frozenset(
    re.findall(
        r"\w+",
        """a about an and any are as at be but by can could decide decides did do does for from get has
        have how i if in into is it its may me my of on or our should so than that the
        their them then there they this to us was we were what when where which who
        whose why will with would you your""",
    )
)
TERM = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


@dataclass(frozen=True)
class Said:
    """Some stems, that stand side by side where they are `adjacent`."""

    stems: tuple
    adjacent: bool = True


@dataclass(frozen=True)
class Term:
    """One thing that a text must have, in any of the ways it can be `said`.

    `typed` are the words of it as somebody typed them, without accents.
    """

    said: tuple
    typed: tuple
    quoted: bool = False


@dataclass(frozen=True)
class SearchQuery:
    """A search, taken apart.

    `unfinished` is the start of a word that the last wanted term may be: “hous”
    finds housing; `many` tells that it finds too much to collect, `common` that it
    may: see `query.settle_query`; with `any` one wanted term is enough.
    """

    wanted: tuple = ()
    unwanted: tuple = ()
    unfinished: str = ""
    common: bool = True
    many: bool = False
    any: bool = False

    def __bool__(self):
        return bool(self.wanted or self.unwanted)


@dataclass(frozen=True)
class Synonyms:
    """What means the same: {stems: all that they can be said as}."""

    by: dict = field(default_factory=dict)

    @classmethod
    def of(cls, groups):
        """Read groups of phrases that mean the same, each phrase as somebody types it."""
        by = {}
        for group in groups:
            phrases = [stems for each in group if (stems := read_stems(each))]
            for stems in phrases:
                kept = by.setdefault(telling_stems(stems), [])
                kept += [other for other in phrases if other not in (stems, *kept)]
        return cls(by)

    def longest(self, stems):
        """Return the longest known phrase that some stems begin with, or nothing."""
        for length in range(min(len(stems), LONGEST_SYNONYM), 0, -1):
            if stems[:length] in self.by:
                return stems[:length]
        return ()


NONE = Synonyms()


def telling_stems(stems):
    """Leave little words out, as a search does: meals wheels for meals on wheels."""
    return tuple(each for each in stems if each not in LITTLE) or stems


def read_stems(text):
    """Return the stems of what somebody typed."""
    found = written_words(text.replace(EDGE, " "))
    return tuple(
        stem(each) for word, parts in found for each in split_word(word, parts)
    )


def typed_terms(text):
    """Yield what somebody typed, piece by piece: (term, whether it is unwanted)."""
    for found in TERM.finditer(re.sub("[“”„]", '"', text.replace(EDGE, " "))):
        minus, phrase = bool(found["minus"]), found["phrase"]
        if phrase is not None:
            if stems := read_stems(phrase):
                yield Term((Said(stems),), stems, quoted=True), minus
            continue
        pieces = [one_word(word, parts) for word, parts in written_words(found["word"])]
        if minus and len(pieces) > 1:
            stems = tuple(each for piece in pieces for each in piece.said[0].stems)
            pieces = [Term((Said(stems),), stems)]
        yield from ((piece, minus) for piece in pieces)


def one_word(word, parts):
    """Read one written word: with a hyphen it may also be written without."""
    read = split_word(word, parts)
    said = [Said(tuple(stem(each) for each in read))]
    if len(read) > 1:
        said.append(Said((stem(word),)))
    return Term(tuple(said), tuple(read))


def means_the_same(wanted, synonyms):
    """Join the words that have synonyms with those: home care, or homecare."""
    found, at = [], 0
    while at < len(wanted):
        run = islice(wanted[at:], LONGEST_SYNONYM)
        stems = leading_stems(run)
        if known := synonyms.longest(stems):
            length, count = 0, 0
            while length < len(known):
                length += len(wanted[at + count].said[0].stems)
                count += 1
            if length == len(known):
                found.append(with_synonyms(wanted[at : at + count], known, synonyms))
                at += count
                continue
        found.append(wanted[at])
        at += 1
    return found


def leading_stems(terms):
    """Return the stems of terms up to the first that is in quotes."""
    stems = ()
    for term in terms:
        if term.quoted:
            break
        stems += term.said[0].stems
    return stems


def with_synonyms(terms, known, synonyms):
    """Write some terms as one, that may be said otherwise."""
    said = terms[0].said if len(terms) == 1 else (Said(known, adjacent=False),)
    typed = tuple(word for term in terms for word in term.typed)
    return Term((*said, *(Said(other) for other in synonyms.by[known])), typed)


def parse(text, synonyms=NONE):
    """Take apart what somebody typed; never fails."""
    found = list(islice(typed_terms(text), MOST_TERMS))
    wanted = [term for term, minus in found if not minus]
    telling = [term for term in wanted if term.quoted or term.typed not in LITTLE_TERMS]
    wanted = telling or wanted
    last = wanted[-1] if wanted else None
    return SearchQuery(
        wanted=tuple(means_the_same(wanted, synonyms)),
        unwanted=tuple(term for term, minus in found if minus),
        unfinished=last.typed[-1]
        if last and not last.quoted and len(last.typed[-1]) > 1
        else "",
    )


LITTLE_TERMS = frozenset((word,) for word in LITTLE)


@dataclass(frozen=True)
class Dialect:
    """How a database writes words that stand side by side, and what joins them."""

    phrase: Callable
    start: Callable
    both: str
    either: str
    without: str

    def write(self, query, mark=""):
        """Write a query; `mark` begins each word that is wanted.

        FTS5 cannot say “not” alone: without anything wanted, both databases find
        what is unwanted.
        """
        wanted = [self.term(term, mark) for term in query.wanted]
        unwanted = [self.term(term, "") for term in query.unwanted]
        if query.unfinished and wanted:
            wanted[-1] = self.term(query.wanted[-1], mark, query.unfinished)
        if not wanted:
            return self.either.join(unwanted)
        among = self.either if query.any else self.both
        return self.without.join([f"({among.join(wanted)})", *unwanted])

    def with_word(self, written, word):
        """Write that a row must have a word besides what is written already."""
        return f"({written}){self.both}{self.phrase([word])}"

    def term(self, term, mark, start=""):
        """Write a term in each way that it can be said; `start` may begin its last word."""
        ways = [self.said(each, mark) for each in term.said]
        if start:
            before = [self.phrase([mark + each]) for each in term.said[0].stems[:-1]]
            ways.append(self.all_of([*before, self.start(mark + start)]))
        return f"({self.either.join(ways)})"

    def said(self, said, mark):
        marked = [mark + each for each in said.stems]
        if said.adjacent:
            return self.phrase(marked)
        return self.all_of([self.phrase([each]) for each in marked])

    def all_of(self, parts):
        return f"({self.both.join(parts)})"


FTS5 = Dialect(
    phrase=lambda words: f'"{" ".join(words)}"',
    start=lambda word: f'"{word}" *',
    both=" AND ",
    either=" OR ",
    without=" NOT ",
)
TSQUERY = Dialect(
    phrase=lambda words: "({})".format(" <-> ".join(f"'{word}'" for word in words)),
    start=lambda word: f"'{word}':*",
    both=" & ",
    either=" | ",
    without=" & !",
)
