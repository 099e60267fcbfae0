"""The worker: what is due is sent once, whoever is killed."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.utils import timezone

from consultations import retention
from consultations.management.commands.worker import Command
from consultations.models import Comment, Message, Submission
from consultations.outbox import worker
from consultations.outbox.models import LEASE, MOST_ATTEMPTS
from tests import make

pytestmark = pytest.mark.django_db


def due(**fields):
    return Message.objects.create(
        **{
            "to": "jo@example.org",
            "subject": "Confirm",
            "body": "Please.",
            "dedupe": str(Message.objects.count()),
            **fields,
        }
    )


def test_due_messages_are_sent_once():
    due()
    assert worker.send_due() == (1, 0)
    assert worker.send_due() == (0, 0)
    assert [(m.to, m.subject) for m in mail.outbox] == [(["jo@example.org"], "Confirm")]


def test_message_leased_by_a_killed_worker_is_sent_after_the_lease():
    message = due()
    now = timezone.now()
    assert Message.objects.lease(message, now)
    assert worker.send_due(now) == (0, 0)
    assert worker.send_due(now + LEASE) == (1, 0)


def test_second_worker_does_not_get_a_leased_message():
    message = due()
    same = Message.objects.get()
    assert Message.objects.lease(message) is True
    assert Message.objects.lease(same) is False


def test_mail_server_that_is_down_costs_a_message_no_attempt(settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    message = due()
    for _ in range(MOST_ATTEMPTS + 1):
        assert worker.send_due() == (0, 0)
    message.refresh_from_db()
    assert (message.attempts, message.error) == (0, "ConnectionRefusedError")
    assert "the mail server cannot be reached: ConnectionRefusedError" in caplog.text
    assert "jo@example.org" not in caplog.text


def test_message_that_is_refused_is_tried_for_two_days_and_then_given_up(monkeypatch):
    def refuse(message):
        raise SMTPRecipientsRefused({})

    monkeypatch.setattr(EmailMessage, "send", refuse)
    message, at = due(), timezone.now()
    for attempt in range(MOST_ATTEMPTS):
        assert worker.send_due(at) == (0, 1), attempt
        assert worker.send_due(at) == (0, 0)
        message.refresh_from_db()
        at = message.due_at
    assert worker.send_due(at) == (0, 0)
    assert at - timezone.now() > timedelta(days=2)
    assert message.error == "SMTPRecipientsRefused"


def test_unconfirmed_comment_is_erased_after_seven_days():
    week = timezone.now() - timedelta(days=7, minutes=1)
    lapsed = make.submission(confirmed_at=None, received_at=week)
    make.comment(submission=lapsed, state="unconfirmed", text="My words.")
    make.comment(text="Confirmed words.")
    assert sum(retention.apply().values()) == 1
    assert list(Comment.objects.values_list("text", flat=True)) == [
        "[Erased at the sender's request]",
        "Confirmed words.",
    ]
    assert Submission.objects.filter(email="").count() == 1
    assert sum(retention.apply().values()) == 0


def test_worker_rests_only_when_no_mail_is_left():
    Message.objects.bulk_create(
        Message(to="jo@example.org", subject="News", body="…", dedupe=f"news-{n}")
        for n in range(worker.BATCH + 1)
    )
    command = Command()
    assert [command.round(), command.round()] == [True, False]
    assert len(mail.outbox) == worker.BATCH + 1


def test_fault_in_writing_alerts_does_not_hold_up_other_mail(monkeypatch, caplog):
    def broken():
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(worker, "write_alerts", broken)
    due()
    call_command("worker", "--once")
    assert len(mail.outbox) == 1
    assert "alerts failed; the next round tries again" in caplog.text


@pytest.mark.parametrize("step", ["close_bids", "hand_over_when_due"])
def test_fault_in_what_the_clock_does_does_not_hold_up_the_rest(monkeypatch, step):
    def broken():
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(f"consultations.management.commands.worker.{step}", broken)
    command = Command()
    command.round()
    assert command.followed_on == timezone.localdate()


def test_message_that_no_mail_can_carry_does_not_hold_up_the_others():
    due(subject="News\nBcc: everybody@example.org", dedupe="broken")
    due()
    assert worker.send_due() == (1, 1)
    assert Message.objects.get(dedupe="broken").error == "BadHeaderError"
    assert len(mail.outbox) == 1


def test_worker_command_says_what_it_did(capsys):
    due()
    call_command("worker", "--once")
    assert capsys.readouterr().out == "Sent 1, failed 0.\n"
