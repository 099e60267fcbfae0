"""Notices due and late, over all commissions and bodies; and those of one commission."""

from collections import Counter
from functools import cached_property

from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commissions.law.notices_due import NoticeState, coming_for_organisations
from commissions.models import Commission
from commissions.public.listing.exports import Column, Export, same_value
from commissions.public.listing.page import ListPage, list_view
from commissions.public.notices.filters import OwedFilter
from commissions.public.notices.notices_due import (
    STANDINGS,
    show_notice_due,
    what_is_owed,
    with_notices,
)
from commissions.public.notices.page import CommissionNoticesPage


def counted(rows):
    """Say how many are late and how many are due, or how else they stand."""
    said = Counter(row.standing for row in rows)
    named = [code for code in STANDINGS if said[code]] or ["late", "due"]
    return ", ".join(f"{said[code]:,} {STANDINGS[code].lower()}" for code in named)


def days_late(row):
    """Return for how long it is late, or how late it was published; None if neither."""
    due = row.due
    if due.state == NoticeState.LATE:
        return None if due.days is None else -due.days
    return due.days_late or None


COLUMNS = [
    Column("code", "due.code"),
    Column("notice", "due.name"),
    Column("contract", "due.about"),
    Column("state", "standing"),
    Column("due_on", "due.on"),
    Column("published_on", "due.published_on"),
    Column(
        "days_left", lambda r: r.due.days if r.due.state == NoticeState.DUE else None
    ),
    Column("days_late", days_late),
    Column("why", "due.why"),
    Column("counting", "due.counting"),
    Column("law", "due.source"),
    Column("commission", "reference"),
    *same_value("title", "organisation"),
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
        return [(row, show_notice_due(row.due)) for row in rows]

    @property
    def count(self):
        return counted(self.filters.found)

    @property
    def whole(self):
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
        return [
            show_notice_due(due)
            for due in coming_for_organisations(timezone.localdate())
        ]


index = list_view(NoticeList)
export = EXPORT.view(OwedFilter)


@require_safe
def of_commission(request, reference):
    """Show what was published about one public commission, and what it owes."""
    public = with_notices(Commission.objects.published())
    commission = get_object_or_404(public, reference=reference)
    page = CommissionNoticesPage(commission, request.GET.get("all", ""))
    return render(request, "commissions/notices/commission.html", {"page": page})
