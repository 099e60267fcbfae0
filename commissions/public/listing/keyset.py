"""Pages of a long list by keyset: page 1,000 costs what page 1 costs.

A page is asked for by the row before it or after it, not by its number. The
place is written into the address as a cursor: opaque, but nothing secret, and
checked when it comes back. A list may have several parts, each in an order of
its own: what closes soonest first, then what does not close, newest first.
"""

import base64
import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from django.core.exceptions import ValidationError
from django.db.models import Field, Q

SIZE = 25


class MangledCursor(Exception):
    """A cursor that this list did not write."""


@dataclass(frozen=True)
class KeysetPart:
    """One part of a list: which rows, by which column, upwards or down.

    `reads` is a model field that reads the column's value back from a cursor.
    Rows with the same value stand in order of key.
    """

    by: str
    reads: Field
    down: bool = False
    where: Q = field(default_factory=Q)

    def ordering(self, backwards):
        """Return the names to order by."""
        sign = "-" if self.down != backwards else ""
        return [f"{sign}{self.by}", f"{sign}pk"]

    def beyond(self, value, key, backwards):
        """Keep the rows that come after a row (or before it, backwards).

        Written so that one index serves: a range, then the ties at its start.
        """
        way = "lt" if self.down != backwards else "gt"
        tied = Q(**{self.by: value}) & ~Q(**{f"pk__{way}": key})
        return Q(**{f"{self.by}__{way}e": value}) & ~tied


@dataclass
class KeysetPage:
    """Some rows, and the cursors before the first and after the last of them."""

    rows: list
    before: str = ""
    after: str = ""

    def links(self, query):
        """Return the addresses of the pages beside this one, filters kept."""
        return {
            "previous_url": self.beside(query, "before"),
            "next_url": self.beside(query, "after"),
        }

    def beside(self, query, way):
        """Return the address of the page one way; empty where there is none."""
        cursor = getattr(self, way)
        left = query.copy()
        for name in ("before", "after"):
            left.pop(name, None)
        left[way] = cursor
        return f"?{left.urlencode()}" if cursor else ""


def write_cursor(*place):
    """Write a place in a list as a cursor."""
    text = json.dumps([str(each) for each in place], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def cursor_value(value):
    """Write a value of a column in the one way that a cursor has it."""
    if isinstance(value, datetime):
        value = value.astimezone(UTC)
    return value.isoformat() if isinstance(value, date) else str(value)


def read_cursor(cursor, length):
    """Read a cursor back: so many strings; raise Mangled if it is none."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        place = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, RecursionError):
        raise MangledCursor from None
    if not (isinstance(place, list) and len(place) == length):
        raise MangledCursor
    if not all(isinstance(each, str) and "\x00" not in each for each in place):
        raise MangledCursor
    return place


def whole_number(text, most):
    """Read a whole number from 0 up to a bound; raise Mangled if it is none."""
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= most):
        raise MangledCursor
    return int(text)


class PagedList:
    """A list that can be read page by page."""

    def pages(self, size=500):
        """Read the whole list, in pages, holding one at a time."""
        page = self.page(size=size)
        yield page
        while page.after:
            page = self.page(after=page.after, size=size)
            yield page


class Keyset(PagedList):
    """A list in parts, each in the order of one column."""

    def __init__(self, rows, parts, *, name):
        self.rows, self.parts, self.name = rows, parts, name

    def page(self, *, after="", before="", size=SIZE):
        """Read a page: the first, or the one after or before a cursor.

        Raises Mangled for a cursor that is not of this list in this order.
        """
        backwards = bool(before and not after)
        place = self.place(after or before) if after or before else None
        found = self.walk(place, size + 1, backwards=backwards)
        more, found = len(found) > size, found[:size]
        if backwards:
            found.reverse()
        page = KeysetPage([row for part, row in found])
        if found and place and (more or not backwards):
            page.before = self.cursor(found[0])
        if found and (more or backwards):
            page.after = self.cursor(found[-1])
        return page

    def cursor(self, found):
        """Write the place of one row."""
        part, row = found
        return write_cursor(
            self.name, part, cursor_value(getattr(row, self.parts[part].by)), row.pk
        )

    def place(self, cursor):
        """Read a cursor: (number of the part, value, key)."""
        name, part, value, key = read_cursor(cursor, 4)
        number = whole_number(part, len(self.parts) - 1)
        if name != self.name:
            raise MangledCursor
        try:
            found = self.parts[number].reads.clean(value, None)
            again = cursor_value(found)
        except (ValidationError, ValueError, OverflowError):
            raise MangledCursor from None
        if again != value:
            raise MangledCursor
        return number, found, whole_number(key, 2**63 - 1)

    def walk(self, place, limit, *, backwards):
        """Read up to so many rows, part by part, with the part of each."""
        found = []
        order = list(enumerate(self.parts))
        for number, part in reversed(order) if backwards else order:
            rows = self.rows.filter(part.where).order_by(*part.ordering(backwards))
            if place and number == place[0]:
                rows = rows.filter(part.beyond(place[1], place[2], backwards))
            elif place and (number < place[0]) != backwards:
                continue
            found += [(number, row) for row in rows[: limit - len(found)]]
            if len(found) == limit:
                break
        return found


class Positions(PagedList):
    """A list held in memory, read page by page: its cursor is a position.

    `fetch` reads what a page of it stands for, such as the rows of keys.
    """

    def __init__(self, rows, name, fetch=list):
        self.rows, self.name, self.fetch = rows, name, fetch

    def page(self, *, after="", before="", size=SIZE):
        """Read a page: the first, or the one after or before a position.

        Raises Mangled for a cursor that is not of this list.
        """
        start = 0
        if after or before:
            name, position = read_cursor(after or before, 2)
            if name != self.name:
                raise MangledCursor
            start = whole_number(position, 10_000_000)
            start = start if after else max(start - size, 0)
        found = self.rows[start : start + size]
        last = start + size
        return KeysetPage(
            self.fetch(found),
            before=write_cursor(self.name, start) if start and found else "",
            after=write_cursor(self.name, last) if last < len(self.rows) else "",
        )


def turn_page(readable, query, size=SIZE):
    """Read the page a query string asks for, and tell whether its cursor was bad.

    A bad cursor gives the first page.
    """
    after, before = query.get("after", ""), query.get("before", "")
    try:
        page = readable.page(after=after, before=before, size=size)
    except MangledCursor:
        page = None
    if page is None or ((after or before) and not page.rows):
        return readable.page(size=size), True
    return page, False
