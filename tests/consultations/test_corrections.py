"""“This is wrong”: reported without an account, checked, answered, forgotten."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from commissions.models import Entry, NotReady, Overtaken
from consultations.corrections.models import settle, subject_of
from consultations.erasure import erase_person
from consultations.models import Correction, Message
from tests import make

pytestmark = pytest.mark.django_db


def report(client, about, **typed):
    """Post the form about one page."""
    posted = {"text": "The phone number is wrong.", "email": "", **typed}
    return client.post(f"/report/?about={about}", posted)


@pytest.mark.parametrize(
    "make_page",
    [
        make.commission,
        make.contract,
        make.decision,
        make.service,
        make.barrier,
        make.organisation,
        lambda: make.tenure().commissioner,
    ],
)
def test_every_page_leads_to_its_form(client, make_page):
    page = make_page()
    html = client.get(page.get_absolute_url()).content.decode()
    link = re.search(r'href="(/report/\?about=[^"]+)"', html)[1]
    answer = client.get(link)
    assert answer.status_code == 200
    assert answer.context["url"] == page.get_absolute_url()


def test_what_is_sent_waits_for_staff_and_is_on_no_record(client):
    commission = make.commission()
    answer = report(client, commission.record_name, email="resident@example.org")
    assert answer.templates[0].name == "consultations/corrections/reported.html"
    found = Correction.objects.get()
    assert (found.about, found.text, found.email, found.state) == (
        commission.record_name,
        "The phone number is wrong.",
        "resident@example.org",
        "open",
    )
    assert list(Entry.objects.all()) == []


@pytest.mark.parametrize("about", ["commission/none", "staff/1", "draft", "hidden"])
def test_there_is_no_form_about_what_the_public_cannot_see(client, about):
    if about == "draft":
        about = make.draft_commission().record_name
    if about == "hidden":
        about = f"commissioner/{make.commissioner().slug}"
    assert report(client, about).status_code == 404
    assert not Correction.objects.exists()


def test_report_on_no_page_says_how_to_report(client):
    answer = report(client, "")
    assert answer.templates[0].name == "consultations/corrections/how.html"
    assert not Correction.objects.exists()


def test_an_empty_report_is_asked_for_its_words(client):
    answer = report(client, make.commission().record_name, text="")
    assert "text" in answer.context["form"].errors
    assert not Correction.objects.exists()


def test_what_a_robot_sends_is_thanked_for_and_thrown_away(client):
    answer = report(client, make.commission().record_name, homepage="https://spam")
    assert answer.templates[0].name == "consultations/corrections/reported.html"
    assert not Correction.objects.exists()


def test_a_flood_is_asked_to_come_back_in_an_hour(client, settings):
    settings.COMMENTS_PER_NETWORK = 1
    about = make.commission().record_name
    report(client, about)
    answer = report(client, about)
    assert "in the last hour" in answer.content.decode()
    assert Correction.objects.count() == 1


def received(**fields):
    """Take in a report about a commission."""
    about = make.commission().record_name
    return Correction.objects.create(
        about=about, **{"text": "Wrong.", "email": "resident@example.org", **fields}
    )


def test_staff_answer_and_the_reporter_is_told_and_forgotten(client):
    found = received()
    client.force_login(make.staff())
    url = reverse("admin:consultations_correction_change", args=[found.pk])
    assert "Wrong." in client.get(url).content.decode()
    client.post(url, {"state": "corrected", "answer": "The number was an old one."})
    found.refresh_from_db()
    assert (found.state, found.email) == ("corrected", "")
    mail = Message.objects.get()
    assert mail.to == "resident@example.org"
    assert "The number was an old one." in mail.body
    assert "The page was wrong, and is now corrected." in mail.body
    entry = Entry.objects.get(kind="correction.settled")
    assert (entry.facts, entry.subject) == (
        {"outcome": "corrected"},
        f"correction/{found.reference}",
    )
    assert entry.commission == found.record_commission != ""


def test_nobody_is_written_to_who_left_no_address():
    settle(received(email=""), "confirmed", answer="It is right.", by="staff")
    assert not Message.objects.exists()


def test_a_report_is_answered_once_and_in_words():
    found, same = received(), Correction.objects.get()
    with pytest.raises(NotReady):
        settle(found, "confirmed", answer=" ", by="staff")
    settle(found, "confirmed", answer="It is right.", by="staff")
    with pytest.raises(Overtaken):
        settle(same, "corrected", answer="It was wrong.", by="staff")
    assert Message.objects.count() == 1


def test_the_database_refuses_an_answer_without_words():
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.filter(pk=received().pk).update(state="confirmed")


@pytest.mark.parametrize("settled", [True, False])
def test_erasing_a_person_empties_what_they_reported(settled):
    found, other = received(), received(email="else@example.org")
    if settled:
        settle(found, "confirmed", answer="It is right.", by="staff")
    assert erase_person("Resident@example.org", by="staff") == 1
    found.refresh_from_db()
    other.refresh_from_db()
    assert (found.text, found.email) == ("[Erased at the sender's request]", "")
    assert other.text == "Wrong."
    assert not Message.objects.filter(to="resident@example.org").exists()


def test_people_without_the_right_see_no_reports(client, django_user_model):
    found = received()
    client.force_login(django_user_model.objects.create_user("jo", is_staff=True))
    url = reverse("admin:consultations_correction_change", args=[found.pk])
    assert client.get(url).status_code == 404


def test_a_post_s_page_is_its_organisation_s():
    post = make.post()
    assert subject_of(post.record_name)[1] == post.organisation.get_absolute_url()


def test_a_person_who_may_be_named_can_be_reported_on():
    person = make.commissioner(name_consent_on=date(2026, 1, 1))
    assert subject_of(f"commissioner/{person.slug}") == (
        person.name,
        person.get_absolute_url(),
    )


def test_too_long_a_report_is_not_told_to_attach_a_file_that_it_cannot_take(client):
    commission = make.commission()
    url = f"/report/?about={commission.record_name}"
    html = client.post(url, {"text": "x" * 10_001}).content.decode()
    assert "to 10,000 characters" in html
    assert "attach a file" not in html
    assert "x" * 10_001 in html
