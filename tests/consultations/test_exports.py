"""Comments and outcomes as files, for the public and for staff."""

import csv
import io
import json

import pikepdf
import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from commissions.models import Organisation
from commissions.public.listing.exports import LONGEST, write_spreadsheet
from consultations import exports
from consultations.comments import exports as comments_exports
from consultations.comments.exports import COMMENTS, COMMENTS_FOR_STAFF
from consultations.models import Response
from tests import make

pytestmark = pytest.mark.django_db


def address(consultation, ending="csv"):
    """Return the address of a consultation's comments as a file."""
    return reverse(
        "consultations:comment-export", args=[consultation.reference, ending]
    )


def content(response):
    """Return what a file holds."""
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def table(client, consultation, **query):
    """Return the CSV file's rows as mappings."""
    text = content(client.get(address(consultation), query)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def commented():
    """Make a closed consultation with a comment of each state; one is hidden in part."""
    consultation = make.closed_consultation()
    in_time = make.submission(
        consultation=consultation, received_at=consultation.opens_at
    )
    comment = make.comment(
        submission=in_time, text="=Jo said: more benches", stance="concern"
    )
    comment.redact("Jo", reason="personal", words="A name.", by="demo")
    comment.give_outcome("accepted", reason="You are right.")
    for state in ("unconfirmed", "awaiting", "withdrawn"):
        make.comment(consultation=consultation, text=f"{state} words", state=state)
    return consultation, comment


def moderator():
    """Make an account that may only view comments."""
    user = User.objects.create_user("moderator", password="a long enough password")
    for body in Organisation.objects.all():
        make.role(user, body, "moderator")
    return user


def test_public_file_has_public_comments_and_no_outcome_before_the_response(client):
    consultation, comment = commented()
    [row] = table(client, consultation)
    assert list(row) == [column.heading for column in COMMENTS]
    assert row["reference"] == comment.reference
    assert row["text"] == "'=[Passage removed: A name.] said: more benches"
    assert (row["outcome"], row["outcome_reason"], row["theme"]) == ("", "", "")
    assert row["address"].endswith(f"/comments/{comment.reference}/")
    Response.objects.create(consultation=consultation, published_at=timezone.now())
    [row] = table(client, consultation)
    assert (row["outcome"], row["outcome_reason"]) == ("accepted", "You are right.")


def test_file_keeps_the_filters_of_the_list(client):
    consultation, _ = commented()
    assert len(table(client, consultation, stance="concern")) == 1
    assert table(client, consultation, stance="support") == []


def test_json_and_spreadsheet_say_the_same_as_the_table(client):
    consultation, _ = commented()
    [row] = json.loads(content(client.get(address(consultation, "json"))))["comments"]
    assert row["text"] == "=[Passage removed: A name.] said: more benches"
    assert row["is_late"] is False
    book = load_workbook(io.BytesIO(content(client.get(address(consultation, "xlsx")))))
    heads, cells = book["Comments"].iter_rows(values_only=True)
    sheet = dict(zip(heads, cells, strict=True))
    assert (sheet["Text"], sheet["Version"], sheet["Is late"]) == (row["text"], 1, "no")
    assert book["Comments"]["G2"].data_type == "s"


def test_cell_that_excel_could_not_hold_is_cut_and_says_so():
    kept = write_spreadsheet("Long", ["text"], [["a" * 40_000]])
    with kept:
        cell = load_workbook(kept)["Long"]["A2"].value
    assert len(cell) == LONGEST
    assert cell.endswith("the CSV and JSON files have the whole]")


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx"])
def test_all_fields_are_for_staff_alone(client, ending):
    consultation, _ = commented()
    everything = address(consultation, ending) + "?fields=all"
    assert client.get(everything).status_code == 403
    client.force_login(User.objects.create_user("nobody"))
    assert client.get(everything).status_code == 403
    client.force_login(moderator())
    response = client.get(everything)
    assert "no-store" in response["Cache-Control"]
    assert content(response)


def test_staff_see_every_confirmed_comment_and_all_words_but_no_address(client):
    consultation, comment = commented()
    client.force_login(moderator())
    rows = table(client, consultation, fields="all")
    assert list(rows[0]) == [column.heading for column in COMMENTS_FOR_STAFF]
    assert [row["state"] for row in rows] == ["published", "awaiting", "withdrawn"]
    assert rows[0]["full_text"] == "'=Jo said: more benches"
    assert rows[0]["outcome"] == "accepted"
    told = " ".join(value for row in rows for value in row.values())
    assert "@" not in told
    assert comment.submission.email not in told


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_file_costs_the_same_however_long(
    client, rows, ending, django_assert_max_num_queries
):
    consultation = make.closed_consultation()
    for _ in range(rows):
        make.comment(consultation=consultation)
    with django_assert_max_num_queries(7):
        content(client.get(address(consultation, ending)))


def asked():
    """Make a consultation with a question of each kind, and what four people said."""
    consultation = make.consultation()
    ask = consultation.prompts.create
    single = ask(order=1, text="Until what age?", kind="single", choices="18\n25")
    many = ask(order=2, text="Which days?", kind="multiple", choices="Mon\nTue\nSun")
    scale = ask(order=3, text="How well?", kind="scale", choices="Badly\nWell")
    words = ask(order=4, text="Why?", kind="text")
    for said in (
        {single: "25", many: "Mon\nTue", scale: "5", words: "=Jo knows."},
        {single: "25", many: "Tue"},
    ):
        sent = make.submission(consultation=consultation, public_name="Al")
        for prompt, text in said.items():
            sent.prompt_answers.create(prompt=prompt, text=text)
    for hidden in ({"confirmed_at": None}, {"withdrawn_at": timezone.now()}):
        sent = make.submission(consultation=consultation, **hidden)
        sent.prompt_answers.create(prompt=single, text="18")
    return consultation


def answers_at(consultation, ending="csv"):
    """Return the address of the answers to a consultation's questions as a file."""
    return reverse("consultations:answer-export", args=[consultation.reference, ending])


def test_public_sees_how_many_gave_each_answer_and_nobody_s_own_words(
    client, django_assert_num_queries
):
    consultation = asked()
    with django_assert_num_queries(4):
        text = content(client.get(answers_at(consultation))).decode("utf-8-sig")
    rows = [(row["answer"], row["people"]) for row in csv.DictReader(io.StringIO(text))]
    assert rows == [
        ("18", "0"),
        ("25", "2"),
        ("Mon", "1"),
        ("Tue", "2"),
        ("Sun", "0"),
        ("1: Badly", "0"),
        ("2", "0"),
        ("3", "0"),
        ("4", "0"),
        ("5: Well", "1"),
        ("answered in their own words", "1"),
    ]
    assert "Jo knows" not in text
    listed = json.loads(content(client.get(answers_at(consultation, "json"))))
    assert len(listed["answers"]) == 11
    page = client.get(consultation.get_absolute_url()).content.decode()
    assert answers_at(consultation) in page


def test_each_single_answer_is_for_staff_alone(client):
    consultation = asked()
    everything = answers_at(consultation) + "?fields=all"
    assert client.get(everything).status_code == 403
    assert client.get(answers_at(consultation, "docx")).status_code == 404
    client.force_login(moderator())
    text = content(client.get(everything)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["answer"] for row in rows] == [
        "25",
        "25",
        "Mon\nTue",
        "Tue",
        "5",
        "'=Jo knows.",
    ]
    assert {row["name"] for row in rows} == {"Al"}
    assert "@" not in text


def test_unknown_form_of_file_is_not_found(client):
    assert client.get(address(make.consultation(), "exe")).status_code == 404


def test_word_report_is_for_staff_and_tells_each_comment_with_its_outcome(client):
    consultation, comment = commented()
    theme = consultation.themes.create(title="Benches", you_said="More.", we_did="Yes.")
    make.comment(
        consultation=consultation, section_text=None, text="On all of it.", theme=theme
    )
    assert client.get(address(consultation, "docx")).status_code == 403
    client.force_login(moderator())
    report = Document(io.BytesIO(content(client.get(address(consultation, "docx")))))
    told = [paragraph.text for paragraph in report.paragraphs]
    for words in (
        "Answered 1 of 2.",
        "Benches",
        comment.section_text.heading,
        "=[Passage removed: A name.] said: more benches",
        "Accepted: You are right.",
        "On all of it.",
        "No outcome yet",
    ):
        assert any(words in each for each in told), words
    cells = [cell.text for row in report.tables[0].rows for cell in row.cells]
    assert cells[:6] == ["Outcome", "Comments", "Share", "Accepted", "1", "100%"]


needs_pdf = pytest.mark.skipif(not exports.is_available(), reason="there is no Pango")


def streams(file):
    """Return what the streams of a PDF file hold."""
    with pikepdf.open(io.BytesIO(file)) as pdf:
        found = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        return [each.read_bytes() for each in found]


@needs_pdf
def test_draft_and_response_are_accessible_pdf_files(client):
    consultation, _ = commented()
    Response.objects.create(consultation=consultation, published_at=timezone.now())
    reference = consultation.reference
    for name, args in (("draft-pdf", [reference, 1]), ("response-pdf", [reference])):
        response = client.get(reverse(f"consultations:{name}", args=args))
        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF-")
        assert any(b"pdfuaid:part" in stream for stream in streams(response.content))
        with pikepdf.open(io.BytesIO(response.content)) as pdf:
            assert pdf.Root.MarkInfo.Marked


@needs_pdf
def test_pdf_opens_no_address_that_a_page_names(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words")
    html = (
        '<html lang="en"><title>x</title><p>a<img alt="b" src="file://'
        f'{secret}"><link rel="attachment" href="file://{secret}"></p></html>'
    )
    made = exports.write_pdf(html)
    assert not any(b"secret words" in stream for stream in streams(made))


def test_without_the_extra_there_is_no_link_and_no_file(client, monkeypatch):
    monkeypatch.setattr(exports, "weasyprint", None)
    consultation = make.consultation()
    page = reverse("consultations:draft-detail", args=[consultation.reference, 1])
    assert "draft.pdf" not in client.get(page).content.decode()
    assert client.get(f"{page}draft.pdf").status_code == 404


def test_report_of_too_many_comments_is_refused_in_plain_words(
    admin_client, monkeypatch
):
    consultation = make.comment().consultation
    monkeypatch.setattr(comments_exports, "MOST_IN_REPORT", 0)
    answer = admin_client.get(address(consultation, "docx"))
    assert answer.status_code == 413
    assert address(consultation, "csv") in answer.content.decode()
