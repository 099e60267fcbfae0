"""The notices of one commission: published, due, late, and not needed with the reason."""

from collections import Counter
from functools import cached_property

from django.utils import timezone

from commissions.law.notices_due import NO_NOTICES, NoticeState
from commissions.public.commission.page import latest_notice, show_notice
from commissions.public.commission.page import show_rows as listed
from commissions.public.listing.excerpts import excerpt
from commissions.public.notices.notices_due import (
    doubt_about_law_of,
    notices_owed,
    show_notice_due,
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
        return NO_NOTICES.get(self.commission.regime, "")

    @property
    def counts(self):
        """How many are late, due, and published, in words; empty where none is."""
        said = Counter(due.state for due in self.dues)
        words = (
            (said[NoticeState.LATE], "late"),
            (said[NoticeState.DUE], "due"),
            (len(self.commission.notices.all()), "published"),
        )
        return ", ".join(f"{number} {word}" for number, word in words if number)

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
    return f"{said}; and {more} more contracts" if more > 0 else said
