"""Services: the list with its filters, and the page of one."""

from datetime import timedelta
from functools import cached_property

from django.db.models import CharField, DateField, F, Q, prefetch_related_objects
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_safe

from commissions.law.lifecycle import LINE
from commissions.models import Contract, Service
from commissions.people.holdings import read_holders
from commissions.public.commission.rows import commission_result
from commissions.public.contracts.rows import describe_contracts
from commissions.public.listing.exports import Column, Export, all_rows
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
from commissions.public.listing.page import ListPage, excerpt, list_view
from commissions.text.formats import how_far

WITHIN = {
    "183": gettext_lazy("6 months"),
    "365": gettext_lazy("a year"),
    "730": gettext_lazy("2 years"),
}
"""By days."""

DATED = Q(contract_ends_on__isnull=False)


class ServiceFilter(ListFilter):
    """Public services, narrowed."""

    orders = {
        "name": (gettext_lazy("Name, A to Z"), [KeysetPart("name", CharField())]),
        "ending": (
            gettext_lazy("Contract ends soonest"),
            [
                KeysetPart("contract_ends_on", DateField(), where=DATED),
                KeysetPart("name", CharField(), where=~DATED),
            ],
        ),
    }
    searched = ["name", "summary", "who_uses_it"]
    q = words_filter(gettext_lazy("In its name or its description."))
    topic = choice_filter(gettext_lazy("Topic"), method="by_topic")
    area = TypedFilter(AreaField, label=gettext_lazy("Place"), method="by_area")
    organisation = organisation_filter()
    ends = choice_filter(
        gettext_lazy("Contract ends within"), WITHIN.items(), method="by_end"
    )

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


SIGNED = LINE.index("contract")


class ServicePage:
    """What the public sees of one service."""

    def __init__(self, service, *, asked=""):
        self.service, self.asked = service, asked
        self.now, self.today = timezone.now(), timezone.localdate()

    @property
    def ends(self):
        """How far off the end of its contract is; nothing where that is unknown."""
        last = self.service.contract_ends_on
        return last and how_far(last, self.today)

    @property
    def has_ended(self):
        """Whether its contract is over."""
        last = self.service.contract_ends_on
        return bool(last and last < self.today)

    @cached_property
    def providers(self):
        return list(self.service.providers.order_by("name")[:100])

    @cached_property
    def areas(self):
        """Where it is."""
        return list(self.service.areas.order_by("name")[:100])

    @cached_property
    def contracts(self):
        """The contracts under which it runs now, the soonest to end first."""
        running = Contract.objects.published().running()
        found = running.filter(commission__services=self.service).select_related(
            "commission__organisation", "post"
        )
        soonest = found.order_by(F("ends_on").asc(nulls_last=True), "pk")
        return describe_contracts(list(soonest[:20]), self.today)

    @cached_property
    def commissions(self):
        """The public commissions of it, newest first."""
        found = self.service.commissions.published().select_related(
            "organisation", "committee", "post__organisation", "post__deputy"
        )
        rows = found.order_by("-published_at", "-pk")
        return excerpt(rows, "commissions", first=20, asked=self.asked)

    @cached_property
    def held(self):
        """The commission that says who is responsible: planned before past, or None."""
        known = [each for each in self.commissions.rows if each.kept_here]
        held = next(iter(sorted(known, key=is_planned, reverse=True)), None)
        read_holders([held and held.post])
        return held

    @property
    def planned(self):
        """Those that have yet to come to a contract."""
        return [
            commission_result(c, self.now)
            for c in self.commissions.rows
            if is_planned(c)
        ]

    @property
    def past(self):
        """The others."""
        return [
            commission_result(c, self.now)
            for c in self.commissions.rows
            if not is_planned(c)
        ]


def is_planned(commission):
    """Tell whether a commission has yet to come to a contract."""
    if commission.stage == "cancelled":
        return False
    return commission.stage not in LINE[SIGNED:]


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
    title = gettext_lazy("Services")
    counted = ngettext_lazy("{n} service", "{n} services", "number")
    export = EXPORT

    def present(self, rows):
        """Read, in one query, who provides these services."""
        return with_providers(rows)


index = list_view(ServiceList)


@require_safe
def detail(request, slug):
    """Show one service that is public."""
    public = Service.objects.published().select_related("organisation", "topic")
    service = get_object_or_404(public, slug=slug)
    page = ServicePage(service, asked=request.GET.get("all", ""))
    return render(request, "commissions/services/detail.html", {"page": page})
