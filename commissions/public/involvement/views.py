"""The register of barriers: laws and policies in the way, and ways round them."""

from django.db.models import CharField, Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commissions.models import Barrier, Entry
from commissions.public.commission.page import shown, web
from commissions.public.commission.results import result
from commissions.public.listing.excerpts import excerpt
from commissions.public.listing.exports import Column, Export, all_rows, same
from commissions.public.listing.filters import (
    ListFilter,
    choice,
    organisation_filter,
    words_filter,
)
from commissions.public.listing.keyset import Part
from commissions.public.listing.page import ListPage, list_view
from commissions.public.panels import Panels
from commissions.public.record_sentences import event

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


COLUMNS = [
    Column("title", "title"),
    Column("organisation", "organisation.name"),
    Column("topic", lambda barrier: barrier.topic.name if barrier.topic else ""),
    Column("law", "law"),
    Column("law_address", "law_url"),
    *same("stops", "workaround", "is_solved"),
    Column("published_on", lambda barrier: timezone.localdate(barrier.published_at)),
    Column("slug", "slug"),
]
EXPORT = Export("barriers", COLUMNS, all_rows, endings=["csv"])
export = EXPORT.view(BarrierFilter)


class BarrierList(ListPage):
    """One page of the register of barriers."""

    filter_set = BarrierFilter
    template = "commissions/involvement/barrier_list.html"
    title, noun, nouns = "Barriers", "barrier", "barriers"
    export = EXPORT


index = list_view(BarrierList)


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
