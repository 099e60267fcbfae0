"""A choice made without a competition as an item of a list."""

from functools import cached_property

from django.db.models import Exists, OuterRef
from django.utils import timezone

from commissions.law.direct_award_grounds import GROUNDS, WITHOUT_COMPETITION
from commissions.models import Award, Commission
from commissions.organisations.holidays import HolidayCalendars
from commissions.text.formats import on_day, value_range

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
            return f"Representations reviewed: {review.get_outcome_display().lower()}"
        if timezone.localdate() <= self.closes_on:
            last = on_day(self.closes_on)
            return f"Open for representations until the end of {last}"
        if review.received:
            return "Representations under review"
        return f"Representations closed on {on_day(self.closes_on)}"


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
