"""What a stranger can make the portal do costs little, however much they send."""

import time

import pytest
from django.db import connection
from django.test import RequestFactory

from consultations import exports
from consultations.comments import actions
from consultations.erasure import erase_words
from tests import make

pytestmark = pytest.mark.django_db

SENDER = {"role": "carer", "public_name": "Ada Obi", "email": "ada@example.org"}
SECTIONS = 400


def response(consultation, texts, first):
    """Send a response of 4,500 characters on each section."""
    comments = [
        {"text": f"{first + n} " + "carers need a rest " * 236, "section_text": text}
        for n, text in enumerate(texts)
    ]
    return actions.receive(consultation, SENDER, comments)


def seconds_to(act, *arguments):
    began = time.process_time()
    act(*arguments)
    return time.process_time() - began


def test_second_response_of_400_sections_is_confirmed_in_two_seconds():
    consultation = make.consultation(draft=make.draft(SECTIONS))
    texts = list(consultation.draft.texts.all())
    for first in (0, 1_000):
        submission = response(consultation, texts, first)
        assert seconds_to(actions.confirm, submission) < 2
        if not first:  # a moderator looks at one, and the address is known
            submission.comments.first().publish(by="staff")
    assert consultation.comments.public().count() == SECTIONS + 1


def test_confirming_does_not_read_what_was_said_before(django_assert_max_num_queries):
    consultation = make.consultation()
    known = make.submission(consultation=consultation, email=SENDER["email"])
    texts = list(consultation.draft.texts.all())
    costs = []
    for number in (1, 30):
        for n in range(number):
            make.comment(submission=known, text=f"Another word, {number}.{n}.")
        submission = response(consultation, texts, number)
        with django_assert_max_num_queries(60) as asked:
            actions.confirm(submission)
        costs.append(len(asked))
        texts_read = [q["sql"] for q in asked if f"Another word, {number}" in q["sql"]]
        assert texts_read == []
    assert costs[0] == costs[1]


def test_what_an_edit_says_is_known_again():
    consultation = make.consultation()
    known = make.submission(consultation=consultation, email=SENDER["email"])
    make.comment(submission=known, text="This makes the address known.")
    declined = {"state": "declined", "decline_reason": "unrelated"}
    earlier = make.comment(submission=known, text="Something else.", **declined)
    words = {"quote": "", "stance": "", "proposed_wording": ""}
    earlier.edit(text="Five days is TOO long!", **words)
    fields = [{"text": "five days is too long", "section_text": None}]
    again = actions.receive(consultation, SENDER, fields)
    actions.confirm(again)
    assert again.comments.get().state == "awaiting"


def test_key_of_erased_words_goes_with_them():
    comment = make.comment(text="My own words.")
    assert len(comment.text_key) == 64
    erase_words(comment.submission, by="portal")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text_key FROM consultations_comment")
        assert cursor.fetchall() == [("",)]


def test_pdf_of_too_long_a_document_is_refused_in_plain_words(monkeypatch):
    monkeypatch.setattr(exports, "weasyprint", "here")
    monkeypatch.setattr(exports, "LONGEST", 100)
    page = exports.pdf_response(
        RequestFactory().get("/"), "413.html", {}, "too-long.pdf"
    )
    assert page.status_code == 413
    assert "too long for this site to make a PDF file" in page.content.decode()
