"""Exemptions: a gate that a commission passes without meeting it, and why."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from commissions.commission.models import Commission
from commissions.law.lifecycle import CONDITIONS
from commissions.people.models import Post
from commissions.record.models import Entry, Kind


class Exemption(models.Model):
    """Why a commission may pass a gate unmet. Shown on its page in plain sight."""

    Gate = models.TextChoices(
        "Gate",
        {
            code.upper(): (code, gettext_lazy(condition.waivable))
            for code, condition in CONDITIONS.items()
            if condition.waivable
        },
    )

    commission = models.ForeignKey(
        Commission, models.PROTECT, related_name="exemptions"
    )
    gate = models.CharField(max_length=20, choices=Gate, default=Gate.DRAFT_OPEN)
    legal_ground = models.CharField(
        max_length=300,
        help_text="The law that allows it, for example: Procurement Act 2023 s.41 (urgency).",
    )
    reason = models.TextField(help_text="Why, in words a resident understands.")
    approver = models.ForeignKey(
        Post,
        models.PROTECT,
        related_name="exemptions",
        help_text="The post that approves it; somebody must be in it.",
    )
    entered_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-entered_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["commission", "gate"],
                name="gate_is_exempted_once",
                violation_error_message="This gate is exempted already.",
            ),
            models.CheckConstraint(
                name="exemption_says_why_and_by_what_law",
                condition=~models.Q(reason="") & ~models.Q(legal_ground=""),
                violation_error_message="Give the reason and the law that allows it.",
            ),
        ]

    def __str__(self):
        return f"{self.get_gate_display()}: exempted"

    @classmethod
    def enter(cls, commission, *, gate, legal_ground, reason, approver, by, at=None):
        """Put an exemption on the record.

        Raises ValidationError where the reason, the law or a person in the
        approving post is missing.
        """
        exemption = cls(
            commission=commission,
            gate=gate,
            legal_ground=legal_ground,
            reason=reason,
            approver=approver,
            entered_at=at or timezone.now(),
        )
        exemption.full_clean()
        with transaction.atomic():
            exemption.save()
            Entry.objects.append(
                Kind.EXEMPTION_ENTERED,
                commission,
                by=by,
                at=at,
                gate=gate,
                legal_ground=legal_ground,
                reason=reason,
                approver=approver.record_name,
            )
        return exemption

    def clean(self):
        """Refuse an approver whom nobody could ask, and a commission nobody can see."""
        if self.commission_id and not self.commission.published_at:
            raise ValidationError(
                {
                    "commission": "Publish the commission first: an exemption is shown in public, on its page."
                }
            )
        if self.approver_id and not self.approver.tenure:
            raise ValidationError(
                {
                    "approver": "Choose a post with someone in it: an exemption needs a named approver."
                }
            )
