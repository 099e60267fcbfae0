"""The page of one person who decides."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from commissions.models import Handover
from tests import make

pytestmark = pytest.mark.django_db


def page(client, person, **query):
    """Fetch a person's page as the public reads it."""
    response = client.get(person.get_absolute_url(), query)
    assert response.status_code == 200
    return response.content.decode()


def in_post(person=None, **fields):
    """Put a person in a post of their own; return both."""
    person = person or make.commissioner()
    return person, make.tenure(post=make.post(**fields), commissioner=person).post


def test_page_shows_the_face_the_post_and_how_to_reach_it(client):
    person = make.commissioner(
        name="Amara Okafor",
        statement="Tell me what your week looks like.",
        interests="Trustee of a hospice.",
        confirmed_on=date(2026, 10, 1),
    )
    in_post(
        person,
        title="Director of Care",
        may_decide="Buy care for adults.",
        ceiling=2_500_000,
        mailbox="care@example.org",
        postal_address="County Hall",
    )
    html = page(client, person)
    for words in (
        "Amara Okafor",
        "AO</text>",
        "Director of Care",
        "Tell me what your week looks like.",
        "Buy care for adults.",
        "£2.5 million in one decision",
        "mailto:care@example.org",
        "County Hall",
        "Trustee of a hospice.",
        "Details last confirmed on 1 October 2026.",
    ):
        assert words in html


def test_page_says_what_they_hold_through_posts_and_committees(client):
    person, post = in_post()
    committee = make.committee()
    committee.memberships.create(commissioner=person, started_on=date(2025, 1, 6))
    mine = make.commission(post=post)
    ours = make.commission(committee=committee)
    draft = make.draft_commission(post=post, title="Not public yet")
    other = make.commission()
    html = page(client, person)
    shown = [c.get_absolute_url() in html for c in (mine, ours, draft, other)]
    assert shown == [True, True, False, False]


def test_posts_and_committees_of_the_past_stand_under_before(client):
    person, now_held = in_post(title="Director now")
    past = make.post(title="Head before")
    make.tenure(
        post=past,
        commissioner=person,
        started_on=date(2019, 1, 1),
        ended_on=date(2024, 3, 1),
    )
    old = make.committee(name="Old committee")
    old.memberships.create(
        commissioner=person, started_on=date(2019, 1, 1), ended_on=date(2020, 1, 1)
    )
    not_theirs_now = make.commission(post=past)
    html = page(client, person)
    before = html[html.index('id="before"') :]
    assert "Head before, " in before
    assert "from 1 January 2019 to 1 March 2024" in before
    assert "Old committee, from 1 January 2019 to 1 January 2020" in before
    assert now_held.title not in before
    assert not_theirs_now.get_absolute_url() not in html


@pytest.mark.parametrize("ended", [None, timezone.localdate()])
def test_a_person_who_may_not_be_named_is_not_found(client, ended):
    person = make.commissioner(slug="robin-quiet")
    post = make.post(is_decision_level=ended is not None)
    make.tenure(post=post, commissioner=person, ended_on=ended)
    assert client.get(person.get_absolute_url()).status_code == 404


def test_a_person_between_posts_is_shown_if_they_agreed(client):
    person = make.commissioner(name_consent_on=date(2026, 1, 5))
    html = page(client, person)
    assert "They are in no post now." in html
    assert "They are not responsible for any published commission now." in html


def test_a_committee_s_member_is_named(client):
    member = make.committee(name="Care Committee").members.get()
    assert "Care Committee" in page(client, member)


def test_a_member_s_other_post_that_does_not_decide_is_not_shown(client):
    person, post = in_post(title="Quiet officer", is_decision_level=False)
    make.committee().memberships.create(
        commissioner=person, started_on=date(2025, 1, 6)
    )
    commission = make.commission(post=post)
    html = page(client, person)
    assert "Quiet officer" not in html
    assert commission.get_absolute_url() not in html


def test_consent_shows_a_post_that_does_not_decide(client):
    person = make.commissioner(name_consent_on=date(2026, 1, 5))
    in_post(person, title="Open officer", is_decision_level=False)
    assert "Open officer" in page(client, person)


def test_search_engines_are_asked_to_stay_away_only_where_a_person_asks(client):
    shy, _ = in_post(make.commissioner(hide_from_search_engines=True))
    open_, _ = in_post()
    asked = [
        '<meta name="robots" content="noindex">' in page(client, person)
        for person in (shy, open_)
    ]
    assert asked == [True, False]


def test_a_post_that_begins_tomorrow_is_not_held_yet(client):
    person, _ = in_post()
    later = make.post(title="Director to be")
    tomorrow = timezone.localdate() + timedelta(days=1)
    make.tenure(post=later, commissioner=person, started_on=tomorrow)
    html = page(client, person)
    assert html.index('id="before"') < html.index("Director to be")


def test_many_commissions_are_cut_and_shown_whole_on_request(client):
    person, post = in_post()
    for n in range(12):
        make.commission(post=post, title=f"Plan {n}.")
    assert page(client, person).count(">Plan ") == 10
    assert page(client, person, all="commissions").count(">Plan ") == 12


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_much_they_hold(
    client, rows, django_assert_num_queries
):
    person = make.commissioner()
    for _ in range(rows):
        _, post = in_post(person)
        make.commission(post=post)
        make.committee().memberships.create(
            commissioner=person, started_on=date(2025, 1, 6)
        )
        make.decision(post=post)
        make.question(commissioner=person, body=post.organisation)
        passed_on = make.draft_commission(post=make.held_post())
        passed_on.publish(by="tests")
        passed_on.hand_over(post, since=timezone.localdate(), why="Cut.", by="tests")
        coming = timezone.localdate() + timedelta(days=4)
        next_one = make.held_post()
        Handover.announce(passed_on, next_one, since=coming, why="Big.", by="tests")
    with django_assert_num_queries(9):
        html = page(client, person)
    assert html.count("<h3>Head of Service") == rows


def test_the_page_sets_no_cookie_and_names_its_own_address(client):
    person, _ = in_post()
    response = client.get(person.get_absolute_url())
    url = f"http://127.0.0.1:8000{person.get_absolute_url()}"
    assert f'<link rel="canonical" href="{url}">' in response.content.decode()
    assert response.cookies == {}


def test_the_page_lists_the_decisions_they_are_to_take(client):
    tenure = make.tenure()
    make.decision(post=tenure.post, title="Bridges")
    make.taken_decision(post=tenure.post, title="Taken already")
    make.draft_decision(post=tenure.post, title="Not announced")
    make.decision(title="Somebody else’s")
    page = client.get(tenure.commissioner.get_absolute_url())
    assert [row["title"] for row in page.context["page"].decisions] == ["Bridges"]
    assert "Decisions they have to take" in page.content.decode()
