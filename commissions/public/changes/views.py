"""What was consulted on and what was tendered, side by side, for one commission."""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commissions.public.changes.page import ChangesPage, commissions_compared


@require_safe
def detail(request, reference):
    """Compare the tender of a commission with what people were asked about."""
    page = ChangesPage(get_object_or_404(commissions_compared(), reference=reference))
    return render(request, "commissions/changes/detail.html", {"page": page})


@require_safe
def export(request, reference):
    """Answer with both statements and each difference, as JSON."""
    page = ChangesPage(get_object_or_404(commissions_compared(), reference=reference))
    asked = page.asked
    about = {
        "commission": reference,
        "consultation": asked.reference or None,
        "draft": asked.draft,
        "stated_on": asked.on,
        "consulted_on": asked.stated,
        "tendered": page.tendered,
        "differences": [
            {
                "group": group.id,
                "what": row.what,
                "consulted_on": row.before,
                "tendered": row.after,
                "state": row.state,
                "difference": row.much,
            }
            for group in page.groups
            for row in group.rows
        ],
    }
    return JsonResponse(about, json_dumps_params={"ensure_ascii": False, "indent": 1})
