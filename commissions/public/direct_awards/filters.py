"""Choices made without a competition, as a list: its filters, its order, its rows."""

from datetime import datetime, time, timedelta

from django.db.models import DateTimeField, DecimalField, Exists, OuterRef, Q
from django.utils import timezone

from commissions.law.deadlines import count
from commissions.law.direct_award_grounds import (
    ACT,
    GROUNDS,
    PSR,
    REPRESENTED,
    WITHOUT_COMPETITION,
)
from commissions.models import Award, Commission, DirectAward, Holiday
from commissions.public.listing.filters import (
    ListFilter,
    choice,
    organisation_filter,
    words_filter,
)
from commissions.public.listing.keyset import Part
from commissions.text.formats import on_day, value_range

LAWS = {ACT: "Procurement Act 2023", PSR: "NHS Provider Selection Regime"}
OPEN = {"yes": "Open now"}
BESIDES = (
    "commission__organisation",
    "commission__representations__notice",
    "post",
    "committee",
    "supplier",
)
FARTHEST = 60  # days: no eight working days last longer
LOOKED_AT = 5_000  # commissions, the newest, among which those unexplained are sought
SHOWN = 10  # of those at most, under the list
VALUE = DecimalField(max_digits=18, decimal_places=2)
KNOWN = Q(amount__isnull=False)


class DirectAwardFilter(ListFilter):
    """Choices made without a competition, narrowed."""

    orders = {
        "newest": ("Newest", [Part("justified_at", DateTimeField(), down=True)]),
        "value": (
            "Highest value",
            [
                Part("amount", VALUE, down=True, where=KNOWN),
                Part("justified_at", DateTimeField(), down=True, where=~KNOWN),
            ],
        ),
    }
    searched = ("commission__title", "explanation", "supplier__name")
    q = words_filter("In the title, the explanation or the supplier’s name.")
    open = choice("Representations", OPEN.items(), method="by_open")
    law = choice("Law", LAWS.items(), method="by_law")
    ground = choice("Ground", [(g.code, g.name) for g in GROUNDS.values()])
    organisation = organisation_filter(
        "commission__organisation", "All or part of its name."
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


def unexplained(at):
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


def first_day_open(today, holidays):
    """Return the first day whose notices are still open for representations today."""
    day = today
    for _ in range(FARTHEST):
        before = day - timedelta(days=1)
        if count("psr_representations_close", before, holidays).date < today:
            break
        day = before
    return day


def described(awards):
    """Say a page of them in words; one query for the bank holidays if any may be open."""
    holidays = None
    rows = []
    for award in awards:
        review = getattr(award.commission, "representations", None)
        if review and holidays is None:
            holidays = Holiday.objects.calendar("england")
        rows.append(row(award, review and review.clock(holidays).date, review))
    return rows


def row(award, closes_on, review):
    """Say one of them in words."""
    ground = GROUNDS[award.ground]
    decider = award.decider
    return {
        "title": award.commission.title,
        "reference": award.commission.reference,
        "organisation": award.commission.organisation.name,
        "ground": ground,
        "explanation": award.explanation,
        "supplier": award.supplier.name if award.supplier else "",
        "value": value_range(award.amount, award.amount, award.get_vat_display()),
        "decided_by": getattr(decider, "title", None) or decider.name,
        "on": award.justified_at,
        "closes_on": closes_on,
        "objections": objections(closes_on, review),
    }


def objections(closes_on, review):
    """Say whether a provider can object, or what came of it; empty where none can."""
    if review is None:
        return ""
    if review.settled_at:
        return f"Representations reviewed: {review.get_outcome_display().lower()}"
    if timezone.localdate() <= closes_on:
        return f"Open for representations until the end of {on_day(closes_on)}"
    if review.received:
        return "Representations under review"
    return f"Representations closed on {on_day(closes_on)}"
