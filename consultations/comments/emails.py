"""The mail about comments: to confirm, received, moderated, with their outcomes."""

from django.conf import settings
from django.urls import reverse

from consultations.languages import in_language_of, in_own_language
from consultations.outbox.models import ask, queue_email
from consultations.signed_links import signed_key, signed_url


def private_path(submission):
    """Return the path at which its sender sees and changes a submission."""
    return reverse(
        "consultations:submission-detail", args=[signed_key("private", submission.key)]
    )


def private_link(submission):
    """Return the whole address of that page."""
    return f"{settings.PORTAL_ORIGIN}{private_path(submission)}"


def confirm_link(submission):
    """Return the whole address of the page that confirms a submission."""
    return signed_url("submission-confirm", "confirm", submission.key)


def sign_link(signer):
    """Return the whole address of the page on which a co-signatory signs."""
    return signed_url("cosignatory-confirm", "sign", signer.key)


def ask_to_confirm(submission):
    """Ask the sender to confirm; until then nobody sees the comment."""
    with in_language_of(submission):
        ask(
            "confirm",
            "confirm",
            submission.email,
            f"confirm-{submission.key}",
            submission=submission,
            consultation=submission.consultation,
            link=confirm_link(submission),
        )


def say_received(submission, *, held):
    """Give the sender their private link, and say what happens next."""
    with in_language_of(submission):
        queue_email(
            "received",
            submission.email,
            f"received-{submission.key}",
            submission=submission,
            consultation=submission.consultation,
            held=held,
            link=private_link(submission),
        )


def ask_to_sign(submission, signers=None, again=""):
    """Ask each co-signatory, or some of them `again`, to confirm that they sign."""
    unsigned = submission.co_signatories.filter(confirmed_at__isnull=True)
    for signer in unsigned if signers is None else signers:
        with in_language_of(submission):
            ask(
                "sign",
                "sign",
                signer.email,
                f"sign-{signer.key}{again}",
                consultation=submission.consultation,
                link=sign_link(signer),
            )


def ask_bodies(submission):
    """Ask each body known here whether those who say so speak for it: once each."""
    title = submission.consultation.title
    signed = submission.co_signatories.filter(confirmed_at__isnull=False)
    for each in (submission, *signed.select_related("speaks_for")):
        ask_body(each, title)


def ask_body(sent, title):
    """Ask a body known here, by its mailbox, whether somebody speaks for it: once.

    `title` is that of what they wrote about, in words that are not theirs.
    """
    if body := sent.body_to_ask:
        with in_own_language():
            queue_email(
                "speaks_for",
                body.contact_email,
                f"body-{sent.key}",
                title=title,
                body=body,
                link=signed_url("submission-body", "body", sent.key),
            )


def say_moderated(comment, act, words=""):
    """Tell the sender what a moderator did: published, declined, redacted, undone."""
    submission = comment.submission
    with in_language_of(submission):
        queue_email(
            "moderated",
            submission.email,
            f"{act}-{comment.reference}-{comment.version}-{comment.redactions.count()}",
            comment=comment,
            act=act.partition("-")[0],
            words=words,
            consultation=comment.consultation,
            link=private_link(submission),
        )


def say_outcomes(response):
    """Tell each sender, once, that every comment of theirs has its outcome."""
    for submission in response.consultation.submissions.confirmed():
        with in_language_of(submission):
            queue_email(
                "answered",
                submission.email,
                f"answered-{submission.key}",
                submission=submission,
                consultation=response.consultation,
                comments=submission.comments.exclude(outcome=""),
                link=private_link(submission),
            )
