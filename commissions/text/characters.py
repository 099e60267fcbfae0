"""Characters that may not enter, and addresses that may be linked."""

import re
import unicodedata
from urllib.parse import urlsplit

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


HIDING = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"}
"""Unicode's classes of what cannot be seen, U+202E among them, which turns words round."""


def web_address(url):
    """Return an address of the web that a page may link to, or nothing.

    Not one with a name or password before its host, which reads as another host,
    nor one with a character that cannot be seen.
    """
    if any(unicodedata.category(letter) in HIDING for letter in url) or "\\" in url:
        return ""
    try:
        parts = urlsplit(url)
        named = parts.hostname and parts.username is None and parts.port != 0
    except ValueError:
        return ""
    return url if named and parts.scheme in {"http", "https"} else ""
