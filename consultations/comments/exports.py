"""Comments as the plain values of a file: public fields, or all that staff may see.

No file holds an email address, for whomever it is made: mail goes through the
portal. Comments that their senders have not confirmed are in no file.
"""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from consultations.comments import speakers
from consultations.consultation import timetable
from consultations.models import Comment, State

PUBLIC = [
    "reference",
    "section",
    "section_heading",
    "version",
    "quote",
    "stance",
    "text",
    "proposed_wording",
    "role",
    "name",
    "signed_with",
    "came_by",
    "received_on",
    "is_late",
    "edited_on",
    "theme",
    "outcome",
    "outcome_reason",
    "changed_section",
    "changed_in_version",
    "address",
]
STAFF = [
    *PUBLIC,
    "state",
    "decline_reason",
    "decline_words",
    "full_text",
    "full_proposed_wording",
    "answered_at",
]


def public_row(comment):
    """Return one published comment as the public may read it."""
    words = comment.section_text
    return {
        "reference": comment.reference,
        "section": words.section.key if words else "",
        "section_heading": words.heading if words else "",
        "version": words.draft.version if words else None,
        "quote": comment.quote,
        "stance": comment.stance,
        "text": comment.shown_text,
        "proposed_wording": comment.shown_wording,
        **sender(comment.submission),
        "edited_on": day(comment.edited_at),
        **outcome(comment, timetable.response_of(comment.consultation)),
        "address": address(comment) if comment.state == State.PUBLISHED else "",
    }


def sender(submission):
    """Return who speaks, as they wished to be shown."""
    return {
        "role": submission.role,
        "name": submission.shown_name,
        "signed_with": "; ".join(str(signer) for signer in submission.signed),
        "came_by": speakers.channel(submission.channel),
        "received_on": day(submission.received_at),
        "is_late": submission.is_late,
    }


def outcome(comment, response):
    """Return what became of a comment; nothing until the response is published."""
    changed = comment.changed_section if response else None
    return {
        "theme": comment.theme.title if response and comment.theme else "",
        "outcome": comment.outcome if response else "",
        "outcome_reason": comment.outcome_reason if response else "",
        "changed_section": changed.key if changed else "",
        "changed_in_version": led_to(comment) if changed else None,
    }


def led_to(comment):
    """Return the number of the version that the response names, if it names one."""
    response = getattr(comment.consultation, "response", None)
    return response.draft.version if response and response.draft else None


def staff_row(comment):
    """Return one comment with all that staff may see."""
    return {
        **public_row(comment),
        **outcome(comment, response=True),
        "state": comment.state,
        "decline_reason": comment.decline_reason,
        "decline_words": comment.decline_words,
        "full_text": comment.text,
        "full_proposed_wording": comment.proposed_wording,
        "answered_at": comment.answered_at and comment.answered_at.isoformat(),
    }


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


def for_staff(consultation):
    """Return every comment that its sender has confirmed, whatever its state."""
    return Comment.objects.filter(consultation=consultation).exclude(
        state=State.UNCONFIRMED
    )
