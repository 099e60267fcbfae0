"""The register of barriers, also as a file, and the page of one."""

from functools import cached_property

from django.db.models import CharField, Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_safe

from commissions.models import Barrier, Entry
from commissions.public.commission.page import show_rows
from commissions.public.commission.rows import commission_result
from commissions.public.listing.exports import Column, Export, all_rows, same_value
from commissions.public.listing.filters import (
    ListFilter,
    choice_filter,
    organisation_filter,
    words_filter,
)
from commissions.public.listing.keyset import KeysetPart
from commissions.public.listing.page import ListPage, excerpt, list_view
from commissions.public.panels import Panels
from commissions.public.record_sentences import event
from commissions.text.formats import web_address

SOLVED = {"yes": gettext_lazy("Solved"), "no": gettext_lazy("Still in the way")}


class BarrierFilter(ListFilter):
    """Public barriers, narrowed."""

    orders = {
        "title": (gettext_lazy("Title, A to Z"), [KeysetPart("title", CharField())])
    }
    searched = ["title", "law", "stops", "workaround"]
    q = words_filter(
        gettext_lazy("In its title, the law, what it stops or the way round.")
    )
    topic = choice_filter(gettext_lazy("Topic"), method="by_topic")
    organisation = organisation_filter()
    solved = choice_filter(
        gettext_lazy("Solved or not"), SOLVED.items(), method="by_solved"
    )

    def __init__(self, data):
        rows = Barrier.objects.published().select_related("organisation", "topic")
        super().__init__(data, rows)

    def by_solved(self, rows, name, value):
        """Keep those that were solved, or those that were not."""
        return rows.filter(is_solved=value == "yes")


OTHERS = 5
RECORD = 15  # entries


class BarrierPage:
    """What the public sees of one barrier."""

    def __init__(self, barrier, *, asked=""):
        self.barrier, self.asked = barrier, asked

    @cached_property
    def panels(self):
        """What apps above add to the page."""
        return Panels("barrier", self.barrier)

    @property
    def law_url(self):
        return web_address(self.barrier.law_url)

    @cached_property
    def commissions(self):
        """The public commissions that met it."""
        now = timezone.now()
        met_by = self.barrier.commissions.published(now).select_related("organisation")
        rows = met_by.order_by("title")
        return show_rows(
            excerpt(rows, "commissions", first=10, asked=self.asked),
            lambda commission: commission_result(commission, now),
        )

    @cached_property
    def others(self):
        """Barriers of the same law, and those of its topic with a way round."""
        alike = Q(law__iexact=self.barrier.law)
        if self.barrier.topic_id:
            alike |= Q(topic=self.barrier.topic_id) & ~Q(workaround="")
        found = Barrier.objects.published().filter(alike).exclude(pk=self.barrier.pk)
        return list(found.select_related("organisation").order_by("title")[:OTHERS])

    @cached_property
    def record(self):
        """The newest entries of the record about it, in words."""
        body = self.barrier.organisation
        entries = Entry.objects.filter(subject=self.barrier.record_name)
        newest = entries.order_by("-pk")[:RECORD]
        return [event(entry, {body.record_name: body.name}) for entry in newest]


COLUMNS = [
    Column("title", "title"),
    Column("organisation", "organisation.name"),
    Column("topic", lambda barrier: barrier.topic.name if barrier.topic else ""),
    Column("law", "law"),
    Column("law_address", "law_url"),
    *same_value("stops", "workaround", "is_solved"),
    Column("published_on", lambda barrier: timezone.localdate(barrier.published_at)),
    Column("slug", "slug"),
]
EXPORT = Export("barriers", COLUMNS, all_rows, endings=["csv"])
export = EXPORT.view(BarrierFilter)


class BarrierList(ListPage):
    """One page of the register of barriers."""

    filter_set = BarrierFilter
    template = "commissions/involvement/barrier_list.html"
    title = gettext_lazy("Barriers")
    counted = ngettext_lazy("{n} barrier", "{n} barriers", "number")
    export = EXPORT


index = list_view(BarrierList)


@require_safe
def detail(request, slug):
    """Show one barrier that is public."""
    public = Barrier.objects.published().select_related("organisation", "topic")
    page = BarrierPage(
        get_object_or_404(public, slug=slug), asked=request.GET.get("all", "")
    )
    return render(request, "commissions/involvement/barrier.html", {"page": page})
