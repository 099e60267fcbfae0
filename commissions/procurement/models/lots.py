"""Lots and award criteria: the parts of a tender, and what bids are judged by."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Sum

from commissions.fields import DayField

WHOLE = 100  # per cent: what the weights of one set of criteria may come to


class Lot(models.Model):
    """A part of a tender that can be bid for on its own."""

    tender = models.ForeignKey(
        "commissions.Tender", models.CASCADE, related_name="lots"
    )
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
    starts_on = DayField(null=True, blank=True)
    ends_on = DayField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tender", "lot_id"], name="lot_is_listed_once_in_a_tender"
            ),
        ]

    def __str__(self):
        return self.title or f"Lot {self.lot_id}"


class AwardCriterion(models.Model):
    """One thing bids are judged by, and how much it counts.

    Of one lot, or without a lot of the whole tender. `weight` is in per cent;
    empty where the notice gives none, or something other than a per cent,
    which then stands in the description. That a set comes to 100 at most, the
    database holds by a trigger (`commissions.contracts.triggers`).
    """

    class Kind(models.TextChoices):
        """OCDS award criteria type."""

        PRICE = "price", "Price"
        COST = "cost", "Cost over the whole life"
        QUALITY = "quality", "Quality"
        NOT_STATED = "", "Not stated"

    tender = models.ForeignKey(
        "commissions.Tender", models.CASCADE, related_name="criteria"
    )
    lot = models.ForeignKey(
        Lot, models.CASCADE, null=True, blank=True, related_name="criteria"
    )
    order = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=Kind, blank=True)
    weight = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Per cent of the whole score.",
    )
    description = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "award criteria"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tender", "name"],
                condition=Q(lot__isnull=True),
                name="criterion_is_listed_once_in_a_tender",
                violation_error_message="This criterion is listed already.",
            ),
            models.UniqueConstraint(
                fields=["lot", "name"],
                condition=Q(lot__isnull=False),
                name="criterion_is_listed_once_in_a_lot",
                violation_error_message="This criterion is listed already for this lot.",
            ),
            models.CheckConstraint(
                name="criterion_weight_is_a_per_cent",
                condition=Q(weight__isnull=True) | Q(weight__gt=0, weight__lte=WHOLE),
                violation_error_message="A weight is more than 0 and at most 100 per cent.",
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """Refuse a lot of another tender, and weights that come to more than all."""
        if self.lot_id and self.lot.tender_id != self.tender_id:
            raise ValidationError({"lot": "Choose a lot of the same tender."})
        others = AwardCriterion.objects.filter(tender=self.tender_id, lot=self.lot_id)
        weights = others.exclude(pk=self.pk).aggregate(sum=Sum("weight"))
        given = Decimal(weights["sum"] or 0).normalize()
        if given + (self.weight or 0) > WHOLE:
            left = (WHOLE - given).normalize()
            raise ValidationError(
                {
                    "weight": f"The other criteria weigh {given:f} per cent already: "
                    f"this one may weigh {left:f} at most."
                }
            )
