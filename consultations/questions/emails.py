"""The messages about questions to holders, queued in the transaction that makes them due."""

from django.conf import settings

from commissions.models import Tenure
from consultations.languages import in_language_of, in_own_language
from consultations.outbox.models import ask, queue_email
from consultations.questions.deadlines import AnswerCalendars, status_of
from consultations.signed_links import signed_url


def public_link(question):
    """Return the whole address of the question's public page."""
    return f"{settings.PORTAL_ORIGIN}{question.get_absolute_url()}"


def private_link(question):
    """Return the whole address of the page that only its asker has."""
    return signed_url("question-mine", "question", question.key)


def confirm_link(question):
    """Return the whole address of the page that confirms a question."""
    return signed_url("question-confirm", "question-confirm", question.key)


def ask_to_confirm(question):
    """Ask the asker to confirm; until then nobody sees the question."""
    with in_language_of(question):
        ask(
            "question-confirm",
            "question_confirm",
            question.email,
            f"question-confirm-{question.key}",
            question=question,
            link=confirm_link(question),
        )


def say_received(question, *, held):
    """Give the asker their private link, and say when the answer is due."""
    with in_language_of(question):
        queue_email(
            "question_received",
            question.email,
            f"question-received-{question.key}",
            question=question,
            held=held,
            due=question.deadline(),
            link=private_link(question),
        )


def say_moderated(question, act, words=""):
    """Tell the asker what a moderator decided: published, declined, changed, unchanged."""
    with in_language_of(question):
        queue_email(
            "question_moderated",
            question.email,
            f"question-{act}-{question.version}-{question.key}",
            question=question,
            act=act,
            words=words,
            link=private_link(question),
        )


def say_answered(question, *, dropped):
    """Tell the asker the answer; `dropped` is whether a change of theirs waited."""
    with in_language_of(question):
        queue_email(
            "question_answered",
            question.email,
            f"question-answered-{question.key}",
            question=question,
            status=status_of(question, AnswerCalendars()),
            dropped=dropped,
            link=public_link(question),
        )


def notify_holder(question):
    """Tell the holder's shared mailbox that a question is public, and when it is due."""
    with in_own_language():
        queue_email(
            "question_asked",
            mailbox(question),
            f"question-asked-{question.reference}-{question.version}",
            question=question,
            due=question.deadline(),
            link=public_link(question),
        )


def mailbox(question):
    """Return the shared mailbox of whoever must answer; empty where there is none."""
    holder = question.holder
    if question.commissioner_id:
        tenure = (
            Tenure.objects.current()
            .filter(
                commissioner=question.commissioner, post__organisation=question.body_id
            )
            .select_related("post")
            .first()
        )
        holder = tenure and tenure.post
    return (holder and holder.mailbox) or question.body.contact_email
