"""Contracts: what was signed with whom, for how much, for how long (OCDS)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from commissions.commission.models import Commission
from commissions.contracts.amendments import Amendable
from commissions.contracts.endings import Endable
from commissions.contracts.performance import Measured
from commissions.contracts.registers import Registered
from commissions.contracts.signing import UNSIGNED, Signable
from commissions.fields import DayField
from commissions.organisations.models import Organisation
from commissions.procurement.models.award import Award
from commissions.record.models import Entry
from commissions.record.references import contract_reference

OVER = {"terminated", "complete", "cancelled"}


class ContractQuerySet(models.QuerySet):
    """Contracts by who may see them and where they stand."""

    def published(self, at=None):
        """Contracts under commissions that are public at a time."""
        return self.filter(commission__published_at__lte=at or timezone.now())

    def signed(self):
        """Contracts that were made, as against only proposed."""
        return self.exclude(signed_on__isnull=True, status__in=UNSIGNED)

    def ended(self, on=None):
        """Contracts that are over on a day: ended on record, or past their term."""
        return self.filter(over(on or timezone.localdate()))

    def running(self, on=None):
        """Contracts that are signed and not over on a day."""
        return self.signed().filter(going(on or timezone.localdate()))


def over(on):
    """Tell, as a condition, which contracts are over on a day."""
    past = Q(status__in=OVER) | Q(ends_on__lt=on)
    return Q(ended_on__lte=on) | (Q(ended_on__isnull=True) & past)


def going(on):
    """Tell, as a condition, which are not; written out, for an index to serve."""
    ahead = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    unended = Q(ended_on__isnull=True) & ~Q(status__in=OVER) & ahead
    return Q(ended_on__gt=on) | unended


class Contract(Registered, Signable, Amendable, Measured, Endable):
    """A contract with one or more suppliers. Amounts are pounds excluding VAT.

    What an imported notice does not say (who manages it, when it is reviewed)
    staff complete; what changes after the signature is a verb of its own.
    """

    reference = models.CharField(max_length=255, unique=True, editable=False)
    commission = models.ForeignKey(Commission, models.CASCADE, related_name="contracts")
    award = models.ForeignKey(
        Award,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="contracts",
    )
    contract_id = models.CharField(max_length=255)
    title = models.CharField(max_length=500, blank=True)
    description = models.TextField(
        blank=True, help_text="What the supplier does, in plain words."
    )
    status = models.CharField(max_length=20, blank=True)
    signed_on = DayField(null=True, blank=True)
    amount = models.DecimalField(
        "value",
        max_digits=18,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Pounds over the whole term, excluding VAT.",
    )
    amount_gross = models.DecimalField(
        "value with VAT",
        max_digits=18,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Pounds over the whole term, including VAT.",
    )
    currency = models.CharField(max_length=3, default="GBP")
    starts_on = DayField(null=True, blank=True)
    ends_on = DayField(
        null=True, blank=True, help_text="The last day, extensions used included."
    )
    latest_end_on = DayField(
        null=True, blank=True, help_text="The end if every extension is used."
    )
    suppliers = models.ManyToManyField(Organisation, related_name="contracts")

    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        indexes = [
            models.Index(fields=["ends_on", "id"], name="contract_by_end"),
            models.Index(fields=["-signed_on", "-id"], name="contract_by_signature"),
            models.Index(fields=["-amount", "-id"], name="contract_by_value"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["commission", "contract_id"], name="contract_is_listed_once"
            ),
            models.CheckConstraint(
                name="contract_ends_after_it_starts",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                violation_error_message="The contract must end on or after its first day.",
            ),
            models.CheckConstraint(
                name="contract_ends_within_its_longest_term",
                condition=Q(ends_on__isnull=True)
                | Q(latest_end_on__isnull=True)
                | Q(latest_end_on__gte=F("ends_on")),
                violation_error_message="The latest end must not lie before the end.",
            ),
            models.CheckConstraint(
                name="contract_value_is_not_negative",
                condition=(Q(amount__isnull=True) | Q(amount__gte=0))
                & (Q(amount_gross__isnull=True) | Q(amount_gross__gte=0))
                & (Q(irrecoverable_vat__isnull=True) | Q(irrecoverable_vat__gte=0)),
                violation_error_message="The value must be nothing or more, in pounds.",
            ),
            models.CheckConstraint(
                name="contract_copy_has_an_address_and_a_day",
                condition=Q(copy_url="", copy_published_on__isnull=True)
                | (~Q(copy_url="") & Q(copy_published_on__isnull=False)),
                violation_error_message="Give the address of the copy and the day it was published: both, or neither.",
            ),
            models.CheckConstraint(
                name="contract_copy_as_changed_has_an_address_and_a_day",
                condition=Q(changed_copy_url="", changed_copy_published_on__isnull=True)
                | (
                    ~Q(changed_copy_url="") & Q(changed_copy_published_on__isnull=False)
                ),
                violation_error_message="Give the address of the copy as changed and the day it was published: both, or neither.",
            ),
            models.CheckConstraint(
                name="contract_that_ended_says_when_and_why",
                condition=Q(ended_on__isnull=True, ending="", ended_why="")
                | (Q(ended_on__isnull=False) & ~Q(ending="")),
                violation_error_message="Say when the contract ended, and why.",
            ),
        ]

    def __str__(self):
        return self.title or f"Contract {self.contract_id}"

    def save(self, **kwargs):
        """Save with a public reference, made from that of its commission."""
        self.reference = self.reference or contract_reference(
            self.commission.reference, self.contract_id
        )
        super().save(**kwargs)

    def get_absolute_url(self):
        """Return the address of its public page."""
        return reverse("commissions:contract-detail", args=[self.reference])

    @property
    def record_name(self):
        """Its name on the public record."""
        return f"contract/{self.reference}"

    @property
    def record_commission(self):
        """The reference of the commission it concerns."""
        return self.commission.reference

    def note(self, kind, *, by, at=None, **facts):
        """Append the entry of a verb to the record, if the public can see the contract."""
        if self.commission.published_at:
            Entry.objects.append(kind, self, by=by, at=at, **facts)
