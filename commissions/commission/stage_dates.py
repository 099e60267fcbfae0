"""When each stage of a commission is planned and when it came."""

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from commissions.commission.choices import Stage
from commissions.commission.models import Commission
from commissions.fields import DayField
from commissions.record.models import Entry, Kind
from commissions.record.references import NotReady


def first_day(on, precision):
    """Return the first day of the month, quarter or year meant, or the day itself."""
    starts = {"month": on.month, "quarter": (on.month - 1) // 3 * 3 + 1, "year": 1}
    return on.replace(day=1, month=starts[precision]) if precision in starts else on


class StageDate(models.Model):
    """The planned and the actual date of one stage of one commission.

    A planned date may be rough: `precision` says how much of it is meant.
    """

    class Precision(models.TextChoices):
        """How much of a planned date is meant."""

        DAY = "day", "That day"
        MONTH = "month", "Some time that month"
        QUARTER = "quarter", "Some time that quarter"
        YEAR = "year", "Some time that year"

    commission = models.ForeignKey(
        Commission, models.CASCADE, related_name="stage_dates"
    )
    stage = models.CharField(max_length=20, choices=Stage)
    planned_on = DayField(null=True, blank=True)
    precision = models.CharField(
        max_length=10, choices=Precision, default=Precision.DAY
    )
    actual_on = DayField(null=True, blank=True)

    class Meta:
        ordering = [F("actual_on").asc(nulls_last=True), "planned_on", "pk"]
        indexes = [
            models.Index(  # what is coming, soonest first
                fields=["planned_on", "id", "precision"],
                name="stage_date_to_come",
                condition=Q(actual_on__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["commission", "stage"],
                name="stage_is_dated_once_for_a_commission",
                violation_error_message="This stage has a date already. Change that one.",
            ),
            models.CheckConstraint(
                name="stage_date_is_planned_or_actual",
                condition=Q(planned_on__isnull=False) | Q(actual_on__isnull=False),
                violation_error_message="Give a planned date, or leave the stage out.",
            ),
        ]

    def __str__(self):
        return f"{self.get_stage_display()}: {self.actual_on or self.planned_on}"

    @property
    def record_name(self):
        return f"{self.commission.record_name}/dates/{self.stage}"

    @property
    def record_commission(self):
        """The reference of the commission it concerns."""
        return self.commission.reference

    @classmethod
    def plan(cls, commission, stage, on, *, by, precision="day", reason="", at=None):
        """Plan a stage for a day, or move it there and keep the old date.

        On a published commission a move needs a reason, which the public
        sees; without one NotReady is raised. A working draft keeps no
        history, since nobody has relied on its dates. A rough date is kept as
        the first day of its period, so that another day of it is no move.
        """
        on = first_day(on, precision)
        with transaction.atomic():
            date, new = cls.objects.select_for_update().get_or_create(
                commission=commission,
                stage=stage,
                defaults={"planned_on": on, "precision": precision},
            )
            if new or date.planned_on is None:
                kind, facts = Kind.DATE_PLANNED, {}
            elif (date.planned_on, date.precision) == (on, precision):
                return date
            else:
                kind, facts = (
                    Kind.DATE_MOVED,
                    date.keep_history(commission, on, reason, at),
                )
            date.planned_on, date.precision = on, precision
            date.save(update_fields=["planned_on", "precision"])
            if commission.published_at:
                Entry.objects.append(
                    kind,
                    date,
                    by=by,
                    at=at,
                    on=on.isoformat(),
                    precision=precision,
                    **facts,
                )
        return date

    def keep_history(self, commission, on, reason, at=None):
        """Keep the date this one replaces, and return it for the record."""
        if not commission.published_at:
            return {}
        if not reason.strip():
            raise NotReady(
                f"Say why the date of “{self.get_stage_display()}” moves. "
                "The public sees the old date and the reason."
            )
        self.changes.create(
            planned_before=self.planned_on,
            precision_before=self.precision,
            planned_after=on,
            reason=reason,
            moved_at=at or timezone.now(),
        )
        return {
            "before": self.planned_on.isoformat(),
            "before_precision": self.precision,
            "reason": reason,
        }


class StageDateChange(models.Model):
    """A planned date that moved: the old one, the new one, and why."""

    stage_date = models.ForeignKey(StageDate, models.CASCADE, related_name="changes")
    planned_before = DayField()
    precision_before = models.CharField(
        max_length=10, choices=StageDate.Precision, default=StageDate.Precision.DAY
    )
    planned_after = DayField()
    reason = models.TextField()
    moved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-moved_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="date_moves_for_a_reason",
                condition=~Q(reason=""),
                violation_error_message="Say why the date moves.",
            ),
        ]

    def __str__(self):
        return f"{self.planned_before} to {self.planned_after}"
