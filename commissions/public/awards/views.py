"""Who was chosen for a commission, why, and how to object."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commissions.models import Commission
from commissions.public.awards.page import page_context

BESIDES = (
    "organisation",
    "tender",
    "post__organisation",
    "post__deputy",
    "committee__organisation",
    "direct_award__post__organisation",
    "direct_award__post__deputy",
    "direct_award__committee__organisation",
    "direct_award__supplier",
    "representations__notice",
)


@require_safe
def detail(request, reference):
    """Show who was chosen, without a competition or after one."""
    public = Commission.objects.published().select_related(*BESIDES)
    commission = get_object_or_404(public, reference=reference)
    asked = request.GET.get("all", "")
    context = page_context(commission, now=timezone.now(), asked=asked)
    return render(request, "commissions/awards/detail.html", context)
