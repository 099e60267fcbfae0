"""The plain words inside a section's HTML, and how they are compared."""

import re
import unicodedata
from collections.abc import Iterator

from lxml import etree, html

from commissions.text.characters import printable

_NAMES = """
address article aside blockquote dd div dl dt figure h1 h2 h3 h4 h5 h6 header hr li
main ol p pre section table tbody td tfoot th thead tr ul
"""
BLOCKS = frozenset(_NAMES.split())
"""Elements that begin and end a line of text."""

_WORD = re.compile(r"[^\W_]+(?:['’.,/\u2011-][^\W_]+)*")
_SPACE = re.compile(r"\s+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u0060\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        "\u2026": "...",
    }
)


def parse_html(fragment: str) -> html.HtmlElement:
    """Parse a piece of HTML into a `div` that holds it; comments are left out."""
    return html.fragment_fromstring(
        printable(fragment),
        create_parent="div",
        parser=html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True),
    )


def inner_html(element: html.HtmlElement) -> str:
    """Give the HTML inside an element, without the element itself."""
    shell = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return shell[shell.index(">") + 1 : shell.rindex("<")]


def text_runs(root: html.HtmlElement) -> Iterator[str | None]:
    """Walk the text of a tree in order; None stands where a line ends."""
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in BLOCKS:
            yield None
        if event == "start":
            yield "\n" if element.tag == "br" else element.text or ""
        elif element is not root:
            yield element.tail or ""


def text_blocks(fragment: str) -> list[str]:
    """Give the text of each paragraph, list item, heading and cell, in order."""
    lines, line = [], []
    for run in text_runs(parse_html(fragment)):
        if run is not None:
            line.append(run)
            continue
        lines.append(tidy_spaces("".join(line)))
        line = []
    return [words for words in lines if words]


def text_of(fragment: str) -> str:
    """Give the words of a section as plain text, one line for each block."""
    return "\n".join(text_blocks(fragment))


def tidy_spaces(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def split_words(text: str) -> list[str]:
    """Split plain text into words; "well-being", "1,000" and "s.56" are one each."""
    return _WORD.findall(text)


def plain_words(text: str) -> str:
    """Write text one way, so that only a change of words counts as a change.

    Quotation marks, dashes, white space and characters that cannot be seen are
    made alike (Word changes them unasked). Letters, figures and stops are not.
    """
    composed = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    return tidy_spaces(composed.translate(_ALIKE))
