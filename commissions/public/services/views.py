"""The list of services, also as a file, and the page of one."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commissions.models import Service
from commissions.public.listing.exports import Column, Export, all_rows
from commissions.public.listing.page import ListPage, list_view
from commissions.public.services.filters import ServiceFilter, with_providers
from commissions.public.services.page import ServicePage

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


@require_safe
def detail(request, slug):
    """Show one service that is public."""
    public = Service.objects.published().select_related("organisation", "topic")
    service = get_object_or_404(public, slug=slug)
    page = ServicePage(service, asked=request.GET.get("all", ""))
    return render(request, "commissions/services/detail.html", {"page": page})
