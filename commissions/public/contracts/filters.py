"""The contracts register as asked for: its filters, its orders, its rows."""

from datetime import timedelta

from django.db.models import BigAutoField, DateField, DecimalField, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from commissions.commission.models import kept_here
from commissions.contracts.models import OVER
from commissions.models import Commission, Contract
from commissions.public.commission.rows import UNREAD
from commissions.public.contracts.rows import replaced_by
from commissions.public.listing.filters import (
    ListFilter,
    PoundsField,
    SupplierField,
    TypedFilter,
    choice_filter,
    organisation_filter,
    words_filter,
)
from commissions.public.listing.keyset import KeysetPart

STATES = {
    "running": gettext_lazy("Running"),
    "to_start": gettext_lazy("Signed, not started"),
    "ended": gettext_lazy("Ended"),
}
WITHIN = {
    "92": gettext_lazy("3 months"),
    "183": gettext_lazy("6 months"),
    "366": gettext_lazy("a year"),
    "731": gettext_lazy("2 years"),
}
NEXT = {
    "planned": gettext_lazy("Something is planned"),
    "nothing": gettext_lazy("Nothing is planned"),
}
SIZES = {
    "sme": gettext_lazy("Small or medium-sized firm"),
    "vcse": gettext_lazy("Voluntary, community or social enterprise"),
}
BESIDES = ("commission__organisation", "post")
POUNDS = DecimalField(max_digits=18, decimal_places=2)


def contract_orders(today):
    """Return the orders a register can be in: see `ListFilter`.

    What ends soonest first, then what ended last, then what has no end.
    """
    ahead = Q(ends_on__gte=today, ended_on__isnull=True) & ~Q(status__in=OVER)
    dated, signed = Q(ends_on__isnull=False), Q(signed_on__isnull=False)
    valued, key = Q(amount__isnull=False), BigAutoField()
    return {
        "ending": (
            gettext_lazy("Ends soonest"),
            [
                KeysetPart("ends_on", DateField(), where=ahead),
                KeysetPart("ends_on", DateField(), down=True, where=dated & ~ahead),
                KeysetPart("pk", key, down=True, where=~dated),
            ],
        ),
        "newest": (
            gettext_lazy("Signed last"),
            [
                KeysetPart("signed_on", DateField(), down=True, where=signed),
                KeysetPart("pk", key, down=True, where=~signed),
            ],
        ),
        "value": (
            gettext_lazy("Highest value"),
            [
                KeysetPart("amount", POUNDS, down=True, where=valued),
                KeysetPart("pk", key, down=True, where=~valued),
            ],
        ),
    }


class ContractFilter(ListFilter):
    """Signed contracts under public commissions, narrowed."""

    about = "commission__topic"
    kept_back = ("topic", "size", "value_from", "value_to", "next")
    searched = ("title", "description")
    q = words_filter(
        gettext_lazy("Words in its title, its reference, what is done or by whom.")
    )
    state = choice_filter(gettext_lazy("State"), STATES.items(), method="by_state")
    ends = choice_filter(gettext_lazy("Ends within"), WITHIN.items(), method="by_end")
    organisation = organisation_filter(
        "commission__organisation",
        gettext_lazy("All or part of its name."),
        gettext_lazy("Whose contract"),
    )
    supplier = TypedFilter(
        SupplierField,
        label=gettext_lazy("Supplier"),
        help_text=gettext_lazy("All or part of its name."),
        method="by_supplier",
    )
    topic = choice_filter(gettext_lazy("Topic"), method="by_topic")
    size = choice_filter(
        gettext_lazy("Kind of supplier"), SIZES.items(), method="by_size"
    )
    value_from = TypedFilter(
        PoundsField,
        label=gettext_lazy("Value from"),
        help_text=gettext_lazy("Excluding VAT: 250,000 or 1.2 million."),
        field_name="amount",
        lookup_expr="gte",
    )
    value_to = TypedFilter(
        PoundsField,
        label=gettext_lazy("Value to"),
        field_name="amount",
        lookup_expr="lte",
    )
    next = choice_filter(
        gettext_lazy("What replaces it"), NEXT.items(), method="by_next"
    )

    def __init__(self, data):
        self.today = timezone.localdate()
        self.orders = contract_orders(self.today)
        rows = Contract.objects.published().signed().select_related(*BESIDES)
        super().__init__(data, rows.defer(*(f"commission__{name}" for name in UNREAD)))

    def supplied(self, **which):
        """Select the keys of the contracts with suppliers of some sort."""
        links = Contract.suppliers.through.objects
        asked = {f"organisation__{name}": value for name, value in which.items()}
        return links.filter(**asked).values("contract")

    def has(self, word):
        """Look in its own words, and in the names of who supplies it."""
        supplied = self.supplied(name__folded__contains=word)
        return super().has(word) | Q(reference__folded=word) | Q(pk__in=supplied)

    def by_state(self, rows, name, value):
        """Keep those that run, are yet to start, or are over."""
        if value == "ended":
            return rows.ended(self.today)
        to_start = Q(starts_on__gt=self.today)
        return rows.running(self.today).filter(
            to_start if value == "to_start" else ~to_start
        )

    def by_end(self, rows, name, value):
        """Keep those that run and end from today within so many days."""
        last = self.today + timedelta(days=int(value))
        return rows.running(self.today).filter(ends_on__range=(self.today, last))

    def by_supplier(self, rows, name, value):
        return rows.filter(pk__in=self.supplied(pk__in=[body.pk for body in value]))

    def by_size(self, rows, name, value):
        return rows.filter(pk__in=self.supplied(**{f"is_{value}": True}))

    def by_next(self, rows, name, value):
        """Keep those that a public commission replaces, or those that none does.

        What follows a contract that is known from notices only nobody says here.
        """
        links = Commission.replaces.through.objects
        planned = links.filter(commission__in=replaced_by()).values("contract")
        if value == "planned":
            return rows.filter(pk__in=planned)
        return rows.filter(kept_here("commission__")).exclude(pk__in=planned)
