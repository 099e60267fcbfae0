"""In which language something is shown, and the same address in the other one."""

from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import get_language

from commissions.law import language

WELSH = "cy"
ENGLISH = settings.LANGUAGE_CODE
PREFIX = f"/{WELSH}/"


gettext_lazy = lazy(language.gettext, str)
"""Django's own, but quick in English: for labels of which a page shows many."""


def is_welsh() -> bool:
    """Tell whether what is being shown is shown in Welsh."""
    return get_language() == WELSH


def in_english(path: str) -> str:
    """Return the path of a page as it is in English: without its /cy."""
    return path.removeprefix(f"/{WELSH}") if path.startswith(PREFIX) else path


def in_welsh(path: str) -> str:
    """Return the path of a public page as it is in Welsh."""
    return f"/{WELSH}{in_english(path)}"


def said(thing, field: str) -> str:
    """Return a text in the reader's language where its body gave it in both.

    `thing` has the English as `field` and the Welsh as `welsh_` and `field`.
    """
    welsh = is_welsh() and getattr(thing, f"welsh_{field}", "")
    return welsh or getattr(thing, field)


def tongue(thing=None, field: str = "") -> str:
    """Return what marks words on a Welsh page as English (an attribute of HTML).

    Empty on an English page, and where the body gave the Welsh too.
    """
    in_its_own = not is_welsh() or bool(getattr(thing, f"welsh_{field}", ""))
    return "" if in_its_own else ' lang="en-GB"'
