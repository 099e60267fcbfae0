"""Hand-overs that meet: two at once, one that went another way, one that fails."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from commissions.models import (
    Commission,
    Entry,
    Handover,
    Holding,
    Kind,
    Overtaken,
    Post,
)
from commissions.scheduled import hand_over_when_due
from tests import make
from tests.handing_over import WHY, morning, on, public

pytestmark = pytest.mark.django_db


def announced(held=None, days=9):
    """Announce that it passes to a director; return the hand-over."""
    director = make.held_post(title="Director of Places")
    return Handover.announce(
        held or public(), director, since=on(days), why=WHY, by="tests"
    )


def entries(kind):
    """Return the facts of the entries of a kind, first to last."""
    return [each.facts for each in Entry.objects.filter(kind=kind).order_by("pk")]


@pytest.mark.parametrize("kind", ["commission", "decision"])
def test_who_read_it_before_it_passed_on_does_not_pass_it_on_again(kind):
    held, third = public(kind), make.held_post(title="Third")
    stale = type(held).objects.get(pk=held.pk)
    held.hand_over(make.held_post(), since=on(0), why=WHY, by="tests")
    with pytest.raises(Overtaken, match="just passed to someone else"):
        stale.hand_over(third, since=on(0), why=WHY, by="tests")
    held.refresh_from_db()
    assert held.post != third
    assert len(entries(Kind.HANDED_OVER)) == 1


def test_the_entry_names_who_really_had_it_on_the_day():
    coming = announced()
    other = make.held_post(title="Between")
    now = Commission.objects.get(pk=coming.commission_id)
    now.hand_over(other, since=on(0), why=WHY, by="tests")
    coming.take_effect(by="clock", at=morning(9))
    assert entries(Kind.HANDED_OVER)[-1]["before"] == other.record_name


def test_one_that_passed_to_somebody_else_after_that_day_is_withdrawn():
    coming = announced()
    now = Commission.objects.get(pk=coming.commission_id)
    given = {"since": on(11), "why": WHY, "by": "tests", "at": morning(11)}
    now.hand_over(make.held_post(), **given)
    assert hand_over_when_due(morning(12)) == 1
    coming.refresh_from_db()
    assert coming.state == "withdrawn"
    assert "after that day" in entries(Kind.HANDOVER_WITHDRAWN)[0]["why"]


@pytest.mark.parametrize(("ended", "state"), [(9, "withdrawn"), (10, "done")])
def test_nothing_passes_to_a_post_that_is_gone_by_then(ended, state):
    coming = announced()
    Post.objects.filter(pk=coming.post_id).update(ended_on=on(ended))
    assert hand_over_when_due(morning(9)) == 1
    coming.refresh_from_db()
    assert coming.state == state


def test_one_that_fails_does_not_hold_up_the_others(caplog):
    broken, sound = announced(days=8), announced(days=9)
    too_long = "why " * 20_000  # more than an entry of the record can hold
    Handover.objects.filter(pk=broken.pk).update(why=too_long)
    assert hand_over_when_due(morning(9)) == 1
    broken.refresh_from_db()
    sound.refresh_from_db()
    assert (broken.state, sound.state) == ("announced", "done")
    assert f"hand-over {broken.pk} did not take effect" in caplog.text


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_workers_and_two_at_the_desk_each_hand_over_counts_once():
    coming, third = announced(), make.held_post(title="Third")
    at = morning(9)
    start = threading.Barrier(4)

    def clock():
        hand_over_when_due(at)

    def desk():
        held = Commission.objects.get(pk=coming.commission_id)
        held.hand_over(third, since=on(9), why=WHY, by="tests", at=at)

    def do(act):
        start.wait()
        try:
            act()
            return "done"
        except Exception as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as people:
        said = Counter(people.map(do, (clock, clock, desk, desk)))
    assert set(said) <= {"done", "Overtaken", "NotReady"}
    coming.refresh_from_db()
    assert coming.state == "done"
    hands = Holding.objects.of(coming.commission)
    assert hands.filter(until__isnull=True).count() == 1
    trail = [each.holder.record_name for each in hands]
    passed = entries(Kind.HANDED_OVER)
    assert [each["holder"] for each in passed] == trail[1:]
    assert [each["before"] for each in passed] == trail[:-1]
    assert trail.count(coming.post.record_name) == 1
