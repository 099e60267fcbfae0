"""What was consulted on and what was tendered, side by side, for one commission."""

from django.db.models import Exists, OuterRef
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commissions.models import Commission, Proposal
from commissions.public.changes.page import page_context


@require_safe
def detail(request, reference):
    """Compare the tender of a commission with what people were asked about."""
    commission = get_object_or_404(public(), reference=reference)
    return render(request, "commissions/changes/detail.html", page_context(commission))


@require_safe
def export(request, reference):
    """Answer with both statements and each difference, as JSON."""
    found = page_context(get_object_or_404(public(), reference=reference))
    rows = [
        {
            "group": group.id,
            "what": row.what,
            "consulted_on": row.before,
            "tendered": row.after,
            "state": row.state,
            "difference": row.much,
        }
        for group in found["groups"]
        for row in group.rows
    ]
    asked = found["asked"]
    about = {
        "commission": reference,
        "consultation": asked.reference or None,
        "draft": asked.draft,
        "stated_on": asked.on,
        "consulted_on": asked.stated,
        "tendered": found["statement"],
        "differences": rows,
    }
    return JsonResponse(about, json_dumps_params={"ensure_ascii": False, "indent": 1})


def public():
    """Return public commissions with their tender, and whether a notice waits."""
    wait = Proposal.objects.waiting().filter(commission=OuterRef("pk"))
    shown = Commission.objects.published().select_related("organisation", "tender")
    return shown.annotate(notices_wait=Exists(wait))
