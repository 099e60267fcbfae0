"""Split converted HTML at its headings into sections; propose, never decide.

A heading of the three uppermost levels begins a section; deeper ones stay inside
it. Bold lines that look like headings are only reported: the author says.

What kind of clause a section is gets guessed from its words, for a person to
confirm. Five kinds, as the specification's law and practice use them: an *outcome*
is what changes in people's lives; an *output* what the service delivers, counted; a
*process* how it must be done; an *input* what it must be done with; *legal* what
the law asks. Procurement documents may not describe how where they could say what
for (Procurement Act 2023, s.56(2)), so process and input need a reason. The rule:
each sign found in the text counts 1, in the heading 3. The kind with most is
proposed; confidence is its share of all signs, lowered where signs are few.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree, html

from consultations.drafts import plain_text
from consultations.drafts.document_import.limits import Limits, Refused
from consultations.drafts.document_import.sanitise import clean

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LEVELS = 3
BEFORE_HEADINGS = "Introduction"
_NO_HEADINGS = (
    "No headings were found, so the whole text is one section. Give headings one of "
    "Word's Heading styles, or # in Markdown, and people can comment section by section."
)
SIGNS = {
    "outcome": (
        "outcomes?|wellbeing|well-being|independen(?:t|ce|tly)|quality of life|"
        "feel(?:s|ing)? (?:safe|listened|respected|supported|well|better)|"
        "(?:people|residents|carers|children|adults|families) (?:will |can |are )?"
        "(?:be |feel |live |have |able )|able to|improv(?:e|es|ed|ement)|"
        "reduc(?:e|es|ed|tion)|fewer|prevent(?:s|ed|ion)?|choice|dignity|inclusion"
    ),
    "output": (
        "outputs?|deliverables?|number of|at least [0-9,]+|[0-9]+ ?%|per ?cent|targets?|"
        "volumes?|kpis?|key performance|(?:per|each|every|a) (?:day|week|month|quarter|year)|"
        "annual report|capacity|places|sessions?|units?"
    ),
    "process": (
        "process(?:es)?|procedures?|must (?:use|follow|complete|record|submit|attend|hold)|"
        "shall (?:use|follow|complete|record|submit|attend|hold)|steps?|referrals?|"
        "assess(?:ed|ments?)?|meetings?|forms?|within [0-9]+ (?:working )?(?:hours|days)|"
        "rota|visits?|monitor(?:ed|ing)?|escalat(?:e|ed|ion)|timetable|log(?:s|ged)?"
    ),
    "input": (
        "inputs?|staff(?:ing)?|qualifi(?:ed|cations?)|train(?:ed|ing)|supervis(?:or|ion)|"
        "premises|vehicles?|equipment|software|full[- ]time|fte|nurses?|managers?|"
        "ratios?|office|uniforms?|workforce|recruit(?:ed|ment)|dbs"
    ),
    "legal": (
        "act (?:19|20)[0-9]{2}|regulations?|statut(?:e|es|ory)|legislation|gdpr|tupe|law|"
        "freedom of information|equality act|data protection|liabilit(?:y|ies)|"
        "indemnit(?:y|ies)|insurance|terminat(?:e|es|ion)|confidential(?:ity)?|"
        "intellectual property|jurisdiction|warrant(?:y|ies)|complian(?:ce|t)|breach(?:es)?"
    ),
}
_PATTERNS = {
    kind: re.compile(rf"(?<!\w)(?:{signs})(?!\w)", re.IGNORECASE)
    for kind, signs in SIGNS.items()
}
IN_HEADING = 3
ENOUGH = 4
"""So many signs, and the guess is as sure as its share; fewer lower it."""
LONGEST = 100_000
"""Characters of a section that are looked at; a guess needs no more."""


@dataclass(frozen=True)
class Guess:
    """A proposed kind, how sure (0 to 1), and the words that speak for it."""

    kind: str
    confidence: float
    because: tuple[str, ...]


@dataclass(frozen=True)
class SectionDraft:
    """One proposed section: a heading of level 1 to 3, clean HTML and its words."""

    heading: str
    level: int
    html: str
    words: int
    looks_like_heading: tuple[str, ...] = ()
    """Bold lines in it that may be headings; `split_at` makes one a heading."""
    kind: Guess | None = None
    """What kind of clause it may be, to be confirmed by a person."""


@dataclass(frozen=True)
class Reading:
    """What was read from a document: its title if any, sections, and warnings."""

    title: str
    sections: tuple[SectionDraft, ...]
    warnings: tuple[str, ...] = ()
    words: int = field(init=False)

    def __post_init__(self):
        object.__setattr__(self, "words", sum(s.words for s in self.sections))


def read_sections(
    root: html.HtmlElement, limits: Limits, warnings: Sequence[str] = ()
) -> Reading:
    """Split a parsed document at its headings.

    Raises `Refused` when it has no words, or more headings than a draft may have
    sections.
    """
    warnings = [*warnings]
    _settle_headings(root, limits, warnings)
    _settle_rest(root)
    title = _take_title(root)
    sections = _split(root)
    if not any(section.words for section in sections):
        raise Refused(
            "There are no words in this document, or only headings. If its pages are pictures of text, "
            "upload the text itself."
        )
    if len(sections) > limits.sections:
        raise Refused(
            f"The document has {len(sections):,} headings; a draft can have "
            f"{limits.sections:,} sections. Use Heading styles for sections only."
        )
    if [section.heading for section in sections] == [BEFORE_HEADINGS]:
        warnings.append(_NO_HEADINGS)
    return Reading(title, sections, tuple(warnings))


def section(heading: str, level: int, fragment: str) -> SectionDraft:
    """Make one proposed section from HTML, cleaning it."""
    body = clean(fragment).strip()
    plain = plain_text.text_of(body)
    return SectionDraft(
        heading=heading,
        level=level,
        html=body,
        words=len(plain_text.split_words(plain)),
        looks_like_heading=tuple(
            _words_of(block)
            for block in plain_text.parse_html(body)
            if _looks_like_heading(block)
        ),
        kind=guess_kind(heading, plain),
    )


def split_at(whole: SectionDraft, heading: str) -> tuple[SectionDraft, SectionDraft]:
    """Make the first line that reads `heading` the heading of a second section.

    Raises `ValueError` where the section has no such line among those reported.
    """
    blocks = list(plain_text.parse_html(whole.html))
    for at, block in enumerate(blocks):
        if _looks_like_heading(block) and _words_of(block) == heading:
            before, after = blocks[:at], blocks[at + 1 :]
            return (
                section(whole.heading, whole.level, _markup(before)),
                section(heading, whole.level, _markup(after)),
            )
    raise ValueError(f"“{heading}” is not a line of its own in “{whole.heading}”.")


def _settle_headings(root, limits, warnings):
    """Leave as headings only those that can begin a section or stand in one."""
    for element in list(root.iter(*HEADINGS)):
        if element.getparent() is not root:
            element.tag = max(element.tag, "h4")
        elif not _words_of(element) or _only_pictures(element):
            element.tag = "p"
        elif len(_words_of(element)) > limits.heading_characters:
            element.tag = "p"
            warnings.append(
                f"A heading of more than {limits.heading_characters} characters was "
                f"read as a paragraph: “{_words_of(element)[:60]}…”."
            )


def _settle_rest(root):
    """Turn code, dead links and tick boxes into words that may stand in a section."""
    for element in root.iter("pre"):
        element.tag = "p"
    for link in list(root.iter("a")):
        if not link.get("href", "").lower().startswith(("http:", "https:", "mailto:")):
            link.drop_tag()
    for box in list(root.iter("input")):
        box.tag, box.text = "span", "☑ " if box.get("checked") else "☐ "


def _only_pictures(element):
    pictures = [mark.text or "" for mark in element.iter("em")]
    return "".join(pictures).startswith("[Picture") and plain_text.tidy_spaces(
        "".join(pictures)
    ) == _words_of(element)


def _take_title(root):
    """Take out the document's title: Word's Title style, or a lone top heading."""
    first = next(iter(root), None)
    if first is None or first.tag not in HEADINGS:
        return ""
    others = [block.tag for block in root if block.tag in HEADINGS][1:]
    alone = bool(others) and all(tag > first.tag for tag in others)
    if first.get("class") != "title" and not alone:
        return ""
    root.remove(first)
    return _words_of(first)


def _split(root):
    tops = [block for block in root if block.tag in HEADINGS]
    shift = min((int(block.tag[1]) for block in tops), default=1) - 1
    starts = [
        at
        for at, block in enumerate(root)
        if block.tag in HEADINGS and int(block.tag[1]) - shift <= LEVELS
    ]
    levels = {at: int(root[at].tag[1]) - shift for at in starts}
    for block in tops:
        block.tag = f"h{max(4, int(block.tag[1]) - shift)}"
    found = [_introduction(root, starts)]
    for at, end in pairwise([*starts, len(root)]):
        found.append(
            section(_words_of(root[at]), levels[at], _markup(root[at + 1 : end]))
        )
    return tuple(each for each in found if each is not None)


def _introduction(root, starts):
    """Make a section of the text before the first heading, if there is any."""
    before = section(BEFORE_HEADINGS, 1, _markup(root[: starts[0] if starts else None]))
    return before if before.words else None


def _looks_like_heading(block):
    """Tell a short line, wholly bold or in capitals, that does not end a sentence."""
    words = _words_of(block)
    if block.tag != "p" or not 1 <= len(plain_text.split_words(words)) <= 12:
        return False
    if words[-1] in ".;,:?!":
        return False
    bold = "".join("".join(strong.itertext()) for strong in block.iter("strong"))
    return plain_text.tidy_spaces(bold) == words or (words.isupper() and len(words) > 3)


def _words_of(element):
    return plain_text.tidy_spaces(
        "".join(run or "" for run in plain_text.text_runs(element))
    )


def _markup(blocks):
    return "".join(etree.tostring(b, encoding="unicode", method="html") for b in blocks)


def guess_kind(heading: str, plain: str) -> Guess | None:
    """Propose a kind for a section, or None where its words say nothing."""
    found = {
        kind: (pattern.findall(heading), pattern.findall(plain[:LONGEST]))
        for kind, pattern in _PATTERNS.items()
    }
    marks = {kind: IN_HEADING * len(h) + len(b) for kind, (h, b) in found.items()}
    total = sum(marks.values())
    if not total:
        return None
    kind = max(marks, key=marks.get)
    sure = marks[kind] / total * min(1, marks[kind] / ENOUGH)
    return Guess(kind, round(sure, 2), _said(found[kind]))


def _said(found):
    """List the words that were signs, each once, in the order they came."""
    return tuple(dict.fromkeys(word.lower() for words in found for word in words))[:6]
