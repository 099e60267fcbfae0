"""The words of a search: how text is split, and what a typed search asks for.

A search is words, all of which must be there; "words in quotes" stand next to
each other; -word keeps a commission out; the last word may be unfinished.
Whatever is typed, it is data: only letters and digits ever reach a database's
query. Imports no Django.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice

MOST_TERMS = 32
EDGE = "ǂ"  # a letter nobody types: ends a text, and ends a word kept whole

# Left out of a search, unless in quotes or alone: nearly every text has them.
LITTLE = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "for",
        "from",
        "has",
        "have",
        "in",
        "into",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "our",
        "that",
        "the",
        "their",
        "them",
        "there",
        "they",
        "this",
        "to",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "will",
        "with",
        "you",
        "your",
    ]
)
WORD = re.compile(r"[^\W_]+")
TERM = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


def words(text):
    """Split a text into words of letters and digits, small, without accents."""
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    return WORD.findall(plain)


def join(*texts):
    """Write texts as one, in plain words, each ended by an edge.

    No phrase reaches across an edge.
    """
    return " ".join(f"{' '.join(words(text))} {EDGE}" for text in texts if text)


def whole_words(text):
    """Return each longer word of a joined text once, out of the stemmer's reach.

    A stem does not start with every start of its word: “commissioni” does not
    begin “commiss”. So an unfinished word is also looked up among whole ones.
    """
    return " ".join(sorted({f"{word}{EDGE}" for word in text.split() if len(word) > 4}))


@dataclass(frozen=True)
class SearchQuery:
    """A search, taken apart. Each term is a tuple of words that stand together.

    `unfinished` says that the last wanted term may go on: “hous” finds housing;
    `many` that it finds too much to collect: see `asking.settled`.
    """

    wanted: tuple = ()
    unwanted: tuple = ()
    unfinished: bool = False
    many: bool = False

    def __bool__(self):
        return bool(self.wanted or self.unwanted)


def terms(text):
    """Yield what somebody typed piece by piece: its words, minus, quoted."""
    for term in TERM.finditer(re.sub("[“”„]", '"', text)):
        quoted = term["phrase"] is not None
        if found := tuple(words(term["phrase"] if quoted else term["word"])):
            yield found, bool(term["minus"]), quoted


def parse(text):
    """Take apart what somebody typed; never fails."""
    found = list(islice(terms(text), MOST_TERMS))
    wanted = [(term, quoted) for term, minus, quoted in found if not minus]
    telling = [
        (term, quoted)
        for term, quoted in wanted
        if quoted or term[0] not in LITTLE or term[1:]
    ]
    wanted = telling or wanted
    return SearchQuery(
        wanted=tuple(term for term, quoted in wanted),
        unwanted=tuple(term for term, minus, quoted in found if minus),
        unfinished=any(
            not quoted and len(term[-1]) > 1 for term, quoted in wanted[-1:]
        ),
    )


def fts5(query):
    """Write a query as SQLite's FTS5 reads it.

    FTS5 cannot say “not” alone: without anything wanted, this finds what is
    unwanted. `tsquery` does the same.
    """
    wanted = [f'"{" ".join(term)}"' for term in query.wanted]
    unwanted = [f'"{" ".join(term)}"' for term in query.unwanted]
    if not wanted:
        return " OR ".join(unwanted)
    if query.unfinished:
        wanted[-1] += " *"
    return " NOT ".join([f"({' AND '.join(wanted)})", *unwanted])


def tsquery(query):
    """Write a query as PostgreSQL's to_tsquery reads it: see `fts5`."""
    wanted = [" <-> ".join(f"'{word}'" for word in term) for term in query.wanted]
    unwanted = [" <-> ".join(f"'{word}'" for word in term) for term in query.unwanted]
    if not wanted:
        return " | ".join(f"({term})" for term in unwanted)
    if query.unfinished:
        wanted[-1] += ":*"
    kept = [f"({term})" for term in wanted]
    return " & ".join(kept + [f"!({term})" for term in unwanted])
