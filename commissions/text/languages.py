"""In which language something is shown, and the same address in the other one."""

from django.conf import settings
from django.utils.translation import get_language

WELSH = "cy"
ENGLISH = settings.LANGUAGE_CODE
PREFIX = f"/{WELSH}/"


def is_welsh() -> bool:
    """Tell whether what is being shown is shown in Welsh."""
    return get_language() == WELSH


def in_english(path: str) -> str:
    """Return the path of a page as it is in English: without its /cy."""
    return path.removeprefix(f"/{WELSH}") if path.startswith(PREFIX) else path


def in_welsh(path: str) -> str:
    """Return the path of a public page as it is in Welsh."""
    return f"/{WELSH}{in_english(path)}"
