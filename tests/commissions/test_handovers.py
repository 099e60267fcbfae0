"""A hand-over announced ahead: said everywhere, and in force on its day by itself."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from commissions.models import Entry, Handover, Holding, Kind, NotReady, Overtaken
from commissions.scheduled import hand_over_when_due
from tests import make
from tests.handing_over import WHY, morning, on, public
from tests.outline import flat

pytestmark = pytest.mark.django_db


def announced(kind="commission", days=9, **fields):
    """Announce that it passes to a director; return the hand-over."""
    held = public(kind)
    director = make.held_post(title="Director of Places")
    given = {"since": on(days), "why": WHY, "by": "tests", **fields}
    return Handover.announce(held, director, **given)


def page(client, thing):
    """Return a public page."""
    return flat(client.get(thing.get_absolute_url()))


def facts(kind):
    """Return the facts of the entries of a kind."""
    return [entry.facts for entry in Entry.objects.filter(kind=kind)]


@pytest.mark.parametrize("kind", ["commission", "decision"])
def test_until_its_day_the_present_holder_has_it_and_the_page_says_who_is_next(
    client, kind
):
    coming = announced(kind)
    html = page(client, coming.held)
    assert (
        f"<strong>Director of Places</strong>, {coming.post.organisation}, is responsible"
        in html
    )
    assert "(in 9 days) <strong>Director" in html
    assert f"Why: {WHY}" in html
    assert hand_over_when_due(morning(8)) == 0
    coming.held.refresh_from_db()
    assert coming.held.post.title == "Head of Roads"


@pytest.mark.parametrize("kind", ["commission", "decision"])
def test_on_its_day_it_passes_by_itself_once_with_an_entry(client, kind):
    coming = announced(kind)
    assert hand_over_when_due(morning(9)) == 1
    assert hand_over_when_due(morning(9)) == 0
    held = coming.held
    held.refresh_from_db()
    assert (held.post, held.held_since) == (coming.post, on(9))
    assert Holding.objects.of(held).last().why == WHY
    assert [fact["since"] for fact in facts(Kind.HANDED_OVER)] == [on(9).isoformat()]
    assert ", is responsible." not in page(client, held)


def test_the_record_says_what_is_to_come_and_what_was_taken_back(client):
    coming = announced()
    coming.withdraw(why="She stays.", by="tests")
    html = page(client, coming.held)
    assert "To be handed over from Head of Roads to Director of Places on" in html
    assert "Will not now be handed over to Director of Places on" in html
    assert "Reason: She stays." in html
    assert ", is responsible." not in html
    assert hand_over_when_due(morning(9)) == 0
    with pytest.raises(Overtaken):
        coming.withdraw(why="Again.", by="tests")


def test_both_people_s_pages_say_what_is_to_come(client):
    coming = announced()
    gives = coming.held.post.tenure.commissioner
    takes = coming.post.tenure.commissioner
    link = f'<a href="{coming.held.get_absolute_url()}">{coming.held.title}</a>'
    assert f"<strong>to come:</strong> passes {link} to Director of Places" in page(
        client, gives
    )
    assert f"takes over {link} from Head of Roads" in page(client, takes)


def test_a_person_who_has_left_by_then_is_not_said_to_pass_it_on(client):
    coming = announced()
    leaving = coming.held.post.tenure
    leaving.ended_on = on(3)
    leaving.save()
    assert "to come:" not in page(client, leaving.commissioner)


@pytest.mark.parametrize("number", [1, 3])
def test_a_commissioner_s_page_costs_the_same_however_much_is_to_come(
    client, number, django_assert_max_num_queries
):
    director = make.held_post(title="Director of Places")
    for _ in range(number):
        Handover.announce(public(), director, since=on(9), why=WHY, by="tests")
    person = director.tenure.commissioner
    with django_assert_max_num_queries(8):
        html = page(client, person)
    assert html.count("to come:") == number


def test_a_committee_can_be_next(client):
    cabinet = make.committee(name="Barset Cabinet")
    held = public("decision")
    Handover.announce(held, cabinet, since=on(2), why=WHY, by="tests")
    assert "<strong>Barset Cabinet</strong>" in page(client, held)
    member = cabinet.members.get()
    assert "takes over" in page(client, member)
    hand_over_when_due(morning(2))
    held.refresh_from_db()
    assert (held.post, held.committee) == (None, cabinet)


def test_who_takes_up_the_post_on_that_very_day_is_enough():
    held = public()
    post = make.post(title="New post")
    with pytest.raises(NotReady, match="No one is recorded in that post"):
        Handover.announce(held, post, since=on(4), why=WHY, by="tests")
    make.tenure(post=post, started_on=on(4))
    assert Handover.announce(held, post, since=on(4), why=WHY, by="tests").pk


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"days": 0}, "Choose a day in the future"),
        ({"days": -1}, "Choose a day in the future"),
        ({"days": 400}, "within a year"),
        ({"why": "  "}, "Say why it passes"),
    ],
)
def test_an_announcement_that_cannot_be_is_refused_in_a_sentence(fields, sentence):
    with pytest.raises(NotReady, match=sentence):
        announced(**fields)
    assert not Handover.objects.exists()


def test_what_nobody_has_seen_or_what_is_theirs_already_is_not_announced():
    draft = make.draft_commission(post=make.held_post())
    with pytest.raises(NotReady, match="It is not published yet"):
        Handover.announce(draft, make.held_post(), since=on(1), why=WHY, by="tests")
    held = public()
    with pytest.raises(NotReady, match="is responsible already"):
        Handover.announce(held, held.post, since=on(1), why=WHY, by="tests")


def test_one_at_a_time_by_the_verb_and_by_the_database():
    coming = announced()
    other = make.held_post()
    with pytest.raises(Overtaken, match="Withdraw that one first"):
        Handover.announce(coming.held, other, since=on(5), why=WHY, by="tests")
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.create(
            commission=coming.commission, post=other, since=on(5), why=WHY
        )


def test_a_decision_taken_before_that_day_stays_with_who_took_it():
    coming = announced("decision")
    coming.held.decide(
        by="tests", outcome="Yes.", reasons="Cheaper.", conflicts="None declared"
    )
    assert hand_over_when_due(morning(9)) == 1
    coming.refresh_from_db()
    assert coming.state == "withdrawn"
    assert coming.held.post.title == "Head of Roads"
    assert facts(Kind.HANDOVER_WITHDRAWN)[0]["why"] == "It was decided before that day."


def test_one_that_came_to_hold_it_earlier_takes_nothing_over_again():
    coming = announced()
    coming.held.hand_over(coming.post, since=on(0), why="At once.", by="tests")
    hand_over_when_due(morning(9))
    coming.refresh_from_db()
    assert coming.state == "withdrawn"
    assert len(facts(Kind.HANDED_OVER)) == 1


def test_the_worker_hands_over_what_is_due():
    announced(since=on(1))
    Handover.objects.update(since=on(0))
    out = StringIO()
    call_command("worker", "--once", stdout=out)
    assert "Handed over: 1 announced ahead." in out.getvalue()


def test_staff_announce_it_and_take_it_back_at_the_desk(client):
    client.force_login(make.staff())
    held, to = public(), make.held_post(title="Director of Places")
    url = reverse("admin:commission-hand-over", args=[held.pk])
    asked = {"post": to.pk, "since": on(7).isoformat(), "why": WHY}
    answer = client.post(url, asked, follow=True)
    assert "Announced: it passes on" in flat(answer)
    held.refresh_from_db()
    assert held.post.title == "Head of Roads"
    form = flat(client.get(url))
    assert "It is announced to pass to <strong>Director of Places" in form
    assert "Withdraw the announcement" in form
    empty = flat(client.post(url, {"why": ""}))
    assert "Fill in “Why it does not pass after all”." in empty
    answer = client.post(url, {"why": "She stays."}, follow=True)
    assert "Withdrawn. It stays where it is." in flat(answer)
    assert Handover.objects.get().state == "withdrawn"


def test_a_post_that_will_be_empty_that_day_is_refused_and_what_was_typed_stays(client):
    client.force_login(make.staff())
    held, leaving = public(), make.held_post()
    leaving.vacate(on=on(3), by="tests")
    url = reverse("admin:commission-hand-over", args=[held.pk])
    asked = {"post": leaving.pk, "since": on(7).isoformat(), "why": WHY}
    html = flat(client.post(url, asked))
    assert "Choose a post with a person in it" in html
    assert WHY in html
