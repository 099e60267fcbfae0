"""What moderators do: one act, one entry, and a message to whoever wrote.

Each is a verb of the comment and its message, in one transaction, so that
nobody is moderated without being told.
"""

from django.db import transaction
from django.utils import timezone

from commissions.models import Overtaken
from consultations.comments import emails as comments_emails
from consultations.comments.models import Comment, Flag


def publish(comment, *, by):
    """Publish a comment and tell its sender."""
    with transaction.atomic():
        comment.publish(by=by)
        comments_emails.say_moderated(comment, "published")


def decline(comment, *, reason, words, by):
    """Decline a comment for a reason and tell its sender."""
    with transaction.atomic():
        comment.decline(reason=reason, words=words, by=by)
        comments_emails.say_moderated(comment, "declined")


def redact(comment, passage, *, reason, words, by):
    """Hide a passage for a reason and tell the sender."""
    with transaction.atomic():
        comment.redact(passage, reason=reason, words=words, by=by)
        comments_emails.say_moderated(comment, "redacted")


def restore(redaction, *, by):
    """Show a hidden passage again and tell the sender."""
    with transaction.atomic():
        redaction.undo(by=by)
        comments_emails.say_moderated(redaction.comment, "restored")


def reconsider(comment, *, by):
    """Undo: put a comment back in the queue and tell its sender."""
    with transaction.atomic():
        comment.reconsider(by=by)
        comments_emails.say_moderated(comment, "reconsidered")


def settle(flag, *, as_):
    """Say what came of a reader's flag; raises Overtaken where it is settled."""
    standing = Flag.objects.filter(pk=flag.pk, settled_at__isnull=True)
    if not standing.update(settled_at=timezone.now(), settled_as=as_):
        raise Overtaken("Somebody else has settled this flag already.")


def waiting():
    """Return the comments that wait for a moderator, oldest first."""
    return Comment.objects.awaiting_moderation()


def flagged():
    """Return the published comments with a flag that nobody has settled."""
    return Comment.objects.public().filter(
        pk__in=Flag.objects.filter(settled_at__isnull=True).values("comment")
    )
