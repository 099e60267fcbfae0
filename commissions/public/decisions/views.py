"""The forward plan, and the page of one decision."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from commissions.models import Decision
from commissions.public.decisions.exports import EXPORT
from commissions.public.decisions.filters import DecisionFilter, describe_decisions
from commissions.public.decisions.page import DecisionPage, for_page
from commissions.public.listing.page import ListPage, list_view


@require_safe
def detail(request, reference):
    """Show one decision whose notice is public."""
    public = for_page(Decision.objects.published())
    decision = get_object_or_404(public, reference=reference)
    page = DecisionPage(decision, asked=request.GET.get("all", ""))
    return render(request, "commissions/decisions/detail.html", {"page": page})


class DecisionList(ListPage):
    """One page of the forward plan."""

    filter_set = DecisionFilter
    template = "commissions/decisions/list.html"
    title = gettext_lazy("Decisions")
    noun, nouns = gettext_lazy("decision"), gettext_lazy("decisions")
    export = EXPORT

    def present(self, rows):
        """Say a page of decisions in words."""
        return describe_decisions(rows)


index = list_view(DecisionList)
