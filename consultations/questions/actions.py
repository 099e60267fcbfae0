"""From a question to its answer: receive, confirm, hold or publish, answer.

A process over the question and the mail about it, each step one transaction,
so that nobody is published, refused or answered without being told.
"""

from django.db import transaction

from commissions.models import Barrier, Commissioner, Decision, NotReady, Overtaken
from consultations.comments.models import Comment, CommentState
from consultations.outbox.models import Message
from consultations.questions import emails, models
from consultations.questions.models import Question
from consultations.signed_links import address_key

NAMELESS = {"role": "", "public_name": "", "organisation": "", "name_withheld": True}


def commission_of(about):
    """Return the commission that a question concerns: itself, a decision's, or none."""
    if isinstance(about, Commissioner | Barrier):
        return None
    return about.commission if isinstance(about, Decision) else about


def post_of(person):
    """Return the post in which a commissioner is asked, or None."""
    held = person.tenures.current().select_related("post__organisation")
    tenure = held.order_by("-started_on", "-pk").first()
    return tenure and tenure.post


def body_of(about):
    """Return the organisation that must answer.

    Raises NotReady for a person who holds no post now.
    """
    if not isinstance(about, Commissioner):
        return about.organisation
    if post := post_of(about):
        return post.organisation
    raise NotReady(
        f"{about.name} holds no post now. Ask about a commission instead: whoever "
        "holds it answers."
    )


def receive(about, sender, *, title, text, at=None):
    """Take a question about a commission, a decision, a person or a barrier; ask to confirm.

    `sender` has the fields of who asks that the form asks for; during a tender all
    but the address are left out. Raises NotReady where asking is closed.
    """
    commission = commission_of(about)
    models.check_questions_open(commission, at)
    nameless = NAMELESS if models.is_tendering(commission) else {}
    with transaction.atomic():
        question = Question.objects.create(
            **{about._meta.model_name: about},
            body=body_of(about),
            title=title,
            text=text,
            address_key=address_key(sender["email"]),
            **({"received_at": at} if at else {}),
            **(sender | nameless),
        )
        emails.ask_to_confirm(question)
    return question


def confirm(question, *, at=None):
    """Confirm by the link in the mail; publish, or hold for a moderator.

    Confirming again changes nothing.
    """
    if question.state != CommentState.UNCONFIRMED:
        return
    with transaction.atomic():
        name = pseudonym_of(question)
        try:
            question.confirm(pseudonym=name, at=at)
        except Overtaken:
            return
        held = is_held(question)
        if not held:
            question.publish(by="asker", at=at)
            emails.notify_holder(question)
        emails.say_received(question, held=held)
        Message.objects.settle("question-confirm", question.address_key)
        for other in Question.objects.waiting_beside(question):
            emails.ask_to_confirm(other)


def pseudonym_of(question):
    """Return the name an asker has during a tender; empty outside one."""
    commission = question.its_commission
    if not models.is_tendering(commission):
        return ""
    named = Question.objects.exclude(pseudonym="").filter(commission=commission)
    named |= Question.objects.exclude(pseudonym="").filter(
        decision__commission=commission
    )
    taken = dict(named.values_list("pseudonym", "address_key"))
    return models.bidder_pseudonym(commission, question.address_key, taken)


def is_held(question):
    """Tell whether a moderator looks first.

    Always where the body says so, and during a tender, since a bidder might
    name itself; else where it is the first from an address.
    """
    if question.body.moderates_every_comment or question.pseudonym:
        return True
    key = question.address_key
    known = Question.objects.public().filter(address_key=key).exclude(pk=question.pk)
    said = Comment.objects.public().filter(submission__address_key=key)
    return not (known.exists() or said.exists())


def publish(question, *, by, at=None):
    """Publish a question that was held; tell its asker and the holder."""
    with transaction.atomic():
        question.publish(by=by, at=at)
        emails.say_moderated(question)
        emails.notify_holder(question)


def decline(question, *, reason, words, by, at=None):
    """Decline a question for a reason and tell its asker."""
    with transaction.atomic():
        question.decline(reason=reason, words=words, by=by, at=at)
        emails.say_moderated(question)


def answer(question, text, *, by, changes_requirement=False, new_draft=None, at=None):
    """Answer a question in public and tell its asker; raises NotReady, Overtaken.

    The entry it appends is what followers are told from.
    """
    with transaction.atomic():
        question.answer(
            text,
            by=by,
            changes_requirement=changes_requirement,
            new_draft=new_draft,
            at=at,
        )
        emails.say_answered(question)
