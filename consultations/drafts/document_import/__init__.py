"""Words that come in from Word or Markdown, as sections that can be commented on."""

from consultations.drafts.document_import.docx import from_docx
from consultations.drafts.document_import.limits import USUAL, Limits, Refused
from consultations.drafts.document_import.markdown import from_markdown
from consultations.drafts.document_import.sections import (
    Guess,
    Reading,
    SectionDraft,
    guess_kind,
    split_at,
)

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
