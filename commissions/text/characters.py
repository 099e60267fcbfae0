"""Characters that no page, feed or file can carry, cleaned where text comes in."""

import re

UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
)
LINES = re.compile(
    "[\x0b\x0c\x85]"
)  # how word processors end a line within a paragraph


def printable(text: str) -> str:
    """Return a text without the characters that XML has no way to write.

    A vertical tab or a form feed becomes the line end that was meant.
    """
    if not UNPRINTABLE.search(text):
        return text
    return UNPRINTABLE.sub("", LINES.sub("\n", text))
