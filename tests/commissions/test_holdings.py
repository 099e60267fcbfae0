"""The trail of hands: who held it, from when to when, and why it passed on."""

from datetime import date

import pytest

from commissions.models import Entry, Holding, NotReady
from tests import make

pytestmark = pytest.mark.django_db


def trail(commission):
    return [(h.holder, h.since, h.until, h.why) for h in Holding.objects.of(commission)]


def test_publishing_begins_the_trail_and_handing_over_continues_it():
    commission = make.draft_commission(held_since=date(2026, 1, 5))
    first, second = commission.post, make.held_post()
    commission.publish(by="demo")
    commission.hand_over(second, since=date(2026, 6, 1), why="She retired.", by="demo")
    assert trail(commission) == [
        (first, date(2026, 1, 5), date(2026, 6, 1), ""),
        (second, date(2026, 6, 1), None, "She retired."),
    ]
    commission.refresh_from_db()
    assert (commission.post, commission.held_since) == (second, date(2026, 6, 1))
    assert Entry.objects.get(kind="holder.handed-over").facts == {
        "before": first.record_name,
        "holder": second.record_name,
        "since": "2026-06-01",
        "why": "She retired.",
    }


@pytest.mark.parametrize(
    ("to", "why", "since", "sentence"),
    [
        ("other", " ", date(2026, 6, 1), "Say why it passes to somebody else"),
        ("same", "Because.", date(2026, 6, 1), "holds it already"),
        ("other", "Because.", date(2025, 6, 1), "on or after the one"),
        ("other", "Because.", date(2199, 6, 1), "Announce the hand-over ahead"),
    ],
)
def test_handing_over_is_refused_in_a_sentence(to, why, since, sentence):
    commission = make.draft_commission(held_since=date(2026, 1, 5))
    commission.publish(by="demo")
    holder = make.held_post() if to == "other" else commission.post
    with pytest.raises(NotReady, match=sentence):
        commission.hand_over(holder, since=since, why=why, by="demo")
    assert len(trail(commission)) == 1


def test_committee_can_take_over_from_a_post():
    commission = make.draft_commission()
    commission.publish(by="demo")
    committee = make.committee()
    commission.hand_over(
        committee, since=date(2026, 6, 1), why="Above the ceiling.", by="demo"
    )
    commission.refresh_from_db()
    assert (commission.post, commission.committee) == (None, committee)
