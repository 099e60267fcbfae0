"""Statutory notices over all commissions and bodies, as asked for: the pressing first.

Only what somebody here answers for is asked: of a commission known from its
notices alone, what is missing may only not have been brought in. No more than
MOST commissions are asked at once, those changed last, and the page says when
there are more. What each owes is kept until something happens to it: see
`commissions.public.notices.notices_due`.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from operator import attrgetter

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext_lazy

from commissions.law.lifecycle import BEFORE_TENDER
from commissions.law.notices import NOTICE_TYPES
from commissions.law.notices_due import NoticeDue
from commissions.models import Commission, Entry, Organisation, Post
from commissions.public.listing.filters import (
    ListFilter,
    choice_filter,
    organisation_filter,
)
from commissions.public.listing.keyset import Positions
from commissions.public.notices.notices_due import (
    STANDINGS,
    notices_listed,
    owed_by_each,
    owed_by_organisations,
)

MOST = 1_000  # commissions asked at once
REGIMES = ("procurement_act", "below_threshold", "psr")
PRESSING = ("late", "due")
"""What stands in the list where nothing else is asked for."""

LISTED = [
    (code, lazy(attrgetter("label"), str)(notice))
    for code, notice in NOTICE_TYPES.items()
    if notice.about != "market"
]


@dataclass(frozen=True)
class NoticeOwedRow:
    """One notice that one commission owes, or a body for itself.

    `reference` is the commission's, or empty and `slug` the body's; `title` is
    the commission's, or the body's name. `standing` is a key of STANDINGS.
    """

    reference: str
    title: str
    organisation: str
    standing: str
    due: NoticeDue
    slug: str = ""

    @property
    def path(self):
        """Return the address of the page that tells more."""
        if self.reference:
            return reverse("commissions:commission-notices", args=[self.reference])
        page = reverse("commissions:organisation-detail", args=[self.slug])
        return f"{page}#owed"


class OwedFilter(ListFilter):
    """Notices late and due, or published by a day that the law sets, narrowed."""

    orders = {"pressing": (gettext_lazy("The most pressing first"), [])}
    organisation = organisation_filter()
    code = choice_filter(gettext_lazy("Notice"), LISTED, method="later")
    state = choice_filter(
        gettext_lazy("State of the notice"),
        STANDINGS.items(),
        empty=gettext_lazy("Late or due"),
        method="later",
    )

    def __init__(self, data):
        super().__init__(data, Commission.objects.none())

    def later(self, rows, name, value):
        """Leave what the rules know to `found`, which asks them."""
        return rows

    @cached_property
    def counted(self):
        """All that is owed or was by the bodies asked for, and whether it is all."""
        bodies = tuple(body.pk for body in self.asked.get("organisation", ()))
        head = Entry.objects.head()
        today = timezone.localdate()
        if not head:  # nothing tells when what was kept is out of date
            return count_owed(bodies, today)
        return rows_kept(head, bodies, today, get_language())

    @property
    def whole(self):
        return self.counted[1]

    @cached_property
    def found(self):
        """The notices asked for: the late, then those due, each by its day."""
        return [row for row in self.counted[0] if self.wanted(row)]

    def wanted(self, row):
        """Tell whether a notice was asked for."""
        states = [self.asked["state"]] if "state" in self.asked else PRESSING
        code = row.due.code
        return row.standing in states and code == self.asked.get("code", code)

    def read(self):
        return Positions(self.found, "pressing")


def asked_of(bodies):
    """Return the commissions of some bodies (of all, where none is named) to ask."""
    rows = Commission.objects.published().kept_here().filter(regime__in=REGIMES)
    rows = rows.exclude(stage__in=BEFORE_TENDER)
    rows = rows.filter(organisation__in=bodies) if bodies else rows
    return rows.order_by("-changed_at", "-pk")


def bodies_of(bodies):
    """Return the public bodies to ask what they owe for themselves."""
    posts = Post.objects.filter(organisation=OuterRef("pk"), ended_on__isnull=True)
    rows = Organisation.objects.commissioning().filter(
        Exists(posts), dissolved_on__isnull=True
    )
    return rows.filter(pk__in=bodies) if bodies else rows


def count_owed(bodies, today):
    """List what is owed on a day, or was; tell whether every commission was asked."""
    known = owed_by_each(asked_of(bodies)[: MOST + 1], today)
    rows = [
        NoticeOwedRow(*about, standing, due)
        for *about, notices in known[:MOST]
        for standing, due in notices
    ]
    rows += of_bodies(list(bodies_of(bodies)[:MOST]), today)
    return sorted(rows, key=pressing_first), len(known) <= MOST


def of_bodies(bodies, today):
    """List the rows of what bodies owe for themselves."""
    owed = owed_by_organisations(bodies, today)
    return [
        NoticeOwedRow("", body.name, body.name, standing, due, body.slug)
        for body in bodies
        for standing, due in notices_listed(owed[body.pk])
    ]


@lru_cache(maxsize=32)
def rows_kept(head, bodies, today, language):
    """Put the list together once for each head of the record, day and language."""
    return count_owed(bodies, today)


def pressing_first(row):
    """Return where a notice stands in the list."""
    return row.standing != "late", row.due.on or date.max, row.reference, row.title
