"""The list of services: what is commissioned, by whom, until when."""

from datetime import timedelta

from django.db.models import CharField, DateField, F, Q, prefetch_related_objects
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commissions.law.lifecycle import LINE
from commissions.models import Contract, Service
from commissions.public.commission.results import result
from commissions.public.contracts.rows import described
from commissions.public.listing.excerpts import excerpt
from commissions.public.listing.exports import Column, Export, all_rows
from commissions.public.listing.filters import (
    AreaField,
    ListFilter,
    TypedFilter,
    choice,
    inside,
    organisation_filter,
    words_filter,
)
from commissions.public.listing.keyset import Part
from commissions.public.listing.page import ListPage, list_view
from commissions.text.formats import how_far

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


COLUMNS = [
    Column("name", "name"),
    Column("organisation", "organisation.name"),
    Column("topic", lambda service: service.topic.name if service.topic else ""),
    Column(
        "providers",
        lambda service: "; ".join(body.name for body in service.providers.all()),
    ),
    Column("contract_ends_on", "contract_ends_on"),
    Column("yearly_spend_pounds", "yearly_spend"),
    Column("slug", "slug"),
]
EXPORT = Export(
    "services",
    COLUMNS,
    lambda filters: all_rows(filters, with_providers),
    endings=["csv"],
)
export = EXPORT.view(ServiceFilter)


class ServiceList(ListPage):
    """One page of services."""

    filter_set = ServiceFilter
    template = "commissions/services/list.html"
    title, noun, nouns = "Services", "service", "services"
    export = EXPORT

    def present(self, rows):
        """Read, in one query, who provides these services."""
        return with_providers(rows)


index = list_view(ServiceList)


# A service's public page: what it is, who provides it, what is planned.


SIGNED = LINE.index("contract")


@require_safe
def detail(request, slug):
    """Show one service that is public."""
    public = Service.objects.published().select_related("organisation", "topic")
    service = get_object_or_404(public, slug=slug)
    asked = request.GET.get("all", "")
    found = service.commissions.published().select_related("organisation")
    part = excerpt(
        found.order_by("-published_at", "-pk"), "commissions", first=20, asked=asked
    )
    now, today = timezone.now(), timezone.localdate()
    context = {
        "service": service,
        "ends": service.contract_ends_on and how_far(service.contract_ends_on, today),
        "ended": bool(service.contract_ends_on and service.contract_ends_on < today),
        "providers": list(service.providers.order_by("name")[:100]),
        "contracts": contracts(service),
        "areas": list(service.areas.order_by("name")[:100]),
        "commissions": part,
        "planned": [result(c, now) for c in part.rows if is_planned(c)],
        "past": [result(c, now) for c in part.rows if not is_planned(c)],
    }
    return render(request, "commissions/services/detail.html", context)


def contracts(service):
    """List the contracts under which it runs now, the soonest to end first."""
    running = Contract.objects.published().running()
    found = running.filter(commission__services=service).select_related(
        "commission__organisation", "post"
    )
    soonest = found.order_by(F("ends_on").asc(nulls_last=True), "pk")
    return described(list(soonest[:20]), timezone.localdate())


def is_planned(commission):
    """Tell whether a commission has yet to come to a contract."""
    if commission.stage == "cancelled":
        return False
    return commission.stage not in LINE[SIGNED:]
