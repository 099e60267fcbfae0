"""Mail in words, queued in the transaction that makes it due.

Each mail is a template under `consultations/email/`: its first line is the
subject. Links carry a signed random key, never a name or an address.
"""

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from consultations.outbox.models import Message
from consultations.signed_links import address_key


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
