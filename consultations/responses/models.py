"""Themes and the response: what people said, what we did, published once."""

import hashlib

from django.db import models, transaction
from django.utils import timezone

from commissions.fields import MomentField
from commissions.record.models import Entry, Kind, canonical
from commissions.record.references import NotReady, Overtaken
from consultations.consultation.models import Consultation


class Theme(models.Model):
    """Comments answered together: what people said, and what we did about it."""

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="themes"
    )
    title = models.CharField(max_length=200)
    you_said = models.TextField(blank=True)
    we_did = models.TextField(blank=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "title"], name="theme_title_is_used_once"
            ),
        ]

    def __str__(self):
        return self.title


class ResponseQuerySet(models.QuerySet):
    """Responses by who may see them."""

    def published(self, at=None):
        """Responses that are public at a time (now, unless said)."""
        return self.filter(published_at__lte=at or timezone.now())


class Response(models.Model):
    """ "You said, we did": the answer to everybody, published once."""

    consultation = models.OneToOneField(
        Consultation, models.PROTECT, related_name="response"
    )
    introduction = models.TextField(blank=True)
    draft = models.ForeignKey(
        "consultations.Draft",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The version that the comments led to.",
    )
    published_at = MomentField(null=True, blank=True, editable=False)

    objects = ResponseQuerySet.as_manager()

    def __str__(self):
        return f"Response to {self.consultation}"

    @property
    def record_name(self):
        return f"{self.consultation.record_name}/response"

    @property
    def record_commission(self):
        return self.consultation.commission.reference

    def publication_gaps(self, at=None):
        """List, as sentences, what is missing before the response can be published."""
        gaps = [
            f"Say under “{theme.title}” what people said and what you did about it."
            for theme in self.consultation.themes.all()
            if not theme.you_said.strip() or not theme.we_did.strip()
        ]
        if not self.consultation.has_closed(at):
            gaps.append("Wait until the consultation has closed.")
        waiting = self.consultation.comments.awaiting_moderation().count()
        if waiting:
            gaps.append(
                f"Comments waiting for a moderator: {waiting}. "
                "Publish or decline each of them first."
            )
        undecided = self.consultation.comments.without_outcome().count()
        if undecided:
            gaps.append(
                f"Comments without an outcome: {undecided}. "
                "Give each of them one, with a reason."
            )
        return gaps

    def publish(self, *, by, at=None):
        """Publish every outcome at once, and put the figures on the record.

        Raises NotReady with a sentence for each thing missing, and Overtaken
        where somebody has just published it.
        """
        if gaps := self.publication_gaps(at):
            raise NotReady(*gaps)
        now = at or timezone.now()
        with transaction.atomic():
            waiting = Response.objects.filter(pk=self.pk, published_at__isnull=True)
            if not waiting.update(published_at=now):
                raise Overtaken("The response is public already.")
            Entry.objects.append(
                Kind.RESPONSE_PUBLISHED,
                self,
                by=by,
                at=at,
                consultation=self.consultation.reference,
                consultation_kind=self.consultation.kind,
                closed_at=self.consultation.closes_at.isoformat(),
                unanswered=0,
                outcomes=self.figures(),
                outcomes_sha256=self.outcomes_digest(),
                draft=self.draft.version if self.draft else None,
            )
        self.published_at = now

    def outcomes_digest(self):
        """Return the SHA-256 of every outcome and reason, in canonical JSON.

        Anyone with the published outcomes can compute it again and see that
        none was altered afterwards.
        """
        rows = self.consultation.comments.public().order_by("reference")
        told = rows.values_list("reference", "outcome", "outcome_reason")
        return hashlib.sha256(
            canonical([list(row) for row in told]).encode()
        ).hexdigest()

    def figures(self):
        """Count the comments by outcome."""
        rows = self.consultation.comments.public().values("outcome")
        return {
            row["outcome"]: row["n"]
            for row in rows.annotate(n=models.Count("pk")).order_by("outcome")
        }
