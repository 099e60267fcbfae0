"""Commenting without an account, from the form to the receipt."""

import io
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from consultations.comments import attachments, views
from consultations.comments.approval import digest
from consultations.models import (
    Comment,
    Contribution,
    Flag,
    Message,
    Submission,
    Workspace,
)
from consultations.signed_links import signed_key
from tests import make

pytestmark = pytest.mark.django_db

SENDER = {"role": "carer", "public_name": "Ada Obi", "email": "ada@example.org"}


def address(consultation, query=""):
    return (
        reverse("consultations:submission-create", args=[consultation.reference])
        + query
    )


def on_section(consultation):
    return address(
        consultation, f"?section={consultation.draft.texts.first().section.key}"
    )


def link_in(message):
    return re.search(r"http://127\.0\.0\.1:8000(/my/\S+)", message.body)[1]


def send(client, consultation, **fields):
    return client.post(
        on_section(consultation), {**SENDER, "text": "Five days is too long.", **fields}
    )


def test_resident_comments_confirms_and_is_read_by_a_moderator_first(client):
    consultation = make.consultation()
    response = send(client, consultation, stance="concern", quote="within FIVE days")
    assert response.url == reverse(
        "consultations:submission-sent", args=[consultation.reference]
    )
    comment = Comment.objects.get()
    assert (comment.state, comment.quote) == ("unconfirmed", "within five days")
    link = link_in(Message.objects.get())
    assert "ada" not in link
    assert client.get(link).status_code == 200
    assert Comment.objects.get().state == "unconfirmed"
    private = client.post(link)
    assert Comment.objects.get().state == "awaiting"
    page = client.get(private.url)
    assert "Waiting for a moderator" in page.content.decode()
    assert {"no-store", "private"} <= set(page.headers["Cache-Control"].split(", "))
    assert page.headers["Referrer-Policy"] == "same-origin"


def test_second_comment_from_a_known_address_is_published_at_once(client):
    consultation = make.consultation()
    known = make.submission(**SENDER)
    make.comment(submission=known)
    send(client, consultation)
    client.post(link_in(Message.objects.get()))
    assert Comment.objects.get(text="Five days is too long.").state == "published"


def test_organisation_that_reads_everything_first_holds_known_addresses_too(client):
    consultation = make.consultation()
    organisation = consultation.commission.organisation
    organisation.moderates_every_comment = True
    organisation.save()
    make.comment(submission=make.submission(email="ada@example.org"))
    send(client, consultation)
    client.post(link_in(Message.objects.get()))
    assert Comment.objects.get(text="Five days is too long.").state == "awaiting"


def test_a_comment_with_a_file_is_held_even_from_a_known_address(client):
    earlier = make.submission(email=SENDER["email"])
    make.comment(submission=earlier, text="Nothing like it.")
    consultation = make.consultation()
    send(client, consultation, files=SimpleUploadedFile("p.jpg", picture()))
    client.post(link_in(Message.objects.get()))
    assert consultation.comments.get().state == "awaiting"


def test_same_words_again_are_held(client):
    consultation = make.consultation()
    known = make.submission(email="ada@example.org", consultation=consultation)
    make.comment(submission=known, text="Five days is TOO long!")
    send(client, consultation)
    client.post(link_in(Message.objects.get()))
    assert Comment.objects.get(text="Five days is too long.").state == "awaiting"


def test_confirming_twice_changes_nothing_more(client):
    send(client, make.consultation())
    link = link_in(Message.objects.get())
    client.post(link)
    before = Comment.objects.values().get()
    client.post(link)
    assert Comment.objects.values().get() == before


def test_forged_and_swapped_links_open_nothing(client):
    submission = make.submission()
    good = signed_key("private", submission.key)
    assert (
        client.get(reverse("consultations:submission-detail", args=[good])).status_code
        == 200
    )
    for bad in (signed_key("confirm", submission.key), good[:-1], submission.key, "x"):
        url = reverse("consultations:submission-detail", args=[bad])
        assert client.get(url).status_code == 404
    url = reverse("consultations:submission-confirm", args=[good])
    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"text": " "}, "Enter your comment"),
        ({"role": ""}, "Answer “Who are you?”"),
        (
            {"role": "king"},
            "Select a valid choice. king is not one of the available choices.",
        ),
        (
            {"email": "ada"},
            "Enter an email address in the right form, such as name@example.org",
        ),
        ({"public_name": ""}, "Enter your name, or choose “Do not show my name”"),
        (
            {"text": "x" * 10_001},
            "Shorten “Your comment” to 10,000 characters, or attach a file",
        ),
        (
            {"quote": "words that are not there"},
            "The words you mean are not in this section. Copy them exactly, or leave "
            "this empty to comment on the whole section",
        ),
        (
            {"co_signatories": "Bo", "organisation": "Carers"},
            "Line 1: write a name, an organisation and an email address, "
            "with commas between, such as: Ada Obi, Riverside Carers, ada@example.org",
        ),
        (
            {"co_signatories": "Bo, Carers, bo@example.org"},
            "Enter the organisation you speak for",
        ),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(client, fields, problem):
    kept = {"proposed_wording": "Within two days."}
    response = send(client, make.consultation(), **{**kept, **fields})
    assert [p["message"] for p in response.context["form"].problems] == [problem]
    page = response.content.decode()
    assert "There is a problem" in page
    assert "Within two days." in page
    assert Submission.objects.count() == 0


def test_closed_consultation_says_so_and_takes_nothing(client):
    consultation = make.closed_consultation()
    page = client.get(on_section(consultation))
    assert "You cannot comment on this now" in page.content.decode()
    send(client, consultation)
    assert Submission.objects.count() == 0


def test_robot_that_fills_the_trap_is_answered_and_thrown_away(client):
    response = send(client, make.consultation(), homepage="http://spam.example")
    assert response.status_code == 302
    assert Submission.objects.count() == 0


def test_address_that_sends_too_often_is_asked_to_wait_and_keeps_its_words(
    client, settings
):
    settings.COMMENTS_PER_ADDRESS = 2
    consultation = make.consultation()
    for _ in range(2):
        assert send(client, consultation).status_code == 302
    response = send(client, consultation)
    assert "again in an hour" in response.content.decode()
    assert "Five days is too long." in response.content.decode()
    assert Submission.objects.count() == 2


def test_response_on_everything_makes_a_comment_for_each_box_that_was_filled(client):
    consultation = make.consultation(draft=make.draft(sections=3))
    first, _second, third = consultation.draft.texts.all()
    prompt = consultation.prompts.create(
        text="How do you get there?", kind="multiple", choices="Bus\nCar"
    )
    scale = consultation.prompts.create(
        text="How clear?", kind="scale", choices="Not\nVery"
    )
    response = client.post(
        address(consultation),
        {
            **SENDER,
            f"section-{first.section.key}": "One.",
            f"section-{third.section.key}": "Three.",
            "whole": "Whole.",
            f"prompt-{prompt.pk}": ["Bus", "Car"],
            f"prompt-{scale.pk}": "4",
        },
    )
    assert response.status_code == 302
    assert list(Comment.objects.values_list("text", "section_text").order_by("pk")) == [
        ("One.", first.pk),
        ("Three.", third.pk),
        ("Whole.", None),
    ]
    answers = Submission.objects.get().prompt_answers.order_by("prompt")
    assert [answer.text for answer in answers] == ["Bus\nCar", "4"]
    assert Message.objects.count() == 1


def test_empty_response_is_refused_in_a_sentence(client):
    response = client.post(address(make.consultation()), SENDER)
    assert [p["message"] for p in response.context["form"].problems] == [
        "Write in at least one box, or answer a question, before you send."
    ]


@pytest.mark.parametrize("sections", [1, 3])
def test_response_form_costs_the_same_however_many_sections(
    client, sections, django_assert_max_num_queries
):
    consultation = make.consultation(draft=make.draft(sections=sections))
    with django_assert_max_num_queries(4):
        page = client.get(address(consultation))
    assert len(page.context["rows"]) == sections


def test_words_can_be_read_beside_the_boxes_without_leaving_the_form(
    client, monkeypatch
):
    consultation = make.consultation(draft=make.draft(2))
    begun = reverse("consultations:workspace-create", args=[consultation.reference])
    workspace = client.post(begun, {"organisation": "Riverside"}).url
    for url in (address(consultation), workspace):
        html = client.get(url).content.decode()
        assert html.count("within five days of asking.") == 2
        assert f"/consultations/{consultation.reference}/sections/" not in html
        with monkeypatch.context() as patch:
            patch.setattr(views, "MOST_WORDS", 10)
            html = client.get(url).content.decode()
        assert html.count("Save first: the link leaves this page.") == 2
        assert "within five days of asking." not in html


def test_sender_edits_withdraws_and_keeps_a_receipt_that_proves_the_words(client):
    consultation = make.consultation()
    submission = make.submission(consultation=consultation)
    comment = make.comment(submission=submission, text="Few benches.", state="awaiting")
    comment.publish(by="demo")
    key = signed_key("private", submission.key)
    edit = reverse("consultations:comment-edit", args=[key, comment.reference])
    client.post(edit, {"text": "More benches.", "version": comment.version})
    stale = client.post(edit, {"text": "No benches.", "version": comment.version})
    assert "Someone else was first" in stale.content.decode()
    assert "No benches." in stale.content.decode()
    comment.refresh_from_db()
    assert (comment.text, comment.pending_edit.text) == (
        "Few benches.",
        "More benches.",
    )
    comment.approve_edit(by="demo")
    assert (comment.text, comment.revisions.get().text) == (
        "More benches.",
        "Few benches.",
    )
    receipt = client.get(reverse("consultations:submission-receipt", args=[key]))
    text = receipt.content.decode()
    salt = re.search(r"Salt: (\w+)", text)[1]
    shown = re.search(r"SHA-256: (\w+)", text)[1]
    assert digest(comment.words(), bytes.fromhex(salt)) == shown
    assert text.count("of the public record:") == 2
    client.post(reverse("consultations:submission-withdraw", args=[key]))
    assert Comment.objects.get().state == "withdrawn"


def test_edit_after_closing_is_refused_and_keeps_the_words(client):
    submission = make.submission()
    comment = make.comment(submission=submission)
    key = signed_key("private", submission.key)
    edit = reverse("consultations:comment-edit", args=[key, comment.reference])
    with time_machine.travel(submission.consultation.closes_at + timedelta(minutes=1)):
        page = client.post(edit, {"text": "Late words.", "version": 1})
    assert "has closed" in page.content.decode()
    assert "Late words." in page.content.decode()


def test_co_signatories_are_asked_and_shown_once_they_sign(client):
    send(
        client,
        make.consultation(),
        organisation="Carers Together",
        co_signatories="Bo Li, Riverside, bo@example.org\nCy Ng, cy@example.org",
    )
    client.post(link_in(Message.objects.get()))
    asked = Message.objects.filter(dedupe__startswith="sign-").order_by("to")
    assert [message.to for message in asked] == ["bo@example.org", "cy@example.org"]
    link = link_in(asked[0])
    assert client.get(link).status_code == 200
    signers = Submission.objects.get().co_signatories
    assert signers.filter(confirmed_at__isnull=False).count() == 0
    client.post(link)
    assert str(signers.get(confirmed_at__isnull=False)) == "Bo Li, Riverside"


def picture(**fields):
    out = io.BytesIO()
    image = Image.new("RGB", (20, 20), "red")
    exif = image.getexif()
    exif[0x010E] = "Taken at 4 High Street"
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_picture_is_kept_without_what_it_says_of_where_it_was_taken(client):
    send(client, make.consultation(), files=SimpleUploadedFile("p.jpg", picture()))
    assert attachments.redraw_waiting() == 1
    attachment = Submission.objects.get().attachments.get()
    with attachment.file.open() as file:
        content = file.read()
    assert (attachment.content_type, attachment.name) == ("image/jpeg", "p.jpg")
    assert b"High Street" not in content
    client.post(link_in(Message.objects.get()))
    assert Comment.objects.get().state == "awaiting"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("evil.pdf", b"<script>alert(1)</script>"),
        ("evil.docx", b"PK\x03\x04 not a zip"),
        ("evil.png", b"\x89PNG\r\n\x1a\n broken"),
        ("evil.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("empty.pdf", b"x"),
    ],
)
def test_file_that_is_not_what_it_says_is_refused(client, name, content):
    response = send(
        client, make.consultation(), files=SimpleUploadedFile(name, content)
    )
    assert "Save it" in response.context["form"].problems[0]["message"]
    assert Submission.objects.count() == 0


def test_two_colleagues_write_at_once_and_lose_nothing(client):
    consultation = make.consultation()
    begin = reverse("consultations:workspace-create", args=[consultation.reference])
    link = client.post(begin, {"organisation": "Carers Together"}).url
    box = f"section-{consultation.draft.texts.get().section.key}"
    client.post(link, {box: "First words.", f"{box}-version": 0, "author": "AO"})
    client.post(link, {box: "Ada's words.", f"{box}-version": 1, "author": "AO"})
    page = client.post(link, {box: "Bo's words.", f"{box}-version": 1, "author": "BL"})
    assert "to: “Ada&#x27;s words.”" in page.content.decode()
    assert "Bo&#x27;s words." in page.content.decode()
    again = {
        box: "Both.",
        f"{box}-version": page.context["form"].data[f"{box}-version"],
    }
    assert client.post(link, again).status_code == 302
    assert Contribution.objects.get().text == "Both."
    sent = client.post(f"{link}send/", {**SENDER, "organisation": "Carers Together"})
    assert sent.status_code == 302
    assert Comment.objects.get().text == "Both."
    assert Workspace.objects.get().submission == Submission.objects.get()
    twice = client.post(f"{link}send/", {**SENDER, "organisation": "Carers Together"})
    assert "sent already" in twice.content.decode()


def test_unfinished_response_is_kept_with_its_answers_and_sent_later(client):
    consultation = make.consultation()
    prompt = consultation.prompts.create(
        text="How do you get there?",
        kind="multiple",
        choices="Bus\nCar",
        is_required=True,
    )
    box = f"section-{consultation.draft.texts.get().section.key}"
    typed = {box: "Half a thought.", f"prompt-{prompt.pk}": ["Bus", "Car"]}
    link = client.post(address(consultation), {**typed, "_later": "1"}).url
    assert "Half a thought." in client.get(link).content.decode()
    send_it = link.partition("?")[0] + "send/"
    page = client.get(send_it).content.decode()
    assert page.count("checked") == 2
    client.post(send_it, {**SENDER, f"prompt-{prompt.pk}": ["Bus", "Car"]})
    assert Comment.objects.get().text == "Half a thought."
    assert Submission.objects.get().prompt_answers.get().text == "Bus\nCar"


def test_reader_flags_a_comment_without_giving_a_name(client):
    comment = make.comment()
    url = reverse(
        "consultations:comment-flag",
        args=[comment.consultation.reference, comment.reference],
    )
    assert client.post(url, {"reason": ""}).context["form"].errors
    client.post(url, {"reason": "personal", "words": "A phone number."})
    assert Flag.objects.get().reason == "personal"


def test_pages_for_paper_and_after_sending_answer(client):
    consultation = make.consultation()
    for name in ("submission-print", "submission-sent"):
        page = client.get(
            reverse(f"consultations:{name}", args=[consultation.reference])
        )
        assert page.status_code == 200
    assert timezone.now() < consultation.closes_at


def test_what_an_organisation_needs_is_asked_only_of_one_that_says_it_is(client):
    consultation = make.consultation()
    page = reverse("consultations:submission-create", args=[consultation.reference])
    url = f"{page}?on=whole"
    first = client.get(url).content.decode()
    assert first.index('name="text"') < first.index('name="public_name"')
    assert "Do you support this draft?" in first
    assert "Do you support this section?" not in first
    assert 'name="organisation"' not in first
    assert 'name="co_signatories"' not in first
    data = {
        "text": "More benches.",
        "role": "community",
        "name_withheld": "on",
        "email": "jo@example.org",
        "for_organisation": "on",
    }
    then = client.post(url, data).content.decode()
    assert "Enter the organisation you speak for" in then
    assert "More benches." in then
    assert 'name="co_signatories"' in then
    client.post(url, {**data, "organisation": "Riverside Carers"})
    assert Submission.objects.get().organisation == "Riverside Carers"


def test_words_of_a_section_in_either_language_can_be_quoted(client):
    draft = make.specification().begin_draft()
    make.section_text(
        draft=draft, welsh_heading="Galwadau", welsh_body="<p>O fewn pum diwrnod.</p>"
    )
    draft.publish(by="demo")
    url = f"/cy{on_section(make.consultation(draft=draft))}"
    assert "Galwadau" in client.get(url).content.decode()
    comment = {**SENDER, "text": "Rhy hir.", "quote": "o fewn pum diwrnod"}
    assert client.post(url, comment).status_code == 302
    assert Comment.objects.get().quote == "O fewn pum diwrnod"
