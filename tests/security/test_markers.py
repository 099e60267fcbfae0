"""Planted words: none reaches anybody through any address before it is approved.

Words that their sender has not confirmed are nobody's to read, at the desk either.
A change of public words that waits is moderators' and its sender's alone.
"""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.contrib import admin
from django.urls import get_resolver, reverse
from django.utils import timezone

from commissions.models import Commission, NotReady
from consultations import exports
from consultations.alerts import actions as alert_actions
from consultations.alerts import matching, queue, subjects
from consultations.comments import actions as comments
from consultations.comments import emails
from consultations.comments.submissions import Workspace
from consultations.models import (
    Attachment,
    Comment,
    Consultation,
    Correction,
    CoSignatory,
    Draft,
    Message,
    Question,
    Response,
    SectionText,
    Specification,
)
from consultations.questions import actions as questions
from consultations.responses import actions as responses
from tests import make
from tests.crawl import crawl
from tests.security.test_approval import keep_file, sent_with_all

pytestmark = pytest.mark.django_db
MARK = "ZQX_"  # no token, key or reference has a line beneath
"""What stands in no word."""
CHANGING = "change is being checked"
PAPER = ("detail", "print", "pdf")


def unconfirmed_everywhere():
    """Send everything that can be sent here, and confirm nothing of it."""
    consultation = make.consultation()
    asked = consultation.prompts.create(text="Why?", kind="text")
    submission = comments.receive(
        consultation,
        {
            "role": "resident",
            "public_name": f"{MARK}name",
            "organisation": f"{MARK}body",
            "email": f"{MARK}address@example.org",
        },
        [
            {
                "section_text": consultation.draft.texts.first(),
                "text": f"{MARK}text",
                "quote": f"{MARK}quote",
                "proposed_wording": f"{MARK}wording",
            }
        ],
        prompt_answers=[(asked, f"{MARK}answer")],
        co_signatories=[{"name": f"{MARK}signer", "email": "s@example.org"}],
    )
    file = keep_file(submission)
    Attachment.objects.filter(pk=file.pk).update(name=f"{MARK}file")
    Workspace.keep(
        consultation,
        f"{MARK}group",
        [{"text": f"{MARK}draft"}],
        {asked: f"{MARK}typed"},
    )
    about = (make.commission(), make.decision(), make.barrier(), holder())
    for each in about:
        questions.receive(
            each,
            {
                "role": "resident",
                "public_name": f"{MARK}asker",
                "email": "q@example.org",
            },
            title=f"{MARK}title",
            text=f"{MARK}question",
        )
    follow = subjects.find_subject(consultation.commission.record_name)
    alert_actions.ask(follow, f"{MARK}follower@example.org", "daily")
    return consultation


def holder():
    """Make somebody who can be asked."""
    return make.tenure().commissioner


def desk_routes(resolver=None, prefix=""):
    """Return the routes of the desk."""
    for each in (resolver or get_resolver()).url_patterns:
        route = prefix + str(each.pattern)
        if hasattr(each, "url_patterns"):
            yield from desk_routes(each, route)
        elif route.startswith("admin/"):
            yield route


PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
BY_REFERENCE = (Comment, Question, Attachment, Commission)
OF_SPECIFICATION = (Specification, SectionText, Draft)


def keys_of(route):
    """Return what can stand in an address: the keys of every row that it may show."""
    if "<str:reference>" in route:
        rows = [
            each.objects.values_list("reference", flat=True) for each in BY_REFERENCE
        ]
    else:
        named = route.split("/")[1:3]
        found = [
            m for m in admin.site._registry if m._meta.label_lower.split(".") == named
        ]
        found += OF_SPECIFICATION if "specification" in named else ()
        rows = [each._default_manager.values_list("pk", flat=True) for each in found]
    return {key for each in rows for key in each}


def desk_addresses():
    """Return every address of the desk, with the keys of all that is there."""
    for route in desk_routes():
        if any(
            aside in route for aside in ("(?P", "logout", "password", "<slug:code>")
        ):
            continue
        if "<" not in route:
            yield f"/{route}"
            continue
        for key in keys_of(route):
            yield "/" + PARAMETER.sub(str(key), route)


def staff_files(consultation):
    """Return the addresses of the files for staff."""
    names = ("comment-export", "answer-export")
    for name in names:
        for ending in ("csv", "json", "xlsx"):
            page = reverse(
                f"consultations:{name}", args=[consultation.reference, ending]
            )
            yield f"{page}?fields=all"
    yield reverse("consultations:comment-export", args=[consultation.reference, "docx"])


def words_of(response):
    """Return all that an answer says; of a packed file, what is in it."""
    content = (
        b"".join(response.streaming_content) if response.streaming else response.content
    )
    if content[:2] != b"PK":
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "".join(
            packed.read(name).decode(errors="replace") for name in packed.namelist()
        )


def test_nobody_at_the_desk_reads_a_word_that_is_not_confirmed(client):
    consultation = unconfirmed_everywhere()
    client.force_login(make.staff())
    asked = 0
    for path in [*desk_addresses(), *staff_files(consultation)]:
        answer = client.get(path)
        assert answer.status_code < 500, path
        assert MARK not in words_of(answer), path
        asked += answer.status_code == 200
    assert asked > 120


def test_search_at_the_desk_finds_nothing_that_is_not_confirmed(client):
    unconfirmed_everywhere()
    client.force_login(make.staff())
    for model, desk in admin.site._registry.items():
        if not desk.search_fields:
            continue
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        page = client.get(reverse(f"admin:{name}_changelist"), {"q": MARK})
        assert page.context["cl"].result_count == 0, name


# A change that waits, and what is hidden.


def changed_everywhere():
    """Publish what can be, and ask for a change of all of it; hide a part of each."""
    consultation = make.consultation()
    section = consultation.draft.texts.first()
    said = make.comment(consultation=consultation, section_text=section)
    hidden = make.comment(
        consultation=consultation, section_text=section, text=f"Ask {MARK}hidden why."
    )
    hidden.redact(f"{MARK}hidden", reason="personal", words="a name", by="demo")
    for comment in (said, hidden):
        comment.edit(
            text=f"{MARK}text",
            quote="",
            stance="concern",
            proposed_wording=f"{MARK}put",
        )
    with_all, (file, _) = sent_with_all()
    comments.withhold(with_all, file, reason="personal", by="demo")
    Attachment.objects.filter(pk=file.pk).update(
        name=f"{MARK}file", approved_sha256="0" * 64
    )
    signer = with_all.submission.co_signatories.first()
    CoSignatory.objects.filter(pk=signer.pk).update(
        name=f"{MARK}signer", approved_sha256="0" * 64
    )
    name = make.comment(
        submission=make.submission(public_name=f"{MARK}name", consultation=consultation)
    )
    comments.withhold(name, name.submission, reason="personal", by="demo")
    for about in ({}, {"decision": make.decision()}, {"barrier": make.barrier()}):
        question = make.question(**about)
        question.edit(title=f"{MARK}title", text=f"{MARK}asked")
    Correction.objects.create(about="service/x", text=f"{MARK}wrong")
    return consultation


def follow_everything(consultation):
    """Follow what was said and asked about, as somebody who has confirmed."""
    for thing in (consultation.commission, *Commission.objects.published()):
        subject = subjects.find_subject(thing.record_name)
        alert_actions.ask(subject, "follower@example.org", "at_once").confirm()


def write_all_mail(consultation):
    """Close and respond, answer a question, and tell whoever follows."""
    Consultation.objects.filter(pk=consultation.pk).update(
        closes_at=timezone.now() - timedelta(minutes=1)
    )
    consultation.refresh_from_db()
    for comment in consultation.comments.public():
        comment.give_outcome("accepted", reason="Yes.")
    response = Response.objects.create(consultation=consultation)
    with pytest.raises(NotReady, match="Comments waiting for a moderator: 2"):
        responses.publish(response, by="demo")
    Response.objects.update(published_at=timezone.now())
    emails.say_outcomes(response)
    answered = Question.objects.public().first()
    questions.answer(answered, "We will.", by="demo")
    matching.match_new_entries()
    queue.queue_due_alerts()


def public_pages(client, also=()):
    """Return what each public address says, files too."""

    def visit(url):
        answer = client.get(url)
        assert answer.status_code < 500, url
        words = words_of(answer)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        return words, words if is_page else None

    return crawl(visit, also=also)


def test_a_change_that_waits_and_what_is_hidden_reach_no_public_channel(
    client, monkeypatch
):
    monkeypatch.setattr(exports, "is_available", lambda: True)
    monkeypatch.setattr(exports, "kept_pdf", str.encode)
    consultation = changed_everywhere()
    follow_everything(consultation)
    write_all_mail(consultation)
    reference = consultation.reference
    also = [
        *(
            reverse("consultations:comment-export", args=[reference, each])
            for each in ("csv", "json", "xlsx")
        ),
        *(
            reverse(f"consultations:response-{each}", args=[reference])
            for each in PAPER
        ),
    ]
    said = public_pages(client, also)
    assert {url for url, words in said.items() if MARK in words} == set()
    kinds = {url.partition("?")[0].rpartition(".")[2] for url in said}
    assert {"csv", "json", "xlsx", "atom", "ics"} <= kinds
    assert any(CHANGING in words for words in said.values())
    assert Message.objects.filter(to="follower@example.org").exists()
    for message in Message.objects.all():
        assert MARK not in message.subject + message.body, message.subject


@pytest.mark.parametrize("path", ["/search/", "/questions/", "/commissions/"])
def test_search_finds_no_word_of_a_change_that_waits(client, path):
    changed_everywhere()
    none = re.sub(
        r"\d|ZQX_\w+", "", client.get(path, {"q": "ZQX_nothing"}).content.decode()
    )
    for word in ("text", "title", "asked", "hidden", "name"):
        page = client.get(path, {"q": f"{MARK}{word}"}).content.decode()
        assert re.sub(r"\d|ZQX_\w+", "", page) == none
