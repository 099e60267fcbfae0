"""What the privacy page says is erased is gone from the files themselves."""

import io
import json
import os
import stat
import zipfile

import pytest
from django.test import override_settings
from django.urls import reverse

from consultations import erasure, retention
from consultations.alerts import actions as alert_actions
from consultations.alerts import subjects
from consultations.models import (
    DataRequest,
    Follower,
    Message,
    Question,
    Submission,
    Workspace,
)
from consultations.own_data.models import data_of
from consultations.signed_links import address_key, signed_key
from tests import make
from tests.site import environment, manage

# One database in a file, filled, then swept by the rules, then read as bytes.

FILL = """
import os
from datetime import timedelta
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.utils import timezone
from commissioning_portal.models import SignInCount, StaffAct
from consultations.alerts import actions as alert_actions, subjects
from consultations.comments.attachments import attach
from consultations.events.models import sign_up
from consultations.models import *
from consultations.own_data.models import request_data
from tests import make
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage

now, long = timezone.now(), timezone.now() - timedelta(days=60)
ages = timezone.now() - timedelta(days=800)
lapsed = make.submission(confirmed_at=None, received_at=long,
    email="mark-unconfirmed@example.org", public_name="MARK-UNCONFIRMED-NAME")
make.comment(submission=lapsed, state="unconfirmed", text="MARK-UNCONFIRMED-WORDS")
attach(lapsed, [("MARK-FILE.pdf", "application/pdf", b"%PDF-MARK-UNCONFIRMED-FILE")])
answered = make.closed_consultation()
said = make.submission(consultation=answered, email="mark-answered@example.org")
make.comment(submission=said).give_outcome("accepted", reason="Yes.")
said.co_signatories.create(name="Cy", email="mark-signer@example.org")
Response.objects.create(consultation=answered).publish(by="demo", at=now)
told = make.question(email="mark-asker@example.org", state="published")
Question.objects.filter(pk=told.pk).update(answer_text="Yes.", answered_at=long,
    was_due_on=now.date())
unsent = Workspace.objects.create(consultation=answered, organisation="MARK-WORKSPACE")
unsent.contributions.create(text="MARK-UNSENT-WORDS", author="MARK-AUTHOR")
what = subjects.find_subject(make.commission().record_name)
alert_actions.ask(what, "mark-alert@example.org", "daily", at=long)
stopped = alert_actions.ask(what, "mark-stopped@example.org", "daily", at=long)
stopped.confirm(at=long); stopped.stop(at=long)
for n, more in enumerate(({"sent_at": long}, {"attempts": 99, "due_at": long})):
    Message.objects.create(to=f"mark-mail-{n}@example.org", subject="MARK-SUBJECT",
        body="MARK-BODY", dedupe=f"old-{n}", **more)
sign_up(make.event(), "mark-guest@example.org", "MARK-NEEDS")
Booking.objects.update(asked_at=long)
Message.objects.filter(to__startswith="mark-").update(sent_at=long)
request_data("mark-data@example.org")
DataRequest.objects.update(asked_at=long)
Message.objects.filter(dedupe__startswith="data-").update(sent_at=long)
Throttle.objects.create(key="MARK-THROTTLE", hour=long)
SignInCount.objects.create(**{f.name: "MARK-SIGNIN" for f in SignInCount._meta.fields
    if f.get_internal_type() == "CharField"}, last_at=long)
StaffAct.objects.create(act="MARK-ACT", result="done", why="MARK-REFUSAL", at=ages)
declined = make.submission(public_name="MARK-DECLINED-NAME")
attach(declined, [("x.pdf", "application/pdf", b"%PDF-MARK-DECLINED-FILE")])
make.comment(submission=declined, state="awaiting", text="MARK-DECLINED-WORDS").decline(
    reason="abusive", words="MARK-WHY", by="staff")
Comment.objects.filter(submission=declined).update(stated_at=ages)
taken_back = make.question(title="MARK-WITHDRAWN-QUESTION", state="withdrawn")
Question.objects.filter(pk=taken_back.pk).update(stated_at=ages)
attach(said, [("MARK-KEPT.pdf", "application/pdf", b"%PDF-MARK-REFUSED")])
said.attachments.update(state="refused")
Submission.objects.filter(pk=said.pk).update(received_at=long)
loose = default_storage.path(default_storage.save("photos/x", ContentFile(b"MARK-LOOSE")))
os.utime(loose, (long.timestamp(), long.timestamp()))
Correction.objects.create(about="x", text="Wrong.", email="mark-waiting@example.org",
    received_at=ages)
Correction.objects.create(about="x", text="MARK-REPORT", received_at=ages,
    answered_at=ages, answer="No.", state="confirmed")
flagged = make.comment(submission=make.submission(), text="Stays.")
flagged.flags.create(reason="abusive", words="MARK-FLAG", settled_at=ages)
settings.EMAIL_FILE_PATH.mkdir(exist_ok=True)
written = settings.EMAIL_FILE_PATH / "20260101-1.log"
written.write_text("To: MARK-WRITTEN")
os.utime(written, (long.timestamp(), long.timestamp()))
get_user_model().objects.create(username="MARK-STAFF", email="mark-staff@example.org",
    first_name="MARK-FIRST", is_active=False, date_joined=ages)
never = make.submission(consultation=make.closed_consultation(),
    email="mark-never-told@example.org")
type(never.consultation).objects.filter(pk=never.consultation_id).update(
    opens_at=ages - timedelta(days=40), closes_at=ages)
session = SessionStore(); session["who"] = "x"; session.set_expiry(-9); session.save()
print(session.session_key)
"""
MARKS = {
    "A comment or question that you do not confirm": [
        "mark-unconfirmed@",
        "MARK-UNCONFIRMED-NAME",
        "MARK-UNCONFIRMED-WORDS",
        "MARK-FILE",
        "MARK-UNCONFIRMED-FILE",
    ],
    "A comment or question that is not published": [
        "MARK-DECLINED-NAME",
        "MARK-DECLINED-FILE",
        "MARK-DECLINED-WORDS",
        "MARK-WHY",
        "MARK-WITHDRAWN-QUESTION",
    ],
    "A file that could not be checked": ["MARK-REFUSED", "MARK-LOOSE"],
    "Your email address with a report": ["mark-waiting@"],
    "What you say in a report": ["MARK-REPORT", "MARK-FLAG"],
    "What staff did or tried": ["MARK-ACT", "MARK-REFUSAL"],
    "Staff accounts": ["MARK-STAFF", "mark-staff@", "MARK-FIRST"],
    "Your email address with a comment": ["mark-answered@", "mark-never-told@"],
    "Your email address with a question": ["mark-asker@"],
    "The email address of someone who is asked to sign": ["mark-signer@"],
    "A response that you write over several days": [
        "MARK-WORKSPACE",
        "MARK-UNSENT-WORDS",
        "MARK-AUTHOR",
    ],
    "What you ask to follow by email and do not confirm": ["mark-alert@"],
    "What you follow by email": ["mark-stopped@"],
    "The emails we sent you": [
        "mark-mail-0@",
        "mark-mail-1@",
        "MARK-BODY",
        "MARK-WRITTEN",
    ],
    "A request to see what we know": ["mark-data@"],
    "Your email address, and what would help": ["mark-guest@", "MARK-NEEDS"],
    "How often a network": ["MARK-THROTTLE"],
    "How often signing in": ["MARK-SIGNIN"],
}


def bytes_below(folder):
    """Return what every file of the database, its log, uploads and mail holds."""
    kept = [
        *folder.glob("*.sqlite3*"),
        *folder.glob("media/**/*"),
        *folder.glob("mail/*"),
    ]
    return b"".join(path.read_bytes() for path in kept if path.is_file())


@pytest.fixture(scope="module")
def swept(tmp_path_factory, new_portal):
    """Fill a database, apply the rules; return the bytes before and after, and more."""
    folder = tmp_path_factory.mktemp("kept")
    variables = environment(folder)
    new_portal(folder)
    session = manage(variables, "shell", "--verbosity", "0", "-c", FILL).split()[-1]
    before = bytes_below(folder)
    said = manage(variables, "retention")
    return before, bytes_below(folder), session, said, folder


@pytest.mark.sqlite
@pytest.mark.parametrize("what", MARKS)
def test_row_of_the_privacy_page_is_kept_in_the_raw_files(swept, what):
    before, after, _, said, _ = swept
    assert f": {what}" in said
    for mark in MARKS[what]:
        assert mark.encode() in before, mark
        assert mark.encode() not in after, mark


@pytest.mark.sqlite
def test_sessions_that_are_over_are_cleared(swept):
    before, after, session, _, _ = swept
    assert session.encode() in before
    assert session.encode() not in after


@pytest.mark.sqlite
def test_no_other_user_of_the_machine_reads_what_is_kept(swept):
    folder = swept[-1]
    for path in [*folder.glob("*.sqlite3*"), *folder.glob("media/**/*")]:
        assert not stat.S_IMODE(os.stat(path).st_mode) & 0o077, path


def test_every_row_with_a_rule_is_tried():
    tried = (*MARKS, "Sessions of staff", "What we have already emailed you about")
    for row in retention.ROWS:
        if row.erase:
            assert any(row.what.startswith(what) for what in tried), row.what


@pytest.mark.django_db
def test_privacy_page_says_what_the_rules_do(client):
    page = client.get(reverse("privacy")).content.decode()
    for row in retention.ROWS:
        assert str(row.what) in page
        assert str(row.kept) in page
    assert page.count('scope="row">') == len(retention.ROWS) + 3


@pytest.mark.django_db
def test_one_rule_that_fails_does_not_stop_the_others(monkeypatch):
    def fail(at):
        raise ValueError

    broken = retention.Row("Broken", "x", "x", fail)
    monkeypatch.setattr(retention, "ROWS", [broken, *retention.ROWS])
    consultation = make.closed_consultation()
    Workspace.objects.create(consultation=consultation, organisation="O")
    assert sum(retention.apply().values()) == 1


@pytest.mark.django_db
def test_address_stays_while_its_outcome_is_still_to_be_told():
    consultation = make.closed_consultation()
    sent = make.submission(consultation=consultation)
    make.comment(submission=sent).give_outcome("accepted", reason="Yes.")
    retention.apply()
    from consultations.models import Response  # noqa: PLC0415

    Response.objects.create(consultation=consultation).publish(by="demo")
    Message.objects.create(to=sent.email, body="x", dedupe=f"answered-{sent.key}")
    retention.apply()
    assert Submission.objects.get().email
    Message.objects.update(sent_at=sent.received_at)
    retention.apply()
    assert Submission.objects.get().email == ""


# Erasing a person.


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["jo@example.org", "JO+tag@Example.org"])
def test_person_is_found_after_the_secret_key_was_changed(typed):
    with override_settings(SECRET_KEY="the one before"):
        make.submission(
            email="jo@example.org", address_key=address_key("jo@example.org")
        )
        make.question(email="jo@example.org", address_key=address_key("jo@example.org"))
        what = subjects.find_subject(make.commission().record_name)
        alert_actions.ask(what, "jo@example.org", "daily")
    Submission.objects.update(email="x@example.org")
    Question.objects.update(email="")
    with override_settings(SECRET_KEY_FALLBACKS=["the one before"]):
        assert erasure.erase_person(typed, by="staff") == 3
    assert not Follower.objects.exists()
    assert Submission.objects.get().erased_at
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_erasing_a_person_leaves_none_of_it_in_mail_to_others_or_workspaces():
    sent = make.submission(email="jo@example.org", public_name="Jo Bloggs")
    make.comment(submission=sent)
    signer = sent.co_signatories.create(name="Cy", email="cy@example.org")
    Workspace.objects.create(
        consultation=sent.consultation, organisation="Bloggs and Co", submission=sent
    )
    asked = make.question(email="jo@example.org", public_name="Jo Bloggs")
    for to, dedupe in (
        ("cy@example.org", f"sign-{signer.key}"),
        ("post@oak.example", f"body-{sent.key}"),
        ("holder@oak.example", f"question-asked-{asked.reference}-1"),
        ("Jo+more@example.org", "other"),
    ):
        Message.objects.create(to=to, dedupe=dedupe, body="Jo Bloggs asks.")
    DataRequest.objects.create(email="jo@example.org")
    Message.objects.create(to="al@example.org", dedupe="another", body="Stays.")
    erasure.erase_person("jo@example.org", by="staff")
    assert list(Message.objects.values_list("body", flat=True)) == ["Stays."]
    assert not Workspace.objects.exists()
    assert not DataRequest.objects.exists()


# What is held, for the person it is about.


@pytest.mark.django_db
def test_person_gets_what_is_held_by_a_link_in_the_mail(client):
    sent = make.submission(email="jo@example.org", public_name="Jo Bloggs")
    make.comment(submission=sent, text="My words.")
    make.comment(text="Of somebody else.")
    make.question(email="JO@example.org", text="My question.")
    page = client.post(reverse("consultations:own-data"), {"email": "Jo@example.org"})
    assert page.status_code == 302
    link = reverse(
        "consultations:own-data-file",
        args=[signed_key("data", DataRequest.objects.get().key)],
    )
    mail = Message.objects.get()
    assert (mail.to, link in mail.body) == ("Jo@example.org", True)
    response = client.get(link)
    assert "no-store" in response["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(b"".join(response))) as archive:
        written = archive.read("my-data.json").decode()
    held = json.loads(written)
    assert held["comments"][0]["comments"][0]["text"] == "My words."
    assert held["questions"][0]["text"] == "My question."
    assert "somebody else" not in written
    DataRequest.objects.update(asked_at=sent.received_at.replace(year=2020))
    assert client.get(link).status_code == 404
    assert client.get(link.replace(".", "x")).status_code == 404


@pytest.mark.django_db
def test_address_that_is_not_known_is_answered_in_the_same_way(client):
    page = client.post(reverse("consultations:own-data"), {"email": "no@example.org"})
    assert page.url == reverse("consultations:own-data-sent")
    held = data_of("no@example.org")
    assert [name for name, rows in held.items() if rows] == [
        "requests for one's data",
        "messages",
    ]
