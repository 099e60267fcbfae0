"""Reports of errors: what they may be about, and how they are answered."""

from django.conf import settings
from django.db import transaction

from commissions.models import Post
from consultations import public_names
from consultations.outbox.emails import queue_email

REPORTABLE = {
    "commission",
    "contract",
    "decision",
    "commissioner",
    "organisation",
    "post",
    "service",
    "barrier",
}


def subject_of(name):
    """Return (its title, its page) of what a public name names, or None."""
    found = public_names.find_by_public_name(name, REPORTABLE)
    shown = found.organisation if isinstance(found, Post) else found
    return found and (str(found), shown.get_absolute_url())


def settle(correction, state, *, answer, by):
    """Answer a report and tell its sender, if they left an address."""
    found = subject_of(correction.about)
    with transaction.atomic():
        email = correction.email
        correction.settle(state, answer=answer, by=by)
        queue_email(
            "correction",
            email,
            f"correction-{correction.reference}",
            correction=correction,
            title=found[0] if found else correction.about,
            link=f"{settings.PORTAL_ORIGIN}{found[1] if found else '/'}",
        )
