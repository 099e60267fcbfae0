"""A decision's public page: who decides what and when, and what was decided and why."""

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commissions.models import Decision, Handover
from commissions.public.decisions.exports import EXPORT
from commissions.public.decisions.filters import DecisionFilter, described
from commissions.public.decisions.page import page_context
from commissions.public.listing.page import ListPage, list_view


def with_its_bodies(decisions):
    """Fetch with each decision its organisation, holder and commission.

    Tell also whether it is announced to pass to somebody else.
    """
    coming = Handover.objects.announced().order_by().filter(decision=OuterRef("pk"))
    return decisions.annotate(is_passing_on=Exists(coming)).select_related(
        "organisation",
        "commission",
        "post__organisation",
        "post__deputy",
        "committee__organisation",
    )


@require_safe
def detail(request, reference):
    """Show one decision whose notice is public."""
    public = with_its_bodies(Decision.objects.published())
    decision = get_object_or_404(public, reference=reference)
    context = page_context(decision, asked=request.GET.get("all", ""))
    return render(request, "commissions/decisions/detail.html", context)


# The forward plan: decisions to come by date, and decisions taken.


class DecisionList(ListPage):
    """One page of the forward plan."""

    filter_set = DecisionFilter
    template = "commissions/decisions/list.html"
    title, noun, nouns = "Decisions", "decision", "decisions"
    export = EXPORT

    def present(self, rows):
        """Say a page of decisions in words."""
        return described(rows)


index = list_view(DecisionList)
