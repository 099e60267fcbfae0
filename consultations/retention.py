"""What is kept of people, why, for how long: the one table, and the code that runs it.

The privacy page renders these rows, `manage.py retention` and the worker apply them;
so no promise is made that no code keeps. A row without `erase` is kept by its verb,
or stays for the reason that it gives. The project adds what it keeps itself
(`commissioning_portal/apps.py`).
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from consultations import erasure
from consultations.alerts import matching, queue
from consultations.alerts.models import STOPPED_FOR
from consultations.comments.models import Flag
from consultations.comments.submissions import (
    UNCONFIRMED_FOR,
    Attachment,
    CoSignatory,
    Submission,
    Workspace,
)
from consultations.corrections.models import Correction
from consultations.erasure import LAPSED
from consultations.events.models import KEPT_FOR as BOOKINGS_FOR
from consultations.events.models import erase_bookings
from consultations.outbox.models import MOST_ATTEMPTS, Message
from consultations.own_data.models import LINK_FOR, DataRequest
from consultations.questions.models import Question
from consultations.rate_limit import Throttle

logger = logging.getLogger(__name__)
MESSAGES_FOR = timedelta(days=30)
COUNTS_FOR = timedelta(days=2)
DECLINED_FOR = timedelta(days=30)
NOT_PUBLISHED_FOR = timedelta(days=365)
AT_MOST = timedelta(days=730)
UNHEARD_FOR = timedelta(days=180)
REPORTS_FOR = timedelta(days=365)
FILES_FOR = timedelta(days=7)
BACKUPS_FOR = timedelta(days=settings.BACKUPS_KEPT_DAYS)


@dataclass(frozen=True)
class Row:
    """One thing that is kept: what, why, for how long, and how it is erased.

    `erase` takes a time and returns how many it erased.
    """

    what: str
    why: str
    kept: str
    erase: Callable | None = None


def days(period):
    """Write a period in days, or in whole years."""
    years, rest = divmod(period.days, 365)
    if years and not rest:
        return "a year" if years == 1 else f"{years} years"
    return f"{period.days} day{'s' if period.days != 1 else ''}"


def unsettled(prefix, rows):
    """Return the keys of rows to which a message of a kind is still to go."""
    waiting = Message.objects.filter(
        dedupe__startswith=prefix, sent_at__isnull=True, attempts__lt=MOST_ATTEMPTS
    )
    kept = {
        dedupe.removeprefix(prefix)
        for dedupe in waiting.values_list("dedupe", flat=True)
    }
    return rows.exclude(key__in=kept)


def forget_senders(at):
    """Forget the address of each sender who was told what happened, or never was."""
    over = Q(consultation__response__published_at__lte=at)
    over |= Q(consultation__closes_at__lt=at - AT_MOST)
    told = Submission.objects.filter(over, erased_at__isnull=True).exclude(email="")
    return unsettled("answered-", told).update(email="", address_forgotten_at=at)


def forget_askers(at):
    """Forget the address of each asker who was told the answer, or that there is none."""
    over = Q(answered_at__lte=at) | Q(confirmed_at__lt=at - AT_MOST)
    over |= Q(state__in=["declined", "withdrawn"], stated_at__lt=at - DECLINED_FOR)
    told = Question.objects.filter(over, erased_at__isnull=True).exclude(email="")
    return unsettled("question-answered-", told).update(email="")


def forget_co_signatories(at):
    """Forget the addresses of co-signatories once the consultation has closed."""
    over = CoSignatory.objects.filter(submission__consultation__closes_at__lte=at)
    return over.exclude(email="").update(email="")


def erase_workspaces(at):
    """Erase what was not sent before closing, and what is left of what was sent."""
    sent = Workspace.objects.filter(submission__isnull=False)
    return erasure.erase_workspaces(at) + sent.delete()[0]


def forget_reporters(at):
    """Forget the address of whoever reported an error that nobody settled."""
    waiting = Correction.objects.filter(received_at__lt=at - UNHEARD_FOR)
    return waiting.exclude(email="").update(email="")


def erase_reports(at):
    """Erase what readers said was wrong, a year after it was dealt with."""
    old = at - REPORTS_FOR
    errors = Correction.objects.filter(answered_at__lt=old).exclude(text=LAPSED)
    flags = Flag.objects.filter(settled_at__lt=old).exclude(words="")
    erased = errors.update(text=LAPSED, email="", address_key="")
    return erased + flags.update(words="")


def erase_unpublished(at):
    """Erase the words that were declined or withdrawn a year ago."""
    return erasure.erase_unpublished(at - NOT_PUBLISHED_FOR)


def erase_files(at):
    """Erase the files that were refused, and those that nothing leads to any more."""
    refused = Attachment.objects.filter(
        state=Attachment.State.REFUSED, submission__received_at__lt=at - FILES_FOR
    ).exclude(file="")
    for attachment in refused:
        erasure.erase_file(attachment)
    count = refused.update(file="")
    return count + erasure.erase_loose_files(at - FILES_FOR)


def erase_messages(at):
    """Erase the messages that were sent, or given up, a month ago."""
    for path in erasure.mail_files():
        if path.stat().st_mtime < (at - MESSAGES_FOR).timestamp():
            path.unlink(missing_ok=True)
    gone = Q(sent_at__lt=at - MESSAGES_FOR) | Q(
        sent_at__isnull=True,
        attempts__gte=MOST_ATTEMPTS,
        due_at__lt=at - MESSAGES_FOR,
    )
    return Message.objects.filter(gone).delete()[0]


def erase_deliveries(at):
    """Erase which acts followers were told of a month ago."""
    matching.raise_floor(at)
    return queue.erase_old_deliveries(at)


def erase_data_requests(at):
    old = DataRequest.objects.filter(asked_at__lt=at - LINK_FOR)
    return old.delete()[0]


def erase_counts(at):
    return Throttle.objects.filter(hour__lt=at - COUNTS_FOR).delete()[0]


def clear_sessions(at):
    """Erase the sessions of staff that are over."""
    call_command("clearsessions")
    return 0


ROWS = [
    Row(
        "A comment or question that you do not confirm, its files, and your address "
        "with it",
        "To send you the link that confirms it",
        days(UNCONFIRMED_FOR),
        erasure.erase_unconfirmed,
    ),
    Row(
        "Published comments, questions and answers, and their earlier words",
        "People decide and are held to account by them",
        "With the decision they belong to, as part of the public record, unless you "
        "ask us to erase them",
    ),
    Row(
        "A comment or question that is not published, or that you withdraw",
        "So that you can ask us to look at it again",
        days(NOT_PUBLISHED_FOR),
        erase_unpublished,
    ),
    Row(
        "A file that could not be checked, or that is no longer in use",
        "To find out what was wrong with it",
        days(FILES_FOR),
        erase_files,
    ),
    Row(
        "Your email address with a comment",
        "To tell you what happened",
        f"Until you have been told what happened, at most {days(AT_MOST)} after the "
        "consultation closes, or until you ask us to erase it. A scrambled form of it "
        "stays, so that we find what you sent if you ask",
        forget_senders,
    ),
    Row(
        "Your email address with a question",
        "To tell you the answer",
        f"Until you have been told the answer, at most {days(AT_MOST)}; "
        f"{days(DECLINED_FOR)} where the question is not published or you withdraw it",
        forget_askers,
    ),
    Row(
        "The email address of somebody who is asked to sign a comment",
        "To ask whether they sign",
        "Until the consultation closes",
        forget_co_signatories,
    ),
    Row(
        "A response that you write over several days and do not send",
        "So that you can finish it",
        "Until the consultation closes",
        erase_workspaces,
    ),
    Row(
        "Your email address with a report of an error",
        "To tell you what we found",
        f"Until you have been told, at most {days(UNHEARD_FOR)}",
        forget_reporters,
    ),
    Row(
        "What you say in a report of an error or of a comment, which only staff read",
        "To show how we dealt with it",
        f"{days(REPORTS_FOR)} after we dealt with it",
        erase_reports,
    ),
    Row(
        "An alert that you do not confirm",
        "To send you the link that confirms it",
        days(UNCONFIRMED_FOR),
        erasure.erase_unconfirmed_alerts,
    ),
    Row(
        "What you follow by email, and your address with it",
        "To send you what you asked for",
        f"Until {days(STOPPED_FOR)} after you stop it",
        erasure.erase_stopped_alerts,
    ),
    Row(
        "Your email address, and what would help you to take part, where you signed up "
        "for an event",
        "To keep your place and to send you news of the event",
        f"Until {days(BOOKINGS_FOR)} after the event or after you gave up your place; "
        f"{days(UNCONFIRMED_FOR)} where you do not confirm it",
        erase_bookings,
    ),
    Row(
        "Which acts we told you of",
        "So that you are told once",
        days(queue.KEPT_FOR),
        erase_deliveries,
    ),
    Row(
        "The messages we sent you, and those that could not be delivered",
        "To find out what went wrong where you did not get one",
        days(MESSAGES_FOR),
        erase_messages,
    ),
    Row(
        "A request to see what we hold about you",
        "To send you the link that shows it",
        days(LINK_FOR),
        erase_data_requests,
    ),
    Row(
        "How often a network or an address wrote to us in an hour, scrambled with a "
        "key that changes every day",
        "To stop floods",
        days(COUNTS_FOR),
        erase_counts,
    ),
    Row(
        "Who held a post, and from when to when",
        "The law on records of decisions requires it",
        "For at least six years after a decision",
    ),
    Row(
        "Sessions of staff who are signed in",
        "To know who acts",
        f"{settings.SESSION_COOKIE_AGE // 3600} hours",
        clear_sessions,
    ),
    Row(
        "Copies of all this in backups",
        "To bring the site back after a fault",
        f"At most {days(BACKUPS_FOR)} longer",
    ),
]


def apply(at=None):
    """Erase what no row keeps any longer; return how many, by what it was.

    What fails is logged: the other rows are applied all the same.
    """
    at = at or timezone.now()
    erased = {}
    for row in ROWS:
        if row.erase is None:
            continue
        try:
            with transaction.atomic():
                number = row.erase(at)
        except Exception:
            logger.exception("retention failed: %s", row.what)
            continue
        if number:
            erased[row.what] = number
    transaction.on_commit(erasure.overwrite)
    return erased
