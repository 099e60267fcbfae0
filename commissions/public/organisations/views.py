"""The list of organisations, also as a file, and the page of one."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commissions.public.listing.exports import Column, Export, all_rows, same_value
from commissions.public.listing.page import ListPage, list_view
from commissions.public.organisations.filters import OrganisationFilter, with_counts
from commissions.public.organisations.page import OrganisationPage, for_page

COLUMNS = [
    *same_value("name", "kind"),
    Column("place", lambda body: body.area.name if body.area else ""),
    *same_value("website", "contact_email", "dissolved_on", "slug"),
]
EXPORT = Export("organisations", COLUMNS, all_rows, endings=["csv"])
export = EXPORT.view(OrganisationFilter)


class OrganisationList(ListPage):
    """One page of organisations."""

    filter_set = OrganisationFilter
    template = "commissions/organisations/list.html"
    title, noun, nouns = "Organisations", "organisation", "organisations"
    export = EXPORT

    def present(self, rows):
        """Count, in two queries, the commissions and vacancies of a page of them."""
        return with_counts(rows)


index = list_view(OrganisationList)


@require_safe
def detail(request, slug):
    """Show one organisation."""
    organisation = get_object_or_404(for_page(), slug=slug)
    page = OrganisationPage(organisation, asked=request.GET.get("all", ""))
    return render(request, "commissions/organisations/detail.html", {"page": page})
