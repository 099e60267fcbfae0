"""Preview and publish: acts of a commission, each a page of its own."""

from django.contrib import messages
from django.shortcuts import render

from commissions.desk.action_views import (
    get_row,
    redirect_to_row,
    render_page,
    run_verb,
)
from commissions.desk.commission import change_stage
from commissions.desk.ocds import link_ocid
from commissions.desk.people import hand_over
from commissions.desk.procurement import views as procurement_views
from commissions.models import Commission
from commissions.public.commission.page import CommissionPage, for_page

GAP_ANCHORS = {"post": "id_post", "need": "id_need", "stage_dates": "stage_dates-group"}


def preview(request, pk, *, desk):
    """Show the page exactly as the public will see it, under a banner."""
    commission = get_row(request, pk, desk)
    shown = for_page(Commission.objects.filter(pk=commission.pk)).get()
    context = {"page": CommissionPage(shown, preview=not shown.published_at)}
    return render(request, "admin/commissions/commission/preview.html", context)


def publish(request, pk, *, desk):
    """Say what is missing, or ask once more; then publish."""
    commission = get_row(request, pk, desk)
    if commission.published_at:
        messages.info(request, "This commission is public already.")
        return redirect_to_row(desk, pk)
    done = "Published. Everybody can see it now."
    if request.method == "POST" and run_verb(request, commission.publish, done):
        return redirect_to_row(desk, pk)
    gaps = commission.publication_gaps_by_field()
    return render_page(
        request,
        "admin/commissions/commission/publish.html",
        desk,
        original=commission,
        commission=commission,
        title="Publish this intention?" if not gaps else "Not ready to publish",
        gaps=[(GAP_ANCHORS[field], sentence) for field, sentence in gaps.items()],
    )


PAGES = {
    "preview": preview,
    "publish": publish,
    "move": change_stage.move,
    "hand-over": hand_over.hand_over,
    "link": link_ocid.link,
    **procurement_views.PAGES,
}
