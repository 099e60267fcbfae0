"""The register of barriers: laws and policies in the way, and ways round them."""

from django.db.models import CharField, Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commissions.models import Barrier, Entry
from commissions.public.commission.filters import choice
from commissions.public.commission.page import shown, web
from commissions.public.commission.results import result
from commissions.public.listing.csv_json import csv_lines, download
from commissions.public.listing.excerpts import excerpt
from commissions.public.listing.keyset import Part
from commissions.public.listing.views import (
    ListFilter,
    organisation_filter,
    page_of,
    words_filter,
)
from commissions.public.panels import Panels
from commissions.public.record_sentences import event

HEADS = [
    "title",
    "organisation",
    "topic",
    "law",
    "law_address",
    "stops",
    "workaround",
    "is_solved",
    "published_on",
    "slug",
]
SOLVED = {"yes": "Solved", "no": "Still in the way"}


class BarrierFilter(ListFilter):
    """Public barriers, narrowed."""

    orders = {"title": ("Title, A to Z", [Part("title", CharField())])}
    searched = ["title", "law", "stops", "workaround"]
    q = words_filter("In its title, the law, what it stops or the way round.")
    topic = choice("Topic", method="by_topic")
    organisation = organisation_filter()
    solved = choice("Solved or not", SOLVED.items(), method="by_solved")

    def __init__(self, data):
        rows = Barrier.objects.published().select_related("organisation", "topic")
        super().__init__(data, rows)

    def by_solved(self, rows, name, value):
        """Keep those that were solved, or those that were not."""
        return rows.filter(is_solved=value == "yes")


@require_safe
def index(request):
    """Show one page of the register."""
    return page_of(
        request,
        "commissions/involvement/barrier_list.html",
        BarrierFilter(request.GET),
        names=("Barriers", "barrier", "barriers"),
        present=list,
        formats={"csv": "CSV"},
    )


@require_safe
def export(request):
    """Answer with the register as CSV."""
    pages = BarrierFilter(request.GET).read().pages()
    rows = (facts(barrier) for page in pages for barrier in page.rows)
    return download(csv_lines(HEADS, rows), "text/csv", "barriers.csv")


def facts(barrier):
    """Return one barrier as the plain values of a file."""
    return {
        "title": barrier.title,
        "organisation": barrier.organisation.name,
        "topic": barrier.topic.name if barrier.topic else "",
        "law": barrier.law,
        "law_address": barrier.law_url,
        "stops": barrier.stops,
        "workaround": barrier.workaround,
        "is_solved": barrier.is_solved,
        "published_on": timezone.localdate(barrier.published_at),
        "slug": barrier.slug,
    }


# One barrier: the law or policy, what it stops, the way round it, where.


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
        "panels": Panels("barrier", barrier),
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
