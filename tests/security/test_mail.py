"""Mail cannot be turned on strangers, and a silent mail server holds up nothing."""

import socket
import threading
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from hypothesis import given
from hypothesis import strategies as st

from commissioning_portal.settings import EMAIL_TIMEOUT
from consultations.alerts import actions as alerts
from consultations.alerts import subjects
from consultations.comments import actions
from consultations.comments.emails import confirm_link
from consultations.management.commands import worker as command
from consultations.models import Message
from consultations.outbox import worker
from consultations.outbox.models import ASKED_FOR
from consultations.questions import actions as questions
from consultations.signed_links import address_key, canonical
from tests import make

pytestmark = pytest.mark.django_db

WORDS = "CHEAP-PILLS http://pills.example"
SENDER = {"role": "carer", "public_name": WORDS, "organisation": WORDS}


def send(consultation, email="ada@example.org", **fields):
    """Send a comment whose every free text is an advertisement."""
    said = [{"text": WORDS, "section_text": None}]
    return actions.receive(consultation, {**SENDER, "email": email}, said, **fields)


def question(email="ada@example.org"):
    """Ask a question of the same words."""
    about = make.commission()
    asker = {**SENDER, "email": email}
    return questions.receive(about, asker, title=WORDS, text=WORDS)


def to(email):
    return Message.objects.filter(to=email)


def test_no_word_of_a_stranger_is_in_a_mail_before_the_address_confirms():
    send(make.consultation())
    question()
    alerts.ask(
        subjects.search_of_query(QueryDict(urlencode({"q": WORDS}))),
        "ada@example.org",
        "daily",
    )
    asked = list(to("ada@example.org"))
    assert len(asked) == 3
    assert [m.pk for m in asked if "PILLS" in m.subject + m.body] == []


def test_co_signatories_are_asked_without_a_word_of_the_sender():
    others = [{"name": WORDS, "organisation": WORDS, "email": "bo@example.org"}]
    actions.confirm(send(make.consultation(), co_signatories=others))
    asked = to("bo@example.org").get()
    assert "PILLS" not in asked.subject + asked.body


@pytest.mark.parametrize(
    "again", ["ada@example.org", "ADA@example.org", "ada+2@example.org"]
)
def test_an_address_has_one_unconfirmed_mail_of_a_purpose(again):
    consultation = make.consultation()
    for _ in range(3):
        send(consultation, again)
        question(again)
    send(consultation)
    assert Message.objects.filter(purpose="confirm").count() == 1
    assert Message.objects.filter(purpose="question-confirm").count() == 1
    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("Ada@Example.ORG", "ada@example.org"),
        ("ada+news+more@example.org", "ada@example.org"),
        ("a.d.a+x@gmail.com", "ada@gmail.com"),
        ("A.da@googlemail.com", "ada@gmail.com"),
        ("ada@b\u00fccher.example", "ada@xn--bcher-kva.example"),
        ("ada@example.org.", "ada@example.org"),
    ],
)
def test_ways_to_write_one_mailbox_count_as_one(one, same):
    assert address_key(one) == address_key(same)


@pytest.mark.parametrize(
    ("one", "other"),
    [("a.da@example.org", "ada@example.org"), ("+ada@example.org", "+bo@example.org")],
)
def test_mailboxes_that_may_be_two_count_as_two(one, other):
    assert address_key(one) != address_key(other)


@given(st.emails() | st.text(max_size=80))
def test_any_address_can_be_counted(email):
    assert canonical(canonical(email)) == canonical(email)


def test_database_refuses_a_second_unconfirmed_mail():
    one = {"to": "a@example.org", "subject": "?", "body": "?", "purpose": "confirm"}
    one["address_key"] = address_key("a@example.org")
    Message.objects.create(dedupe="1", **one)
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(dedupe="2", **one)


def test_page_of_the_one_mail_leads_to_all_that_waits(client):
    consultation = make.consultation()
    first, second = send(consultation), send(consultation, "ada+x@example.org")
    stranger = send(consultation, "cy@example.org")
    page = client.get(confirm_link(first)).content.decode()
    assert confirm_link(second) in page
    assert confirm_link(stranger) not in page


def test_who_has_confirmed_is_asked_about_the_next_thing():
    consultation = make.consultation()
    first, second = send(consultation), send(consultation)
    assert to("ada@example.org").count() == 1
    actions.confirm(first)
    asked = Message.objects.get(purpose="confirm")
    assert confirm_link(second) in asked.body


def test_address_that_does_not_answer_is_asked_again_after_a_day():
    consultation = make.consultation()
    send(consultation)
    Message.objects.update(sent_at=timezone.now() - ASKED_FOR + timedelta(minutes=5))
    send(consultation)
    assert to("ada@example.org").count() == 1
    Message.objects.update(sent_at=timezone.now() - ASKED_FOR * 1.01)
    send(consultation)
    assert to("ada@example.org").count() == 2


def test_thirty_co_signatories_of_one_mailbox_are_refused(client):
    consultation = make.consultation()
    lines = [f"N{n}, Org, victim+{n}@example.org" for n in range(30)]
    fields = {"text": "x", "role": "carer", "public_name": "Ada", "organisation": "O"}
    fields |= {"email": "ada@example.org", "co_signatories": "\n".join(lines)}
    address = reverse("consultations:submission-create", args=[consultation.reference])
    page = client.post(f"{address}?on=whole", fields).content.decode()
    assert "Enter each email address only once" in page
    assert Message.objects.count() == 0
    twice = [{"name": "V", "email": f"victim+{n}@example.org"} for n in range(2)]
    with pytest.raises(IntegrityError), transaction.atomic():
        send(consultation, co_signatories=twice)


def test_many_submissions_ask_one_stranger_to_sign_once_a_day():
    consultation = make.consultation()
    for n in range(5):
        victim = [{"name": "V", "organisation": "", "email": f"v+{n}@example.org"}]
        sent = send(consultation, f"robot{n}@example.org", co_signatories=victim)
        actions.confirm(sent)
    assert Message.objects.filter(purpose="sign").count() == 1
    assert Message.objects.filter(to__startswith="v+").count() == 1


@pytest.fixture
def silent_server(settings):
    """A mail server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        settings.EMAIL_TIMEOUT = 0.3
        yield


def due(number):
    """Queue some messages."""
    Message.objects.bulk_create(
        Message(to="jo@example.org", subject="?", body="?", dedupe=str(n))
        for n in range(number)
    )


@pytest.mark.usefixtures("silent_server")
def test_silent_mail_server_costs_a_round_one_silence_and_a_message_nothing():
    due(50)
    began = time.monotonic()
    assert worker.send_due() == (0, 0)
    assert time.monotonic() - began < 3
    assert set(Message.objects.values_list("attempts", "error")) == {
        (0, "SMTPServerDisconnected")
    }


def test_default_time_limit_is_on_every_smtp_socket():
    assert 0 < EMAIL_TIMEOUT <= 60


def test_lanes_of_the_worker_do_not_wait_for_each_other(monkeypatch):
    """A mail lane that hangs, for ever, does not keep the clock from acting."""
    stop, acted = threading.Event(), threading.Event()
    lanes = {"mail": {"mail": stop.wait}, "clock": {"closing of bids": acted.set}}
    monkeypatch.setattr(command.Command, "lanes", lambda self: lanes)
    runner = command.Command()
    threads = [
        threading.Thread(target=runner.keep_on, args=(lane, stop, 0.01))
        for lane in lanes
    ]
    for thread in threads:
        thread.start()
    assert acted.wait(5)
    stop.set()
    for thread in threads:
        thread.join(5)


def test_mail_has_a_lane_of_its_own():
    lanes = command.Command().lanes()
    assert [name for name, steps in lanes.items() if "mail" in steps] == ["mail"]
    assert list(lanes["mail"]) == ["mail"]
    clock = {"closing of bids", "hand-overs", "terms of contracts"}
    assert clock <= set(lanes["clock"])


def test_worker_once_still_does_every_lane():
    due(1)
    call_command("worker", "--once")
    assert len(mail.outbox) == 1
