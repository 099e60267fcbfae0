"""Notices due and late over all commissions, as asked for: the most pressing first.

Only commissions that somebody here answers for are asked: of one known from
its notices alone, what is missing may only not have been brought in. The days
change with the day and with the record, so what was counted is kept in this
process until either moves. No more than MOST commissions are asked at once,
those changed last, and the page says when there are more.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from django.db.models import Q
from django.utils import timezone

from commissions.lifecycle import BEFORE_TENDER
from commissions.lists.filters import choice
from commissions.lists.paging import Page, Readable, read, whole, write
from commissions.lists.shorter import ListFilter, organisation_filter
from commissions.models import Commission, Entry
from commissions.notice_types import NOTICE_TYPES
from commissions.notices_due import Due, State
from commissions.pages.owed import owed, with_notices

MOST = 1_000  # commissions asked at once
REGIMES = ("procurement_act", "below_threshold", "psr")
STATES = {State.LATE.value: "Late", State.DUE.value: "Due"}
OF_COMMISSIONS = [
    (code, notice.label)
    for code, notice in NOTICE_TYPES.items()
    if notice.about == "commission"
]
UNREAD = (
    *("summary", "need", "outcomes", "fixed", "still_open", "unknowns"),
    *("changes_for", "equality_impact", "funding"),
)


@dataclass(frozen=True)
class Row:
    """One notice that one commission owes."""

    reference: str
    title: str
    organisation: str
    due: Due


class Positions(Readable):
    """A list held in memory, read page by page: its cursor is a position."""

    def __init__(self, rows, name):
        self.rows, self.name = rows, name

    def page(self, *, after="", before="", size=25):
        """Read a page: the first, or the one after or before a position.

        Raises Mangled for a cursor that is not of this list.
        """
        start = 0
        if after or before:
            _, position = read(after or before, 2)
            start = whole(position, 10_000_000)
            start = start if after else max(start - size, 0)
        found = self.rows[start : start + size]
        last = start + size
        return Page(
            found,
            before=write(self.name, start) if start and found else "",
            after=write(self.name, last) if last < len(self.rows) else "",
        )


class OwedFilter(ListFilter):
    """Notices due and late, narrowed."""

    orders = {"pressing": ("The most pressing first", [])}
    organisation = organisation_filter()
    code = choice("Notice", OF_COMMISSIONS, method="later")
    state = choice("Late or due", STATES.items(), empty="Both", method="later")

    def __init__(self, data):
        super().__init__(data, Commission.objects.none())

    def later(self, rows, name, value):
        """Leave what the rules know to `found`, which asks them."""
        return rows

    @cached_property
    def counted(self):
        """All that is late or due for the bodies asked for, and whether it is all."""
        bodies = tuple(body.pk for body in self.asked.get("organisation", ()))
        newest = Entry.objects.order_by("-pk").values_list("pk", "at").first()
        today = timezone.localdate()
        if newest is None:  # nothing tells when what was kept is out of date
            return count_owed(bodies, today)
        return kept(newest, bodies, today)

    @property
    def whole(self):
        """Tell whether every commission was asked."""
        return self.counted[1]

    @cached_property
    def found(self):
        """The notices that are late, then those due, each by its day."""
        return [row for row in self.counted[0] if self.wanted(row.due)]

    def wanted(self, due):
        """Tell whether a notice was asked for."""
        states = [self.asked["state"]] if "state" in self.asked else list(STATES)
        return due.state in states and due.code == self.asked.get("code", due.code)

    def read(self):
        """Return the list, ready to be paged."""
        return Positions(self.found, "pressing")


def asked_of(bodies):
    """Return the commissions of some bodies (of all, where none is named) to ask."""
    answered = Q(post__isnull=False) | Q(committee__isnull=False)
    rows = Commission.objects.published().filter(answered, regime__in=REGIMES)
    rows = rows.exclude(stage__in=BEFORE_TENDER).defer(*UNREAD)
    rows = rows.filter(organisation__in=bodies) if bodies else rows
    return with_notices(rows).order_by("-changed_at", "-pk")


def count_owed(bodies, today):
    """Count what is late or due on a day; tell whether every commission was asked."""
    commissions = list(asked_of(bodies)[: MOST + 1])
    rows = [
        Row(each.reference, each.title, each.organisation.name, due)
        for each in commissions[:MOST]
        for due in owed(each, today)
        if due.state in STATES
    ]
    return sorted(rows, key=pressing), len(commissions) <= MOST


@lru_cache(maxsize=32)
def kept(newest, bodies, today):
    """Count once for each newest entry of the record, and each day."""
    return count_owed(bodies, today)


def pressing(row):
    """Return where a notice stands in the list."""
    due = row.due
    return due.state != State.LATE, due.on or date.max, row.reference
