"""The contracts register: what was signed with whom, until when, and what comes next."""

from django.views.decorators.http import require_safe

from commissions.public.contracts.exports import FORMATS
from commissions.public.contracts.filters import ContractFilter, described
from commissions.public.listing.views import page_of


@require_safe
def index(request):
    """Show one page of the register."""
    return page_of(
        request,
        "commissions/contracts/list.html",
        ContractFilter(request.GET),
        names=("Contracts", "contract", "contracts"),
        present=described,
        formats=FORMATS,
    )
