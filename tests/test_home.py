"""The home page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from commissions.models import Topic
from commissions.public import home as front
from tests import make
from tests.outline import flat

pytestmark = pytest.mark.django_db


def home(client):
    """Fetch the home page."""
    response = client.get("/")
    assert response.status_code == 200
    return flat(response)


def open_until(days, **fields):
    """Make a commission open for comment for so many days more."""
    return make.commission(
        stage="draft_open",
        window_for="comment",
        window_closes_at=timezone.now() + timedelta(days=days),
        **fields,
    )


def test_empty_portal_still_helps(client):
    html = home(client)
    for words in (
        '<form class="search" role="search" action="/search/">',
        "No draft is open for comment now.",
        "No intention is published now.",
        "What happened afterwards",
        'href="/about/"',
    ):
        assert words in html
    for words in ("Everyone who decides", "By topic"):
        assert words not in html


def test_what_closes_first_stands_first_and_what_closed_is_gone(client):
    later, sooner, gone = open_until(9), open_until(2), open_until(-1)
    bids = make.commission(
        stage="tender", window_for="bids", window_closes_at=later.window_closes_at
    )
    html = home(client)
    assert html.index(sooner.get_absolute_url()) < html.index(later.get_absolute_url())
    assert gone.get_absolute_url() not in html
    assert bids.get_absolute_url() not in html


def test_newest_intentions_stand_first_and_drafts_are_not_shown(client):
    old = make.commission(published_at=timezone.now() - timedelta(days=9))
    new = make.commission()
    draft = make.draft_commission()
    html = home(client)
    assert html.index(new.get_absolute_url()) < html.index(old.get_absolute_url())
    assert draft.get_absolute_url() not in html


def test_whose_they_are_shows_each_holder_once(client):
    post = make.held_post()
    for _ in range(2):
        make.commission(post=post)
    committee = make.committee(name="Care Committee")
    make.commission(committee=committee)
    vacant = make.post(title="Empty chair")
    make.commission(post=vacant)
    quiet = make.post(title="Quiet post", is_decision_level=False)
    make.tenure(post=quiet, commissioner=make.commissioner(name="Robin Quiet"))
    make.commission(post=quiet)
    html = home(client)
    whose = html.partition('id="whose"')[2]
    assert whose.count(post.named_person.get_absolute_url()) == 1
    assert "Care Committee<br>1 member<br>" in html
    assert 'Empty chair<br><strong class="tag red">Vacant</strong>' in html
    assert "Quiet post<br>Filled, not named" in html
    assert "Robin" not in html


def test_a_topic_counts_what_is_about_its_parts_too(client):
    Topic.objects.all().delete()
    care = make.topic(name="Care", slug="care")
    home_care = make.topic(parent=care)
    make.topic(name="Nothing about it")
    for topic in (care, home_care, home_care):
        make.commission(topic=topic)
    make.draft_commission(topic=care)
    html = home(client)
    assert '<a href="/commissions/?topic=care">Care</a> <span class="quiet">(3)' in html
    assert "Nothing about it" not in html


def test_places_most_named_stand_first(client):
    quiet, busy, draft_only = make.area(), make.area(), make.area()
    for areas in ([busy], [busy, quiet]):
        make.commission().areas.set(areas)
    make.draft_commission().areas.set([draft_only, quiet])
    html = home(client)
    first = f'?area={busy.slug}">{busy.name}</a> <span class="quiet">(2)'
    second = f'?area={quiet.slug}">{quiet.name}</a> <span class="quiet">(1)'
    assert html.index(first) < html.index(second)
    assert draft_only.name not in html


def test_counting_stops_where_more_is_enough(client, monkeypatch):
    monkeypatch.setattr(front, "COUNTED", 2)
    topic = make.topic(slug="care")
    for _ in range(4):
        make.commission(topic=topic)
    assert "(more than 2)" in home(client)


def test_decisions_due_in_28_days_are_shown_and_no_others(client):
    today = timezone.localdate()
    for title, days in (("Near", 28), ("Far", 29), ("Late", -1)):
        make.decision(title=f"{title} one", due_on=today + timedelta(days=days))
    make.draft_decision(title="Draft one", due_on=today)
    shown = [row["title"] for row in client.get("/").context["page"].due]
    assert shown == ["Near one"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_much_there_is(
    client, rows, django_assert_num_queries
):
    for _ in range(rows):
        open_until(9, committee=make.committee())
        make.commission(topic=make.topic()).areas.add(make.area())
        make.decision(due_on=timezone.localdate() + timedelta(days=9))
    with django_assert_num_queries(8):
        html = home(client)
    assert html.count('<li class="who">') == 2 * rows


def test_the_page_sets_no_cookie_and_may_be_kept_by_a_cache(client):
    response = client.get("/")
    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")
