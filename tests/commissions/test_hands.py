"""The trail of hands: history_of, gaps, and what was done while each had it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from commissions.models import Holding
from commissions.public.people.holder_history import (
    HolderTime,
    PersonTime,
    holder_history,
)
from tests import make

TODAY = date(2026, 11, 2)
JAN, MAR, JUN = date(2026, 1, 5), date(2026, 3, 2), date(2026, 6, 1)


def told(rows):
    return [(s.who, s.since, s.until, s.vacant) for s in rows]


def test_a_post_that_falls_vacant_leaves_a_gap_until_it_is_handed_over():
    held = [
        HolderTime(1, "Head", JAN, JUN),
        HolderTime(2, "Director", JUN, None, "To move it on."),
    ]
    tenures = {
        1: [PersonTime(date(2024, 1, 1), MAR, "Ada")],
        2: [PersonTime(date(2025, 1, 1), None, "Bo")],
    }
    rows = holder_history(held, tenures, [], TODAY)
    assert told(rows) == [
        ("Ada", JAN, MAR, False),
        ("Vacant", MAR, JUN, True),
        ("Bo", JUN, None, False),
    ]
    assert [s.days for s in rows] == [56, 91, 154]
    assert [s.why for s in rows] == ["", "", "To move it on."]


def test_two_people_in_one_post_are_two_hands():
    tenures = {
        1: [PersonTime(MAR, None, "Bo"), PersonTime(date(2025, 1, 1), MAR, "Ada")]
    }
    rows = holder_history([HolderTime(1, "Head", JAN, None)], tenures, [], TODAY)
    assert told(rows) == [("Ada", JAN, MAR, False), ("Bo", MAR, None, False)]


def test_a_post_nobody_ever_held_is_one_gap_to_this_day():
    rows = holder_history([HolderTime(1, "Head", JAN, None)], {}, [], TODAY)
    assert told(rows) == [("Vacant", JAN, None, True)]
    assert rows[0].width == 960


def test_a_committee_holds_without_tenures():
    rows = holder_history(
        [HolderTime(None, "Cabinet", JAN, None, committee=True)], {}, [], TODAY
    )
    assert told(rows) == [("Cabinet", JAN, None, False)]


def test_a_holder_of_today_has_it_for_no_days_yet():
    tenures = {1: [PersonTime(date(2025, 1, 1), None, "Ada")]}
    rows = holder_history([HolderTime(1, "Head", TODAY, None)], tenures, [], TODAY)
    assert [(s.who, s.length) for s in rows] == [("Ada", "0 days")]


def test_acts_are_counted_for_whoever_held_it_on_the_day():
    held = [HolderTime(1, "Head", JAN, MAR), HolderTime(2, "Director", MAR, None)]
    tenures = {key: [PersonTime(date(2025, 1, 1), None, str(key))] for key in (1, 2)}
    acts = [(JAN, "date moved"), (JAN, "date moved"), (MAR, "draft published")]
    rows = holder_history(held, tenures, acts, TODAY)
    assert [s.done for s in rows] == [("date moved (2 times)",), ("draft published",)]


def test_stretches_stand_to_scale_and_inside_the_drawing():
    held = [
        HolderTime(n, "Head", JAN + timedelta(n), JAN + timedelta(n + 1))
        for n in range(3)
    ]
    held.append(HolderTime(3, "Head", JAN + timedelta(3), None))
    rows = holder_history(held, {}, [], JAN + timedelta(4000))
    assert all(s.x >= 0 and s.x + s.width <= 960 for s in rows)
    assert [s.y for s in rows] == [0, 58, 116, 174]


def page(client, commission):
    return client.get(commission.get_absolute_url()).content.decode()


def passed_on(**person):
    """Make a commission whose first holder left the post before it was handed over."""
    today = timezone.localdate()
    post = make.post()
    make.tenure(
        post=post,
        commissioner=make.commissioner(name="Ada Obi", **person),
        ended_on=today - timedelta(40),
    )
    commission = make.draft_commission(post=make.held_post(), held_since=JAN)
    commission.post = post
    commission.save()
    make.tenure(
        post=post,
        started_on=today - timedelta(10),
        commissioner=make.commissioner(name="Bo Lee"),
    )
    commission.publish(by="demo")
    commission.hand_over(
        make.held_post(title="Director"), since=today, why="It grew.", by="demo"
    )
    return commission


@pytest.mark.django_db
def test_page_shows_hands_gap_and_reason(client):
    commission = passed_on(name_consent_on=JAN)
    rows = (
        client.get(commission.get_absolute_url()).context["page"].holder_history["rows"]
    )
    assert [s.who for s in rows][:3] == ["Ada Obi", "Vacant", "Bo Lee"]
    assert rows[1].days == 30
    html = page(client, commission)
    assert "Why: It grew." in html
    assert html.count('class="vacant"') == 1


@pytest.mark.django_db
def test_somebody_who_left_without_consent_is_named_no_longer(client):
    html = page(client, passed_on())
    assert "Ada Obi" not in html
    assert "Someone who is not named here" in html
    assert "Bo Lee" in html


@pytest.mark.django_db
def test_a_decision_s_page_shows_its_hands_too(client):
    decision = make.decision()
    first = decision.holder
    Holding.begin(decision, first, since=JAN)
    after = make.held_post(title="Director")
    decision.hand_over(after, since=MAR, why="Above the ceiling.", by="demo")
    rows = (
        client.get(decision.get_absolute_url()).context["page"].holder_history["rows"]
    )
    assert [s.post for s in rows] == [first.title, "Director"]
    assert "Why: Above the ceiling." in page(client, decision)
