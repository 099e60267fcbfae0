"""Words that come in from Word or Markdown, as sections that can be commented on."""

from consultations.words.docx import from_docx
from consultations.words.kinds import Guess, guess_kind
from consultations.words.limits import USUAL, Limits, Refused
from consultations.words.markdown import from_markdown
from consultations.words.sections import Reading, SectionDraft, split_at

__all__ = [
    "USUAL",
    "Guess",
    "Limits",
    "Reading",
    "Refused",
    "SectionDraft",
    "from_docx",
    "from_markdown",
    "guess_kind",
    "split_at",
]
