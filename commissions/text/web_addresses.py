"""Which web addresses a page may link to: those that lead where they seem to."""

import unicodedata
from urllib.parse import urlsplit

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
