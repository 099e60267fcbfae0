"""The list of services: what is commissioned, by whom, until when."""

from datetime import timedelta

from django.db.models import CharField, DateField, F, Q, prefetch_related_objects
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commissions.law.lifecycle import LINE
from commissions.models import Contract, Service
from commissions.public.commission.filters import TypedFilter, choice, inside
from commissions.public.commission.results import result
from commissions.public.contracts.rows import described
from commissions.public.listing.csv_json import csv_lines, download
from commissions.public.listing.excerpts import excerpt
from commissions.public.listing.fields import AreaField
from commissions.public.listing.keyset import Part
from commissions.public.listing.views import (
    ListFilter,
    organisation_filter,
    page_of,
    words_filter,
)
from commissions.text.formats import how_far

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
