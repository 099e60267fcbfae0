"""One barrier: the law or policy, what it stops, the way round it, where."""

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commissions.models import Barrier, Entry
from commissions.public.commission.page import shown, web
from commissions.public.commission.results import result
from commissions.public.listing.excerpts import excerpt
from commissions.public.record_sentences import event

ELSEWHERE = 5


@require_safe
def detail(request, slug):
    """Show one barrier that is public."""
    public = Barrier.objects.published().select_related("organisation", "topic")
    barrier = get_object_or_404(public, slug=slug)
    now, asked = timezone.now(), request.GET.get("all", "")
    met_by = barrier.commissions.published(now).select_related("organisation")
    names = {barrier.organisation.record_name: barrier.organisation.name}
    entries = Entry.objects.filter(subject=barrier.record_name).order_by("-pk")
    context = {
        "barrier": barrier,
        "others": others(barrier),
        "law_url": web(barrier.law_url),
        "commissions": shown(
            excerpt(met_by.order_by("title"), "commissions", first=10, asked=asked),
            lambda commission: result(commission, now),
        ),
        "record": [event(entry, names) for entry in entries[:15]],
    }
    return render(request, "commissions/involvement/barrier.html", context)


def others(barrier):
    """List barriers of the same law, and those of its topic with a way round."""
    alike = Q(law__iexact=barrier.law)
    if barrier.topic_id:
        alike |= Q(topic=barrier.topic_id) & ~Q(workaround="")
    found = Barrier.objects.published().filter(alike).exclude(pk=barrier.pk)
    return list(found.select_related("organisation").order_by("title")[:ELSEWHERE])
