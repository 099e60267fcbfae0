"""How hard a section is to read, by LIX, and which sentence to shorten first.

LIX (Björnsson, "Läsbarhet", 1968) = words / sentences + 100 x long words / words,
where a long word has more than six letters. We chose it over ARI (Senter and Smith,
1967) because ARI gives an American school grade and hangs on the count of
characters, while LIX counts what an author can change, shorter sentences and
shorter words, has bands in plain words, and holds for Welsh as for English.
Jonathan Anderson gives the bands for English ("Lix and Rix: variations on a little-
known readability index", Journal of Reading 26(6), 1983): under 30 easy, 40 middling,
50 difficult, 60 very difficult. It measures length, never sense.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from consultations.drafts import plain_text

FEWEST_WORDS = 50
"""Fewer words than this say nothing sure, so no figure is given."""
LONG = 6
BANDS = (
    (30, gettext_lazy("easy to read")),
    (40, gettext_lazy("plain, like a magazine story")),
    (50, gettext_lazy("like a newspaper")),
    (60, gettext_lazy("hard, like an official report; many people will struggle")),
    (float("inf"), gettext_lazy("very hard; most people will struggle")),
)
_END = re.compile(r"[.!?]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9£])")
_SHORT = re.compile(r"\b(?:e\.g|i\.e|vs|approx|Mr|Mrs|Ms|Dr|St|[A-Z])\.\s+$")
_NUMBERED = re.compile(r"\b(?:no|nos|s|ss|para|paras|reg|art|cl|p|pp)\.\s+$", re.I)


@dataclass(frozen=True)
class Readability:
    """The figure, what it means, and the longest sentence in its own words."""

    lix: int
    band: str
    longest: str
    longest_words: int
    words: int
    sentences: int


def readability(html: str) -> Readability | None:
    """Measure a section's HTML; None under 50 words, where a figure would mislead."""
    found = sentences(html)
    counts = [len(plain_text.split_words(sentence)) for sentence in found]
    total = sum(counts)
    if total < FEWEST_WORDS:
        return None
    every = [word for sentence in found for word in plain_text.split_words(sentence)]
    long = sum(1 for word in every if sum(map(str.isalpha, word)) > LONG)
    lix = round(total / len(found) + 100 * long / total)
    longest = max(range(len(found)), key=counts.__getitem__)
    return Readability(
        lix, lix_band(lix), found[longest], counts[longest], total, len(found)
    )


def lix_band(lix: float) -> str:
    return next(str(words) for below, words in BANDS if lix < below)


def sentences(html: str) -> list[str]:
    """Split a section into sentences; each paragraph, item and cell ends one."""
    return [
        sentence.strip()
        for block in plain_text.text_blocks(html)
        for sentence in _cut(block)
        if plain_text.split_words(sentence)
    ]


def _cut(block):
    """Cut after each full stop, question or exclamation mark that ends a sentence."""
    ends = [match.end() for match in _END.finditer(block) if _ends(block, match.end())]
    return [
        block[start:end]
        for start, end in zip([0, *ends], [*ends, len(block)], strict=True)
    ]


def _ends(block, end):
    """Tell the end of a sentence from a short form: "e.g. The", "Mr. Smith", "s. 56"."""
    before = block[max(0, end - 12) : end]
    if _SHORT.search(before):
        return False
    return not (_NUMBERED.search(before) and block[end].isdigit())
