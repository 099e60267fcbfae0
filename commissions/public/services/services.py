"""A service's public page: what it is, who provides it, what is planned."""

from django.db.models import F
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commissions.law.lifecycle import LINE
from commissions.models import Contract, Service
from commissions.public.commission.results import result
from commissions.public.contracts.filters import described
from commissions.public.listing.excerpts import excerpt
from commissions.text.distances import how_far

SIGNED = LINE.index("contract")


@require_safe
def detail(request, slug):
    """Show one service that is public."""
    public = Service.objects.published().select_related("organisation", "topic")
    service = get_object_or_404(public, slug=slug)
    asked = request.GET.get("all", "")
    found = service.commissions.published().select_related("organisation")
    part = excerpt(
        found.order_by("-published_at", "-pk"), "commissions", first=20, asked=asked
    )
    now, today = timezone.now(), timezone.localdate()
    context = {
        "service": service,
        "ends": service.contract_ends_on and how_far(service.contract_ends_on, today),
        "ended": bool(service.contract_ends_on and service.contract_ends_on < today),
        "providers": list(service.providers.order_by("name")[:100]),
        "contracts": contracts(service),
        "areas": list(service.areas.order_by("name")[:100]),
        "commissions": part,
        "planned": [result(c, now) for c in part.rows if is_planned(c)],
        "past": [result(c, now) for c in part.rows if not is_planned(c)],
    }
    return render(request, "commissions/services/detail.html", context)


def contracts(service):
    """List the contracts under which it runs now, the soonest to end first."""
    running = Contract.objects.published().running()
    found = running.filter(commission__services=service).select_related(
        "commission__organisation", "post"
    )
    soonest = found.order_by(F("ends_on").asc(nulls_last=True), "pk")
    return described(list(soonest[:20]))


def is_planned(commission):
    """Tell whether a commission has yet to come to a contract."""
    if commission.stage == "cancelled":
        return False
    return commission.stage not in LINE[SIGNED:]
