"""The messages we send, in words, queued in the transaction that makes them due.

Each is a template under `consultations/email/`: its first line is the
subject. Links carry a signed random key, never a name or an address.
"""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from consultations.comments.submissions import token
from consultations.outbox.models import Message


def link(name, purpose, key):
    """Return the whole address of a private page."""
    path = reverse(f"consultations:{name}", args=[token(purpose, key)])
    return f"{settings.PORTAL_ORIGIN}{path}"


def private_path(submission):
    """Return the path at which its sender sees and changes a submission."""
    return reverse(
        "consultations:submission-detail", args=[token("private", submission.key)]
    )


def private_link(submission):
    """Return the whole address of that page."""
    return f"{settings.PORTAL_ORIGIN}{private_path(submission)}"


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


def ask_to_confirm(submission):
    """Ask the sender to confirm; until then nobody sees the comment."""
    queue(
        "confirm",
        submission.email,
        f"confirm-{submission.key}",
        submission=submission,
        consultation=submission.consultation,
        link=link("submission-confirm", "confirm", submission.key),
    )


def say_received(submission, *, held):
    """Give the sender their private link, and say what happens next."""
    queue(
        "received",
        submission.email,
        f"received-{submission.key}",
        submission=submission,
        consultation=submission.consultation,
        held=held,
        link=private_link(submission),
    )


def ask_to_sign(submission):
    """Ask each co-signatory to confirm that they sign."""
    for signer in submission.co_signatories.filter(confirmed_at__isnull=True):
        queue(
            "sign",
            signer.email,
            f"sign-{signer.key}",
            signer=signer,
            submission=submission,
            consultation=submission.consultation,
            link=link("cosignatory-confirm", "sign", signer.key),
        )


def say_moderated(comment, act):
    """Tell the sender what a moderator did: published, declined, redacted, undone."""
    submission = comment.submission
    queue(
        "moderated",
        submission.email,
        f"{act}-{comment.reference}-{comment.version}-{comment.redactions.count()}",
        comment=comment,
        act=act,
        consultation=comment.consultation,
        link=private_link(submission),
    )


def say_answered(response):
    """Tell each sender, once, that every comment of theirs has its outcome."""
    for submission in response.consultation.submissions.confirmed():
        queue(
            "answered",
            submission.email,
            f"answered-{submission.key}",
            submission=submission,
            consultation=response.consultation,
            comments=submission.comments.exclude(outcome=""),
            link=private_link(submission),
        )
