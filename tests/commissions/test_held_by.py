"""Who holds it, in one line: a vacancy is said everywhere, a decision stays who took it."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from commissions.models import Overtaken
from tests import make

pytestmark = pytest.mark.django_db

VACANT = "Vacant for 5 days, since"
COVER = "Covered by Dee Puty, Deputy Head of Roads"


def on(days):
    """Return the day so many days from today."""
    return timezone.localdate() + timedelta(days=days)


def read(client, url):
    """Return what an address answers, streamed or not, with folded lines joined."""
    answer = client.get(url)
    assert answer.status_code == 200
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode().replace("\r\n ", "")


def vacated():
    """Make a post that has been vacant for five days, with a deputy in theirs."""
    body = make.organisation(slug="barset")
    deputy = make.held_post(organisation=body, title="Deputy Head of Roads")
    person = deputy.tenure.commissioner
    person.name = "Dee Puty"
    person.save()
    post = make.post(organisation=body, title="Head of Roads", deputy=deputy)
    make.tenure(post=post, ended_on=on(-5))
    return post


@pytest.mark.parametrize(
    "url",
    [
        "/",
        "/organisations/barset/",
        "/decisions/",
        "/decisions.csv",
        "/decisions.json",
        "/decisions.atom",
        "/decisions.ics",
    ],
)
def test_a_vacant_post_that_decides_is_said_wherever_the_decision_is_listed(
    client, url
):
    post = vacated()
    make.decision(post=post, organisation=post.organisation, due_on=on(9))
    text = read(client, url).replace("\\,", ",")
    assert VACANT in text
    assert COVER in text


@pytest.mark.parametrize(
    "url",
    [
        "/commissions/",
        "/commissions.csv",
        "/commissions.json",
        "/commissions.atom",
        "/pipeline.csv",
        "/pipeline.json",
    ],
)
def test_a_vacant_post_that_holds_is_said_wherever_the_commission_is_listed(
    client, url
):
    post = vacated()
    make.commission(post=post, organisation=post.organisation)
    text = read(client, url)
    assert VACANT in text
    assert COVER in text


def test_it_is_no_longer_said_once_somebody_takes_the_post(client):
    post = vacated()
    make.commission(post=post, organisation=post.organisation)
    post.take(make.commissioner(name="Ann Oakes"), on=on(0), by="portal")
    assert "Ann Oakes, Head of Roads" in read(client, "/commissions.json")
    assert "Vacant" not in read(client, "/commissions/")


def two_in_turn():
    """Make a decision taken ten days ago by somebody who left four days ago."""
    post = make.post(title="Head of Roads")
    then = make.commissioner(name="Olive Then")
    make.tenure(post=post, commissioner=then, ended_on=on(-4))
    make.tenure(
        post=post, commissioner=make.commissioner(name="Nora Now"), started_on=on(-4)
    )
    decision = make.taken_decision(
        title="Bridges", post=post, due_on=on(-10), decided_on=on(-10)
    )
    return then, decision


@pytest.mark.parametrize("url", ["/decisions/", "/decisions.csv", "/decisions.atom"])
def test_a_list_never_says_that_a_successor_took_a_decision(client, url):
    then, _ = two_in_turn()
    text = read(client, url)
    assert "Head of Roads" in text
    assert "Nora" not in text
    assert "Olive" not in text  # left, without consent to be named on
    then.name_consent_on = on(-300)
    then.save()
    assert "Olive Then, Head of Roads" in read(client, url)


def test_the_page_of_a_taken_decision_says_who_took_it_and_who_holds_it_now(client):
    then, decision = two_in_turn()
    then.name_consent_on = on(-300)
    then.save()
    text = read(client, decision.get_absolute_url())
    assert "by Olive Then, Head of Roads</p>" in text
    assert "Who is responsible now</h2>" in text
    assert "Nora Now" in text.split("Who is responsible now</h2>")[1]


def test_the_day_of_the_change_belongs_to_the_successor(client):
    _, decision = two_in_turn()
    type(decision).objects.update(decided_on=on(-4))
    assert "Nora Now, Head of Roads" in read(client, "/decisions/")


def test_who_left_on_the_day_did_not_take_it_though_nobody_followed(client):
    post = make.post(title="Head of Roads")
    left = make.commissioner(name="Olive Then", name_consent_on=on(-300))
    make.tenure(post=post, commissioner=left, ended_on=on(-4))
    taken = make.taken_decision(post=post, due_on=on(-5), decided_on=on(-5))
    assert "Olive Then, Head of Roads" in read(client, "/decisions/")
    type(taken).objects.update(decided_on=on(-4))
    assert "Olive Then" not in read(client, "/decisions/")


def test_a_vacancy_that_came_later_does_not_undo_who_decided(client):
    post = vacated()
    make.taken_decision(
        post=post, organisation=post.organisation, decided_on=on(-9), due_on=on(-9)
    )
    rows = json.loads(read(client, "/decisions.json"))["decisions"]
    assert rows[0]["decided_by"] == "Head of Roads"
    assert "Vacant" not in read(client, "/decisions/")


def test_a_decision_that_is_taken_is_handed_to_nobody():
    _, decision = two_in_turn()
    with pytest.raises(Overtaken, match="This decision is taken"):
        decision.hand_over(make.held_post(), since=on(0), why="Late.", by="portal")
    decision.refresh_from_db()
    assert decision.post.title == "Head of Roads"
