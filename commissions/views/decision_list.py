"""The forward plan: decisions to come by date, and decisions taken."""

from django.views.decorators.http import require_safe

from commissions.lists.decisions import DecisionFilter, described
from commissions.lists.shorter import page_of
from commissions.views.decision_files import FORMATS


@require_safe
def index(request):
    """Show one page of decisions."""
    return page_of(
        request,
        "commissions/decision_list.html",
        DecisionFilter(request.GET),
        names=("Decisions", "decision", "decisions"),
        present=described,
        formats=FORMATS,
    )
