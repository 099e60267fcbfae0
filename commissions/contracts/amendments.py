"""What changes a contract after it is signed: extension options used, amendments."""

from django.db import models
from django.db.models import Q

from commissions.fields import AmountField, DayField
from commissions.law.contract_changes import ContractChange


class Extension(models.Model):
    """An option, agreed from the start, to let a contract run on until a day."""

    contract = models.ForeignKey(
        "commissions.Contract", models.CASCADE, related_name="extensions"
    )
    until = DayField(help_text="The last day if this option is used.")
    used_on = DayField(null=True, blank=True)
    ends_before = DayField(null=True, blank=True, editable=False)
    why = models.TextField(blank=True, help_text="Why the contract was extended.")

    class Meta:
        ordering = ["until", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "until"],
                name="extension_option_is_listed_once",
                violation_error_message="This contract has an option until that day already.",
            ),
            models.CheckConstraint(
                name="extension_that_is_used_says_when_and_why",
                condition=Q(used_on__isnull=True, why="")
                | (Q(used_on__isnull=False) & ~Q(why="")),
                violation_error_message="Say when the contract was extended, and why.",
            ),
        ]

    def __str__(self):
        return f"Can run until {self.until}"

    def change(self):
        """Return what its use changes: see `commissions.law.contract_changes`."""
        before = self.ends_before or self.contract.ends_on
        return ContractChange(
            ends_before=before,
            ends_after=self.until,
            starts_on=self.contract.starts_on,
            longest_end=self.contract.latest_end_on,
        )


class Amendment(models.Model):
    """A change to a contract, with the reason. Amounts in pounds, excluding VAT.

    `gross_before` and `gross_after` are the same with VAT, where a notice gives them.
    """

    contract = models.ForeignKey(
        "commissions.Contract", models.CASCADE, related_name="amendments"
    )
    made_on = DayField("changed on")
    changed = models.TextField("what changed")
    reason = models.TextField()
    amount_before = AmountField()
    amount_after = AmountField()
    ends_before = DayField(null=True, blank=True)
    ends_after = DayField(null=True, blank=True)
    longest_end_before = DayField(null=True, blank=True)
    gross_before = AmountField(editable=False)
    gross_after = AmountField(editable=False)
    source_id = models.CharField(
        max_length=255,
        blank=True,
        editable=False,
        help_text="Of a change known from a notice: the notice’s id and its own.",
    )

    class Meta:
        ordering = ["made_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="amendment_says_what_changed_and_why",
                condition=~Q(reason="") & ~Q(changed=""),
                violation_error_message="Say what changed, and why.",
            ),
            models.CheckConstraint(
                name="amendment_value_is_not_negative",
                condition=(Q(amount_before__isnull=True) | Q(amount_before__gte=0))
                & (Q(amount_after__isnull=True) | Q(amount_after__gte=0)),
                violation_error_message="The value must be nothing or more, in pounds.",
            ),
        ]

    def __str__(self):
        return f"{self.made_on}: {self.changed[:60]}"

    def change(self):
        """Return how far it moves the contract: see `commissions.law.contract_changes`."""
        return ContractChange(
            amount_before=self.amount_before,
            amount_after=self.amount_after,
            ends_before=self.ends_before,
            ends_after=self.ends_after,
            starts_on=self.contract.starts_on,
            longest_end=self.longest_end_before,
        )
