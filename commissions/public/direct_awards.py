"""Every choice made without a competition: the list, its filters and its files."""

from datetime import datetime, time, timedelta
from functools import cached_property

from django.conf import settings
from django.db.models import DateTimeField, DecimalField, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from commissions.law.deadlines import count
from commissions.law.direct_award_grounds import (
    ACT,
    GROUNDS,
    PSR,
    REPRESENTED,
    WITHOUT_COMPETITION,
)
from commissions.models import Award, Commission, DirectAward, Holiday
from commissions.organisations.models import HolidayCalendars
from commissions.public.listing.exports import Column, Export, all_rows
from commissions.public.listing.filters import (
    ListFilter,
    choice_filter,
    organisation_filter,
    words_filter,
)
from commissions.public.listing.keyset import KeysetPart
from commissions.public.listing.page import ListPage, list_view
from commissions.text.formats import on_day, value_range

LAWS = {
    ACT: gettext_lazy("Procurement Act 2023"),
    PSR: gettext_lazy("NHS Provider Selection Regime"),
}
OPEN = {"yes": gettext_lazy("Open now")}
BESIDES = (
    "commission__organisation",
    "commission__representations__notice",
    "post",
    "committee",
    "supplier",
)
FARTHEST = 60  # days: no eight working days last longer
VALUE = DecimalField(max_digits=18, decimal_places=2)
KNOWN = Q(amount__isnull=False)


class DirectAwardFilter(ListFilter):
    """Choices made without a competition, narrowed."""

    orders = {
        "newest": (
            gettext_lazy("Newest"),
            [KeysetPart("justified_at", DateTimeField(), down=True)],
        ),
        "value": (
            gettext_lazy("Highest value"),
            [
                KeysetPart("amount", VALUE, down=True, where=KNOWN),
                KeysetPart("justified_at", DateTimeField(), down=True, where=~KNOWN),
            ],
        ),
    }
    searched = ("commission__title", "explanation", "supplier__name")
    q = words_filter(
        gettext_lazy("In the title, the explanation or the supplier’s name.")
    )
    open = choice_filter(
        gettext_lazy("Representations"), OPEN.items(), method="by_open"
    )
    law = choice_filter(gettext_lazy("Law"), LAWS.items(), method="by_law")
    ground = choice_filter(
        gettext_lazy("Ground"),
        [(g.code, gettext_lazy(g.name)) for g in GROUNDS.values()],
    )
    organisation = organisation_filter(
        "commission__organisation", gettext_lazy("All or part of its name.")
    )

    def __init__(self, data, *, at=None):
        self.at = at or timezone.now()
        rows = DirectAward.objects.filter(commission__published_at__lte=self.at)
        super().__init__(data, rows.select_related(*BESIDES))

    def by_law(self, rows, name, value):
        """Keep those on the grounds of one law."""
        codes = [code for code, ground in GROUNDS.items() if ground.regime == value]
        return rows.filter(ground__in=codes)

    def by_open(self, rows, name, value):
        """Keep those to which a provider can object now."""
        today = timezone.localdate(self.at)
        first = first_day_open(today, Holiday.objects.calendar("england"))
        return rows.filter(
            commission__route__in=REPRESENTED,
            commission__representations__settled_at__isnull=True,
            commission__representations__notice__published_at__gte=timezone.make_aware(
                datetime.combine(first, time.min)
            ),
        )


def first_day_open(today, holidays):
    """Return the first day whose notices are still open for representations today."""
    day = today
    for _ in range(FARTHEST):
        before = day - timedelta(days=1)
        if count("psr_representations_close", before, holidays).date < today:
            break
        day = before
    return day


LOOKED_AT = 5_000  # commissions, the newest, among which those unexplained are sought
SHOWN = 10  # of those at most, under the list


class DirectAwardRow:
    """One direct award in words; `calendars` reads the bank holidays once for many."""

    def __init__(self, award, calendars):
        self.award, self.commission = award, award.commission
        self.ground = GROUNDS[award.ground]
        self.representations = getattr(award.commission, "representations", None)
        self.calendars = calendars

    @property
    def value(self):
        worth = self.award.amount
        return value_range(worth, worth, self.award.get_vat_display())

    @property
    def decided_by(self):
        post = self.award.post
        return post.title if post else self.award.committee.name

    @cached_property
    def closes_on(self):
        """The last day for representations; None where there are none."""
        review = self.representations
        return review and review.clock(self.calendars.of("england")).date

    @property
    def objections(self):
        """Whether a provider can object, or what came of it; empty where none can."""
        review = self.representations
        if review is None:
            return ""
        if review.settled_at:
            return gettext("Representations reviewed: {outcome}").format(
                outcome=review.get_outcome_display().lower()
            )
        if timezone.localdate() <= self.closes_on:
            last = on_day(self.closes_on)
            said = gettext("Open for representations until the end of {day}")
            return said.format(day=last)
        if review.received:
            return gettext("Representations under review")
        said = gettext("Representations closed on {day}")
        return said.format(day=on_day(self.closes_on))


def describe_direct_awards(awards):
    """Say a page of them in words; one query for the bank holidays if any may be open."""
    calendars = HolidayCalendars()
    return [DirectAwardRow(award, calendars) for award in awards]


def is_unexplained(at):
    """List the newest choices whose body has not said its ground here: from notices only.

    Looks at so many of the newest commissions, so that it costs the same however
    many there are.
    """
    newest = Commission.objects.published(at).order_by("-published_at", "-pk")
    found = newest.filter(
        Exists(Award.objects.filter(commission=OuterRef("pk"))),
        pk__in=newest.values("pk")[:LOOKED_AT],
        route__in=WITHOUT_COMPETITION,
        direct_award__isnull=True,
    )
    return list(found.select_related("organisation", "tender")[:SHOWN])


def direct_award_address(row):
    """Return the full address of the page of the award."""
    page = reverse("commissions:award-detail", args=[row.commission.reference])
    return f"{settings.PORTAL_ORIGIN}{page}"


COLUMNS = [
    Column("reference", "commission.reference"),
    Column("title", "commission.title"),
    Column("organisation", "commission.organisation.name"),
    Column("ground", "award.ground"),
    Column("law", "ground.law"),
    Column("explanation", "award.explanation"),
    Column(
        "supplier", lambda row: row.award.supplier.name if row.award.supplier else ""
    ),
    Column("value_pounds", "award.amount"),
    Column("value_vat", "award.vat"),
    Column("decided_by", "decided_by"),
    Column("conflicts", "award.conflicts"),
    Column("conflicts_managed", "award.conflicts_managed"),
    Column("said_on", lambda row: timezone.localdate(row.award.justified_at)),
    Column("representations_until", "closes_on"),
    Column("representations_received", "representations.received"),
    Column("address", direct_award_address),
]
EXPORT = Export(
    "direct-awards", COLUMNS, lambda filters: all_rows(filters, describe_direct_awards)
)
export = EXPORT.view(DirectAwardFilter)


class DirectAwardList(ListPage):
    """One page of the choices made without a competition."""

    filter_set = DirectAwardFilter
    template = "commissions/direct_awards/list.html"
    title = gettext_lazy("Chosen without a competition")
    noun = gettext_lazy("choice made without a competition")
    nouns = gettext_lazy("choices made without a competition")
    export = EXPORT

    def present(self, rows):
        return describe_direct_awards(rows)

    @cached_property
    def unexplained(self):
        """The newest known from notices only, under the whole list."""
        return [] if self.filtered else is_unexplained(self.filters.at)


index = list_view(DirectAwardList)
