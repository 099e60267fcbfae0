"""The messages about questions to holders, queued in the transaction that makes them due."""

from django.conf import settings

from commissions.models import Tenure
from consultations.comments.emails import link, queue
from consultations.questions.deadlines import Calendars, standing


def public_link(enquiry):
    """Return the whole address of the question's public page."""
    return f"{settings.PORTAL_ORIGIN}{enquiry.get_absolute_url()}"


def private_link(enquiry):
    """Return the whole address of the page that only its asker has."""
    return link("question-mine", "question", enquiry.key)


def ask_to_confirm(enquiry):
    """Ask the asker to confirm; until then nobody sees the question."""
    queue(
        "question_confirm",
        enquiry.email,
        f"question-confirm-{enquiry.key}",
        enquiry=enquiry,
        link=link("question-confirm", "question-confirm", enquiry.key),
    )


def say_received(enquiry, *, held):
    """Give the asker their private link, and say when the answer is due."""
    queue(
        "question_received",
        enquiry.email,
        f"question-received-{enquiry.key}",
        enquiry=enquiry,
        held=held,
        due=enquiry.deadline(),
        link=private_link(enquiry),
    )


def say_moderated(enquiry):
    """Tell the asker what a moderator decided."""
    queue(
        "question_moderated",
        enquiry.email,
        f"question-{enquiry.state}-{enquiry.version}-{enquiry.key}",
        enquiry=enquiry,
        link=private_link(enquiry),
    )


def say_answered(enquiry):
    """Tell the asker the answer."""
    queue(
        "question_answered",
        enquiry.email,
        f"question-answered-{enquiry.key}",
        enquiry=enquiry,
        standing=standing(enquiry, Calendars()),
        link=public_link(enquiry),
    )


def tell_holder(enquiry):
    """Tell the holder's shared mailbox that a question is public, and when it is due."""
    queue(
        "question_asked",
        mailbox(enquiry),
        f"question-asked-{enquiry.reference}-{enquiry.version}",
        enquiry=enquiry,
        due=enquiry.deadline(),
        link=public_link(enquiry),
    )


def mailbox(enquiry):
    """Return the shared mailbox of whoever must answer; empty where there is none."""
    holder = enquiry.holder
    if enquiry.commissioner_id:
        tenure = (
            Tenure.objects.current()
            .filter(
                commissioner=enquiry.commissioner, post__organisation=enquiry.body_id
            )
            .select_related("post")
            .first()
        )
        holder = tenure and tenure.post
    return (holder and holder.mailbox) or enquiry.body.contact_email
