"""The tender of a commission: its page, and its deadlines for a calendar."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from commissions.models import Commission
from commissions.public.listing.ical import ical_calendar, ical_event, whole_days
from commissions.public.tenders.page import TenderPage, commissions_with_tender


@require_safe
def detail(request, reference):
    """Show what is asked of providers, how bids are judged and by when."""
    commission = get_object_or_404(commissions_with_tender(), reference=reference)
    page = TenderPage(commission, timezone.now(), whole=request.GET.get("all", ""))
    return render(request, "commissions/tenders/detail.html", {"page": page})


@require_safe
def deadlines(request, reference):
    """Answer with the deadlines of a tender as a calendar."""
    with_tender = Commission.objects.published().select_related("tender")
    commission = get_object_or_404(
        with_tender, reference=reference, tender__isnull=False
    )
    text = ical_calendar(
        f"Tender: {commission.title}", events(commission, commission.tender)
    )
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


def events(commission, tender):
    """Return the events of a tender's calendar: two moments and a day."""
    page = reverse("commissions:tender-detail", args=[commission.reference])
    about = {"now": commission.changed_at, "url": f"{settings.PORTAL_ORIGIN}{page}"}
    found = [
        ical_event(
            uid=f"{commission.ocid}@{name}",
            at=at,
            title=f"{what}: {commission.title}",
            **about,
        )
        for name, what, at in (
            ("questions", "Questions close", tender.questions_close_at),
            ("bids", "Bids close", tender.closes_at),
        )
        if at
    ]
    if day := tender.award_expected_on:
        title = f"Choice expected: {commission.title}"
        uid = f"{commission.ocid}@choice"
        found.append(whole_days(uid=uid, first=day, last=day, title=title, **about))
    return found
