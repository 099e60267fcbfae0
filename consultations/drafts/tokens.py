"""Cut two sections into tokens and pair those that stayed the same."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from itertools import pairwise

from lxml import etree

from consultations.drafts import plain_text
from consultations.drafts.document_import.sanitise import clean

_TOKEN = re.compile(r"\s+|\w+(?:['’]\w+)*|[^\w\s]")
_BEGINS = frozenset({"td", "th", "li", "tr", "p", "h4", "h5", "h6"})
_LOOSE = frozenset({"div", "ul", "ol", "table", "thead", "tbody", "tr"})


@dataclass(frozen=True)
class Token:
    """A piece of text, and the elements it stands in, outermost first."""

    key: str
    markup: str
    path: tuple[etree._Element, ...]

    @property
    def blocks(self) -> list[etree._Element]:
        """The paragraphs, lists and cells it stands in."""
        return [element for element in self.path if element.tag in plain_text.BLOCKS]

    @property
    def inline(self) -> list[etree._Element]:
        """The emphasis and links it stands in."""
        return [
            element for element in self.path if element.tag not in plain_text.BLOCKS
        ]

    @property
    def is_beginning(self) -> bool:
        """Tell the beginning of a paragraph, item or cell, which has no words."""
        return self.key.startswith("\0")


@dataclass(frozen=True)
class Step:
    """One token of the result: only in the old, only in the new, or in both."""

    old: Token | None
    new: Token | None

    @property
    def mark(self) -> str:
        """The element that marks it: `ins`, `del` or none."""
        return "" if self.old and self.new else "del" if self.old else "ins"


def tokens(fragment: str) -> Iterator[Token]:
    """Cut a section into tokens, each with the elements round it."""
    path = []
    tree = plain_text.parse(clean(fragment))
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            path.pop()
            yield from _cut(element.tail, path) if path else ()
            continue
        path.append(element)
        if element.tag in _BEGINS:
            yield Token(f"\0{element.tag}", "", tuple(path[1:]))
        if element.tag == "br":
            yield Token("\n", "<br>", tuple(path[1:-1]))
        yield from _cut(element.text, path)


def _cut(words, path):
    """Cut text; white space between blocks is layout, not words."""
    if words and (words.strip() or path[-1].tag not in _LOOSE):
        for piece in _TOKEN.findall(words):
            key = piece if piece.strip() else " "
            yield Token(key, escape(key, quote=False), tuple(path[1:]))


def align(before, after) -> Iterator[Step]:
    """Align two texts, stretch by stretch."""
    a = b = 0
    for at_old, at_new, size in _stretches(before, after):
        yield from (Step(token, None) for token in before[a:at_old])
        yield from (Step(None, token) for token in after[b:at_new])
        a, b = at_old + size, at_new + size
        yield from map(Step, before[at_old:a], after[at_new:b])


def _stretches(before, after):
    """Give what the texts share: place in the old, in the new, and length."""
    old, new = [token.key for token in before], [token.key for token in after]
    head = next(
        (n for n, (x, y) in enumerate(zip(old, new, strict=False)) if x != y), None
    )
    head = min(len(old), len(new)) if head is None else head
    matcher = SequenceMatcher(_is_filler, old[head:], new[head:])
    shared = [[0, 0, head]]
    shared += [[i + head, j + head, n] for i, j, n in matcher.get_matching_blocks()]
    for one, two in pairwise(shared):
        while _slides(one, two, old, new):
            one[2], two[0], two[1], two[2] = (
                one[2] - 1,
                two[0] - 1,
                two[1] - 1,
                two[2] + 1,
            )
    last = len(shared) - 1
    worth = [
        (i, j, n)
        for at, (i, j, n) in enumerate(shared)
        if at in (0, last) or not all(key.isspace() for key in new[j : j + n])
    ]
    return sorted(worth + list(_beginnings(worth, old, new)))


def _beginnings(shared, old, new):
    """Pair the beginnings of paragraphs and cells whose words all changed."""
    for (i, j, size), (to_old, to_new, _) in pairwise(shared):
        ours = [at for at in range(i + size, to_old) if old[at].startswith("\0")]
        theirs = [at for at in range(j + size, to_new) if new[at].startswith("\0")]
        if [old[at] for at in ours] == [new[at] for at in theirs]:
            yield from ((a, b, 1) for a, b in zip(ours, theirs, strict=True))


def _slides(one, two, old, new):
    """Tell a gap that would better begin where a paragraph or a cell does."""
    i, j, size = one
    if not size or not new[j + size - 1].startswith("\0"):
        return False
    removed, added = old[i + size : two[0]], new[j + size : two[1]]
    gap = removed or added
    return not (removed and added) and bool(gap) and gap[-1] == new[j + size - 1]


def _is_filler(key):
    """Tell white space and the mere beginning of a cell from words."""
    return key.isspace() or key.startswith("\0")
