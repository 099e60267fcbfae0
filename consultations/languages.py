"""In which language somebody is written to: the one in which they wrote to us.

What is written while they are here comes out in it by itself. What the worker or staff
write later goes by the language that was kept with their address.
"""

from django.db import models
from django.utils.translation import get_language, override

from commissions.text.languages import ENGLISH


def language_here() -> str:
    """Return the code of the language of this request, or else the portal's own."""
    return get_language() or ENGLISH


def language_field():
    """Return the field that keeps it: the language in which its row was made."""
    return models.CharField(max_length=10, default=language_here, editable=False)


def in_language_of(row):
    """Write what follows in the language kept with a row."""
    return override(row.language)


def in_own_language():
    """Write what follows in the portal's own language, in which its staff work."""
    return override(ENGLISH)
