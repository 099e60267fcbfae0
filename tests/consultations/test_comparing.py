"""Version against version, and what became of the words of a comment."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from consultations.models import RemovedSection, Response
from tests import make
from tests.outline import Outline

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    """Begin each test with an empty cache."""
    cache.clear()


def address(consultation, a=1, b=2):
    """Return the address of a comparison."""
    return reverse("consultations:draft-compare", args=[consultation.reference, a, b])


def started():
    """Make a consultation on a first version of four sections; return both."""
    draft = make.specification().begin_draft()
    bodies = {
        "Calls": "<p>We call back within five days.</p>",
        "Staff": "<p>Two nurses work each shift.</p>",
        "Fees": "<p>No fee is taken.</p>",
        "Hours": "<p>Open from nine to five.</p>",
    }
    texts = [
        make.section_text(draft=draft, heading=heading, body=body)
        for heading, body in bodies.items()
    ]
    draft.publish(by="demo")
    return make.closed_consultation(draft=draft), texts


def next_version(draft, *rows, removed=()):
    """Publish the next version: rows are (old texts, fields), removed (text, why)."""
    new = draft.specification.begin_draft()
    made = []
    for old, fields in rows:
        same = {}
        if old:
            same = {
                "section": old[0].section,
                "heading": old[0].heading,
                "body": old[0].body,
                "kind": old[0].kind,
            }
        if fields["change"] != "unchanged":
            same["why"] = "So that it is plainer."
        text = make.section_text(draft=new, **{**same, **fields})
        text.came_from.set(old)
        made.append(text)
    for text, why in removed:
        RemovedSection.objects.create(draft=new, text=text, why=why)
    new.matched_at = timezone.now()
    new.save()
    new.publish(by="demo")
    return made


def second(consultation, texts, **reworded):
    """Publish a second version: one reworded, one kept, one new, one left out."""
    calls, staff, fees, hours = texts
    body = "<p>We call back within two days.</p>"
    return next_version(
        consultation.draft,
        ([calls], {"body": body, "change": "reworded", **reworded}),
        ([fees], {"change": "unchanged"}),
        ([], {"heading": "Buses", "change": "new", "why": "The council asked."}),
        ([hours], {"change": "moved"}),
        removed=[(staff, "The law no longer asks for it.")],
    )


def compared(client, consultation, *versions):
    """Return the comparison's rows as (heading, change)."""
    page = client.get(address(consultation, *versions))
    assert page.status_code == 200
    return [
        (each.heading, str(each.row.change)) for each in page.context["page"].sections
    ]


def test_each_section_is_shown_with_what_became_of_it(client):
    consultation, texts = started()
    second(consultation, texts)
    assert compared(client, consultation) == [
        ("Calls", "reworded"),
        ("Fees", "unchanged"),
        ("Buses", "new"),
        ("Hours", "moved"),
        ("Staff", "removed"),
    ]
    page = client.get(address(consultation))
    html, text = page.content.decode(), Outline(page.content.decode()).text
    assert "1 reworded, 1 moved, 1 new, 1 removed, 1 unchanged" in text
    assert "The law no longer asks for it." in text
    assert "The council asked." in text
    assert "[start of deletion] five [end of deletion]" in text
    assert "[start of insertion] two [end of insertion]" in text
    assert html.count("<ins>") == html.count("<del>") == 2  # one explains the marks
    assert texts[0].section.key in Outline(html).ids


def test_change_has_the_comments_behind_it_once_the_response_is_published(client):
    consultation, texts = started()
    comment = make.comment(
        consultation=consultation, section_text=texts[0], text="Five days is long."
    )
    comment.give_outcome(
        "accepted", reason="You are right.", changed_section=texts[0].section
    )
    second(consultation, texts, why="")  # the comment is why
    before = client.get(address(consultation)).content.decode()
    assert "Five days is long." not in before
    assert "So that it is plainer." in before
    Response.objects.create(consultation=consultation, published_at=timezone.now())
    page = client.get(address(consultation))
    behind = {each.heading: each.comments for each in page.context["page"].sections}
    assert behind["Calls"] == [comment]
    assert behind["Buses"] == []
    text = Outline(page.content.decode()).text
    assert "Five days is long." in text
    assert "Accepted. You are right." in text
    assert "no reason is given" not in text


def test_hidden_passages_stay_hidden_beside_a_change(client):
    consultation, texts = started()
    comment = make.comment(
        consultation=consultation, section_text=texts[0], text="Jo waited."
    )
    new = second(consultation, texts)
    comment.give_outcome("accepted", reason="Yes.", changed_section=new[0].section)
    comment.redact("Jo", reason="personal", words="A name.", by="demo")
    Response.objects.create(consultation=consultation, published_at=timezone.now())
    html = client.get(address(consultation)).content.decode()
    assert "[Passage removed: A name.] waited." in html


def test_versions_further_apart_are_joined_step_by_step(client):
    consultation, texts = started()
    calls, fees, buses, hours = second(consultation, texts)
    comment = make.comment(consultation=consultation, section_text=texts[0])
    comment.give_outcome("accepted", reason="Yes.", changed_section=calls.section)
    Response.objects.create(consultation=consultation, published_at=timezone.now())
    next_version(
        calls.draft,
        ([calls], {"change": "unchanged"}),
        (
            [fees, hours],
            {
                "heading": "Terms",
                "body": "<p>Free, nine to five.</p>",
                "change": "merged",
            },
        ),
        removed=[(buses, "No money.")],
    )
    assert compared(client, consultation, 1, 3) == [
        ("Calls", "reworded"),
        ("Terms", "merged"),
        ("Staff", "removed"),
    ]
    page = client.get(address(consultation, 1, 3))
    assert page.context["page"].sections[0].comments == [comment]
    assert compared(client, consultation, 2, 3) == [
        ("Calls", "unchanged"),
        ("Terms", "merged"),
        ("Buses", "removed"),
    ]
    assert (
        client.get(address(consultation, 2, 3)).context["page"].sections[0].comments
        == []
    )


def test_split_section_shows_one_difference_under_its_first_part(client):
    consultation, texts = started()
    calls = texts[0]
    first, second_part = next_version(
        consultation.draft,
        ([calls], {"body": "<p>We call back.</p>", "change": "split"}),
        (
            [calls],
            {
                "section": texts[3].section,
                "heading": "When",
                "body": "<p>Within five days.</p>",
                "change": "split",
            },
        ),
        removed=[(text, "Cut.") for text in texts[1:]],
    )
    page = client.get(address(consultation))
    shown = page.context["page"].sections
    assert shown[0].marked
    assert (shown[1].marked, shown[1].beside) == ("", first)
    assert second_part.heading == "When"
    assert f'href="#{first.section.key}"' in page.content.decode()


def test_author_cannot_call_other_words_unchanged(client):
    consultation, texts = started()
    next_version(
        consultation.draft,
        ([texts[0]], {"body": "<p>We never call.</p>", "change": "unchanged"}),
        *[([text], {"change": "unchanged"}) for text in texts[1:]],
    )
    assert compared(client, consultation)[0] == ("Calls", "reworded")


def test_older_comes_first_and_a_version_has_no_difference_from_itself(client):
    consultation, texts = started()
    second(consultation, texts)
    turned = client.get(address(consultation, 2, 1))
    assert (turned.status_code, turned["Location"]) == (302, address(consultation))
    assert client.get(address(consultation, 1, 1)).status_code == 404


def test_working_version_is_not_compared(client):
    consultation, _ = started()
    consultation.draft.specification.begin_draft()
    assert client.get(address(consultation)).status_code == 404


def test_comment_shows_its_words_and_what_they_became(client):
    consultation, texts = started()
    kept = make.comment(consultation=consultation, section_text=texts[2])
    reworded = make.comment(consultation=consultation, section_text=texts[0])
    gone = make.comment(consultation=consultation, section_text=texts[1])

    def text(comment):
        url = reverse(
            "consultations:comment-detail",
            args=[consultation.reference, comment.reference],
        )
        return Outline(client.get(url).content.decode()).text

    assert "there is no newer version" in text(kept)
    second(consultation, texts)
    assert "In version 2, “Fees”: Unchanged" in text(kept)
    assert "In version 2, “Calls”: Reworded" in text(reworded)
    assert "[start of deletion] five [end of deletion]" in text(reworded)
    assert "In version 2: Removed" in text(gone)
    assert "Why: The law no longer asks for it." in text(gone)


@pytest.mark.parametrize("rows", [1, 3])
def test_comparison_costs_the_same_however_much_changed(
    client, rows, django_assert_max_num_queries
):
    consultation, texts = started()
    new = second(consultation, texts)
    for _ in range(rows):
        comment = make.comment(consultation=consultation, section_text=texts[0])
        comment.give_outcome("accepted", reason="Yes.", changed_section=new[0].section)
    Response.objects.create(consultation=consultation, published_at=timezone.now())
    with django_assert_max_num_queries(12):
        page = client.get(address(consultation))
    assert len(page.context["page"].sections[0].comments) == rows


def test_beside_a_change_stand_the_first_few_of_many_comments(client):
    consultation, texts = started()
    new = second(consultation, texts)
    for _ in range(7):
        comment = make.comment(consultation=consultation, section_text=texts[0])
        comment.give_outcome("accepted", reason="Yes.", changed_section=new[0].section)
    Response.objects.create(consultation=consultation, published_at=timezone.now())
    page = client.get(address(consultation))
    assert len(page.context["page"].sections[0].comments) == 5
    assert "These are the first 5 of 7 comments." in page.content.decode()
