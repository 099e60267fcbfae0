"""The few elements a section may hold; everything else is left out."""

import re

import nh3

from commissions.text.characters import printable

_TAGS = "p ul ol li table thead tbody tr th td strong em a br sub sup h4 h5 h6"
TAGS = frozenset(_TAGS.split())
SCHEMES = frozenset({"http", "https", "mailto"})
_SMALL_NUMBER = re.compile(r"[1-9][0-9]{0,2}")
_ATTRIBUTES = {
    "a": {"href"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Keep a link, and numbers under 1,000; a table cell spans no more than that."""
    if name in ("href", "rel") or _SMALL_NUMBER.fullmatch(value):
        return value
    return None


def clean(fragment: str, also: frozenset[str] = frozenset()) -> str:
    """Return the HTML with only the elements, attributes and links allowed.

    `also` names further elements without attributes (`ins` and `del` in a
    difference). Links go to http, https and mailto addresses alone.
    """
    return nh3.clean(
        printable(fragment),
        tags=set(TAGS | also),
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=set(SCHEMES),
        url_relative="deny",
        link_rel="nofollow noopener",
    )
