"""The five key criteria of the NHS regime, and how each weighed in the choice."""

from decimal import Decimal

from django.db import models, transaction
from django.db.models import Q

from commissions.commission import gates
from commissions.commission.models import Commission
from commissions.law.direct_award_grounds import KEY_CRITERIA
from commissions.record.exceptions import NotReady, Overtaken
from commissions.record.models import Entry, Kind

WHOLE = Decimal(100)


class Weighing(models.Model):
    """One of the five key criteria of the NHS regime, and how it weighed (reg 5)."""

    commission = models.ForeignKey(Commission, models.PROTECT, related_name="weighings")
    criterion = models.CharField(max_length=20, choices=list(KEY_CRITERIA.items()))
    order = models.PositiveSmallIntegerField(default=0)
    weight = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        help_text="Its relative importance, in per cent of all five.",
    )
    finding = models.TextField(help_text="How it weighed in the choice.")

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commission", "criterion"],
                name="key_criterion_is_weighed_once_for_a_commission",
            ),
            models.CheckConstraint(
                name="key_criterion_weight_is_a_per_cent",
                condition=Q(weight__gte=0, weight__lte=WHOLE),
                violation_error_message="A weight is from 0 to 100 per cent.",
            ),
            models.CheckConstraint(
                name="key_criterion_says_how_it_weighed",
                condition=~Q(finding=""),
                violation_error_message="Say how each criterion weighed in the choice.",
            ),
        ]

    def __str__(self):
        return f"{KEY_CRITERIA[self.criterion]} {self.weight:g} per cent"

    @classmethod
    def weigh(cls, commission, weighed, *, by, at=None):
        """Put on the record how the five key criteria weighed: {code: (weight, words)}.

        Raises NotReady where one is missing or the weights do not come to 100
        per cent, Overtaken where they are weighed already, ValidationError
        where a constraint refuses.
        """
        if lacking := weighing_gaps(commission, weighed):
            raise NotReady(*lacking)
        rows = [
            cls(
                commission=commission,
                criterion=code,
                order=order,
                weight=weighed[code][0],
                finding=weighed[code][1],
            )
            for order, code in enumerate(KEY_CRITERIA)
        ]
        with transaction.atomic():
            Commission.objects.select_for_update().get(pk=commission.pk)
            if cls.objects.filter(commission=commission).exists():
                raise Overtaken("The key criteria are weighed already.")
            for row in rows:
                row.full_clean()
            cls.objects.bulk_create(rows)
            Entry.objects.append(
                Kind.CRITERIA_WEIGHED,
                commission,
                by=by,
                at=at,
                weights={row.criterion: str(row.weight) for row in rows},
            )
        return rows


def weighing_gaps(commission, weighed):
    """List, as sentences, what is missing before the criteria are weighed."""
    if commission.regime != "psr":
        return ["The five key criteria belong to the NHS Provider Selection Regime."]
    if not commission.published_at:
        return [gates.UNPUBLISHED]
    left = [name for code, name in KEY_CRITERIA.items() if code not in weighed]
    if left:
        return [f"Weigh all five: “{left[0]}” is missing."]
    total = sum(Decimal(weighed[code][0]) for code in KEY_CRITERIA)
    if total != WHOLE:
        return [
            f"The weights come to {total.normalize():f} per cent. Make them come to 100."
        ]
    return []
