"""What no XML can carry never comes in, and pages, feeds and reports survive it."""

import io
import json

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from docx import Document
from lxml import etree
from openpyxl import load_workbook

from commissions.models import Notice, Organisation
from commissions.public.listing.feeds import AtomFeed
from commissions.text.characters import printable
from consultations.comments import actions
from consultations.drafts.document_import.markdown import from_markdown
from consultations.exports import write_word_report
from consultations.models import Comment, Correction, Theme
from tests import make
from tests.commissions.ocds.releases import bring_in, notice_of_the_act
from tests.commissions.official.test_lists import authority, listed

BAD = "".join(map(chr, [*range(9), 11, 12, *range(14, 32), 127, 0x85, 0xFFFE, 0xFFFF]))


def test_text_without_bad_characters_is_left_as_it_is():
    text = "Naïve “words”\r\n\twith a 🙂 and a \u200d joiner."
    assert printable(text) is text


def test_line_that_a_word_processor_broke_stays_broken():
    assert printable("one\x0btwo\x0cthree") == "one\ntwo\nthree"
    assert etree.fromstring(f"<p>{printable(f'a{BAD}b')}</p>").text.startswith("a")


@pytest.mark.django_db
def test_comment_pasted_from_word_is_taken_clean_and_reported(client):
    consultation = make.consultation()
    address = reverse("consultations:submission-create", args=[consultation.reference])
    said = {"text": f"First line.\x0bSecond line.{BAD}", "role": "carer"}
    said |= {"public_name": f"Ada{BAD} Obi", "email": "ada@example.org"}
    picture = SimpleUploadedFile("a\x0b\ufffe.pdf", b"%PDF-1.7")
    client.post(f"{address}?on=whole", {**said, "files": picture})
    comment = Comment.objects.get()
    assert comment.text.replace("\r", "").startswith("First line.\nSecond line.")
    kept = [comment.text, comment.submission.public_name]
    kept += comment.submission.attachments.values_list("name", flat=True)
    assert [text for text in kept if printable(text) != text] == []
    comment.submission.attachments.update(state="ready")
    actions.confirm(comment.submission)
    comment.refresh_from_db()
    comment.publish(by="staff")
    with write_word_report(consultation, consultation.comments.public()) as report:
        words = "\n".join(p.text for p in Document(report).paragraphs)
    assert "Second line." in words


@pytest.mark.django_db
def test_every_form_goes_through_the_same_door(client):
    commission = make.commission()
    address = reverse("consultations:correction-create")
    about = f"{address}?about=commission/{commission.reference}"
    client.post(about, {"text": "The day\x0bis wrong.\ufffe"})
    assert Correction.objects.get().text == "The day\nis wrong."


def test_feed_of_bad_characters_can_be_parsed():
    feed = AtomFeed(title=f"News{BAD}", link="http://x/", description=BAD)
    feed.add_item(title=f"A{BAD}", link="http://x/1", description=f"B{BAD}")
    assert etree.fromstring(feed.writeString("utf-8").encode()) is not None


# What comes in otherwise: notices, lists, drafts.

SOILED = BAD.replace("\0", "")


def soiled(value):
    """Put bad characters into every text of a JSON value but dates and addresses."""
    if isinstance(value, dict):
        return {key: soiled(each) for key, each in value.items()}
    if isinstance(value, list):
        return [soiled(each) for each in value]
    plain = not isinstance(value, str) or value[:1].isdigit() or "://" in value
    return value if plain else f"{value}{SOILED}"


def soiled_columns():
    """List the texts of the whole database that no XML could carry."""
    return [
        (model._meta.label, text)
        for model in apps.get_models()
        for row in model._default_manager.values_list()
        for text in row
        if isinstance(text, str) and printable(text) != text
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["UK3", "UK4", "UK6", "UK7", "UK10", "UK12"])
def test_notice_is_taken_clean(code):
    told = notice_of_the_act(
        code,
        "2026-01-10",
        description=f"Help\x0b at home.{SOILED}",
        procurementMethodDetails=f"Open{SOILED}",
        submissionMethodDetails=f"By post{SOILED}",
    )
    given = {**soiled(told), "id": told["id"], "tag": told["tag"]}
    before = Notice.objects.count()
    bring_in(given)
    assert Notice.objects.count() == before + 1
    assert soiled_columns() == []


@pytest.mark.django_db
def test_lists_of_areas_and_codes_are_taken_clean(tmp_path):
    areas = listed(tmp_path, authority("X1", f"Oak{SOILED}\0", "E07000999"))
    call_command("import_areas", str(areas), stdout=io.StringIO())
    assert Organisation.objects.filter(name="Oak Council").exists()
    codes = tmp_path / "cpv.csv"
    codes.write_text(
        f"code,description,parent\n03000000,Agri{SOILED}\0culture,\n",
        encoding="utf-8",
    )
    call_command("import_cpv", str(codes), stdout=io.StringIO())
    assert soiled_columns() == []


def test_draft_in_markdown_is_read_clean():
    source = f"# Out{SOILED}comes\n\nPeople{SOILED}\0 get help.\x0bSoon.\n"
    reading = from_markdown(source)
    said = [each.heading + each.html for each in reading.sections]
    assert said
    assert [words for words in said if printable(words) != words] == []


# What was stored before the door was there still leaves in files that can be read.


@pytest.fixture
def stored_soiled():
    """Keep things with bad characters in each of their texts."""
    comment = make.comment()
    consultation = comment.consultation
    contract, decision = make.contract(), make.taken_decision()
    question = make.question(commission=contract.commission, state="published")
    theme = Theme.objects.create(consultation=consultation, title="Theme")
    bad = f"a\x0bb{SOILED}"
    for row, names in {
        comment: ("text", "quote", "proposed_wording"),
        comment.submission: ("public_name", "organisation"),
        consultation: ("title", "introduction"),
        consultation.commission: ("title", "summary", "need"),
        contract: ("title", "description"),
        contract.commission: ("title", "summary"),
        decision: ("title", "question", "reasons"),
        question: ("title", "text"),
        theme: ("title", "you_said", "we_did"),
    }.items():
        for name in names:
            setattr(row, name, f"{name} {bad}")
        if hasattr(row, "approved_sha256"):
            row.approved_sha256 = row.fingerprint()
        if hasattr(row, "words_sha256"):
            row.words_sha256 = row.words_fingerprint()
        row.save()
    return consultation


READERS = {
    "atom": lambda content: etree.fromstring(content),
    "xml": lambda content: etree.fromstring(content),
    "xlsx": lambda content: load_workbook(io.BytesIO(content)),
    "json": lambda content: json.loads(content),
}


@pytest.mark.django_db
def test_what_was_stored_leaves_in_files_that_can_be_read(client, stored_soiled):
    read = set()
    for name in ("commissions", "pipeline", "notices", "direct-awards", "contracts",
                 "decisions", "outcomes", "questions", "scorecards", "barriers",
                 f"consultations/{stored_soiled.reference}/comments",
                 f"consultations/{stored_soiled.reference}/answers", "sitemap"):  # fmt: skip
        for ending, reads in READERS.items():
            response = client.get(f"/{name}.{ending}")
            assert response.status_code < 500
            if response.status_code == 200:
                content = b"".join(response) if response.streaming else response.content
                assert reads(content) is not None
                read.add(ending)
    assert read >= {"atom", "xlsx", "json"}
    said = stored_soiled.comments.public()
    with write_word_report(stored_soiled, said) as report:
        assert "text a" in "\n".join(p.text for p in Document(report).paragraphs)
