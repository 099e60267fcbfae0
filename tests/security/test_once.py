"""What happens once happens once, however many ask for it at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from commissions.models import Entry, Kind, NotReady, Overtaken
from consultations.alerts import actions as alerts
from consultations.alerts import subjects
from consultations.comments import actions as comments
from consultations.comments.submissions import Workspace
from consultations.corrections.models import settle
from consultations.erasure import erase_person
from consultations.models import (
    Booking,
    Comment,
    Correction,
    CoSignatory,
    Event,
    Flag,
    Follower,
    Message,
    Question,
    Response,
    Submission,
    Subscription,
)
from consultations.questions import actions as questions
from tests import make
from tests.commissions.test_particulars import involve

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
TIMES = 4
SENDER = {"role": "resident", "public_name": "Jo", "email": "jo@example.org"}


def at_once(*acts):
    """Do acts in threads at the same moment; return what each said."""
    start = threading.Barrier(len(acts))

    def one(act):
        start.wait(10)
        try:
            act()
        except (NotReady, Overtaken) as refused:
            return type(refused)
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result(30) for each in [pool.submit(one, act) for act in acts]]


def entries(kind):
    return Entry.objects.filter(kind=kind).count()


def test_a_joint_response_is_stored_once():
    consultation = make.consultation()
    text = consultation.draft.texts.first()
    boxes = [{"section_text": text, "text": "More benches."}]
    kept = Workspace.keep(consultation, "Riverside", boxes, {})
    copies = [Workspace.objects.get(pk=kept.pk) for _ in range(TIMES)]
    said = at_once(
        *(lambda copy=copy: comments.send_workspace(copy, SENDER) for copy in copies)
    )
    assert sorted(said, key=str) == [NotReady] * (TIMES - 1) + [None]
    assert Submission.objects.count() == Comment.objects.count() == 1
    assert Message.objects.count() == 1


def test_a_submission_is_confirmed_once():
    consultation = make.consultation()
    text = consultation.draft.texts.first()
    made = comments.receive(
        consultation, SENDER, [{"section_text": text, "text": "More benches."}]
    )
    copies = [Submission.objects.get(pk=made.pk) for _ in range(TIMES)]
    at_once(*(lambda copy=copy: comments.confirm(copy) for copy in copies))
    assert Message.objects.filter(dedupe__startswith="received").count() <= 1
    assert Comment.objects.get().state != "unconfirmed"


def test_a_question_is_answered_once():
    asked = make.question()
    copies = [type(asked).objects.get(pk=asked.pk) for _ in range(TIMES)]
    by = asked.commission.post
    said = at_once(
        *(
            lambda copy=copy, n=n: questions.answer(copy, f"Answer {n}.", by=by)
            for n, copy in enumerate(copies)
        )
    )
    assert said.count(None) == 1
    assert entries(Kind.QUESTION_ANSWERED) == 1


@pytest.mark.parametrize(
    ("make_one", "kind"),
    [
        (make.draft_commission, Kind.COMMISSION_PUBLISHED),
        (make.draft_decision, Kind.DECISION_PUBLISHED),
        (lambda: make.section_text().draft, Kind.DRAFT_PUBLISHED),
    ],
    ids=["commission", "decision", "draft"],
)
def test_it_is_published_once(make_one, kind):
    one = make_one()
    copies = [type(one).objects.get(pk=one.pk) for _ in range(TIMES)]
    said = at_once(*(lambda copy=copy: copy.publish(by="demo") for copy in copies))
    assert said.count(None) == 1
    assert entries(kind) == 1


def test_an_involvement_is_corrected_once():
    entered = involve(make.commission())
    copies = [type(entered).objects.get(pk=entered.pk) for _ in range(TIMES)]
    said = at_once(
        *(
            lambda copy=copy, n=n: copy.correct(why="Wrong.", by="demo", how=f"{n}.")
            for n, copy in enumerate(copies)
        )
    )
    assert sorted(said, key=str) == [Overtaken] * (TIMES - 1) + [None]
    assert entries(Kind.INVOLVEMENT_CORRECTED) == 1


# Author, moderators and holder at the same moment: one wins, the other reads why.


def awaiting():
    """Return a comment that waits, and how to read it as another person has it."""
    made = make.comment(state="awaiting")
    return lambda: Comment.objects.get(pk=made.pk)


def changing():
    """Return a public comment with a change that waits."""
    made = make.comment()
    made.edit(text="Other words.", quote="", stance="", proposed_wording="")
    return lambda: Comment.objects.get(pk=made.pk)


def asked(state="published"):
    made = make.question(state=state)
    return lambda: Question.objects.get(pk=made.pk)


def asked_and_changing():
    made = make.question()
    made.edit(title="Other?", text="Other words.")
    return lambda: Question.objects.get(pk=made.pk)


WORDS = {"quote": "", "stance": "", "proposed_wording": ""}
WHY = {"reason": "abusive", "words": "Because."}
COMMENT_ACTS = {
    "publish": lambda c: comments.publish(c, by="demo"),
    "decline": lambda c: comments.decline(c, **WHY, by="demo"),
    "redact": lambda c: comments.redact(c, "More", **WHY, by="demo"),
    "reconsider": lambda c: comments.reconsider(c, by="demo"),
    "edit": lambda c: comments.edit(c, text="Newer words.", **WORDS),
    "approve edit": lambda c: comments.approve_edit(c, by="demo"),
    "refuse edit": lambda c: comments.refuse_edit(c, words="No.", by="demo"),
    "withdraw": lambda c: comments.withdraw(c.submission),
}
QUESTION_ACTS = {
    "publish": lambda q: questions.publish(q, by="demo"),
    "decline": lambda q: questions.decline(q, **WHY, by="demo"),
    "edit": lambda q: q.edit(title="Newer?", text="Newer words."),
    "approve edit": lambda q: questions.approve_edit(q, by="demo"),
    "refuse edit": lambda q: questions.refuse_edit(q, words="No.", by="demo"),
    "withdraw": lambda q: q.withdraw(),
    "answer": lambda q: questions.answer(q, "Yes.", by="demo"),
    "hide name": lambda q: questions.withhold(q, reason="personal", by="demo"),
}
RACES = [
    (awaiting, COMMENT_ACTS, "publish", "publish"),
    (awaiting, COMMENT_ACTS, "publish", "decline"),
    (awaiting, COMMENT_ACTS, "decline", "decline"),
    (awaiting, COMMENT_ACTS, "publish", "edit"),
    (awaiting, COMMENT_ACTS, "decline", "edit"),
    (awaiting, COMMENT_ACTS, "redact", "edit"),
    (changing, COMMENT_ACTS, "approve edit", "edit"),
    (changing, COMMENT_ACTS, "approve edit", "approve edit"),
    (changing, COMMENT_ACTS, "approve edit", "refuse edit"),
    (changing, COMMENT_ACTS, "approve edit", "decline"),
    (changing, COMMENT_ACTS, "refuse edit", "edit"),
    (changing, COMMENT_ACTS, "reconsider", "edit"),
    (partial(asked, "awaiting"), QUESTION_ACTS, "publish", "publish"),
    (partial(asked, "awaiting"), QUESTION_ACTS, "publish", "decline"),
    (partial(asked, "awaiting"), QUESTION_ACTS, "publish", "edit"),
    (partial(asked, "awaiting"), QUESTION_ACTS, "publish", "withdraw"),
    (asked, QUESTION_ACTS, "answer", "withdraw"),
    (asked, QUESTION_ACTS, "answer", "decline"),
    (asked, QUESTION_ACTS, "hide name", "hide name"),
    (asked_and_changing, QUESTION_ACTS, "approve edit", "edit"),
    (asked_and_changing, QUESTION_ACTS, "approve edit", "approve edit"),
    (asked_and_changing, QUESTION_ACTS, "approve edit", "refuse edit"),
    (asked_and_changing, QUESTION_ACTS, "approve edit", "answer"),
    (asked_and_changing, QUESTION_ACTS, "answer", "edit"),
]


def is_whole(row):
    """Tell whether what is public of it is what was approved."""
    if row.state != "published":
        return True
    shown = row.approved
    return shown.stands if isinstance(row, Comment) else shown.is_unchanged


def race(begin, acts, *names):
    """Let two people act at the same moment on what each had read; return the row."""
    read = begin()
    copies = [(acts[name], read()) for name in names]
    said = at_once(*(lambda act=act, row=row: act(row) for act, row in copies))
    return said, read()


def test_of_two_acts_at_once_one_wins_and_the_other_reads_why():
    """All in one test: to empty the database between them takes most of the time."""
    for begin, acts, *names in RACES:
        said, left = race(begin, acts, *names)
        assert sorted(said, key=str) in ([NotReady, None], [Overtaken, None]), names
        assert is_whole(left), names


def test_who_withdraws_while_somebody_acts_is_not_public():
    """Withdrawing waits for the other, or comes first: it is withdrawn in the end."""
    for act in ("publish", "decline", "redact", "edit"):
        _, left = race(awaiting, COMMENT_ACTS, act, "withdraw")
        assert left.state == "withdrawn", act


def test_a_question_is_confirmed_once():
    made = make.question(state="unconfirmed", confirmed_at=None)
    copies = [Question.objects.get(pk=made.pk) for _ in range(TIMES)]
    said = at_once(*(lambda copy=copy: questions.confirm(copy) for copy in copies))
    assert said == [None] * TIMES
    assert Question.objects.get().state == "awaiting"
    assert Message.objects.filter(dedupe__startswith="question-received").count() == 1


def test_a_body_answers_once():
    sent = make.submission(organisation="Oak", speaks_for=make.organisation(name="Oak"))
    copies = [Submission.objects.get(pk=sent.pk) for _ in range(2)]
    at_once(
        lambda: copies[0].answer_for_body(agrees=True),
        lambda: copies[1].answer_for_body(agrees=False),
    )
    sent.refresh_from_db()
    assert bool(sent.body_confirmed_at) != bool(sent.body_denied_at)


# Everything else that may happen once, in one table: what is made, the act on a copy
# that each of several people has, how often it may be seen to have happened.


def answered():
    """Return a response whose comments all have outcomes."""
    consultation = make.closed_consultation()
    comment = make.comment(consultation=consultation)
    comment.give_outcome("accepted", reason="Yes.")
    return Response.objects.create(consultation=consultation)


def followed():
    """Return what an address has asked to follow, not confirmed yet."""
    what = subjects.find_subject(make.commission().record_name)
    return alerts.ask(what, "jo@example.org", "daily")


def following():
    one = followed()
    alerts.confirm(one)
    return one


def signer():
    sent = make.submission()
    return sent.co_signatories.create(name="Cy", email="cy@example.org")


def flagged():
    return make.comment().flags.create(reason="abusive")


def hidden():
    comment = make.comment(text="More benches.")
    return comment.redact("More", **WHY, by="demo")


def reported():
    return Correction.objects.create(about="x", text="Wrong.", email="jo@example.org")


def booked():
    return Booking.objects.create(event=make.event(), email="jo@example.org")


def told(start):
    return lambda: Message.objects.filter(dedupe__startswith=start).count()


def kind(name):
    return lambda: entries(name)


WON, ALL = 1, TIMES
ONCE = {
    "publish a response": (
        answered,
        lambda each: each.publish(by="demo"),
        WON,
        kind(Kind.RESPONSE_PUBLISHED),
    ),
    "announce a consultation": (
        lambda: make.consultation(published_at=None),
        lambda each: each.publish(by="demo"),
        WON,
        kind(Kind.CONSULTATION_PUBLISHED),
    ),
    "extend a consultation": (
        make.consultation,
        lambda each: each.extend(
            each.closes_at + timedelta(days=7), reason="Late post.", by="demo"
        ),
        WON,
        kind(Kind.CONSULTATION_EXTENDED),
    ),
    "decide": (
        make.decision,
        lambda each: each.decide(
            by="demo", outcome="Go.", reasons="Need.", conflicts="None declared"
        ),
        WON,
        kind(Kind.DECISION_TAKEN),
    ),
    "announce an event": (
        lambda: make.event(published_at=None),
        lambda each: each.publish(by="demo"),
        WON,
        lambda: Event.objects.filter(published_at__isnull=False).count(),
    ),
    "answer a report of an error": (
        reported,
        lambda each: settle(each, "confirmed", answer="It is right.", by="demo"),
        WON,
        told("correction-"),
    ),
    "settle a flag": (
        flagged,
        lambda each: each.settle("Looked at."),
        WON,
        lambda: Flag.objects.filter(settled_at__isnull=False).count(),
    ),
    "show a passage again": (
        hidden,
        lambda each: comments.restore(each, by="demo"),
        WON,
        kind(Kind.COMMENT_RECONSIDERED),
    ),
    "withdraw a submission": (
        lambda: make.comment().submission,
        comments.withdraw,
        ALL,
        kind(Kind.COMMENT_WITHDRAWN),
    ),
    "sign": (
        signer,
        comments.sign,
        ALL,
        lambda: CoSignatory.objects.filter(confirmed_at__isnull=False).count(),
    ),
    "confirm an alert": (
        followed,
        alerts.confirm,
        ALL,
        lambda: Subscription.objects.active().count(),
    ),
    "stop an alert": (
        following,
        lambda each: each.stop(),
        ALL,
        lambda: Subscription.objects.filter(unsubscribed_at__isnull=False).count(),
    ),
    "book a place": (
        booked,
        lambda each: each.confirm(),
        ALL,
        lambda: Booking.objects.filter(state=Booking.State.BOOKED).count(),
    ),
}


def test_whatever_may_happen_once_happens_once():
    """All in one test: to empty the database between them takes most of the time."""
    for name, (begin, act, won, seen) in ONCE.items():
        before = seen()
        made = begin()
        model = type(made)
        copies = [model.objects.get(pk=made.pk) for _ in range(TIMES)]
        said = at_once(*(lambda act=act, copy=copy: act(copy) for copy in copies))
        assert said.count(None) == won, (name, said)
        assert seen() - before == 1, name


def test_an_address_follows_a_thing_once_however_often_it_asks():
    what = subjects.find_subject(make.commission().record_name)
    said = at_once(
        *(lambda: alerts.ask(what, "jo@example.org", "daily") for _ in range(TIMES))
    )
    assert said == [None] * TIMES
    assert (Follower.objects.count(), Subscription.objects.count()) == (1, 1)
    assert Message.objects.count() == 1


def test_a_commission_is_handed_over_once():
    held = make.commission()
    others = [make.held_post() for _ in range(TIMES)]
    copies = [type(held).objects.get(pk=held.pk) for _ in others]
    said = at_once(
        *(
            lambda copy=copy, to=to: copy.hand_over(
                to, since=timezone.localdate(), why="She left.", by="demo"
            )
            for copy, to in zip(copies, others, strict=True)
        )
    )
    assert said.count(None) == 1
    assert entries(Kind.HANDED_OVER) == 1


def test_erasing_a_person_twice_at_once_erases_once():
    make.comment(submission=make.submission(email="jo@example.org"))
    said = at_once(
        *(lambda: erase_person("jo@example.org", by="demo") for _ in range(TIMES))
    )
    assert said == [None] * TIMES
    assert entries(Kind.COMMENT_ERASED) == 1
