"""A service's public page: what it is, who provides it, what is planned."""

from functools import cached_property

from django.db.models import F
from django.utils import timezone

from commissions.law.lifecycle import LINE
from commissions.models import Contract
from commissions.public.commission.rows import commission_result
from commissions.public.contracts.rows import describe_contracts
from commissions.public.listing.excerpts import excerpt
from commissions.text.formats import how_far

SIGNED = LINE.index("contract")


class ServicePage:
    """What the public sees of one service."""

    def __init__(self, service, *, asked=""):
        self.service, self.asked = service, asked
        self.now, self.today = timezone.now(), timezone.localdate()

    @property
    def ends(self):
        """How far off the end of its contract is; nothing where that is unknown."""
        last = self.service.contract_ends_on
        return last and how_far(last, self.today)

    @property
    def has_ended(self):
        """Whether its contract is over."""
        last = self.service.contract_ends_on
        return bool(last and last < self.today)

    @cached_property
    def providers(self):
        return list(self.service.providers.order_by("name")[:100])

    @cached_property
    def areas(self):
        """Where it is."""
        return list(self.service.areas.order_by("name")[:100])

    @cached_property
    def contracts(self):
        """The contracts under which it runs now, the soonest to end first."""
        running = Contract.objects.published().running()
        found = running.filter(commission__services=self.service).select_related(
            "commission__organisation", "post"
        )
        soonest = found.order_by(F("ends_on").asc(nulls_last=True), "pk")
        return describe_contracts(list(soonest[:20]), self.today)

    @cached_property
    def commissions(self):
        """The public commissions of it, newest first."""
        found = self.service.commissions.published().select_related("organisation")
        rows = found.order_by("-published_at", "-pk")
        return excerpt(rows, "commissions", first=20, asked=self.asked)

    @property
    def planned(self):
        """Those that have yet to come to a contract."""
        return [
            commission_result(c, self.now)
            for c in self.commissions.rows
            if is_planned(c)
        ]

    @property
    def past(self):
        """The others."""
        return [
            commission_result(c, self.now)
            for c in self.commissions.rows
            if not is_planned(c)
        ]


def is_planned(commission):
    """Tell whether a commission has yet to come to a contract."""
    if commission.stage == "cancelled":
        return False
    return commission.stage not in LINE[SIGNED:]
