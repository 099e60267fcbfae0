"""A draft of 200 sections with 5,000 comments opens with counters, page by page."""

import pytest
from django.urls import reverse

from consultations.comments.approval import fingerprint
from consultations.models import Comment, Section, SectionText
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def large():
    """Make a consultation on 200 sections with 25 published comments on each."""
    draft = make.specification().begin_draft()
    sections = Section.objects.bulk_create(
        Section(specification=draft.specification) for _ in range(200)
    )
    texts = SectionText.objects.bulk_create(
        SectionText(
            draft=draft,
            section=section,
            order=n,
            heading=f"Section {n}",
            kind="outcome",
        )
        for n, section in enumerate(sections)
    )
    draft.publish(by="demo")
    consultation = make.consultation(draft=draft)
    submission = make.submission(consultation=consultation)
    comments = [
        Comment(
            submission=submission,
            consultation=consultation,
            section_text=text,
            text=f"Comment {n} on {text.heading}.",
            state="published",
        )
        for text in texts
        for n in range(25)
    ]
    for comment in comments:
        comment.approved_sha256 = fingerprint(
            comment.salt, [comment.text, "", "", ""], []
        )
    Comment.objects.bulk_create(comments)
    return consultation


def test_large_draft_opens_with_counters_and_pages_of_twenty(
    client, large, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        page = client.get(large.get_absolute_url()).content.decode()
    assert page.count("25 comments") == 200
    assert "5,000" in page
    key = large.draft.texts.first().section.key
    section = reverse("consultations:section-detail", args=[large.reference, key])
    with django_assert_max_num_queries(12):
        first = client.get(section).content.decode()
    assert "Comment 0 on Section 0." in first
    assert "Comment 19 on Section 0." in first
    assert "Comment 20 on Section 0." not in first


@pytest.mark.parametrize("comments", [0, 3])
def test_section_costs_the_same_with_none_and_with_some(
    client, comments, django_assert_num_queries
):
    consultation = make.consultation()
    for _ in range(comments):
        make.comment(consultation=consultation)
    key = consultation.draft.texts.get().section.key
    section = reverse(
        "consultations:section-detail", args=[consultation.reference, key]
    )
    client.get(section)
    with django_assert_num_queries(QUERIES):
        client.get(section)


QUERIES = 10
