"""Erasing a person leaves nothing of theirs in any column, the raw files or mail.

`OF_PERSONS` names each column that can hold somebody's name, address, words or file
and that erasing the person must empty; `IMPERSONAL` why each of the others does not.
A column that is in neither fails here, so that nobody adds one without deciding.
"""

import io
import json
import zipfile

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import models
from django.urls import reverse

from commissions.models import NotReady
from commissions.search.index import index
from consultations import erasure
from consultations.alerts import actions as alert_actions
from consultations.alerts import subjects
from consultations.events.models import sign_up
from consultations.models import (
    Attachment,
    Correction,
    Edit,
    Message,
    Question,
    QuestionEdit,
    Submission,
    Subscription,
    Workspace,
)
from consultations.own_data.models import archive_of, data_of, request_data
from consultations.signed_links import address_key, signed_key
from tests import make
from tests.site import environment, manage

ADDRESS = "mark-everywhere@example.org"
UNUSUAL = "zqxjkvwgbp"
WORDS = ("text", "quote", "proposed_wording")
OF_PERSONS = {
    "consultations.Submission": ("public_name", "organisation", "email", "address_key"),
    "consultations.PromptAnswer": ("text",),
    "consultations.Attachment": ("name", "file", "decline_words"),
    "consultations.CoSignatory": ("name", "organisation", "email", "address_key"),
    "consultations.Workspace": ("organisation", "prompt_answers", "address_key"),
    "consultations.Contribution": ("author", "text"),
    "consultations.Comment": (*WORDS, "decline_words"),
    "consultations.Revision": WORDS,
    "consultations.Edit": (*WORDS, "decline_words"),
    "consultations.Redaction": ("passage", "words"),
    "consultations.Flag": ("words",),
    "consultations.Message": ("to", "subject", "body", "unsubscribe", "address_key"),
    "consultations.Correction": ("text", "email", "address_key"),
    "consultations.Booking": ("email", "address_key", "needs"),
    "consultations.DataRequest": ("email",),
    "consultations.Follower": ("email", "address_key"),
    "consultations.Subscription": ("query",),
    "consultations.Question": (
        *("title", "text", "public_name", "organisation", "email", "address_key"),
        "decline_words",
    ),
    "consultations.QuestionEdit": ("title", "text", "decline_words"),
}
OURS = "a key, a digest, a number or an address that the portal makes; it names nobody"
OFFICIAL = "a public body's or post's own, published as part of its duty"
STAFF = "written at the desk for the public to read, in the body's name"
NOTICE = "taken from a notice that a public body has published"
FOUND = "a copy of public words for the search: indexed anew as they are erased"
LAPSES = "goes by itself; its row of the privacy page is tried in test_retention"
IMPERSONAL = {
    OURS: {
        "*": "key salt stance text_key approved_sha256 words_sha256 "
        "answer_sha256 sha256 reference dedupe slug language",
        "consultations.Attachment": "content_type",
        "consultations.Question": "pseudonym",
        "consultations.Subscription": "subject",
        "consultations.Message": "purpose error",
        "consultations.Correction": "about",
        "consultations.KeptDifference": "html summary",
        "commissions.Entry": "subject commission body",
        "commissions.Release": "source digest",
        "commissions.Bookmark": "source next_page",
        "commissions.LinkedOcid": "ocid linked_by",
        "contenttypes.ContentType": "app_label model",
        "auth.Permission": "name codename",
        "auth.Group": "name",
    },
    OFFICIAL: {
        "commissions.Area": "code name path",
        "commissions.AreaCode": "scheme value",
        "commissions.AreaExtent": "code beside source",
        "commissions.PostcodeDistrict": "outward areas source",
        "commissions.Organisation": "name website about contact_email contact_phone "
        "contact_address",
        "commissions.OrganisationIdentifier": "scheme value",
        "commissions.OtherName": "name",
        "commissions.Topic": "name",
        "commissions.CpvCode": "code description",
        "commissions.Holiday": "name",
        "commissions.Commissioner": "name photo statement interests",
        "commissions.Post": "title team may_decide statutory_basis mailbox phone "
        "postal_address",
        "commissions.Committee": "name may_decide mailbox phone postal_address",
        "commissions.CommitteeMember": "role",
        "commissions.Service": "name summary who_uses_it",
        "commissions.Representations": "mailbox how reasons",
    },
    STAFF: {
        "consultations.Specification": "title",
        "consultations.Draft": "summary source_name",
        "consultations.SectionText": "heading body welsh_heading welsh_body reason "
        "meaning why",
        "consultations.RemovedSection": "why",
        "consultations.Consultation": "title introduction audience short_reason",
        "consultations.Extension": "reason",
        "consultations.Prompt": "text hint choices",
        "consultations.Comment": "outcome_reason",
        "consultations.Flag": "settled_as",
        "consultations.Correction": "answer",
        "consultations.Question": "answer_text",
        "consultations.Event": "title description audience place online_url access "
        "cancelled_because",
        "consultations.Theme": "title you_said we_did",
        "consultations.Response": "introduction",
        "commissions.Holding": "why",
        "commissions.Handover": "why",
        "commissions.Commission": "changes_for equality_impact equality_impact_url "
        "welsh_title welsh_summary welsh_need ocid title summary need outcomes fixed still_open unknowns extension funding",
        "commissions.EasyReadPart": "words picture shows",
        "commissions.Decision": "title question key_because urgency_reason early_reason "
        "consulted risks how_to_see_papers private_reason representations "
        "representations_response reasons alternatives_rejected risks_accepted "
        "conflicts dispensations outcome",
        "commissions.Option": "title cost effect",
        "commissions.Deferral": "reason",
        "commissions.Paper": "title url",
        "commissions.Involvement": "corrected_because how evidence evidence_url "
        "changed",
        "commissions.Lesson": "corrected_because learnt next_time",
        "commissions.Barrier": "title law law_url stops workaround",
        "commissions.Exemption": "legal_ground reason asked_by answer",
        "commissions.StageDateChange": "reason",
        "commissions.Extension": "why",
        "commissions.Amendment": "changed reason source_id",
        "commissions.Indicator": "title target",
        "commissions.Rating": "note",
        "commissions.DirectAward": "explanation conflicts conflicts_managed",
        "commissions.Proposal": "ocid changes came taken reason decided_by",
        "commissions.Weighing": "finding",
    },
    NOTICE: {
        "commissions.Document": "source_id title description document_type url file "
        "format language",
        "commissions.Award": "award_id title description status reasons currency "
        "category items",
        "commissions.Contract": "contract_id title description status currency extension "
        "options department copy_url changed_copy_url no_indicators_because ended_why",
        "commissions.Lot": "lot_id title description status currency duration extension "
        "options conditions",
        "commissions.AwardCriterion": "name description",
        "commissions.Tender": "title description method_details category cpv "
        "currency how_to_bid platform_url languages conditions risks no_lots_because "
        "no_competition_ground no_competition_because own_reference other_cpv "
        "options reserved_for reserved_place related_processes method",
        "commissions.Notice": "ocid release_id code form title platform tags url "
        "contact_name contact_email contact_phone contact_url",
    },
    FOUND: {
        "commissions.Findable": "kind title detail url names text squeezed_title "
        "squeezed_reference",
        "commissions.KnownWord": "word sound",
        "commissions.Synonym": "words",
    },
    LAPSES: {
        "sessions.Session": "session_key session_data",
        "auth.User": "password username first_name last_name email",
        "admin.LogEntry": "object_id object_repr change_message",
        "commissioning_portal.StaffAct": "roles post act subject why changed network",
    },
}
KEPT = (models.CharField, models.TextField, models.JSONField, models.FileField)


def columns():
    """Give (model, column) of all that can hold words, an address or a file."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, KEPT) and not field.choices:
                yield model._meta.label, field.name


def declared():
    """Return each (model, column) that is said to hold nothing of a person."""
    return {
        (label, name)
        for why in IMPERSONAL.values()
        for label, names in why.items()
        for name in names.split()
    }


def test_each_column_is_erased_or_says_why_it_holds_nobody():
    known = declared()
    left = [
        f"{label}.{name}"
        for label, name in columns()
        if name not in OF_PERSONS.get(label, ())
        and not {(label, name), ("*", name)} & known
    ]
    assert left == []


def test_no_column_is_declared_that_is_not_there():
    there = set(columns())
    named = {pair for pair in declared() if pair[0] != "*"}
    named |= {(label, name) for label, names in OF_PERSONS.items() for name in names}
    assert named - there == set()


# One person in every column, erased.


def mark(label, name):
    """Return the words that stand in one column."""
    return f"MARK-{label.partition('.')[2]}-{name}"


def planted(label, field):
    """Return what stands in one column of the person."""
    if isinstance(field, models.EmailField):
        return ADDRESS
    if isinstance(field, models.JSONField):
        return {"1": mark(label, field.name)}
    if field.name == "address_key":
        return address_key(ADDRESS)
    return mark(label, field.name)[: field.max_length]


def fill(label, names):
    """Put marks into the columns of the first row of a model."""
    model = apps.get_model(label)
    fields = [model._meta.get_field(name) for name in names]
    values = {
        field.name: planted(label, field)
        for field in fields
        if not isinstance(field, models.FileField)
    }
    if hasattr(model, "approved_sha256"):
        values["approved_sha256"] = ""
    if hasattr(model, "words_sha256"):
        values["words_sha256"] = "0" * 64
    row = model.objects.order_by("pk").first()
    assert model.objects.filter(pk=row.pk).update(**values) == 1


def person_everywhere():
    """Make one person who did all that can be done here."""
    sent = make.submission(email=ADDRESS, address_key=address_key(ADDRESS))
    comment = make.comment(submission=sent, state="awaiting")
    comment.keep_revision(sent.received_at)
    comment.redactions.create(passage="x", reason="abusive", words="x")
    comment.flags.create(reason="abusive")
    Edit.objects.create(comment=comment, text="x")
    prompt = sent.consultation.prompts.create(text="x", kind="text")
    sent.prompt_answers.create(prompt=prompt, text="x")
    file = Attachment(submission=sent, name="x", content_type="x", size=1, sha256="x")
    file.file.save(
        "x.pdf", ContentFile(f"%PDF-{mark('a.Attachment', 'file')}".encode())
    )
    other = make.submission(email="other@example.org")
    other.co_signatories.create(
        name="x", email=ADDRESS, address_key=address_key(ADDRESS)
    )
    Workspace.keep(sent.consultation, "x", [{"text": "x"}], {}, ADDRESS)
    asked = make.question(email=ADDRESS, state="published")
    QuestionEdit.objects.create(question=asked, title="x", text="x")
    Correction.objects.create(about="x", text="x", email=ADDRESS)
    sign_up(make.event(), ADDRESS)
    what = subjects.find_subject(make.commission().record_name)
    alert_actions.ask(what, ADDRESS, "daily")
    Subscription.objects.update(subject="search", query="x")
    Message.objects.all().delete()
    request_data(ADDRESS)
    for label, names in OF_PERSONS.items():
        fill(label, names)
    asked.refresh_from_db()
    asked.title = f"{asked.title} {UNUSUAL}"
    asked.words_sha256 = asked.words_fingerprint()
    asked.save()
    index([asked.pk], "question")


def marks():
    """Return every mark that erasing must take away."""
    return [
        ADDRESS,
        address_key(ADDRESS),
        UNUSUAL[1:],  # the index writes only in what a word differs from the one before
        *(mark(label, name) for label, names in OF_PERSONS.items() for name in names),
    ]


def written_everywhere():
    """Return all that stands in any column of the project, as one text."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        found += [str(row) for row in model._default_manager.values_list()]
    return "\n".join(found)


NOT_PLANTED = ("-email", "-address_key", "-to", "Attachment-file")


@pytest.mark.django_db
def test_erasing_by_address_leaves_no_mark_in_any_column():
    person_everywhere()
    before = written_everywhere()
    for each in marks():
        assert each in before or each.endswith(NOT_PLANTED), each
    assert erasure.erase_person(ADDRESS.upper(), by="staff") == 6
    after = written_everywhere()
    assert [each for each in marks() if each in after] == []


RAW = """
from pathlib import Path
from django.conf import settings
from tests.security import test_erasure
from consultations import erasure

def raw():
    kept = [*settings.DATA_DIR.glob("*.sqlite3*"), *settings.MEDIA_ROOT.rglob("*")]
    return b"".join(path.read_bytes() for path in kept if path.is_file())

test_erasure.person_everywhere()
before = raw()
log = [p.stat().st_size for p in settings.DATA_DIR.glob("*-wal")]
erasure.erase_person(test_erasure.ADDRESS, by="staff")
after = raw()
marks = [mark.encode() for mark in test_erasure.marks()]
print(sum(mark in before for mark in marks), log[0] > 0,
      [mark for mark in marks if mark in after])
"""


@pytest.mark.sqlite
def test_erasing_leaves_no_byte_in_the_database_its_log_or_the_uploads(
    tmp_path, new_portal
):
    """Read while the process that erased still runs: no other has tidied up."""
    variables = environment(tmp_path)
    new_portal(tmp_path)
    said = manage(variables, "shell", "--verbosity", "0", "-c", RAW).split(maxsplit=2)
    assert int(said[0]) > 35
    assert said[1:] == ["True", "[]\n"]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", " ", "jo", "@example.org", "jo@"])
def test_what_is_no_address_erases_nobody(typed, monkeypatch):
    """An empty one would be that of all whose address was forgotten."""
    make.comment(submission=make.submission(channel="letter", email=""))
    with pytest.raises(NotReady, match="Give one email address"):
        erasure.erase_person(typed, by="staff")
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    with pytest.raises(CommandError, match="Give one email address"):
        call_command("erase_person")
    assert not Submission.objects.filter(erased_at__isnull=False).exists()


@pytest.mark.django_db
def test_news_that_is_still_to_go_goes_without_the_words_of_who_was_erased():
    asked = make.question(
        email="jo@example.org", title="Why so late?", public_name="Jo Bloggs"
    )
    Message.objects.create(
        to="ann@example.org",
        dedupe="alert-1",
        subject="News: Why so late? and 2 more",
        body=f"The question: Why so late?\nhttp://x/questions/{asked.reference}/\nMore.",
    )
    erasure.erase_person("jo@example.org", by="staff")
    left = Message.objects.get()
    assert "Why so late" not in left.subject + left.body
    assert left.body.endswith("More.")
    assert left.subject.endswith("and 2 more")


@pytest.mark.django_db
def test_mail_in_files_goes_with_the_person(settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.EMAIL_FILE_PATH.mkdir()
    sent = make.submission(email="jo@example.org")
    for name, words in {
        "to": "To: Jo@Example.org",
        "about": f"Link: /my/comment/{sent.key}.x/",
        "other": "To: al@example.org",
    }.items():
        (settings.EMAIL_FILE_PATH / f"{name}.log").write_text(words)
    erasure.erase_person("jo@example.org", by="staff")
    left = [path.stem for path in settings.EMAIL_FILE_PATH.iterdir()]
    assert left == ["other"]


# What is written and not sent.


@pytest.mark.django_db
def test_response_that_is_not_sent_is_found_by_the_address_of_who_began_it(client):
    consultation = make.consultation()
    begin = reverse("consultations:workspace-create", args=[consultation.reference])
    client.post(begin, {"organisation": "Riverside", "email": "Oak+x@example.org"})
    client.post(begin, {"organisation": "Nobody’s", "email": ""})
    later = {"_later": "1", "whole": "My words.", "email": "oak@example.org"}
    answer = reverse("consultations:submission-create", args=[consultation.reference])
    client.post(answer, later)
    assert Workspace.objects.count() == 3
    assert not Message.objects.exists()
    assert "oak@" not in written_everywhere().casefold()
    assert erasure.erase_person("oak@example.org", by="staff") == 2
    assert Workspace.objects.get().organisation == "Nobody’s"


@pytest.mark.django_db
def test_who_has_the_link_of_a_response_can_erase_it(client):
    kept = Workspace.keep(make.consultation(), "Riverside", [{"text": "Words."}], {})
    token = signed_key("workspace", kept.key)
    page = client.get(reverse("consultations:workspace-detail", args=[token]))
    address = reverse("consultations:workspace-erase", args=[token])
    assert address in page.content.decode()
    assert "Erase this response?" in client.get(address).content.decode()
    assert Workspace.objects.exists()
    assert client.post(address).url == kept.consultation.get_absolute_url()
    assert "Words." not in written_everywhere()
    assert client.post(address).status_code == 404


# What a person gets who asks.


@pytest.mark.django_db
def test_person_gets_every_column_that_erasing_would_empty():
    """The digests and keys are ours; all else that is theirs is in the archive."""
    person_everywhere()
    with archive_of(ADDRESS) as file, zipfile.ZipFile(file) as archive:
        held = archive.read("my-data.json").decode()
        files = b"".join(
            archive.read(name) for name in archive.namelist() if name[0] == "a"
        )
    missing = [
        mark(label, name)
        for label, names in OF_PERSONS.items()
        for name in names
        if name not in ("email", "to", "address_key", "file")
        and mark(label, name) not in held
    ]
    assert missing == ["MARK-Flag-words"]  # another reader's, about the comment
    assert mark("a.Attachment", "file").encode() in files
    assert address_key(ADDRESS) not in held
    kept = json.loads(held)
    assert all(kept[name] for name in kept if name != "staff accounts")


@pytest.mark.django_db
def test_staff_get_their_account_and_no_private_link_leaves_with_the_mail():
    make.staff(username="jo", email="Jo@example.org", first_name="Jo")
    request_data("jo@example.org")
    held = data_of("jo@example.org")
    [account] = held["staff accounts"]
    assert (account["username"], "password" in account) == ("jo", False)
    [message] = held["messages"]
    assert "[private link]" in message["body"]
    assert "/my/data/" not in message["body"]


@pytest.mark.django_db
def test_declined_question_keeps_its_reason_and_loses_its_words():
    asked = make.question(email="jo@example.org", state="published")
    asked.decline(reason="abusive", words="It names a neighbour.", by="staff")
    erasure.erase_unpublished(asked.stated_at.replace(year=2100))
    left = Question.objects.get()
    assert (left.state, left.decline_reason, left.text) == (
        "declined",
        "abusive",
        erasure.LAPSED,
    )
