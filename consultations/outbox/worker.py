"""Work off the request: send what is due.

Rows say what is due, so a worker that is killed loses nothing: what it had
leased is due again some minutes later. Two workers never send one message
twice, since a lease is a guarded update.
"""

import logging
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)
from time import monotonic
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from consultations.alerts import matching, queue
from consultations.outbox.models import Message

logger = logging.getLogger(__name__)
BATCH = 100
LONGEST = 60  # seconds that one batch may take
SERVER_FAULTS = (OSError, SMTPException)
OF_MESSAGE = (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError)


def send_due(at=None):
    """Send every message that is due; return how many went and how many failed.

    A mail server that cannot be reached costs a message nothing: it waits. One
    that falls silent ends this batch, and each batch ends after a minute.
    """
    messages = list(Message.objects.due(at)[:BATCH])
    connection = get_connection()
    if not messages or not opened(connection, messages):
        return 0, 0
    sent, ends = [], monotonic() + LONGEST
    try:
        for message in messages:
            if Message.objects.lease(message, at):
                sent.append(send_message(message, connection, at))
            if monotonic() > ends:
                break
    except SERVER_FAULTS as fault:
        logger.warning("the mail server fell silent: %s", type(fault).__name__)
        sent.append(False)
    finally:
        closed(connection)
    return sent.count(True), sent.count(False)


def opened(connection, messages):
    """Open the connection to the mail server; else note why on what waits for it."""
    try:
        connection.open()
    except SERVER_FAULTS as fault:
        error = type(fault).__name__
        waiting = Message.objects.filter(pk__in=[message.pk for message in messages])
        waiting.update(error=error)
        logger.warning("the mail server cannot be reached: %s", error)
        return False
    return True


def closed(connection):
    """Close the connection, whatever state its server is in."""
    try:
        connection.close()
    except SERVER_FAULTS as fault:
        logger.warning("the mail server did not say goodbye: %s", type(fault).__name__)


def send_message(message, connection=None, at=None):
    """Send one leased message; on failure keep why, and try again later.

    Raises what is the server's fault and not the message's.
    """
    try:
        EmailMessage(
            message.subject,
            message.body,
            to=[message.to],
            headers=message_headers(message),
            connection=connection,
        ).send()
    except Exception as error:  # one that cannot be sent must not stop the others
        message.refresh_from_db(fields=["attempts"])
        message.fail(error, at)
        logger.warning("message %s was not sent: %s", message.pk, message.error)
        if isinstance(error, SERVER_FAULTS) and not isinstance(error, OF_MESSAGE):
            raise
        return False
    message.sent_at = timezone.now()
    message.error = ""
    message.save(update_fields=["sent_at", "error"])
    return True


def message_headers(message):
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
