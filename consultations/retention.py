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
from consultations.comments.submissions import (
    UNCONFIRMED_FOR,
    CoSignatory,
    Submission,
    Workspace,
)
from consultations.outbox.models import MOST_ATTEMPTS, Message
from consultations.own_data.models import LINK_FOR, DataRequest
from consultations.questions.models import Question
from consultations.rate_limit import Throttle

logger = logging.getLogger(__name__)
MESSAGES_FOR = timedelta(days=30)
COUNTS_FOR = timedelta(days=2)
DECLINED_FOR = timedelta(days=30)


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
    """Write a period in days."""
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
    """Forget the address of each sender who was told what happened."""
    told = Submission.objects.filter(
        consultation__response__published_at__lte=at, erased_at__isnull=True
    ).exclude(email="")
    return unsettled("answered-", told).update(email="", address_forgotten_at=at)


def forget_askers(at):
    """Forget the address of each asker who was told the answer, or that there is none."""
    over = Q(answered_at__lte=at) | Q(
        state__in=["declined", "withdrawn"], stated_at__lt=at - DECLINED_FOR
    )
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


def erase_messages(at):
    """Erase the messages that were sent, or given up, a month ago."""
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
        "Your email address with a comment",
        "To tell you what happened",
        "Until you have been told what happened, or until you ask us to erase it. A "
        "scrambled form of it stays, so that we find what you sent if you ask",
        forget_senders,
    ),
    Row(
        "Your email address with a question",
        "To tell you the answer",
        f"Until you have been told the answer; {days(DECLINED_FOR)} where the question "
        "is not published or you withdraw it",
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
        "Until you have been told",
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
        "Staff accounts",
        "To keep the site secure and accountable",
        "While you work on the site; what you published stays on the record under "
        "your post",
    ),
    Row(
        "Sessions of staff who are signed in",
        "To know who acts",
        f"{settings.SESSION_COOKIE_AGE // 3600} hours",
        clear_sessions,
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
    if erased:
        transaction.on_commit(erasure.overwrite)
    return erased
