"""The list of services: what is commissioned, by whom, until when."""

from datetime import timedelta

from django.db.models import CharField, DateField, Q, prefetch_related_objects
from django.utils import timezone
from django.views.decorators.http import require_safe

from commissions.models import Service
from commissions.public.commission.filters import TypedFilter, choice, inside
from commissions.public.listing.csv_json import csv_lines, download
from commissions.public.listing.fields import AreaField
from commissions.public.listing.keyset import Part
from commissions.public.listing.views import (
    ListFilter,
    organisation_filter,
    page_of,
    words_filter,
)

HEADS = [
    "name",
    "organisation",
    "topic",
    "providers",
    "contract_ends_on",
    "yearly_spend_pounds",
    "slug",
]
WITHIN = {"183": "6 months", "365": "a year", "730": "2 years"}  # days
DATED = Q(contract_ends_on__isnull=False)


class ServiceFilter(ListFilter):
    """Public services, narrowed."""

    orders = {
        "name": ("Name, A to Z", [Part("name", CharField())]),
        "ending": (
            "Contract ends soonest",
            [
                Part("contract_ends_on", DateField(), where=DATED),
                Part("name", CharField(), where=~DATED),
            ],
        ),
    }
    searched = ["name", "summary", "who_uses_it"]
    q = words_filter("In its name or in what it is.")
    topic = choice("Topic", method="by_topic")
    area = TypedFilter(AreaField, label="Place", method="by_area")
    organisation = organisation_filter()
    ends = choice("Contract ends within", WITHIN.items(), method="by_end")

    def __init__(self, data):
        rows = Service.objects.published().select_related("organisation", "topic")
        super().__init__(data, rows)

    def by_area(self, rows, name, value):
        """Keep those in one of these places, or in a place inside one."""
        there = Service.areas.through.objects.filter(area__in=inside(value))
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


@require_safe
def index(request):
    """Show one page of services."""
    return page_of(
        request,
        "commissions/services/list.html",
        ServiceFilter(request.GET),
        names=("Services", "service", "services"),
        present=with_providers,
        formats={"csv": "CSV"},
    )


@require_safe
def export(request):
    """Answer with the list as CSV."""
    pages = ServiceFilter(request.GET).read().pages()
    rows = (facts(service) for page in pages for service in with_providers(page.rows))
    return download(csv_lines(HEADS, rows), "text/csv", "services.csv")


def facts(service):
    """Return one service as the plain values of a file."""
    return {
        "name": service.name,
        "organisation": service.organisation.name,
        "topic": service.topic.name if service.topic else "",
        "providers": "; ".join(body.name for body in service.providers.all()),
        "contract_ends_on": service.contract_ends_on,
        "yearly_spend_pounds": service.yearly_spend,
        "slug": service.slug,
    }
