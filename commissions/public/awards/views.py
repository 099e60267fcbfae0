"""Who was chosen for a commission, why, and how to object."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commissions.public.awards.page import AwardPage, commissions_with_awards


@require_safe
def detail(request, reference):
    """Show who was chosen, without a competition or after one."""
    commission = get_object_or_404(commissions_with_awards(), reference=reference)
    page = AwardPage(commission, timezone.now(), whole=request.GET.get("all", ""))
    return render(request, "commissions/awards/detail.html", {"page": page})
