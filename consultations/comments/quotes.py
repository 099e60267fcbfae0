"""Is a quoted passage really in a section? Find it, in the section's own words.

People copy from a page, a PDF or a letter, so quotation marks, dashes, white space,
capitals and invisible characters may differ; words and figures may not.
"""

import re
from dataclasses import dataclass

from consultations.drafts import plain_text

_LETTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)  # with its accents
_ROUND = " \"'.…"


@dataclass(frozen=True)
class Span:
    """A passage as the section has it, from `start` to `end` in `text.text_of`."""

    words: str
    start: int
    end: int


def find_quote(passage: str, html: str) -> Span | None:
    """Return the first place in a section where a passage stands, or None.

    Only whole words match, so that "he" is not found in "the". Quotation marks and
    dots round the passage are not part of it.
    """
    own = plain_text.text_of(html)
    letters, places = _plain_with_places(own)
    wanted = _plain_with_places(passage)[0].strip(_ROUND)
    if not plain_text.split_words(wanted):
        return None
    whole = re.compile(
        _edge(r"(?<!\w)", wanted[0]) + re.escape(wanted) + _edge(r"(?!\w)", wanted[-1])
    )
    found = whole.search(letters)
    if found is None:
        return None
    start, end = places[found.start()][0], places[found.end() - 1][1]
    return Span(own[start:end], start, end)


def _edge(boundary, letter):
    return boundary if letter.isalnum() else ""


def _plain_with_places(words: str) -> tuple[str, list[tuple[int, int]]]:
    """Write text the plain way, letter by letter, each with its place in `words`."""
    letters, places = [], []
    for letter in _LETTER.finditer(words):
        for plain in plain_text.plain_words(letter[0]).casefold() or _gap(
            letter[0], letters
        ):
            letters.append(plain)
            places.append(letter.span())
    return "".join(letters), places


def _gap(letter, before):
    """Make one space of white space; nothing of what cannot be seen."""
    return " " if letter.isspace() and before and before[-1] != " " else ""
