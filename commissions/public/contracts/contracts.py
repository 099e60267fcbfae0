"""A contract's public page: who holds it, until when, what changed, how it goes."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commissions.public.contracts.page import page_context, public


@require_safe
def detail(request, reference):
    """Show one contract under a public commission."""
    contract = get_object_or_404(public(), reference=reference)
    context = page_context(contract, asked=request.GET.get("all", ""))
    return render(request, "commissions/contracts/detail.html", context)
