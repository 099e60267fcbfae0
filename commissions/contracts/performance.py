"""How a contract is doing: its key performance indicators, rated period by period."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from commissions.fields import DayField


class Indicator(models.Model):
    """A key performance indicator (KPI) of a contract (Procurement Act 2023 s.52)."""

    contract = models.ForeignKey(
        "commissions.Contract", models.CASCADE, related_name="indicators"
    )
    title = models.CharField(
        max_length=200, help_text="What is measured, in words a resident understands."
    )
    target = models.CharField(
        max_length=300,
        blank=True,
        help_text="What counts as good, for example: 95% of visits on time.",
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "title"],
                name="indicator_is_listed_once_in_a_contract",
                violation_error_message="This contract has an indicator of that name already.",
            )
        ]

    def __str__(self):
        return self.title


class Rating(models.Model):
    """How well a contract did by one indicator in one period (SI 2024/692 reg 39).

    That periods do not overlap, the database holds (`commissions.contracts.triggers`).
    """

    class Level(models.TextChoices):
        """The ratings of regulation 39, under their OCDS measure ids, best first."""

        GOOD = "met", gettext_lazy("Good")
        APPROACHING = "slightlyBelow", gettext_lazy("Approaching target")
        REQUIRES_IMPROVEMENT = "below", gettext_lazy("Requires improvement")
        INADEQUATE = "significantlyBelow", gettext_lazy("Inadequate")
        OTHER = "other", gettext_lazy("Other")

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="ratings")
    starts_on = DayField("first day of the period")
    ends_on = DayField("last day of the period")
    level = models.CharField("rating", max_length=20, choices=Level)
    note = models.CharField(
        max_length=500, blank=True, help_text="The figure, or what lies behind it."
    )

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "starts_on"],
                name="indicator_is_rated_once_for_a_period",
                violation_error_message="This indicator has a rating for that period already.",
            ),
            models.CheckConstraint(
                name="rated_period_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="The last day of the period must not lie before its first.",
            ),
            models.CheckConstraint(
                name="other_rating_says_what_it_means",
                condition=~Q(level="other") | ~Q(note=""),
                violation_error_message="Say in the note what “Other” means here.",
            ),
        ]

    def __str__(self):
        return f"{self.get_level_display()}, {self.starts_on} to {self.ends_on}"
