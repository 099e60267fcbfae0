"""What happens once happens once, however many ask for it at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from commissions.models import Entry, Kind, NotReady, Overtaken
from consultations.comments import actions as comments
from consultations.comments.submissions import Workspace
from consultations.models import Comment, Message, Submission
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
