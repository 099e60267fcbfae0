"""Messages due: written in the verb's own transaction, sent by the worker.

A message is never sent inside a request. A row says what is due; the worker
leases it, sends it, and marks it sent. A worker that is killed loses its
lease after some minutes and the message is tried again. The same `dedupe`
key is never queued twice.

A mail that asks an address to confirm something has a purpose, and the database
holds one such mail an address and purpose at a time: nobody is written to again
and again because a stranger types their address.
"""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from consultations.signed_links import address_key

LEASE = timedelta(minutes=5)
ASKED_FOR = timedelta(days=1)
LONGEST_WAIT = timedelta(hours=12)
MOST_ATTEMPTS = 12  # over more than two days


class MessageQuerySet(models.QuerySet):
    """Messages by whether they are due."""

    def due(self, at=None):
        """Messages to send now: not sent, not given up, not leased."""
        at = at or timezone.now()
        return self.filter(
            sent_at__isnull=True, attempts__lt=MOST_ATTEMPTS, due_at__lte=at
        ).order_by("due_at", "pk")

    def unanswered(self, at=None):
        """Those that asked a day ago, or that no server took."""
        asked_by = (at or timezone.now()) - ASKED_FOR
        return self.filter(
            models.Q(sent_at__lt=asked_by)
            | models.Q(sent_at__isnull=True, attempts__gte=MOST_ATTEMPTS)
        )

    def forget(self):
        """Keep no more whom they asked: each may be asked again."""
        return self.exclude(purpose="").update(purpose="", address_key="")

    def settle(self, purpose, address_key):
        """Note that an address has followed its link."""
        self.filter(purpose=purpose, address_key=address_key).forget()

    def lease(self, message, at=None):
        """Take one message for five minutes; False where another worker has it."""
        at = at or timezone.now()
        untouched = self.filter(
            pk=message.pk, due_at=message.due_at, sent_at__isnull=True
        )
        return bool(
            untouched.update(due_at=at + LEASE, attempts=models.F("attempts") + 1)
        )


class Message(models.Model):
    """One email that is due, or was sent."""

    to = models.EmailField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    unsubscribe = models.URLField(
        max_length=300, blank=True, help_text="Where one click stops such mail."
    )
    dedupe = models.CharField(max_length=120, unique=True)
    purpose = models.CharField(
        max_length=40, blank=True, help_text="What it asks its reader to confirm."
    )
    address_key = models.CharField(
        max_length=40, blank=True, help_text="Of whom it asks that, as a digest."
    )
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(sent_at__isnull=True),
                name="message_due",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "address_key"],
                condition=~models.Q(purpose=""),
                name="address_is_asked_once_at_a_time",
            ),
        ]

    def __str__(self):
        return self.subject

    def fail(self, error, at=None):
        """Keep why it did not go, and wait twice as long as the last time."""
        self.error = type(error).__name__  # a server's words may repeat the address
        wait = LEASE * 2 ** min(self.attempts, MOST_ATTEMPTS)
        self.due_at = (at or timezone.now()) + min(wait, LONGEST_WAIT)
        self.save(update_fields=["error", "due_at"])


def write_email(template, **context):
    """Write one message: return its subject and its body."""
    context["portal_name"] = settings.PORTAL_NAME
    context["contact_email"] = settings.PORTAL_CONTACT_EMAIL
    text = render_to_string(f"consultations/email/{template}.txt", context)
    subject, _, body = text.strip().partition("\n")
    return " ".join(subject.split())[:300], body.strip()


def queue_email(template, to, dedupe, **context):
    """Queue one message; a key that is queued already is not queued again."""
    if not to:
        return
    subject, body = write_email(template, **context)
    Message.objects.get_or_create(
        dedupe=dedupe, defaults={"to": to, "subject": subject, "body": body}
    )


def ask(purpose, template, to, dedupe, **context):
    """Queue the message that asks an address to confirm something.

    One at a time for each purpose: an address that has such a message, and has
    not followed its link, gets another after a day at the earliest. The page
    that its link opens shows all that waits. `template` holds nothing that a
    stranger wrote.
    """
    if not to or Message.objects.filter(dedupe=dedupe).exists():
        return
    subject, body = write_email(template, **context)
    key = address_key(to)
    with transaction.atomic():
        asked = Message.objects.filter(purpose=purpose, address_key=key)
        asked.unanswered().forget()
        Message.objects.get_or_create(
            purpose=purpose,
            address_key=key,
            defaults={"to": to, "subject": subject, "body": body, "dedupe": dedupe},
        )
