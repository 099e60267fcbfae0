"""Tenders and their lots: what providers are asked to bid for (OCDS tender)."""

from django.db import models

from commissions.models.commissions import Commission


class Tender(models.Model):
    """The tender of a commission. Amounts are pounds unless `currency` differs."""

    class Status(models.TextChoices):
        """OCDS tender status."""

        PLANNING = "planning", "In planning"
        PLANNED = "planned", "Planned"
        ACTIVE = "active", "Open or being assessed"
        CANCELLED = "cancelled", "Cancelled"
        UNSUCCESSFUL = "unsuccessful", "Ended without an award"
        COMPLETE = "complete", "Complete"
        WITHDRAWN = "withdrawn", "Withdrawn"
        NOT_STATED = "", "Not stated"

    commission = models.OneToOneField(Commission, models.CASCADE, related_name="tender")
    title = models.CharField(max_length=500)
    description = models.TextField(blank=True)
    status = models.CharField(max_length=20, choices=Status, blank=True)
    method = models.CharField(
        max_length=20, blank=True, help_text="OCDS: open, selective, limited, direct."
    )
    method_details = models.CharField(max_length=500, blank=True)
    category = models.CharField(
        max_length=20, blank=True, help_text="OCDS: goods, services, works."
    )
    cpv = models.CharField(max_length=8, blank=True)
    amount = models.DecimalField(
        max_digits=18,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Estimated value, excluding VAT.",
    )
    amount_gross = models.DecimalField(
        max_digits=18,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Estimated value, including VAT.",
    )
    currency = models.CharField(max_length=3, default="GBP")
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    questions_close_at = models.DateTimeField(null=True, blank=True)
    how_to_bid = models.TextField(blank=True)
    suits_sme = models.BooleanField(null=True, blank=True)
    suits_vcse = models.BooleanField(null=True, blank=True)

    def __str__(self):
        return self.title


class Lot(models.Model):
    """A part of a tender that can be bid for on its own."""

    tender = models.ForeignKey(Tender, models.CASCADE, related_name="lots")
    lot_id = models.CharField(max_length=255)
    title = models.CharField(max_length=500, blank=True)
    description = models.TextField(blank=True)
    status = models.CharField(max_length=20, blank=True)
    amount = models.DecimalField(
        max_digits=18,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Estimated value, excluding VAT.",
    )
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tender", "lot_id"], name="lot_is_listed_once_in_a_tender"
            ),
        ]

    def __str__(self):
        return self.title or f"Lot {self.lot_id}"
