"""Mail in words, queued in the transaction that makes it due.

Each mail is a template under `consultations/email/`: its first line is the
subject. Links carry a signed random key, never a name or an address.
"""

from django.conf import settings
from django.template.loader import render_to_string

from consultations.outbox.models import Message


def written(template, **context):
    """Write one message: return its subject and its body."""
    context["portal_name"] = settings.PORTAL_NAME
    context["contact_email"] = settings.PORTAL_CONTACT_EMAIL
    text = render_to_string(f"consultations/email/{template}.txt", context)
    subject, _, body = text.strip().partition("\n")
    return " ".join(subject.split())[:300], body.strip()


def queue(template, to, dedupe, **context):
    """Queue one message; a key that is queued already is not queued again."""
    if not to:
        return
    subject, body = written(template, **context)
    Message.objects.get_or_create(
        dedupe=dedupe, defaults={"to": to, "subject": subject, "body": body}
    )
