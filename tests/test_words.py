"""The portal says nothing in words that its readers would not use.

Every sentence of a public page, mail or form is in the catalogue of what can be said in
Welsh, so that is where they are all found: in templates, in code, in the law's data.
"""

import re
from functools import cache

import pytest

from commissioning_portal.languages import catalogue

AVOIDED = {
    r"whoever|whosoever|whomsoever|whichsoever": "who, anyone",
    r"till": "until",
    r"owes?|owed": "has to publish",
    r"at present": "now",
    r"takes? back|taken back|took back": "withdraw",
    r"(?<!this )stands?|stood": "is",
    r"stand (?:behind|first)": "led to, comes first",
    r"told(?! the)": "emailed, asked for",
    r"may(?! \d{4})(?! \d)": "can",
    r"please": "(nothing)",
    r"e\.g\.|i\.e\.|viz\.?|etc\.?|via|per annum": "for example, that is, by",
    r"what became of": "what happened",
    r"where do you stand": "Do you support this section?",
    r"holds? this(?! decision)": "is responsible",
    r"as far as is recorded": "No … recorded",
    r"beneath": "below",
    r"hereby|herein|thereof|hitherto|forthwith|notwithstanding|henceforth": "(plainly)",
    r"may be|might be": "can be",
}
"""What is not said, and what is said instead (`may` as a month is left aside)."""

QUOTED = re.compile(r"“[^”]*”|\{\{.*?\}\}|\{\w+\}|<[^>]*>")
ALLOWED = {
    "It may be against the law to publish it": "nobody knows whether it is",
    "People are told what will happen to them.": "the lowest step of involvement",
    "People are told what is planned and why.": "the next one",
    "What the public body owns and owes": "its assets and its debts",
    "It is like what this supplier won in a competition in the last five years, and "
    "that tender said it might be repeated.": "the ground in law",
}
"""What is said so all the same, and why."""


@cache
def sentences():
    """Return (where, words, words without what they quote) of all that the public is told."""
    return [
        (sorted(files)[0], each, QUOTED.sub(" ", each))
        for words, files in catalogue.collected().items()
        for each in (words if isinstance(words, tuple) else (words,))
    ]


@pytest.mark.parametrize("avoided", AVOIDED)
def test_nothing_is_said_in_words_that_readers_would_not_use(avoided):
    pattern = re.compile(rf"\b(?:{avoided})(?!\w)", re.IGNORECASE)
    if "may" in avoided:
        pattern = re.compile(rf"\b(?:{avoided})\b")
    found = [
        f"{where}: {words} (instead: {AVOIDED[avoided]})"
        for where, words, said in sentences()
        if pattern.search(said) and words not in ALLOWED
    ]
    assert found == []


def test_nothing_shouts():
    found = [words for _, words, _ in sentences() if "!" in re.sub(r"<!", "", words)]
    assert found == []
