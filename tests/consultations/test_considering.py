"""Considering: outcomes in bulk, themes, the response published once."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from consultations.models import Comment, Message, Response, Submission
from consultations.responses import actions
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, everywhere):
    user = User.objects.create_user("co", password="x", is_staff=True)
    everywhere(user, "publisher", "administrator")
    client.force_login(user)
    return client


def page(name, consultation):
    return reverse(f"admin:consultation-{name}", args=[consultation.pk])


def outcome(*comments, **fields):
    return {
        "comments": [comment.tick for comment in comments],
        "outcome": "accepted",
        "reason": "You are right.",
        **fields,
    }


def test_several_comments_get_one_outcome_a_theme_and_the_section_it_changed(desk):
    consultation = make.closed_consultation()
    comments = [make.comment(consultation=consultation) for _ in range(3)]
    section = consultation.draft.texts.get().section
    desk.post(
        page("consider", consultation),
        outcome(*comments[:2], new_theme="Benches", section=section.pk),
    )
    answered = Comment.objects.exclude(outcome="")
    assert set(
        answered.values_list("reference", "theme__title", "changed_section")
    ) == {(comment.reference, "Benches", section.pk) for comment in comments[:2]}
    shown = desk.get(page("consider", consultation))
    assert "Answered 2 of 3." in shown.content.decode()


def test_outcome_without_ticks_or_reason_is_refused_and_kept(desk):
    consultation = make.closed_consultation()
    make.comment(consultation=consultation)
    shown = desk.post(
        page("consider", consultation), {"outcome": "partly", "reason": "Some of it."}
    ).content.decode()
    assert "Tick the comments that this outcome is for." in shown
    assert "Some of it." in shown
    assert Comment.objects.get().outcome == ""


def test_comment_answered_meanwhile_is_not_overwritten(desk):
    consultation = make.closed_consultation()
    comment = make.comment(consultation=consultation)
    stale = outcome(comment, outcome="not_accepted")
    comment.give_outcome("accepted", reason="First.")
    shown = desk.post(page("consider", consultation), stale).content.decode()
    assert "Somebody else has just changed one of these comments" in shown
    assert Comment.objects.get().outcome == "accepted"


def test_near_identical_comments_are_proposed_and_not_decided():
    consultation = make.closed_consultation()
    text = "Please keep the number 9 bus running in the evening for shift workers"
    alike = [
        make.comment(consultation=consultation, text=f"{text}{end}")
        for end in ("", "!", ".")
    ]
    make.comment(consultation=consultation, text="Something else altogether.")
    [(words, group)] = actions.propose_groups(consultation)
    assert (words, set(group)) == ("3 people sent this", set(alike))
    assert Comment.objects.exclude(outcome="").count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_page_of_outcomes_costs_the_same_however_many(
    desk, rows, django_assert_max_num_queries
):
    consultation = make.closed_consultation()
    for _ in range(rows):
        make.comment(consultation=consultation)
    with django_assert_max_num_queries(22):
        shown = desk.get(page("consider", consultation))
    assert len(shown.context["rows"]) == rows


def test_passage_that_is_hidden_from_the_public_is_hidden_from_whoever_answers(desk):
    consultation = make.closed_consultation()
    for _ in range(2):
        comment = make.comment(
            consultation=consultation,
            text="Please ask Jo Bloggs about the number 9 bus in the evening",
            proposed_wording="Jo Bloggs is asked.",
        )
        comment.redact("Jo Bloggs", reason="personal", words="A name.", by="demo")
    shown = desk.get(page("consider", consultation)).content.decode()
    assert shown.count("[Passage removed: A name.]") == 7  # rows, wordings, the group
    assert "Bloggs" not in shown


def test_desk_leads_to_the_files_for_staff(desk):
    consultation = make.closed_consultation()
    make.comment(consultation=consultation)
    shown = desk.get(page("consider", consultation)).content.decode()
    files = re.findall(
        r'href="(/consultations/[^"]+/(?:comments|answers)\.[^"]+)"', shown
    )
    assert [file.rpartition("/")[2] for file in files] == [
        "comments.docx",
        "comments.xlsx?fields=all",
        "answers.xlsx?fields=all",
    ]
    for file in files:
        assert b"".join(desk.get(file).streaming_content)


def test_themes_say_what_people_said_and_what_was_done(desk):
    consultation = make.closed_consultation()
    desk.post(
        page("themes", consultation),
        {
            "themes-TOTAL_FORMS": 1,
            "themes-INITIAL_FORMS": 0,
            "themes-0-title": "Buses",
            "themes-0-you_said": "They stop too early.",
            "themes-0-we_did": "They run until ten.",
            "themes-0-order": 1,
        },
    )
    assert consultation.themes.get().we_did == "They run until ten."


def test_response_says_what_is_missing_then_is_published_once_and_told(desk):
    consultation = make.closed_consultation()
    comment = make.comment(consultation=consultation)
    shown = desk.post(
        page("response", consultation), {"introduction": "Hello.", "_publish": "1"}
    )
    assert "Comments without an outcome: 1." in shown.content.decode()
    desk.post(page("consider", consultation), outcome(comment))
    assert Message.objects.count() == 0
    desk.post(
        page("response", consultation), {"introduction": "Hello.", "_publish": "1"}
    )
    response = Response.objects.published().get()
    assert response.introduction == "Hello."
    message = Message.objects.get()
    assert message.to == comment.submission.email
    assert "You are right." in message.body


def test_letter_is_published_as_a_letter_even_after_closing(desk):
    consultation = make.closed_consultation()
    day = timezone.localdate()
    desk.post(
        page("paper", consultation),
        {
            "channel": "letter",
            "received_on": day.isoformat(),
            "role": "resident",
            "text": "By hand.",
        },
    )
    comment = Comment.objects.get()
    assert (comment.state, comment.submission.channel) == ("published", "letter")
    assert comment.submission.shown_name == "Name withheld"
    assert Submission.objects.get().email == ""


def test_moderator_without_the_right_cannot_answer(client, everywhere):
    consultation = make.closed_consultation()
    comment = make.comment(consultation=consultation)
    user = User.objects.create_user("mo", password="x", is_staff=True)
    everywhere(user, "moderator")
    client.force_login(user)
    assert (
        client.post(page("consider", consultation), outcome(comment)).status_code == 403
    )
    assert Comment.objects.get().outcome == ""
