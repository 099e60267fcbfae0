"""A card of one commission or consultation, which other sites may show in a frame.

Only those that EMBED_ANCESTORS names may: browsers keep the card out of all others.
"""

from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from commissions.models import Commission
from commissions.public.commission.rows import commission_result
from commissions.public.sharing.head import CARDS

CARDS["commissions:commission-detail"] = "commissions:commission-card"


def framed_by():
    """Return the policy of a card: that of every page, and who may frame it."""
    policy = settings.SECURE_CSP | {
        "frame-ancestors": settings.EMBED_ANCESTORS or ["'none'"]
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in policy.items())


def card(request, row, post):
    """Answer with a card: `row` as in a list, and the post that is responsible."""
    response = render(request, "embed.html", {"row": row, "post": post})
    response.headers["Content-Security-Policy"] = framed_by()
    response.headers["X-Robots-Tag"] = "noindex"
    if settings.EMBED_ANCESTORS:  # the older header knows no list of sites
        return xframe_options_exempt(lambda request: response)(request)
    return response


@require_safe
def commission_card(request, reference):
    """Show the card of a public commission."""
    public = Commission.objects.published().select_related("organisation", "post")
    found = get_object_or_404(public, reference=reference)
    return card(request, commission_result(found, timezone.now()), found.post)
