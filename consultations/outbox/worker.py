"""Work off the request: send what is due, erase what has lapsed.

Rows say what is due, so a worker that is killed loses nothing: what it had
leased is due again some minutes later. Two workers never send one message
twice, since a lease is a guarded update.
"""

import logging
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.crypto import salted_hmac

from consultations.alerts import matching, queue
from consultations.erasure import erase_lapsed, erase_workspaces
from consultations.outbox.models import Message
from consultations.rate_limit import Throttle

logger = logging.getLogger(__name__)
BATCH = 100
KEPT_FOR = timedelta(days=30)


def send_due(at=None):
    """Send every message that is due; return how many went and how many failed."""
    sent = failed = 0
    for message in Message.objects.due(at)[:BATCH]:
        if Message.objects.lease(message, at):
            if send(message):
                sent += 1
            else:
                failed += 1
    return sent, failed


def send(message):
    """Send one leased message; on failure keep why, and try again later."""
    try:
        EmailMessage(
            message.subject, message.body, to=[message.to], headers=headers(message)
        ).send()
    except Exception as error:  # one that cannot be sent must not stop the others
        # The class alone: a mail server's words may repeat the address.
        message.error = type(error).__name__
        message.save(update_fields=["error"])
        logger.warning("message %s was not sent: %s", message.pk, message.error)
        return False
    message.sent_at = timezone.now()
    message.error = ""
    message.save(update_fields=["sent_at", "error"])
    return True


def headers(message):
    """Return what goes with a message: the same name each time; one-click stopping.

    By the same Message-ID mail programs know a message that a killed worker
    sent and could not mark. One click is RFC 8058's.
    """
    name = salted_hmac("portal.message", message.dedupe).hexdigest()
    host = urlsplit(settings.PORTAL_ORIGIN).hostname
    found = {"Message-ID": f"<{name}@{host}>"}
    if message.unsubscribe:
        found["List-Unsubscribe"] = f"<{message.unsubscribe}>"
        found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return found


def write_alerts(at=None):
    """Read what is new on the record and queue what followers are to be told."""
    matching.match_new_entries(at)
    return queue.queue_due_alerts(at)


def tidy(at=None):
    """Erase what has lapsed: what was not confirmed, unsent workspaces, old mail."""
    at = at or timezone.now()
    erased = erase_lapsed(at)
    erase_workspaces(at)
    matching.raise_floor(at)
    queue.erase_old_deliveries(at)
    Message.objects.filter(sent_at__lt=at - KEPT_FOR).delete()
    Throttle.objects.filter(hour__lt=at - timedelta(days=2)).delete()
    return erased
