"""The contracts register: what was signed with whom, until when, and what comes next."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commissions.public.contracts.exports import FORMATS
from commissions.public.contracts.filters import ContractFilter, described
from commissions.public.contracts.page import page_context, public
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


# A contract's public page: who holds it, until when, what changed, how it goes.


@require_safe
def detail(request, reference):
    """Show one contract under a public commission."""
    contract = get_object_or_404(public(), reference=reference)
    context = page_context(contract, asked=request.GET.get("all", ""))
    return render(request, "commissions/contracts/detail.html", context)
