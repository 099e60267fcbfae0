"""From a question to its answer: receive, confirm, hold or publish, answer.

A process over the question and the mail about it, each step one transaction,
so that nobody is published, refused or answered without being told.
"""

from django.db import transaction
from django.utils.translation import gettext

from commissions.models import (
    Barrier,
    Commissioner,
    Decision,
    Entry,
    Kind,
    NotReady,
    Overtaken,
)
from consultations.comments.approval import Sender, body_called
from consultations.comments.emails import ask_body
from consultations.comments.models import Comment, CommentState
from consultations.comments.submissions import Submission
from consultations.outbox.models import Message
from consultations.permissions import needs_second
from consultations.questions import emails, models
from consultations.questions.models import Question, QuestionEdit
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
        gettext(
            "{name} is not in a post now. Ask about a commission instead, and the "
            "people responsible for it answer."
        ).format(name=about.name)
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
            speaks_for=body_called(({**sender, **nameless}).get("organisation", "")),
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
            tell_of_publication(question)
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
    name itself; else unless the address has a public question or comment under this
    name, role and body: one known as a resident does not next speak for a council.
    """
    if question.body.moderates_every_comment or question.pseudonym:
        return True
    parts = {name: getattr(question, name) for name in Sender.approved_parts}
    known = {
        "address_key": question.address_key,
        "withheld_as": "",
        "body_denied_at__isnull": True,
        **parts,
    }
    asked = Question.objects.public().filter(**known).exclude(approved_sha256="")
    said = Submission.objects.filter(**known, comments__in=Comment.objects.public())
    return not (asked.exists() or said.exclude(approved_sha256="").exists())


def publish(question, *, by, at=None):
    """Publish a question that was held; tell its asker and the holder."""
    with transaction.atomic():
        question.publish(by=by, at=at)
        emails.say_moderated(question, "published")
        tell_of_publication(question)


def tell_of_publication(question):
    """Tell the holder of a question, and ask the body its asker says they speak for."""
    emails.notify_holder(question)
    ask_body(question, question.about)


def decline(question, *, reason, words, by, at=None, person=None):
    """Decline a question for a reason and tell its asker.

    Who has to answer it can only propose it: a second person decides. Returns whether
    it was declined.
    """
    if needs_second(person, question) and not question.decline_proposed_by_id:
        question.propose_declining(reason=reason, words=words, person=person)
        return False
    with transaction.atomic():
        question.decline(reason=reason, words=words, by=by, at=at, person=person)
        emails.say_moderated(question, "declined")
    return True


def approve_edit(question, *, by):
    """Publish the change that an asker asks for; tell them and the holder."""
    with transaction.atomic():
        question.approve_edit(by=by)
        emails.say_moderated(question, "changed")
        emails.notify_holder(question)


def refuse_edit(question, *, words, by, person=None):
    """Drop the change that an asker asks for, and tell them why.

    Who has to answer it can only propose it. Returns whether it was dropped.
    """
    asked = question.edit_asked_for()
    if needs_second(person, question) and not asked.decline_proposed_by_id:
        asked.propose(words=words, person=person)
        return False
    with transaction.atomic():
        question.refuse_edit(by=by, words=words, person=person)
        emails.say_moderated(question, "unchanged", words=words)
    return True


def withhold(question, *, reason, by):
    """Hide the name of who asks, and tell them; the words stay."""
    with transaction.atomic():
        question.withhold(reason)
        record_name(question, by=by, hidden=reason)
        emails.say_moderated(
            question, "withheld", words=question.get_withheld_as_display()
        )


def show(question, *, by):
    """Show the name of who asks again."""
    with transaction.atomic():
        question.show()
        record_name(question, by=by, hidden="")


def record_name(question, *, by, hidden):
    """Put on the record that the name of who asks was hidden, or shown again."""
    Entry.objects.append(
        Kind.QUESTION_EDITED,
        question,
        by=by,
        about=question.record_about,
        organisation=question.body.record_name,
        name_hidden=hidden,
    )


def answer(question, text, *, by, changes_requirement=False, new_draft=None, at=None):
    """Answer a question in public and tell its asker; raises NotReady, Overtaken.

    The entry it appends is what followers are told from.
    """
    with transaction.atomic():
        dropped = QuestionEdit.objects.filter(question=question).exists()
        question.answer(
            text,
            by=by,
            changes_requirement=changes_requirement,
            new_draft=new_draft,
            at=at,
        )
        emails.say_answered(question, dropped=dropped)
