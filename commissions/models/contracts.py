"""Awards and contracts: who was chosen, for how much, for how long (OCDS)."""

from django.db import models

from commissions.models.commissions import Commission
from commissions.models.organisations import Organisation


class Award(models.Model):
    """The choice of one or more suppliers. Amounts exclude VAT."""

    commission = models.ForeignKey(Commission, models.CASCADE, related_name="awards")
    award_id = models.CharField(max_length=255)
    title = models.CharField(max_length=500, blank=True)
    description = models.TextField(blank=True)
    status = models.CharField(max_length=20, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    amount_gross = models.DecimalField(
        max_digits=18, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(max_length=3, default="GBP")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    standstill_ends_on = models.DateField(null=True, blank=True)
    suppliers = models.ManyToManyField(Organisation, related_name="awards")
    lots = models.ManyToManyField("commissions.Lot", related_name="awards")

    class Meta:
        ordering = ["decided_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commission", "award_id"], name="award_is_listed_once"
            ),
        ]

    def __str__(self):
        return self.title or f"Award {self.award_id}"


class Contract(models.Model):
    """A signed contract. Amounts exclude VAT."""

    commission = models.ForeignKey(Commission, models.CASCADE, related_name="contracts")
    award = models.ForeignKey(
        Award, models.SET_NULL, null=True, blank=True, related_name="contracts"
    )
    contract_id = models.CharField(max_length=255)
    title = models.CharField(max_length=500, blank=True)
    description = models.TextField(blank=True)
    status = models.CharField(max_length=20, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    amount_gross = models.DecimalField(
        max_digits=18, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(max_length=3, default="GBP")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    latest_end_on = models.DateField(
        null=True, blank=True, help_text="The end if every extension is used."
    )
    suppliers = models.ManyToManyField(Organisation, related_name="contracts")

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commission", "contract_id"], name="contract_is_listed_once"
            ),
        ]

    def __str__(self):
        return self.title or f"Contract {self.contract_id}"
