"""The staff's side of consultations, inside the admin site."""

from consultations.admin import comments, consultations

__all__ = ["comments", "consultations"]
