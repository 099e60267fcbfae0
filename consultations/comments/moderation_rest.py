"""What hangs on a comment: earlier words, hidden passages, readers' flags."""

from django.db import models, transaction
from django.utils import timezone

from commissions.record.exceptions import Overtaken
from commissions.record.models import Entry, Kind
from consultations.comments.choices import DeclineReason
from consultations.comments.models import Comment


class Revision(models.Model):
    """The words of a comment before its sender edited it."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="revisions")
    text = models.TextField()
    quote = models.TextField(blank=True)
    stance = models.CharField(max_length=10, blank=True)
    proposed_wording = models.TextField(blank=True)
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["replaced_at"]

    def __str__(self):
        return f"{self.comment} until {self.replaced_at}"


class Redaction(models.Model):
    """A passage hidden from the public, and why. The reason is public."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="redactions")
    passage = models.TextField(help_text="The words to hide, exactly as they stand.")
    reason = models.CharField(max_length=20, choices=DeclineReason)
    words = models.TextField(help_text="Why, in a sentence the public can read.")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at"]

    def __str__(self):
        return f"passage of {self.comment}"

    def undo(self, *, by):
        """Show the passage again."""
        with transaction.atomic():
            hidden = Redaction.objects.filter(pk=self.pk, undone_at__isnull=True)
            if not hidden.update(undone_at=timezone.now()):
                raise Overtaken("Somebody else has shown this passage again already.")
            Entry.objects.append(
                Kind.COMMENT_RECONSIDERED,
                self.comment,
                by=by,
                consultation=self.comment.consultation.reference,
            )


class Flag(models.Model):
    """A reader's word that something is wrong with a published comment."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="flags")
    reason = models.CharField(max_length=20, choices=DeclineReason)
    words = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_as = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at"]

    def __str__(self):
        return f"flag on {self.comment}"
