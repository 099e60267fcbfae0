"""Public references: short, unlike one another, readable down a telephone."""

from django.utils import timezone
from django.utils.crypto import get_random_string

READABLE = "23456789CFGHJMPQRVWX"  # no vowels, no look-alikes: can be read out


def new_reference():
    """Return a fresh public reference, such as 2026-K7M3Q2."""
    return f"{timezone.localdate().year}-{get_random_string(6, READABLE)}"
