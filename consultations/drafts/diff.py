"""What changed between two versions of a section, word by word, as HTML.

Both texts are cut into tokens (words, stops, white space), the tokens are aligned,
and the result is written in the newer text's paragraphs, with `<ins>` round what was
added and `<del>` round what was removed. By construction, dropping every `<del>`
leaves the new words and dropping every `<ins>` leaves the old.

A change of bold, a link's address or a list's kind alone is not a change of words:
the result shows the new form unmarked.
"""

from dataclasses import dataclass
from html import escape

from consultations.drafts import plain_text
from consultations.drafts.document_import.sanitise import clean
from consultations.drafts.tokens import align, tokens

_CHANGES = frozenset({"ins", "del"})
_HIDDEN = '<span class="hide">{} </span>'


@dataclass(frozen=True)
class Difference:
    """The difference as safe HTML, and how many words came and went."""

    html: str
    added: int
    removed: int

    @property
    def summary(self) -> str:
        """Say how much changed: 12 words added, 5 removed."""
        if not self.added and not self.removed:
            return "No words changed"
        if not self.removed:
            return f"{_count(self.added)} added"
        if not self.added:
            return f"{_count(self.removed)} removed"
        return f"{_count(self.added)} added, {self.removed:,} removed"


def difference(old: str, new: str) -> Difference:
    """Compare two sections' HTML word by word."""
    steps = list(align(list(tokens(old)), list(tokens(new))))
    marked = clean(_Writer(steps).write(), also=_CHANGES)
    return Difference(marked, _words(steps, "ins"), _words(steps, "del"))


def spoken(marked: str) -> str:
    """Add words, for screen readers alone, where each change begins and ends.

    Most screen readers say nothing at `<ins>` and `<del>`. Call it last: the words
    added are not part of either text.
    """
    for tag, name in (("ins", "insertion"), ("del", "deletion")):
        marked = marked.replace(
            f"<{tag}>", f"<{tag}>{_HIDDEN.format(f'[start of {name}]')}"
        )
        marked = marked.replace(
            f"</{tag}>", f"{_HIDDEN.format(f' [end of {name}]')}</{tag}>"
        )
    return marked


def only(marked: str, side: str) -> str:
    """Take one side of a difference: `ins` for the new text, `del` for the old."""
    other = "del" if side == "ins" else "ins"
    root = plain_text.parse(marked)
    for element in list(root.iter(other)):
        element.drop_tree()
    for element in list(root.iter(side)):
        element.drop_tag()
    return plain_text.inner(root)


def _count(number):
    return f"{number:,} {'word' if number == 1 else 'words'}"


def _words(steps, mark):
    """Count the words in one kind of change."""
    changed = [(step.old or step.new) if step.mark == mark else None for step in steps]
    keys = [t.key if t and not t.is_beginning else " " for t in changed]
    return len(plain_text.words("".join(keys)))


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
