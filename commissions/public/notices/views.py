"""The notices of one commission: published, due, late, and not needed with the reason."""

from collections import Counter
from functools import cached_property

from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from commissions.law.language import gettext, ngettext
from commissions.law.notices_due import (
    NO_NOTICES,
    NoticeState,
    coming_for_organisations,
)
from commissions.models import Commission
from commissions.public.commission.page import latest_notice, show_notice
from commissions.public.commission.page import show_rows as listed
from commissions.public.listing.exports import Column, Export, same_value
from commissions.public.listing.page import ListPage, excerpt, list_view
from commissions.public.notices.filters import OwedFilter
from commissions.public.notices.notices_due import (
    STANDINGS,
    doubt_about_law_of,
    notices_owed,
    show_notice_due,
    what_is_owed,
    with_notices,
)

PRESSING = (NoticeState.LATE, NoticeState.DUE)
NAMED = 3  # contracts of which a notice says the same
LEFT = (NoticeState.UNRECORDED, NoticeState.NOT_YET, NoticeState.NOT_NEEDED)


class CommissionNoticesPage:
    """What the public sees of one commission's notices, today.

    `commission` comes with what `notices_due.with_notices` fetches; `whole` names the
    list that the reader wants whole.
    """

    def __init__(self, commission, whole=""):
        self.commission, self.whole = commission, whole
        self.today = timezone.localdate()

    @cached_property
    def dues(self):
        """What the law asks of who keeps it here; of what notices tell, nothing."""
        if not self.commission.kept_here:
            return []
        return notices_owed(self.commission, self.today)

    @property
    def latest(self):
        """The newest notice seen, of a commission known from notices only; or None."""
        return latest_notice(self.commission)

    @property
    def doubt(self):
        return self.commission.kept_here and doubt_about_law_of(
            self.commission, self.today
        )

    @property
    def without(self):
        """Why the law asks for no notice; empty where it does."""
        return gettext(NO_NOTICES.get(self.commission.regime, ""))

    @property
    def counts(self):
        """How many are late, due, and published, in words; empty where none is."""
        said = Counter(due.state for due in self.dues)
        words = (
            (said[NoticeState.LATE], gettext("{n} late")),
            (said[NoticeState.DUE], gettext("{n} due")),
            (len(self.commission.notices.all()), gettext("{n} published")),
        )
        return ", ".join(word.format(n=number) for number, word in words if number)

    @cached_property
    def pressing(self):
        return present_together(due for due in self.dues if due.state in PRESSING)

    @cached_property
    def left(self):
        """Those that nobody has to publish now, and the published copies of contracts."""
        return present_together(
            due
            for due in self.dues
            if due.state in LEFT or (due.state == NoticeState.PUBLISHED and due.part)
        )

    @cached_property
    def published(self):
        """Every notice recorded here, newest first, with how late each was.

        A code that the rules know has one row for each contract or year; the day
        of publication tells which of them a notice is.
        """
        told = {(due.code, due.published_on): due for due in self.dues if not due.part}

        def show(notice):
            due = told.get((notice.code, timezone.localdate(notice.published_at)))
            return {**show_notice(notice), "due": due and show_notice_due(due)}

        newest = list(reversed(self.commission.notices.all()))
        return listed(excerpt(newest, "published", first=25, asked=self.whole), show)


def present_together(rows):
    """Present notices, those of several contracts that say the same as one."""
    found = {}
    for due in rows:
        one = show_notice_due(due)
        same = (one["code"], one["name"], one["sentence"], one["why"])
        found.setdefault(same, {**one, "about": []})["about"].append(due.about)
    return [{**one, "about": name_contracts(one["about"])} for one in found.values()]


def name_contracts(contracts):
    """Name the contracts, the first three of many."""
    names = [name for name in contracts if name]
    more = len(names) - NAMED
    said = "; ".join(names[:NAMED])
    if more <= 0:
        return said
    others = ngettext("and {n} more contract", "and {n} more contracts", more)
    return f"{said}; {others.format(n=more)}"


def counted(rows):
    """Say how many are late and how many are due, or how else they stand."""
    said = Counter(row.standing for row in rows)
    named = [code for code in STANDINGS if said[code]] or ["late", "due"]
    return ", ".join(f"{said[code]:,} {str(STANDINGS[code]).lower()}" for code in named)


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
    title = gettext_lazy("Notices late and due")
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
