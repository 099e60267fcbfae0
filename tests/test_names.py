"""A person whose post does not decide, and who did not agree, is named nowhere.

One such person stands behind everything that has somebody behind it; then every
public page and file is visited, whoever wrote it, by following the links.
"""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from commissions.models import (
    Award,
    DirectAward,
    Entry,
    Exemption,
    Kind,
    StageDate,
    Tender,
)
from tests import make
from tests.crawl import crawl, route_of

pytestmark = pytest.mark.django_db
NAME, SLUG, PHOTO = "Zebedee Unnameable", "zebedee-unnameable", "zebedee.jpg"
YEAR = timedelta(days=365)


@pytest.fixture
def post():
    """Return a post that decides nothing, with a person in it who is not named."""
    person = make.commissioner(name=NAME, slug=SLUG, photo=f"commissioners/{PHOTO}")
    held = make.post(title="Support officer", is_decision_level=False)
    make.tenure(post=held, commissioner=person, started_on=date(2024, 1, 8))
    return held


def everything(post):
    """Put the post behind all that can have somebody behind it."""
    body = post.organisation
    before = make.held_post(organisation=body)
    commission = make.commission(organisation=body, post=before)
    commission.hand_over(
        post, since=timezone.localdate(), why="The work moved.", by=before
    )
    StageDate.plan(commission, "tender", date(2099, 1, 5), by=post, reason="Snow.")
    Exemption.objects.create(
        commission=commission,
        legal_ground="Urgency",
        reason="Flood.",
        approver=post,
        state="approved",
        answered_at=timezone.now(),
    )
    covered = make.post(organisation=body, deputy=post)
    make.commission(organisation=body, post=covered)
    make.service(organisation=body)
    tendered = make.commission(organisation=body, post=post, stage="tender")
    Tender.objects.create(commission=tendered, title="Bids")
    awarded = make.commission(
        organisation=body, post=post, stage="standstill", route="direct_award"
    )
    Award.objects.create(commission=awarded, award_id="1", decided_on=date(2026, 1, 5))
    DirectAward.objects.create(
        commission=awarded,
        ground="prototype",
        explanation="Only one can.",
        post=post,
        conflicts="None declared",
    )
    make.contract(commission=make.commission(organisation=body, post=post), post=post)
    make.decision(organisation=body, post=post, commission=commission)
    make.taken_decision(organisation=body, post=post)
    asked = make.question(commission=commission)
    asked.answer("Yes.", by=post)
    make.consultation(
        draft=make.draft(1, specification=make.specification(commission=commission))
    )
    make.notice(commission=commission)
    make.barrier(organisation=body).commissions.add(commission)
    Entry.objects.append(Kind.POST_TAKEN, post, by=post, on="2024-01-08")


def visit(url):
    """Ask as a stranger; return everything that was said, and the HTML of a page."""
    response = Client().get(url)
    streamed = getattr(response, "streaming_content", None)
    said = (b"".join(streamed) if streamed else response.content).decode("latin-1")
    page = response.headers.get("Content-Type", "").startswith("text/html")
    return said, response.content.decode() if page else None


def test_a_name_that_is_not_public_is_on_no_page_and_in_no_file(post, client):
    everything(post)
    answers = crawl(visit, most=30)
    leaks = [url for url, said in answers.items() if NAME in said or SLUG in said]
    assert leaks == []
    visited = {route_of(url) for url in answers}
    for route in (
        "commissions/<str:reference>/",
        "decisions/<str:reference>/",
        "organisations/<slug:slug>/",
        "commissions/<str:reference>/tender/",
        "commissions/<str:reference>/award/",
        "contracts/<str:reference>/",
        "pipeline/",
    ):
        assert route in visited
    assert client.get(f"/commissioners/{SLUG}/").status_code == 404
    assert client.get(f"/media/commissioners/{PHOTO}").status_code == 404


def test_the_same_name_is_shown_once_its_owner_agrees(post, client):
    everything(post)
    post.tenure.commissioner.name_consent_on = date(2026, 1, 5)
    post.tenure.commissioner.save()
    answers = crawl(visit, most=30)
    assert [url for url, said in answers.items() if NAME in said] != []
    assert client.get(f"/commissioners/{SLUG}/").status_code == 200
