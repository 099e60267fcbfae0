"""How a contract is doing: its key performance indicators, rated period by period."""

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from commissions.fields import DayField
from commissions.record.exceptions import NotReady, Overtaken
from commissions.record.models import Kind


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
            ),
        ]

    def __str__(self):
        return self.title


class Rating(models.Model):
    """How well a contract did by one indicator in one period (SI 2024/692 reg 39).

    That periods do not overlap, the database holds (`commissions.contracts.triggers`).
    """

    class Level(models.TextChoices):
        """The ratings of regulation 39, under their OCDS measure ids, best first."""

        GOOD = "met", "Good"
        APPROACHING = "slightlyBelow", "Approaching target"
        REQUIRES_IMPROVEMENT = "below", "Requires improvement"
        INADEQUATE = "significantlyBelow", "Inadequate"
        OTHER = "other", "Other"

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


class Measured(models.Model):
    """The part of a contract that says how its supplier's work is measured."""

    class Meta:
        abstract = True

    def measure(self, title, *, by, target="", at=None):
        """Set a key performance indicator, in public; return it."""
        with transaction.atomic():
            indicator = self.indicators.model(
                contract=self, title=title.strip(), target=target.strip()
            )
            indicator.full_clean()
            indicator.save(force_insert=True)
            self.note(
                Kind.CONTRACT_MEASURED,
                by=by,
                at=at,
                title=indicator.title,
                target=indicator.target,
            )
        return indicator

    def rate(self, ratings, *, starts_on, ends_on, by, at=None):
        """Publish how the supplier did in a period: one entry for all indicators.

        `ratings` are (indicator, level, note). Raises NotReady where the contract
        is only proposed, nothing is rated, the period is not over, or one was rated
        for part of it before; ValidationError where the constraints refuse.
        """
        self.refuse_unsigned()
        if not ratings:
            raise NotReady("Rate at least one indicator.")
        if ends_on > timezone.localdate(at):
            raise NotReady("Rate a period once it is over: its last day is to come.")
        rows = [
            Rating(
                indicator=indicator,
                starts_on=starts_on,
                ends_on=ends_on,
                level=level,
                note=note,
            )
            for indicator, level, note in ratings
        ]
        with transaction.atomic():
            self.hold_signed()
            self.refuse_twice(ratings, starts_on, ends_on)
            for row in rows:
                row.full_clean()
                row.save(force_insert=True)
            self.note(
                Kind.CONTRACT_RATED,
                by=by,
                at=at,
                starts=starts_on.isoformat(),
                ends=ends_on.isoformat(),
                ratings=[[row.indicator.title, row.level] for row in rows],
            )
        return rows

    def hold_signed(self):
        """Hold the row, so that two ratings follow one another; refuse one unsigned."""
        rows = type(self).objects.signed().select_for_update(of=("self",))
        if not rows.filter(pk=self.pk).first():
            raise Overtaken("This contract has just been changed: it is not signed.")

    def refuse_twice(self, ratings, starts_on, ends_on):
        """Raise NotReady for an indicator of elsewhere, or a period rated before."""
        mine = set(self.indicators.values_list("pk", flat=True))
        keys = {indicator.pk for indicator, _, _ in ratings}
        if keys - mine:
            raise NotReady("Rate the indicators of this contract only.")
        before = Rating.objects.filter(
            indicator__in=keys, starts_on__lte=ends_on, ends_on__gte=starts_on
        ).select_related("indicator")
        if rated := sorted({row.indicator.title for row in before}):
            raise NotReady(
                f"Rated for part of that period already: {'; '.join(rated)}. "
                "Choose another period, or leave these out."
            )
