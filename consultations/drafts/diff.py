"""What changed between two versions of a section, word by word, as HTML.

Both texts are cut into tokens (words, stops, white space), the tokens are aligned,
and the result is written in the newer text's paragraphs, with `<ins>` round what was
added and `<del>` round what was removed. By construction, dropping every `<del>`
leaves the new words and dropping every `<ins>` leaves the old.

A change of bold, a link's address or a list's kind alone is not a change of words:
the result shows the new form unmarked.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from itertools import pairwise

from django.utils.translation import gettext, gettext_lazy, ngettext
from lxml import etree

from consultations.drafts import plain_text
from consultations.drafts.document_import.sanitise import clean
from consultations.models import Change, KeptDifference

_CHANGES = frozenset({"ins", "del"})
_HIDDEN = '<span class="hide">{} </span>'


@dataclass(frozen=True)
class TextDifference:
    """The difference as safe HTML, and how many words came and went."""

    html: str
    added: int
    removed: int

    @property
    def summary(self) -> str:
        """Say how much changed: 12 words added, 5 removed."""
        return changed_in_words(self.added, self.removed)


def changed_in_words(added: int, removed: int) -> str:
    """Say how much changed: 12 words added, 5 removed."""
    if not added and not removed:
        return gettext("No words changed")
    if not removed:
        said = ngettext("{added} word added", "{added} words added", added)
    elif not added:
        said = ngettext("{removed} word removed", "{removed} words removed", removed)
    else:
        said = ngettext(
            "{added} word added, {removed} removed",
            "{added} words added, {removed} removed",
            added,
        )
    return said.format(added=f"{added:,}", removed=f"{removed:,}")


def difference(old: str, new: str) -> TextDifference:
    """Compare two sections' HTML word by word."""
    steps = list(align_tokens(list(diff_tokens(old)), list(diff_tokens(new))))
    marked = clean(_Writer(steps).write(), also=_CHANGES)
    return TextDifference(marked, _words(steps, "ins"), _words(steps, "del"))


def difference_in_words(marked: str) -> str:
    """Add words, for screen readers alone, where each change begins and ends.

    Most screen readers say nothing at `<ins>` and `<del>`. Call it last: the words
    added are not part of either text.
    """
    said = {
        "ins": (gettext("[start of insertion]"), gettext("[end of insertion]")),
        "del": (gettext("[start of deletion]"), gettext("[end of deletion]")),
    }
    for tag, (start, end) in said.items():
        marked = marked.replace(f"<{tag}>", f"<{tag}>{_HIDDEN.format(start)}")
        marked = marked.replace(f"</{tag}>", f"{_HIDDEN.format(f' {end}')}</{tag}>")
    return marked


def one_sided_difference(marked: str, side: str) -> str:
    """Take one side of a difference: `ins` for the new text, `del` for the old."""
    other = "del" if side == "ins" else "ins"
    root = plain_text.parse_html(marked)
    for element in list(root.iter(other)):
        element.drop_tree()
    for element in list(root.iter(side)):
        element.drop_tag()
    return plain_text.inner_html(root)


def _words(steps, mark):
    """Count the words in one kind of change."""
    changed = [(step.old or step.new) if step.mark == mark else None for step in steps]
    keys = [t.key if t and not t.is_beginning else " " for t in changed]
    return len(plain_text.split_words("".join(keys)))


_TOKEN = re.compile(r"\s+|\w+(?:['’]\w+)*|[^\w\s]")
_BEGINS = frozenset({"td", "th", "li", "tr", "p", "h4", "h5", "h6"})
_LOOSE = frozenset({"div", "ul", "ol", "table", "thead", "tbody", "tr"})


@dataclass(frozen=True)
class DiffToken:
    """A piece of text, and the elements it stands in, outermost first."""

    key: str
    markup: str
    path: tuple[etree._Element, ...]

    @property
    def blocks(self) -> list[etree._Element]:
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
class DiffStep:
    """One token of the result: only in the old, only in the new, or in both."""

    old: DiffToken | None
    new: DiffToken | None

    @property
    def mark(self) -> str:
        return "" if self.old and self.new else "del" if self.old else "ins"


def diff_tokens(fragment: str) -> Iterator[DiffToken]:
    """Cut a section into tokens, each with the elements round it."""
    path = []
    tree = plain_text.parse_html(clean(fragment))
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            path.pop()
            yield from _cut(element.tail, path) if path else ()
            continue
        path.append(element)
        if element.tag in _BEGINS:
            yield DiffToken(f"\0{element.tag}", "", tuple(path[1:]))
        if element.tag == "br":
            yield DiffToken("\n", "<br>", tuple(path[1:-1]))
        yield from _cut(element.text, path)


def _cut(words, path):
    """Cut text; white space between blocks is layout, not words."""
    if words and (words.strip() or path[-1].tag not in _LOOSE):
        for piece in _TOKEN.findall(words):
            key = piece if piece.strip() else " "
            yield DiffToken(key, escape(key, quote=False), tuple(path[1:]))


def align_tokens(before, after) -> Iterator[DiffStep]:
    """Align two texts, stretch by stretch."""
    a = b = 0
    for at_old, at_new, size in _stretches(before, after):
        yield from (DiffStep(token, None) for token in before[a:at_old])
        yield from (DiffStep(None, token) for token in after[b:at_new])
        a, b = at_old + size, at_new + size
        yield from map(DiffStep, before[at_old:a], after[at_new:b])


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


class _Writer:
    """Writes steps as HTML in the new text's blocks, and the old where it had others.

    Deleted words go into the block of the new text that holds their neighbours;
    only a block deleted whole, between two blocks, is written as one of its own.
    """

    def __init__(self, steps):
        self.steps = steps
        self.out, self.open, self.mark, self.inline = [], [], "", []
        self.place = {}
        for step in reversed(steps):
            self._meet(step)

    def write(self) -> str:
        ahead, nexts = [], None
        for step in reversed(self.steps):
            ahead.append(nexts)
            nexts = step.new or nexts
        behind = None
        for step, following in zip(self.steps, reversed(ahead), strict=True):
            self._meet(step)
            self._write(step, behind, following)
            behind = step.new or behind
        self._turn_to([])
        return "".join(self.out)

    def _meet(self, step):
        """Note which new element an old one has become, where both hold a token."""
        if step.old and step.new:
            for old, new in zip(step.old.blocks, step.new.blocks, strict=False):
                if old.tag == new.tag:
                    self.place[old] = new

    def _write(self, step, behind, following):
        token = step.new or step.old
        if step.new:
            blocks, markup = token.blocks, token.markup
        elif _inside(behind, following):
            blocks = behind.blocks
            markup = "<br>" if token.is_beginning else token.markup
        else:
            blocks = [self.place.get(block, block) for block in token.blocks]
            markup = token.markup
        self._turn_to(blocks)
        if markup:
            self._dress(step.mark, token.inline)
            self.out.append(markup)

    def _turn_to(self, blocks):
        """Close and open blocks until exactly these are open."""
        shared = _shared(self.open, blocks)
        if shared == len(self.open) == len(blocks):
            return
        self._dress("", [])
        self.out += [f"</{block.tag}>" for block in reversed(self.open[shared:])]
        self.out += map(_opening, blocks[shared:])
        self.open = blocks

    def _dress(self, mark, inline):
        """Change the mark of insertion or deletion, and the emphasis within it."""
        if mark != self.mark:
            self._undress(0)
            self.out += [f"</{self.mark}>"] if self.mark else []
            self.out += [f"<{mark}>"] if mark else []
            self.mark = mark
        shared = _shared(self.inline, inline)
        self._undress(shared)
        self.out += map(_opening, inline[shared:])
        self.inline = inline

    def _undress(self, shared):
        self.out += [f"</{e.tag}>" for e in reversed(self.inline[shared:])]
        self.inline = self.inline[:shared]


def _inside(behind, following):
    """Tell a place in the middle of one block of the new text."""
    return (
        behind is not None
        and following is not None
        and not following.is_beginning
        and behind.blocks == following.blocks
    )


def _shared(one, other):
    """Count the elements, from the outermost, that two paths have in common."""
    pairs = zip(one, other, strict=False)
    return next(
        (at for at, (a, b) in enumerate(pairs) if a is not b), min(len(one), len(other))
    )


def _opening(element):
    attributes = "".join(
        f' {name}="{escape(value)}"' for name, value in element.attrib.items()
    )
    return f"<{element.tag}{attributes}>"


MARKED = {Change.REWORDED, Change.MERGED, Change.SPLIT}


BUDGET = 150_000
"""Characters of old and new words that one request compares: some seconds' work."""
LATER = gettext_lazy("Too long to compare at once: load this page again for more")
TOO_LONG = gettext_lazy("Too long to compare word by word: read both versions")
RULES = 2
"""Raise it where the same words are compared in another way."""


def kept_differences(rows):
    """Return (marked HTML, summary, the row it is shown under) for each row.

    What was worked out once is kept in the database under a digest of the words,
    whoever asks it. One request works out no more than BUDGET; of the rest it says so,
    and the next request goes on from there.
    """
    asked = [compared_texts(row, number, rows) for number, row in enumerate(rows)]
    keys = [key_of(*each.texts) if each.texts else "" for each in asked]
    found = {row.key: row for row in KeptDifference.objects.filter(key__in={*keys})}
    found |= work_out(
        {key: each.texts for key, each in zip(keys, asked, strict=True) if key}, found
    )
    return [
        (found[key].html, said_of(found[key]), each.under)
        if key in found
        else ("", refusal(each), each.under)
        for key, each in zip(keys, asked, strict=True)
    ]


def said_of(kept):
    """Say how much changed, of a difference that keeps its two counts."""
    return changed_in_words(*map(int, kept.summary.split()))


def work_out(pairs, known):
    """Compare what is not kept yet, as far as BUDGET goes; keep and return it."""
    left, made = BUDGET, {}
    for key, (old, new) in pairs.items():
        left -= 0 if key in known else len(old) + len(new)
        if left < 0:
            break
        if key not in known:
            one = difference(old, new)
            counts = f"{one.added} {one.removed}"
            made[key] = KeptDifference(key=key, html=one.html, summary=counts)
    KeptDifference.objects.bulk_create(made.values(), ignore_conflicts=True)
    return made


def refusal(asked):
    """Say why a row has no difference: its words are too long, at once or at all."""
    if not asked.texts:
        return ""
    return str(TOO_LONG if sum(map(len, asked.texts)) > BUDGET else LATER)


def key_of(old, new):
    """Return the digest under which the difference of two texts is kept."""
    both = f"{RULES}\0{len(old)}\0{old}{new}"
    return hashlib.sha256(both.encode()).hexdigest()


@dataclass(frozen=True)
class Asked:
    """Which words of a row are compared, if any, and under which row that is shown."""

    texts: tuple[str, str] | None = None
    under: int | None = None


def compared_texts(row, number, rows):
    """Return what is compared in one row; of a split section all parts are one text."""
    if row.change not in MARKED or not row.old:
        return Asked()
    parts = [number]
    if row.change == Change.SPLIT:
        parts = parts_of(row, rows)
        if parts[0] != number:
            return Asked(under=parts[0])
    new = [rows[part].new for part in parts]
    return Asked((joined_texts(row.old), joined_texts(new)))


def parts_of(row, rows):
    """Return the places of all parts of a section that was split."""
    return [
        place
        for place, each in enumerate(rows)
        if each.change == Change.SPLIT and each.old and each.old[0].pk == row.old[0].pk
    ]


def joined_texts(texts):
    """Write one or several sections as one text; several under their headings."""
    if len(texts) == 1:
        return texts[0].body
    return "".join(
        f"<p><strong>{escape(text.heading)}</strong></p>{text.body}" for text in texts
    )
