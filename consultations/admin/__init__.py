"""The staff's side of consultations, inside the admin site."""

from consultations.admin import (
    comments,
    consultations,
    corrections,
    questions,
    specifications,
)

__all__ = ["comments", "consultations", "corrections", "questions", "specifications"]
