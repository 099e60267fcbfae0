"""The list of services: what is commissioned, by whom, until when."""

from datetime import timedelta

from django.db.models import CharField, DateField, Q, prefetch_related_objects
from django.utils import timezone

from commissions.models import Service
from commissions.public.listing.filters import (
    AreaField,
    ListFilter,
    TypedFilter,
    areas_inside,
    choice_filter,
    organisation_filter,
    words_filter,
)
from commissions.public.listing.keyset import KeysetPart

WITHIN = {"183": "6 months", "365": "a year", "730": "2 years"}  # days
DATED = Q(contract_ends_on__isnull=False)


class ServiceFilter(ListFilter):
    """Public services, narrowed."""

    orders = {
        "name": ("Name, A to Z", [KeysetPart("name", CharField())]),
        "ending": (
            "Contract ends soonest",
            [
                KeysetPart("contract_ends_on", DateField(), where=DATED),
                KeysetPart("name", CharField(), where=~DATED),
            ],
        ),
    }
    searched = ["name", "summary", "who_uses_it"]
    q = words_filter("In its name or in what it is.")
    topic = choice_filter("Topic", method="by_topic")
    area = TypedFilter(AreaField, label="Place", method="by_area")
    organisation = organisation_filter()
    ends = choice_filter("Contract ends within", WITHIN.items(), method="by_end")

    def __init__(self, data):
        rows = Service.objects.published().select_related("organisation", "topic")
        super().__init__(data, rows)

    def by_area(self, rows, name, value):
        """Keep those in one of these places, or in a place inside one."""
        there = Service.areas.through.objects.filter(area__in=areas_inside(value))
        return rows.filter(pk__in=there.values("service"))

    def by_end(self, rows, name, value):
        """Keep those whose contract ends from today within so many days."""
        today = timezone.localdate()
        by = today + timedelta(days=int(value))
        return rows.filter(contract_ends_on__range=(today, by))


def with_providers(services):
    """Read, in one query, who provides these services; give them back."""
    prefetch_related_objects(services, "providers")
    return services
