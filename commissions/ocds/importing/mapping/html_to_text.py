"""Plain text out of what publishers send: HTML, entities, control characters."""

import re
from html import unescape

import nh3

MARKUP = re.compile(r"<[a-zA-Z/!?]")
BLOCK = re.compile(
    r"<(?:br|/p|/div|/li|/tr|/h[1-6]|/ul|/ol|/table)\b[^<>]*>", re.IGNORECASE
)
CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]"
)
SPACES = re.compile(r"[^\S\n]+")
LINES = re.compile(r" ?\n ?")
TELLING = re.compile(r"[<&]|\s\s")
GAPS = re.compile(r"\n{3,}")


def plain(text):
    """Return text without markup, keeping its paragraphs.

    What looked like a tag only after its entities were read ("&lt;script&gt;")
    is cleaned too. The result is text, to be escaped wherever it is shown.
    """
    if text.isprintable() and not TELLING.search(text):
        return text.strip()
    for _ in range(3):
        if not (MARKUP.search(text) or "&" in text):
            break
        text = without_markup(text)
    text = CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return GAPS.sub("\n\n", LINES.sub("\n", SPACES.sub(" ", text))).strip()


def without_markup(text):
    """Drop the tags, with what scripts and styles hold, and read the entities."""
    if MARKUP.search(text):
        text = nh3.clean(BLOCK.sub(r"\g<0>\n", text), tags=set())
    return unescape(text)
