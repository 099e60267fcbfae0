"""Everyone is written to in the language in which they wrote to us."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.translation import get_language, gettext, override

from commissions.models import Entry
from commissions.search.index import Findable
from consultations.alerts import actions as alerts
from consultations.alerts import subjects
from consultations.comments import actions as comments
from consultations.corrections import models as corrections
from consultations.events.models import Booking, remind, sign_up
from consultations.models import Message, Question, Response, Submission
from consultations.outbox import worker
from consultations.questions import actions as questions
from consultations.responses import actions as responses
from tests import make
from tests.consultations.test_alerts import LATER, round_of_work
from tests.outline import flat

pytestmark = pytest.mark.django_db


def follow(commission, email, language):
    """Follow a commission at once, in a language, and confirm it."""
    with override(language):
        subject = subjects.find_subject(commission.record_name)
        alerts.confirm(alerts.ask(subject, email, "at_once"))


def sent(address):
    """Send what is due; return the languages of the mails to an address, in order."""
    worker.send_due(timezone.now() + LATER)
    mails = [each for each in mail.outbox if each.to == [address]]
    return ["cy" if "8000/cy/" in each.body else "en-gb" for each in mails]


def test_worker_writes_to_each_follower_in_their_language():
    commission = make.commission()
    follow(commission, "eleri@example.org", "cy")
    follow(commission, "jo@example.org", "en-gb")
    Message.objects.all().delete()
    commission.reach("engagement", by="tests")
    mails = {each.to[0]: each for each in round_of_work()}
    assert {who: each.subject for who, each in mails.items()} == {
        "eleri@example.org": f"Newyddion: {commission}",
        "jo@example.org": f"News: {commission}",
    }
    assert "8000/cy/my/alerts/" in mails["eleri@example.org"].body
    assert f"8000/cy{commission.get_absolute_url()}" in mails["eleri@example.org"].body
    assert "/cy/" not in mails["jo@example.org"].body
    assert get_language() == "en-gb"


def test_follower_is_written_to_in_the_language_they_confirm_in():
    commission = make.commission()
    follow(commission, "eleri@example.org", "en-gb")
    follow(make.commission(), "eleri@example.org", "cy")
    Message.objects.all().delete()
    commission.reach("engagement", by="tests")
    [told] = round_of_work()
    assert told.subject.startswith("Newyddion: ")


def test_reminder_and_news_of_an_event_come_in_the_language_of_signing_up():
    event = make.event(starts_at=timezone.now() + timedelta(hours=40))
    with override("cy"):
        sign_up(event, "eleri@example.org").confirm()
    assert remind() == 1
    event.cancel(why="The hall has no heating.", by="tests")
    assert sent("eleri@example.org") == ["cy"] * 4
    assert Booking.objects.get().language == "cy"


def test_commenter_hears_what_staff_decide_in_their_own_language():
    consultation = make.closed_consultation()
    with override("cy"):
        comment = make.comment(consultation=consultation, state="awaiting")
    Submission.objects.update(email="eleri@example.org")
    comment.refresh_from_db()
    comments.publish(comment, by="tests")
    comment.refresh_from_db()
    comment.give_outcome("accepted", reason="Yes.")
    responses.publish(Response.objects.create(consultation=consultation), by="tests")
    assert sent("eleri@example.org") == ["cy", "cy"]
    with override("cy"):
        assert mail.outbox[0].subject == gettext("Your comment is published")


def test_asker_hears_in_their_language_and_who_answers_in_the_portals():
    commission = make.commission()
    body = commission.organisation
    type(body).objects.filter(pk=body.pk).update(contact_email="council@example.org")
    commission.refresh_from_db()
    asker = {"email": "eleri@example.org", "role": "carer", "public_name": "Eleri"}
    with override("cy"):
        question = questions.receive(commission, asker, title="Why?", text="Why so?")
        questions.confirm(question)
    questions.publish(Question.objects.get(), by="tests")
    questions.answer(Question.objects.get(), "Because.", by="tests")
    assert set(sent("eleri@example.org")) == {"cy"}
    assert sent("council@example.org") == ["en-gb"]
    assert Entry.objects.filter(subject=question.record_name).exists()


def test_who_reports_an_error_hears_in_their_language():
    commission = make.commission()
    with override("cy"):
        report = corrections.Correction.objects.create(
            about=commission.record_name, text="Wrong.", email="eleri@example.org"
        )
    corrections.settle(report, "corrected", answer="It was wrong.", by="tests")
    assert sent("eleri@example.org") == ["cy"]


def test_what_is_confirmed_in_welsh_is_found_under_its_english_address():
    commission = make.commission()
    asker = {"email": "eleri@example.org", "role": "carer", "public_name": "Eleri"}
    with override("cy"):
        question = questions.receive(commission, asker, title="Why?", text="Why so?")
        questions.confirm(question)
        questions.publish(Question.objects.get(), by="tests")
    found = Findable.objects.get(reference=question.reference)
    assert found.url == question.get_absolute_url()


def test_who_follows_on_a_welsh_page_is_asked_and_told_in_welsh(client):
    commission = make.commission()
    form = f"/cy/alerts/follow/?what={commission.record_name}"
    client.post(form, {"email": "eleri@example.org", "frequency": "at_once"})
    [asked] = round_of_work()
    link = re.search(r"http://127.0.0.1:8000(/cy/my/\S+)", asked.body)[1]
    assert '<html lang="cy">' in flat(client.get(link))
    assert client.post(link).url.startswith("/cy/my/alerts/")
    commission.reach("engagement", by="tests")
    [told] = round_of_work()
    assert told.subject == f"Newyddion: {commission}"
    assert "/cy/my/" in told.extra_headers["List-Unsubscribe"]
