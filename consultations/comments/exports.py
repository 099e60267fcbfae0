"""Comments as the plain values of a file: public fields, or all that staff may see.

No file holds an email address, for whomever it is made: mail goes through the
portal. Comments that their senders have not confirmed are in no file.
"""

from operator import attrgetter

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from commissions.public.listing.exports import Column, iso, same
from consultations.comments import speakers
from consultations.consultation import timetable
from consultations.models import Comment, State


def led_to(comment):
    """Return the number of the version that the response names, if it names one."""
    response = getattr(comment.consultation, "response", None)
    return response.draft.version if response and response.draft else None


def day(moment):
    """Write the day of a moment in London as ISO 8601; None stays None."""
    return timezone.localtime(moment).date().isoformat() if moment else None


def address(comment):
    """Return the full address of a comment's own page."""
    path = reverse(
        "consultations:comment-detail",
        args=[comment.consultation.reference, comment.reference],
    )
    return f"{settings.PORTAL_ORIGIN}{path}"


def text(name):
    """Return a getter of what the section commented on says of itself; else empty."""

    def get(comment):
        words = comment.section_text
        return attrgetter(name)(words) if words else ""

    return get


def version(comment):
    """Return the number of the version commented on; None where on no section."""
    words = comment.section_text
    return words.draft.version if words else None


def own_address(comment):
    """Return the address of a comment's own page, where it has one."""
    return address(comment) if comment.state == State.PUBLISHED else ""


def theme(comment):
    """Return the theme it was put under."""
    return comment.theme.title if comment.theme else ""


def changed_section(comment):
    """Return the section that it changed."""
    return comment.changed_section.key if comment.changed_section else ""


def changed_in_version(comment):
    """Return the version in which it changed a section."""
    return led_to(comment) if comment.changed_section else None


def once_answered(getter, unanswered=""):
    """Return a getter that says nothing until the response is published."""

    def get(comment):
        answered = timetable.response_of(comment.consultation)
        return getter(comment) if answered else unanswered

    return get


SENT = [
    Column("role", "submission.role"),
    Column("name", "submission.shown_name"),
    Column(
        "signed_with",
        lambda comment: "; ".join(str(signer) for signer in comment.submission.signed),
    ),
    Column("came_by", lambda comment: speakers.channel(comment.submission.channel)),
    Column("received_on", lambda comment: day(comment.submission.received_at)),
    Column("is_late", "submission.is_late"),
    Column("edited_on", lambda comment: day(comment.edited_at)),
]
SAID = [
    Column("reference", "reference"),
    Column("section", text("section.key")),
    Column("section_heading", text("heading")),
    Column("version", version),
    *same("quote", "stance"),
    Column("text", "shown_text"),
    Column("proposed_wording", "shown_wording"),
    *SENT,
]
OUTCOME = [
    Column("theme", theme),
    *same("outcome", "outcome_reason"),
    Column("changed_section", changed_section),
    Column("changed_in_version", changed_in_version),
]
PUBLIC = [
    *SAID,
    Column("theme", once_answered(theme)),
    Column("outcome", once_answered(attrgetter("outcome"))),
    Column("outcome_reason", once_answered(attrgetter("outcome_reason"))),
    Column("changed_section", once_answered(changed_section)),
    Column("changed_in_version", once_answered(changed_in_version, None)),
    Column("address", own_address),
]
STAFF = [
    *SAID,
    *OUTCOME,
    Column("address", own_address),
    *same("state", "decline_reason", "decline_words"),
    Column("full_text", "text"),
    Column("full_proposed_wording", "proposed_wording"),
    Column("answered_at", lambda comment: iso(comment.answered_at)),
]


def for_staff(consultation):
    """Return every comment that its sender has confirmed, whatever its state."""
    return Comment.objects.filter(consultation=consultation).exclude(
        state=State.UNCONFIRMED
    )
