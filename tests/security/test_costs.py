"""What a stranger can make the portal do costs little, however much they send."""

import re
import subprocess
import sys
import time
from contextlib import closing

import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import RequestFactory
from django.urls import get_resolver

from commissioning_portal import middleware
from consultations import exports
from consultations.comments import actions
from consultations.erasure import erase_words
from consultations.responses import actions as responses
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


def test_second_response_of_400_sections_is_confirmed_in_seconds():
    """It takes one second alone, and took 56: a busy machine is not what is tried."""
    consultation = make.consultation(draft=make.draft(SECTIONS))
    texts = list(consultation.draft.texts.all())
    for first in (0, 1_000):
        submission = response(consultation, texts, first)
        assert seconds_to(actions.confirm, submission) < 10
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
    assert "cannot make a PDF of a document this long" in page.content.decode()


COSTLY = {
    "export",
    "compare",
    "print",
    "pdf",
}


def test_every_costly_page_is_known_by_its_address(settings):
    """By the last word of its route's name: nobody adds an export that has no bound."""
    costly = re.compile(settings.COSTLY_PAGES)
    unbounded = [
        (name, ending)
        for name, possibilities in routes()
        if name.rpartition("-")[2] in COSTLY
        for ending in ("csv", "json", "xlsx")
        for form, named in possibilities
        if not costly.search(
            "/" + form % (dict.fromkeys(named, 1) | {"ending": ending})
        )
    ]
    assert unbounded == []


def routes():
    """Return (name, the forms of its address) of every public route."""
    for app in ("commissions", "consultations"):
        _, resolver = get_resolver().namespace_dict[app]
        for name in resolver.reverse_dict:
            if isinstance(name, str):
                yield (
                    name,
                    [
                        f
                        for each in resolver.reverse_dict.getlist(name)
                        for f in each[0]
                    ],
                )


@pytest.fixture
def taken(settings):
    """Let one costly page be made at once, and take that place, as another worker."""
    settings.COSTLY_AT_ONCE = 1
    with closing(middleware.free_place()):
        yield


@pytest.mark.usefixtures("taken")
@pytest.mark.parametrize("address", ["/commissions.csv?q=care", "/contracts.json"])
def test_costly_page_beyond_the_bound_is_refused_in_plain_words(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    words = answer.content.decode()
    assert "Wait ten seconds" in words
    assert f'href="{address}"' in words


@pytest.mark.usefixtures("taken")
def test_ordinary_pages_are_answered_while_costly_ones_are_not(client):
    assert client.get("/commissions/").status_code == 200


def test_place_is_held_while_a_file_is_sent_and_free_afterwards(client, settings):
    settings.COSTLY_AT_ONCE = 1
    sending = client.get("/commissions.csv")
    assert client.get("/contracts.csv").status_code == 503
    assert sending.getvalue()
    assert client.get("/contracts.csv").getvalue()
    assert client.get("/nothing.csv").status_code == 404


def test_reader_who_leaves_before_the_first_line_gives_the_place_back(settings):
    settings.COSTLY_AT_ONCE = 1
    file = StreamingHttpResponse(["line"])
    middleware.held_while(middleware.free_place(), file)
    assert middleware.free_place() is None
    for close in file._resource_closers:  # as close() does, and closes the database
        close()
    middleware.free_place().close()


def test_place_of_a_killed_worker_is_free_at_once(settings):
    settings.COSTLY_AT_ONCE = 1
    code = "import fcntl, sys, time\nf = open(sys.argv[1], 'a')\nfcntl.flock(f, 6)\n"
    code += "print('held', flush=True)\ntime.sleep(60)"
    command = [sys.executable, "-c", code, settings.DATA_DIR / "costly-0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as worker:
        assert worker.stdout.readline()
        assert middleware.free_place() is None
        worker.kill()
    place = middleware.free_place()
    assert place
    place.close()


def test_near_duplicates_are_looked_for_once_for_the_same_words(monkeypatch):
    consultation = make.consultation()
    for _ in range(2):
        make.comment(consultation=consultation, text="Five days is much too long.")
    first = responses.propose_groups(consultation)
    monkeypatch.setattr(responses, "group_alike", None)
    assert responses.propose_groups(consultation) == first
    monkeypatch.undo()
    make.comment(consultation=consultation, text="Five days is much too long!")
    [(words, _)] = responses.propose_groups(consultation)
    assert words == "3 people sent this"
