"""Comments: states, outcomes, and the record that proves them."""

import pytest
from django.db import IntegrityError, transaction

from commissions.models import Entry, NotReady, Overtaken
from consultations.comments.approval import digest
from consultations.erasure import erase_person
from consultations.models import (
    Comment,
    Message,
    Redaction,
    Response,
    Revision,
    Submission,
)
from tests import make

pytestmark = pytest.mark.django_db


def test_second_moderator_is_told_what_the_first_did():
    comment = make.comment(state="awaiting")
    same = Comment.objects.get()
    comment.decline(reason="abusive", words="It insults a person.", by="demo")
    with pytest.raises(Overtaken, match="now “not published”"):
        same.publish(by="demo")
    assert Comment.objects.get().state == "declined"
    assert [e.kind for e in Entry.objects.filter(subject=comment.record_name)] == [
        "comment.declined"
    ]


def test_record_proves_the_words_without_holding_them():
    comment = make.comment(state="awaiting", text="The bus stops at six.")
    comment.publish(by="demo")
    entry = Entry.objects.get(kind="comment.published")
    assert "bus" not in entry.body
    salt = bytes.fromhex(comment.salt)
    assert digest(comment.words(), salt) == entry.facts["sha256"]


def test_redacted_passage_is_hidden_with_its_reason_and_can_be_shown_again():
    comment = make.comment(text="Ask Mrs Smith of 4 High Street about it.")
    redaction = comment.redact(
        "Mrs Smith of 4 High Street",
        reason="personal",
        words="somebody's name and address",
        by="demo",
    )
    assert comment.approved.text == (
        "Ask [Passage removed: somebody's name and address] about it."
    )
    redaction.undo(by="demo")
    shown = Comment.objects.get().approved.text
    assert shown == "Ask Mrs Smith of 4 High Street about it."


def test_redaction_of_words_that_are_not_there_is_refused():
    with pytest.raises(NotReady, match="it was not found"):
        make.comment().redact("absent", reason="abusive", words="x", by="demo")


def test_edit_before_closing_keeps_the_earlier_words():
    comment = make.comment(text="Fewer benches.")
    comment.edit(text="More benches.", quote="", stance="", proposed_wording="")
    assert (comment.text, comment.is_changing) == ("Fewer benches.", True)
    comment.approve_edit(by="demo")
    assert (comment.text, comment.state) == ("More benches.", "published")
    assert comment.revisions.get().text == "Fewer benches."
    assert Entry.objects.get(kind="comment.edited").facts == {
        "sha256": comment.digest()
    }


def test_edit_after_closing_is_refused():
    comment = make.comment(consultation=make.closed_consultation())
    with pytest.raises(NotReady, match="has closed"):
        comment.edit(text="x", quote="", stance="", proposed_wording="")


def test_outcome_without_a_reason_is_refused_by_model_and_database():
    comment = make.comment()
    with pytest.raises(NotReady, match="Give a reason"):
        comment.give_outcome("accepted", reason=" ")
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.update(outcome="accepted")


def test_response_waits_until_every_comment_has_an_outcome():
    consultation = make.closed_consultation()
    comment = make.comment(consultation=consultation)
    make.comment(consultation=consultation, state="declined", decline_reason="abusive")
    response = Response.objects.create(consultation=consultation)
    with pytest.raises(NotReady, match="Comments without an outcome: 1"):
        response.publish(by="demo")
    comment.give_outcome("accepted", reason="You are right.")
    response.publish(by="demo")
    facts = Entry.objects.get(kind="response.published").facts
    assert (facts["outcomes"], facts["unanswered"]) == ({"accepted": 1}, 0)
    with pytest.raises(NotReady, match="can no longer change"):
        comment.give_outcome("partly", reason="Or not.")


def test_erasing_a_person_removes_the_words_they_had_edited_or_a_moderator_hid():
    mine = make.comment(submission=make.submission(email="jo@example.org"))
    theirs = make.comment(text="Somebody else's.")
    for comment in (mine, theirs):
        words = {"text": f"{comment.text} Now.", "quote": "", "proposed_wording": ""}
        comment.edit(**words, stance="")
        comment.approve_edit(by="demo")
        comment.redact("Now.", reason="off_topic", words="A name.", by="demo")
    erase_person("jo@example.org", by="demo")
    assert [r.comment for r in Revision.objects.all()] == [theirs]
    assert [r.comment for r in Redaction.objects.all()] == [theirs]


def test_erasing_a_person_removes_name_address_and_words():
    submission = make.submission(email="Jo@Example.org", public_name="Jo Bloggs")
    comment = make.comment(submission=submission, text="My name is Jo.")
    make.comment(text="Somebody else's.")
    Message.objects.create(to="jo@example.org", subject="s", body="b", dedupe="d")
    assert erase_person("jo@example.org", by="demo") == 1
    submission.refresh_from_db()
    comment.refresh_from_db()
    kept = Submission.objects.values_list("public_name", "email", "address_key")
    assert ("", "", "") in kept
    assert (comment.text, comment.salt, comment.state) == (
        "[Erased at the sender's request]",
        "",
        "withdrawn",
    )
    assert Message.objects.count() == 0
    assert list(Comment.objects.public().values_list("text", flat=True)) == [
        "Somebody else's."
    ]
