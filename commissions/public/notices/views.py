"""Notices due and late, over all commissions and bodies: for public and staff alike."""

from collections import Counter
from functools import cached_property

from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commissions.law.notices_due import NO_NOTICES, State, coming_for_organisations
from commissions.models import Commission
from commissions.public.commission.page import show_notice
from commissions.public.commission.page import shown as listed
from commissions.public.listing.excerpts import excerpt
from commissions.public.listing.exports import Column, Export, same
from commissions.public.listing.page import ListPage, list_view
from commissions.public.notices.filters import OwedFilter
from commissions.public.notices.notices_due import (
    STANDINGS,
    doubt,
    owed,
    shown,
    what_is_owed,
    with_notices,
)


def counted(rows):
    """Say how many are late and how many are due, or how else they stand."""
    said = Counter(row.standing for row in rows)
    named = [code for code in STANDINGS if said[code]] or ["late", "due"]
    return ", ".join(f"{said[code]:,} {STANDINGS[code].lower()}" for code in named)


def days_late(row):
    """Return for how long it is late, or how late it was published; None if neither."""
    due = row.due
    if due.state == State.LATE:
        return None if due.days is None else -due.days
    return due.days_late or None


COLUMNS = [
    Column("code", "due.code"),
    Column("notice", "due.name"),
    Column("contract", "due.about"),
    Column("state", "standing"),
    Column("due_on", "due.on"),
    Column("published_on", "due.published_on"),
    Column("days_left", lambda r: r.due.days if r.due.state == State.DUE else None),
    Column("days_late", days_late),
    Column("why", "due.why"),
    Column("counting", "due.counting"),
    Column("law", "due.source"),
    Column("commission", "reference"),
    *same("title", "organisation"),
    Column("address", lambda row: f"{settings.PORTAL_ORIGIN}{row.path}"),
]
EXPORT = Export("notices", COLUMNS, lambda filters: filters.found)


class NoticeList(ListPage):
    """One page of the notices that are late and due."""

    filter_set = OwedFilter
    template = "commissions/notices/list.html"
    title = "Notices late and due"
    export = EXPORT

    def present(self, rows):
        """Say each notice in words."""
        return [(row, shown(row.due)) for row in rows]

    @property
    def count(self):
        """How many are late and how many are due, or how else they stand."""
        return counted(self.filters.found)

    @property
    def whole(self):
        """Whether every commission was asked."""
        return self.filters.whole

    @cached_property
    def body(self):
        """The one body asked for; None where all or several are."""
        asked = self.filters.asked.get("organisation", [])
        return asked[0] if len(asked) == 1 else None

    @cached_property
    def themselves(self):
        """What that body owes for itself; else what any of them does."""
        if self.body:
            return what_is_owed(self.body)
        return [shown(due) for due in coming_for_organisations(timezone.localdate())]


index = list_view(NoticeList)
export = EXPORT.view(OwedFilter)


# The notices of one commission: published, due, late, and not needed with the reason.


PRESSING = (State.LATE, State.DUE)
NAMED = 3  # contracts of which a notice says the same
LEFT = (State.UNRECORDED, State.NOT_YET, State.NOT_NEEDED)


@require_safe
def of_commission(request, reference):
    """Show what was published about one public commission, and what it owes."""
    public = with_notices(Commission.objects.published())
    commission = get_object_or_404(public, reference=reference)
    rows, asked = owed(commission), request.GET.get("all", "")
    context = {
        "commission": commission,
        "today": timezone.localdate(),
        "counts": counts(rows, commission),
        "pressing": together(due for due in rows if due.state in PRESSING),
        "left": together(due for due in rows if due.state in LEFT or is_copy(due)),
        "published": published(commission, rows, asked),
        "doubt": doubt(commission),
        "without": NO_NOTICES.get(commission.regime, ""),
    }
    return render(request, "commissions/notices/commission.html", context)


def is_copy(due):
    """Tell whether it is a published copy of a contract, which is no notice itself."""
    return due.state == State.PUBLISHED and bool(due.part)


def counts(rows, commission):
    """Say how many are late, due, and published, in words; empty where none is."""
    said = Counter(due.state for due in rows)
    words = (
        (said[State.LATE], "late"),
        (said[State.DUE], "due"),
        (len(commission.notices.all()), "published"),
    )
    return ", ".join(f"{number} {word}" for number, word in words if number)


def together(rows):
    """Present notices, those of several contracts that say the same as one."""
    found = {}
    for due in rows:
        one = shown(due)
        same = (one["code"], one["name"], one["sentence"], one["why"])
        found.setdefault(same, {**one, "about": []})["about"].append(due.about)
    return [{**one, "about": named(one["about"])} for one in found.values()]


def named(contracts):
    """Name the contracts, the first three of many."""
    names = [name for name in contracts if name]
    more = len(names) - NAMED
    said = "; ".join(names[:NAMED])
    return f"{said}; and {more} more contracts" if more > 0 else said


def published(commission, rows, asked):
    """List every notice recorded here, newest first, with how late each was.

    A code that the rules know has one row for each contract or year; the day
    of publication tells which of them a notice is.
    """
    told = {(due.code, due.published_on): due for due in rows if not due.part}

    def show(notice):
        due = told.get((notice.code, timezone.localdate(notice.published_at)))
        return {**show_notice(notice), "due": due and shown(due)}

    newest = list(reversed(commission.notices.all()))
    return listed(excerpt(newest, "published", first=25, asked=asked), show)
