"""What belongs to a decision: its options, its papers, and the dates that moved."""

from django.db import models
from django.utils import timezone

from commissions.addresses import WebAddressField
from commissions.fields import DayField


class Option(models.Model):
    """One of the ways a decision could go, with its cost and effect."""

    decision = models.ForeignKey(
        "commissions.Decision", models.CASCADE, related_name="options"
    )
    order = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=200)
    cost = models.CharField(
        max_length=200, blank=True, help_text="In pounds a year, or in words."
    )
    effect = models.TextField(blank=True, help_text="Who it changes what for.")
    is_chosen = models.BooleanField(default=False)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return self.title


class Deferral(models.Model):
    """A decision's date that moved: the old one, the new one, and why."""

    decision = models.ForeignKey(
        "commissions.Decision", models.CASCADE, related_name="deferrals"
    )
    due_before = DayField()
    due_after = DayField()
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.due_before} to {self.due_after}"


class Paper(models.Model):
    """A document that whoever decides considers (regulation 9(1)(f))."""

    decision = models.ForeignKey(
        "commissions.Decision", models.CASCADE, related_name="papers"
    )
    title = models.CharField(max_length=300)
    url = WebAddressField(max_length=1000)
    published_on = DayField(default=timezone.localdate)

    class Meta:
        ordering = ["published_on", "pk"]

    def __str__(self):
        return self.title
