"""Guess what kind of clause a section is, from its words, for a person to confirm.

Five kinds, as the specification's law and practice use them: an *outcome* is what
changes in people's lives; an *output* what the service delivers, counted; a
*process* how it must be done; an *input* what it must be done with; *legal* what
the law asks. Procurement documents may not describe how where they could say what
for (Procurement Act 2023, s.56(2)), so process and input need a reason.

The rule: each sign found in the text counts 1, in the heading 3. The kind with most
is proposed; confidence is its share of all signs, lowered where signs are few.
"""

import re
from dataclasses import dataclass

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
