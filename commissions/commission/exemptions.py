"""Exemptions: a gate that a commission passes without meeting it, and why."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from commissions.commission.models import Commission
from commissions.law.lifecycle import CONDITIONS
from commissions.people.models import Post
from commissions.record.models import Entry, Kind, actor
from commissions.record.references import NotReady, Overtaken

ANSWER_WITHIN = timedelta(days=28)
ASKED_ALREADY = "This gate is exempted already, or somebody has asked for it."


class ExemptionQuerySet(models.QuerySet):
    """Exemptions, by what was answered."""

    def asked(self):
        """Those that wait for their approver."""
        return self.filter(state=Exemption.State.ASKED)

    def standing(self):
        """Those that let a commission pass, or can still be approved."""
        since = timezone.now() - ANSWER_WITHIN
        return self.approved() | self.asked().filter(entered_at__gt=since)

    def approved(self):
        """Those that let a commission pass."""
        return self.filter(state=Exemption.State.APPROVED)


class Exemption(models.Model):
    """Why a commission may pass a gate unmet, once the post named has approved it.

    Shown on its page in plain sight: asked, approved, refused.
    """

    Gate = models.TextChoices(
        "Gate",
        {
            code.upper(): (code, gettext_lazy(condition.waivable))
            for code, condition in CONDITIONS.items()
            if condition.waivable
        },
    )

    class State(models.TextChoices):
        """Whether the named approver has answered."""

        ASKED = "asked", gettext_lazy("Waits for its approver")
        APPROVED = "approved", gettext_lazy("Approved")
        REFUSED = "refused", gettext_lazy("Refused")
        LAPSED = "lapsed", gettext_lazy("Not answered in time")

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
    state = models.CharField(
        max_length=10, choices=State, default=State.ASKED, editable=False
    )
    asked_by = models.CharField(
        max_length=255,
        blank=True,
        editable=False,
        help_text="The post that asked, by its public name; else “staff”.",
    )
    entered_at = models.DateTimeField("asked on", default=timezone.now, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    answer = models.TextField(
        "why it was refused", blank=True, help_text="The public reads it."
    )

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        ordering = ["-entered_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["commission", "gate"],
                condition=models.Q(state__in=["asked", "approved"]),
                name="gate_is_exempted_once",
                violation_error_message=ASKED_ALREADY,
            ),
            models.CheckConstraint(
                name="exemption_says_why_and_by_what_law",
                condition=~models.Q(reason="") & ~models.Q(legal_ground=""),
                violation_error_message="Give the reason and the law that allows it.",
            ),
            models.CheckConstraint(
                name="exemption_is_answered_on_a_day_and_refused_for_a_reason",
                condition=models.Q(state="asked", answered_at=None, answer="")
                | models.Q(state="approved", answered_at__isnull=False, answer="")
                | (
                    models.Q(state="refused", answered_at__isnull=False)
                    & ~models.Q(answer="")
                )
                | models.Q(state="lapsed", answered_at__isnull=False, answer=""),
                violation_error_message="Say why it is refused.",
            ),
        ]

    def __str__(self):
        return f"{self.get_gate_display()}: {self.get_state_display().lower()}"

    @classmethod
    def ask(cls, commission, *, gate, legal_ground, reason, approver, by, at=None):
        """Ask a post to approve an exemption: nothing passes before it does.

        What was asked for this gate a month ago and not answered lapses. Raises
        ValidationError where the reason, the law or a person in the approving post
        is missing, or where who asks would approve it.
        """
        exemption = cls(
            commission=commission,
            gate=gate,
            legal_ground=legal_ground,
            reason=reason,
            approver=approver,
            asked_by=actor(by),
            entered_at=at or timezone.now(),
        )
        with transaction.atomic():
            exemption.lapse_former(at=at)
            exemption.full_clean()
            exemption.save()
            exemption.append(
                Kind.EXEMPTION_ASKED,
                by=by,
                at=at,
                legal_ground=legal_ground,
                reason=reason,
                approver=approver.record_name,
            )
        return exemption

    def lapse_former(self, *, at=None):
        """Let what was asked for this gate, and is past answering, lapse on the record."""
        now = at or timezone.now()
        former = Exemption.objects.filter(commission=self.commission, gate=self.gate)
        for each in former.asked().filter(entered_at__lte=now - ANSWER_WITHIN):
            each.settle(
                Exemption.State.LAPSED, Kind.EXEMPTION_LAPSED, by="clock", at=at
            )

    def approve(self, *, by, at=None):
        """Let the commission pass the gate, in the name of the post that was asked.

        Raises NotReady where another post approves, or who asked; Overtaken where it
        was answered before.
        """
        self.check_may_answer(by, at)
        self.settle(
            Exemption.State.APPROVED,
            Kind.EXEMPTION_ENTERED,
            by=by,
            at=at,
            legal_ground=self.legal_ground,
            reason=self.reason,
            approver=self.approver.record_name,
        )

    def refuse(self, *, reason, by, at=None):
        """Refuse it, for a reason that the public reads. Raises as `approve` does."""
        if not reason.strip():
            raise NotReady("Say why you refuse it. The public reads the reason.")
        self.check_may_answer(by, at)
        self.settle(
            Exemption.State.REFUSED,
            Kind.EXEMPTION_REFUSED,
            by=by,
            at=at,
            answer=reason,
            reason=reason,
        )

    def check_may_answer(self, by, at):
        """Raise NotReady where it is not for this post to answer, or too late."""
        if by != self.approver:
            raise NotReady(
                f"Only {self.approver.title} can answer this: that post was asked."
            )
        if self.asked_by == self.approver.record_name:
            raise NotReady("Somebody else has to approve what you asked for.")
        if (at or timezone.now()) - self.entered_at > ANSWER_WITHIN:
            raise NotReady(
                f"This was asked more than {ANSWER_WITHIN.days} days ago and has "
                "lapsed. Who still needs it asks again."
            )

    def settle(self, state, kind, *, by, at=None, answer="", **facts):
        """Answer it once, with an entry. Raises Overtaken where it was answered before."""
        now = at or timezone.now()
        with transaction.atomic():
            waiting = Exemption.objects.filter(pk=self.pk).asked()
            if not waiting.update(state=state, answered_at=now, answer=answer):
                raise Overtaken("This was answered already. Look at it again.")
            self.append(kind, by=by, at=at, **facts)
        self.refresh_from_db()

    def append(self, kind, *, by, at, **facts):
        """Put on the record of its commission what happened to it."""
        Entry.objects.append(
            kind, self.commission, by=by, at=at, gate=self.gate, **facts
        )

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
        if self.approver_id and self.asked_by == self.approver.record_name:
            raise ValidationError(
                {
                    "approver": "Choose another post than yours: somebody else approves what you ask for."
                }
            )
