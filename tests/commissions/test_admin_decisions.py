"""Decisions, involvement, lessons and barriers at the desk: acts, and refusals in words."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from commissions.models import Barrier, Decision, Entry, Involvement, Lesson
from tests import make

pytestmark = pytest.mark.django_db
CHANGE = "admin:commissions_decision_change"
NO_INLINES = {
    f"{prefix}-{name}_FORMS": "0"
    for prefix in ("options", "papers")
    for name in ("TOTAL", "INITIAL")
}


def on(days):
    """Return the day so many days from today, as it is typed."""
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def act(client, name, decision, **typed):
    """Post one act of a decision and return the page it ends on, as text."""
    url = reverse(f"admin:decision-{name}", args=[decision.pk])
    return client.post(url, typed, follow=True).content.decode()


def kinds(decision):
    """Return the kinds of the decision's entries, oldest first."""
    entries = Entry.objects.filter(subject=decision.record_name).order_by("pk")
    return list(entries.values_list("kind", flat=True))


def written(post, **typed):
    """Return what the form of a new decision posts."""
    return {
        "title": "Bridges",
        "question": "Shall they be mended?",
        "organisation": post.organisation_id,
        "commission": "",
        "kind": "executive",
        "post": post.pk,
        "committee": "",
        "due_on": on(40),
        "due_until": "",
        **NO_INLINES,
        **typed,
    }


def test_a_decision_is_written_previewed_and_published(client, post):
    client.post(reverse("admin:commissions_decision_add"), written(post))
    decision = Decision.objects.get()
    assert decision.due_until == decision.due_on
    preview = client.get(reverse("admin:decision-preview", args=[decision.pk]))
    assert "Only staff can see this page." in preview.content.decode()
    assert (
        "Publish this notice?"
        in client.get(
            reverse("admin:decision-publish", args=[decision.pk])
        ).content.decode()
    )
    assert "Everybody can see the notice now." in act(client, "publish", decision)
    assert kinds(decision) == ["decision.published"]
    assert client.get(decision.get_absolute_url()).status_code == 200
    assert "is public already" in act(client, "publish", decision)


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"is_key": "on"}, "Say why it is a key decision."),
        ({"due_until": "2020-01-01"}, "The period must end on or after its first day."),
        ({"urgency": "special_urgency"}, "Say why it cannot wait 28 clear days."),
        ({"is_private": "on"}, "Say why it is taken in private."),
        ({"due_on": ""}, "This field is required."),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(client, post, typed, refusal):
    url = reverse("admin:commissions_decision_add")
    html = client.post(url, written(post, **typed)).content.decode()
    assert refusal in html
    assert Decision.objects.count() == 0


def test_a_vacant_post_cannot_announce_a_decision(client, post):
    decision = make.draft_decision(post=make.post())
    assert "The post that decides is vacant." in act(client, "publish", decision)
    decision.refresh_from_db()
    assert decision.published_at is None


def test_a_public_notice_changes_by_acts_only_and_completions_are_recorded(
    client, post
):
    decision = make.decision(title="Bridges", post=post)
    url = reverse(CHANGE, args=[decision.pk])
    client.post(url, {"title": "Roads", "risks": "Rust.", **NO_INLINES})
    decision.refresh_from_db()
    assert (decision.title, decision.risks) == ("Bridges", "Rust.")
    assert Entry.objects.get(kind="decision.changed").facts == {"fields": ["risks"]}


def test_deferring_asks_for_a_reason_and_another_day(client, post):
    decision = make.decision(post=post)
    before = decision.due_on
    assert "Say why the decision moves." in act(
        client, "defer", decision, due_on=on(60)
    )
    same = act(client, "defer", decision, due_on=before.isoformat(), reason="x")
    assert "That is its date already." in same
    upside = act(client, "defer", decision, due_on=on(60), due_until=on(50), reason="x")
    assert "The period must end on or after its first day." in upside
    assert "The old date and the reason stay visible." in act(
        client, "defer", decision, due_on=on(60), reason="The audit is late."
    )
    assert decision.deferrals.get().due_before == before


def test_the_second_notice_of_privacy_answers_what_people_said(client, post):
    decision = make.decision(
        post=post,
        is_private=True,
        private_reason="Prices.",
        private_notice_on=timezone.localdate() - timedelta(days=2),
    )
    change = client.get(reverse(CHANGE, args=[decision.pk])).content.decode()
    assert "Second notice of privacy" in change
    said = {"on": on(0), "representations": "Open it to us."}
    refused = act(client, "second-notice", decision, **said)
    assert "Answer what people said" in refused
    assert "Open it to us." in refused
    said["response"] = "The prices stay secret."
    assert "The public sees both notices" in act(
        client, "second-notice", decision, **said
    )
    assert kinds(decision) == ["decision.private"]
    change = client.get(reverse(CHANGE, args=[decision.pk])).content.decode()
    assert "Second notice of privacy" not in change


def test_what_was_decided_needs_reasons_and_conflicts_and_stays(client, post):
    decision = make.decision(post=post)
    chosen = decision.options.create(title="Mend them")
    other = decision.options.create(title="Leave them", is_chosen=True)
    said = {"on": on(0), "outcome": "Mend.", "reasons": "Rust.", "chosen": chosen.pk}
    html = act(client, "decide", decision, **said)
    assert "write “None declared”" in html
    assert "today or earlier" in act(client, "decide", decision, on=on(1))
    said["conflicts"] = "None declared"
    assert "Everybody can read what was decided" in act(
        client, "decide", decision, **said
    )
    for option in (chosen, other):
        option.refresh_from_db()
    assert (chosen.is_chosen, other.is_chosen) == (True, False)
    assert kinds(decision) == ["decision.taken"]
    assert "It is taken already" in act(client, "decide", decision, **said)
    assert "It is taken already" in act(client, "defer", decision)
    client.post(reverse(CHANGE, args=[decision.pk]), {"risks": "x", **NO_INLINES})
    decision.refresh_from_db()
    assert decision.risks == ""


def test_a_draft_can_neither_move_nor_be_taken_but_be_deleted(client, post):
    decision = make.draft_decision(post=post)
    for name in ("defer", "decide"):
        assert "Publish its notice first" in act(client, name, decision)
    url = reverse("admin:commissions_decision_delete", args=[decision.pk])
    client.post(url, {"post": "yes"})
    assert Decision.objects.count() == 0
    public = make.decision(post=post)
    url = reverse("admin:commissions_decision_delete", args=[public.pk])
    assert client.post(url, {"post": "yes"}).status_code == 403


def test_a_decision_is_handed_over_with_a_reason(client, post):
    decision = make.decision(post=post)
    body = make.committee()
    act(
        client,
        "hand-over",
        decision,
        committee=body.pk,
        since=on(0),
        why="It is above the ceiling.",
    )
    decision.refresh_from_db()
    assert decision.holder == body
    assert kinds(decision) == ["holder.handed-over"]


def test_every_act_says_no_to_who_may_not_change(client):
    decision = make.decision()
    for name in ("preview", "publish", "defer", "decide", "hand-over"):
        url = reverse(f"admin:decision-{name}", args=[decision.pk])
        assert client.get(url).status_code == 302
    client.force_login(User.objects.create_user("al", is_staff=True))
    for name in ("preview", "publish", "defer", "decide", "hand-over"):
        url = reverse(f"admin:decision-{name}", args=[decision.pk])
        assert client.get(url).status_code == 404


def test_the_list_says_how_each_stands(client, post):
    make.draft_decision()
    make.decision()
    make.decision(due_on=timezone.localdate() - timedelta(days=1))
    taken = make.decision()
    taken.decide(by=post, outcome="Yes.", reasons="Rust.", conflicts="None declared")
    html = client.get(reverse("admin:commissions_decision_changelist")).content
    shown = [
        word
        for word in ("Draft", "To come", "Overdue", "Taken")
        if f'<td class="field-stands">{word}</td>' in html.decode()
    ]
    assert shown == ["Draft", "To come", "Overdue", "Taken"]


def test_involvement_is_entered_once_and_a_high_claim_needs_evidence(client, post):
    commission = make.commission()
    url = reverse("admin:commissions_involvement_add")
    typed = {
        "commission": commission.pk,
        "group": "carers",
        "started_on": on(-30),
        "how": "Three evenings.",
        "rung": "5",
    }
    assert (
        "say what shows that it really went that far"
        in client.post(url, typed).content.decode()
    )
    client.post(url, {**typed, "evidence": "Minutes."})
    entered = Involvement.objects.get()
    assert (entered.entered_at, Entry.objects.count()) == (None, 0)
    change = reverse("admin:commissions_involvement_change", args=[entered.pk])
    assert "only staff see it" in client.get(change).content.decode()
    client.post(change, {**typed, "evidence": "Minutes.", "_enter": "1"})
    assert Entry.objects.get(kind="commission.involved").facts["rung"] == 5
    assert client.post(change, {**typed, "rung": "7"}).status_code == 403


def test_what_was_entered_is_corrected_for_a_reason_and_not_changed(client, post):
    commission = make.commission()
    involved = Involvement(
        commission=commission,
        group="carers",
        started_on=timezone.localdate(),
        people=38,
        how="Three evenings.",
        rung=4,
    )
    involved.enter(by=post)
    url = reverse("admin:involvement-correct", args=[involved.pk])
    typed = {
        "group": "carers",
        "started_on": on(0),
        "people": "83",
        "how": "Three evenings.",
        "rung": "4",
    }
    refused = client.post(url, typed).content.decode()
    assert "Say why it is corrected." in refused
    assert 'value="83"' in refused
    same = client.post(url, typed | {"people": "38", "why": "x"}).content.decode()
    assert "Nothing is different." in same
    client.post(url, typed | {"why": "Two digits were swapped."})
    now = Involvement.objects.standing().get()
    assert (now.people, now.corrects, now.corrects.people) == (83, involved, 38)
    again = client.post(url, typed | {"people": "84", "why": "x"}).content.decode()
    assert "Someone else has corrected it already" in again
    entry = Entry.objects.get(kind="commission.involved-corrected")
    assert entry.facts["was"]["people"] == 38
    change = reverse("admin:commissions_involvement_change", args=[involved.pk])
    assert "See what holds now" in client.get(change).content.decode()
    html = client.get(commission.get_absolute_url()).content.decode()
    for said in ("83 took part", "Corrected on", "38 took part", "Two digits were"):
        assert said in html


def test_a_lesson_is_entered_by_its_verb(client, post):
    commission = make.commission()
    typed = {"commission": commission.pk, "learnt": "Ask first.", "_enter": "1"}
    client.post(reverse("admin:commissions_lesson_add"), typed)
    assert Lesson.objects.get().learnt == "Ask first."
    assert Entry.objects.get(kind="commission.lesson").subject == commission.record_name


def test_a_barrier_is_written_then_put_in_the_register(client, post):
    typed = {
        "title": "Insurance",
        "slug": "insurance",
        "organisation": post.organisation_id,
        "law": "Contract rules 14.3",
        "stops": "Small firms cannot bid.",
    }
    client.post(reverse("admin:commissions_barrier_add"), typed)
    barrier = Barrier.objects.get()
    assert client.get(barrier.get_absolute_url()).status_code == 404
    client.post(
        reverse("admin:commissions_barrier_changelist"),
        {"action": "publish", "_selected_action": [barrier.pk]},
    )
    assert client.get(barrier.get_absolute_url()).status_code == 200
    url = reverse("admin:commissions_barrier_change", args=[barrier.pk])
    client.post(url, {**typed, "slug": "other", "is_solved": "on"})
    barrier.refresh_from_db()
    assert (barrier.slug, barrier.is_solved) == ("insurance", True)
    assert "Delete" not in client.get(url).content.decode()
