"""What happens once happens once, however many ask for it at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection

from commissions.models import Entry, Kind, NotReady, Overtaken
from consultations.comments import actions as comments
from consultations.comments.submissions import Workspace
from consultations.models import Comment, Message, Question, Submission
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
