"""What readers do besides commenting: they ask the holders, and follow by email."""

from datetime import timedelta

from commissioning_portal.demo.acts import holder
from commissioning_portal.demo.reading import Row, takes
from commissions.models import Barrier, Commission, Commissioner
from consultations.alerts import actions as alert_actions
from consultations.alerts import matching, queue, subjects
from consultations.models import Follower, Question
from consultations.questions import actions as asking
from consultations.signed_links import address_key


@takes(Question)
def add_question(
    story,
    *,
    about: Commission | Barrier | Commissioner,
    asked,
    title,
    text,
    answered=None,
    answer="",
    waits=False,
    **sender,
):
    """Book a question that nobody has asked yet, and its answer."""
    if not Question.objects.filter(title=title).exists():
        story.book(asked, ask, about, sender, title, text, waits)
        if answered is not None:
            story.book(answered, give_answer, title, answer)


def answers_for(about):
    """Return the post, committee or body that answers."""
    if isinstance(about, Commissioner):
        return asking.post_of(about)
    return about.organisation if isinstance(about, Barrier) else holder(about)


def ask(about, sender, title, text, waits, *, at):
    """Ask, confirm by mail and, unless it waits for one, let a moderator publish it."""
    about = type(about).objects.get(pk=about.pk)
    question = asking.receive(about, sender, title=title, text=text, at=at)
    asking.confirm(question, at=at)
    if question.state == "awaiting" and not waits:
        asking.publish(question, by=answers_for(about), at=at + timedelta(minutes=1))


def give_answer(title, text, *, at):
    """Let whoever holds it by then answer."""
    question = Question.objects.get(title=title)
    asking.answer(question, text, by=answers_for(question.about), at=at)


def add_follower(story, *, email, began, follows: list[Row], rounds):
    """Book what somebody follows and the worker's rounds, unless she follows already."""
    if not Follower.objects.filter(address_key=address_key(email)).exists():
        for row in follows:
            story.book(began, row.call, follow, email)
        for day in rounds:
            story.book(day, work)


def follow(email, *, at, what, frequency):
    """Ask to follow and confirm."""
    alert_actions.ask(subjects.find_subject(what), email, frequency, at=at).confirm(
        at=at
    )


def work(*, at):
    """Read what is new on the record and write what is due."""
    matching.match_new_entries(at - timedelta(minutes=1))
    queue.queue_due_alerts(at)
