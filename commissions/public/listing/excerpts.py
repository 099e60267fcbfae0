"""The first rows of a long list on a page, and whether there are more."""

from dataclasses import dataclass

LONGEST = 500  # rows shown even when a reader asks for all of one list


@dataclass(frozen=True)
class Excerpt:
    """Some rows of a list; `more` when others were left out, `whole` when asked for."""

    name: str
    rows: list
    more: bool
    whole: bool


def excerpt(rows, name, *, first, asked=""):
    """Take the first rows of a query, or up to LONGEST where `asked` names the list.

    Reads one row too many, in place of a count, to know whether there are more.
    """
    whole = asked == name
    limit = LONGEST if whole else first
    found = list(rows[: limit + 1])
    return Excerpt(name, found[:limit], len(found) > limit, whole)
