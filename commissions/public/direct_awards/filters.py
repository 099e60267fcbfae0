"""Choices made without a competition, as a list: its filters and its orders."""

from datetime import datetime, time, timedelta

from django.db.models import DateTimeField, DecimalField, Q
from django.utils import timezone

from commissions.law.deadlines import count
from commissions.law.direct_award_grounds import ACT, GROUNDS, PSR, REPRESENTED
from commissions.models import DirectAward, Holiday
from commissions.public.listing.filters import (
    ListFilter,
    choice_filter,
    organisation_filter,
    words_filter,
)
from commissions.public.listing.keyset import KeysetPart

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
VALUE = DecimalField(max_digits=18, decimal_places=2)
KNOWN = Q(amount__isnull=False)


class DirectAwardFilter(ListFilter):
    """Choices made without a competition, narrowed."""

    orders = {
        "newest": ("Newest", [KeysetPart("justified_at", DateTimeField(), down=True)]),
        "value": (
            "Highest value",
            [
                KeysetPart("amount", VALUE, down=True, where=KNOWN),
                KeysetPart("justified_at", DateTimeField(), down=True, where=~KNOWN),
            ],
        ),
    }
    searched = ("commission__title", "explanation", "supplier__name")
    q = words_filter("In the title, the explanation or the supplier’s name.")
    open = choice_filter("Representations", OPEN.items(), method="by_open")
    law = choice_filter("Law", LAWS.items(), method="by_law")
    ground = choice_filter("Ground", [(g.code, g.name) for g in GROUNDS.values()])
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


def first_day_open(today, holidays):
    """Return the first day whose notices are still open for representations today."""
    day = today
    for _ in range(FARTHEST):
        before = day - timedelta(days=1)
        if count("psr_representations_close", before, holidays).date < today:
            break
        day = before
    return day
