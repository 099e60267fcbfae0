"""The register of barriers, also as a file, and the page of one."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commissions.models import Barrier
from commissions.public.involvement.filters import BarrierFilter
from commissions.public.involvement.page import BarrierPage
from commissions.public.listing.exports import Column, Export, all_rows, same_value
from commissions.public.listing.page import ListPage, list_view

COLUMNS = [
    Column("title", "title"),
    Column("organisation", "organisation.name"),
    Column("topic", lambda barrier: barrier.topic.name if barrier.topic else ""),
    Column("law", "law"),
    Column("law_address", "law_url"),
    *same_value("stops", "workaround", "is_solved"),
    Column("published_on", lambda barrier: timezone.localdate(barrier.published_at)),
    Column("slug", "slug"),
]
EXPORT = Export("barriers", COLUMNS, all_rows, endings=["csv"])
export = EXPORT.view(BarrierFilter)


class BarrierList(ListPage):
    """One page of the register of barriers."""

    filter_set = BarrierFilter
    template = "commissions/involvement/barrier_list.html"
    title, noun, nouns = "Barriers", "barrier", "barriers"
    export = EXPORT


index = list_view(BarrierList)


@require_safe
def detail(request, slug):
    """Show one barrier that is public."""
    public = Barrier.objects.published().select_related("organisation", "topic")
    page = BarrierPage(
        get_object_or_404(public, slug=slug), asked=request.GET.get("all", "")
    )
    return render(request, "commissions/involvement/barrier.html", {"page": page})
