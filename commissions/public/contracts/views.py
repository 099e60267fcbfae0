"""The contracts register: what was signed with whom, until when, and what comes next."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commissions.public.contracts.exports import FORMATS
from commissions.public.contracts.filters import ContractFilter
from commissions.public.contracts.page import ContractPage, public
from commissions.public.contracts.rows import described
from commissions.public.listing.views import page_of


@require_safe
def index(request):
    """Show one page of the register."""
    filters = ContractFilter(request.GET)
    return page_of(
        request,
        "commissions/contracts/list.html",
        filters,
        names=("Contracts", "contract", "contracts"),
        present=lambda contracts: described(contracts, filters.today),
        formats=FORMATS,
    )


@require_safe
def detail(request, reference):
    """Show one contract under a public commission."""
    contract = get_object_or_404(public(), reference=reference)
    page = ContractPage(contract, timezone.now(), whole=request.GET.get("all", ""))
    return render(request, "commissions/contracts/detail.html", {"page": page})
