"""One barrier: the law or policy, what it stops, the way round it, where."""

from functools import cached_property

from django.db.models import Q
from django.utils import timezone

from commissions.models import Barrier, Entry
from commissions.public.commission.page import show_rows
from commissions.public.commission.rows import commission_result
from commissions.public.listing.excerpts import excerpt
from commissions.public.panels import Panels
from commissions.public.record_sentences import event
from commissions.text.web_addresses import web_address

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
