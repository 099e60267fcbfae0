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
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from commissions.text.formats import how_many
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


def in_days(period):
    """Write a period in days, or in whole years."""
    years, rest = divmod(period.days, 365)
    if years and not rest:
        return how_many(years, "year")
    return how_many(period.days, "day")


days = lazy(in_days, str)
"""A period as above, in the language of the page that shows it."""


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
    """Forget the address of who reported an error that nobody settled."""
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
        gettext_lazy(
            "A comment or question that you do not confirm, its files, and your email "
            "address with it"
        ),
        gettext_lazy("To send you the link that confirms it"),
        days(UNCONFIRMED_FOR),
        erasure.erase_unconfirmed,
    ),
    Row(
        gettext_lazy(
            "Published comments, questions and answers, and what they said before"
        ),
        gettext_lazy("Decisions are based on them, so people need to be able to check"),
        gettext_lazy(
            "As long as the decision they belong to, as part of the public record, "
            "unless you ask us to erase them"
        ),
    ),
    Row(
        gettext_lazy(
            "A comment or question that is not published, or that you withdraw"
        ),
        gettext_lazy("So that you can ask us to look at it again"),
        days(NOT_PUBLISHED_FOR),
        erase_unpublished,
    ),
    Row(
        gettext_lazy("A file that could not be checked, or that is no longer in use"),
        gettext_lazy("To find out what was wrong with it"),
        days(FILES_FOR),
        erase_files,
    ),
    Row(
        gettext_lazy("Your email address with a comment"),
        gettext_lazy("To email you what happened"),
        format_lazy(
            gettext_lazy(
                "Until we have emailed you what happened, or at most {period} after the "
                "consultation closes, or until you ask us to erase it (a scrambled form "
                "of it stays, to find what you sent if you ask)"
            ),
            period=days(AT_MOST),
        ),
        forget_senders,
    ),
    Row(
        gettext_lazy("Your email address with a question"),
        gettext_lazy("To email you the answer"),
        format_lazy(
            gettext_lazy(
                "Until we have emailed you the answer, or at most {period} ({declined} "
                "if the question is not published or you withdraw it)"
            ),
            period=days(AT_MOST),
            declined=days(DECLINED_FOR),
        ),
        forget_askers,
    ),
    Row(
        gettext_lazy("The email address of someone who is asked to sign a comment"),
        gettext_lazy("To ask if they want to sign"),
        gettext_lazy("Until the consultation closes"),
        forget_co_signatories,
    ),
    Row(
        gettext_lazy("A response that you write over several days and do not send"),
        gettext_lazy("So that you can finish it"),
        gettext_lazy("Until the consultation closes"),
        erase_workspaces,
    ),
    Row(
        gettext_lazy("Your email address with a report of an error"),
        gettext_lazy("To email you what we found"),
        format_lazy(
            gettext_lazy("Until we have emailed you, or at most {period}"),
            period=days(UNHEARD_FOR),
        ),
        forget_reporters,
    ),
    Row(
        gettext_lazy(
            "What you say in a report of an error or of a comment, which only staff read"
        ),
        gettext_lazy("To show how we dealt with it"),
        format_lazy(
            gettext_lazy("{period} after we dealt with it"), period=days(REPORTS_FOR)
        ),
        erase_reports,
    ),
    Row(
        gettext_lazy("What you ask to follow by email and do not confirm"),
        gettext_lazy("To send you the link that confirms it"),
        days(UNCONFIRMED_FOR),
        erasure.erase_unconfirmed_alerts,
    ),
    Row(
        gettext_lazy(
            "What you follow by email, your email address, and the language you read in"
        ),
        gettext_lazy("To send you what you asked for"),
        format_lazy(
            gettext_lazy("Until {period} after you stop it"), period=days(STOPPED_FOR)
        ),
        erasure.erase_stopped_alerts,
    ),
    Row(
        gettext_lazy(
            "Your email address, and what would help you to take part, where you signed "
            "up for an event"
        ),
        gettext_lazy("To keep your place and to send you news of the event"),
        format_lazy(
            gettext_lazy(
                "Until {period} after the event, or after you gave up your place "
                "({unconfirmed} if you do not confirm your place)"
            ),
            period=days(BOOKINGS_FOR),
            unconfirmed=days(UNCONFIRMED_FOR),
        ),
        erase_bookings,
    ),
    Row(
        gettext_lazy("What we have already emailed you about"),
        gettext_lazy("So that we email you once about each thing"),
        days(queue.KEPT_FOR),
        erase_deliveries,
    ),
    Row(
        gettext_lazy("The emails we sent you, and those that could not be delivered"),
        gettext_lazy("To find out what went wrong if you did not get one"),
        days(MESSAGES_FOR),
        erase_messages,
    ),
    Row(
        gettext_lazy("A request to see what we know about you"),
        gettext_lazy("To send you the link that shows it"),
        days(LINK_FOR),
        erase_data_requests,
    ),
    Row(
        gettext_lazy(
            "How often a network or an email address wrote to us in an hour, scrambled "
            "with a key that changes every day"
        ),
        gettext_lazy("To stop floods of messages"),
        days(COUNTS_FOR),
        erase_counts,
    ),
    Row(
        gettext_lazy("Who was in a post, and from when to when"),
        gettext_lazy("The law on records of decisions requires it"),
        gettext_lazy("For at least six years after a decision"),
    ),
    Row(
        gettext_lazy("Sessions of staff who are signed in"),
        gettext_lazy("To know who does what"),
        format_lazy(
            gettext_lazy("{hours} hours"), hours=settings.SESSION_COOKIE_AGE // 3600
        ),
        clear_sessions,
    ),
    Row(
        gettext_lazy("Copies of all this in backups"),
        gettext_lazy("To bring the site back after a fault"),
        format_lazy(gettext_lazy("At most {period} longer"), period=days(BACKUPS_FOR)),
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
            erased[str(row.what)] = number
    transaction.on_commit(erasure.overwrite)
    return erased
