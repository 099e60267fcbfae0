"""The forward plan: decisions to come by date, and decisions taken."""

from django.views.decorators.http import require_safe

from commissions.public.decisions.exports import FORMATS
from commissions.public.decisions.filters import DecisionFilter, described
from commissions.public.listing.views import page_of


@require_safe
def index(request):
    """Show one page of decisions."""
    return page_of(
        request,
        "commissions/decisions/list.html",
        DecisionFilter(request.GET),
        names=("Decisions", "decision", "decisions"),
        present=described,
        formats=FORMATS,
    )
