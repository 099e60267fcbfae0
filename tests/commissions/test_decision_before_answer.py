"""A decision waits until people who were asked are answered, or says in public why not."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from commissions.models import Decision, Entry, NotReady
from commissions.text.formats import on_day
from consultations.models import Response
from tests import make
from tests.outline import flat

pytestmark = pytest.mark.django_db
BECAUSE = "The grant ends in March."
WHY_BEFORE = f"<dt>Why before people are answered</dt> <dd>{BECAUSE}</dd>"
NOT_ANSWERED = (
    "“Have your say” is not answered yet: publish the response first, move the "
    "decision to a later day, or say why it is taken before people are answered."
)
TAKEN = {"outcome": "Yes.", "reasons": "Needed.", "conflicts": "None declared"}


def day(days):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def asked():
    """Announce a consultation that closes in 16 days, to be answered in 60."""
    waiting = make.consultation(published_at=None)
    waiting.publish(by="demo")
    return waiting


def due_in(consultation, days, **fields):
    """Make a draft of a decision on the commission of a consultation."""
    return make.draft_decision(
        commission=consultation.commission, due_on=day(days), **fields
    )


def respond(consultation):
    """Let a consultation close, and publish its response."""
    consultation.closes_at = timezone.now() - timedelta(hours=1)
    consultation.save()
    Response.objects.create(consultation=consultation).publish(by="demo")


def too_early(consultation):
    """Return the sentence that refuses a day before people are answered."""
    closes = timezone.localdate(consultation.closes_at)
    return (
        f"“Have your say” closes on {on_day(closes)} and is to be answered by "
        f"{on_day(consultation.response_due_on)}: choose that day or a later one for "
        "the decision, or say why it is taken before people are answered."
    )


@pytest.mark.parametrize("days", [10, 59])
def test_no_notice_for_a_day_before_it_closes_or_is_answered(asked, days):
    decision = due_in(asked, days)
    with pytest.raises(NotReady) as refused:
        decision.publish(by="demo")
    assert refused.value.reasons == [too_early(asked)]
    assert not Decision.objects.published().exists()


def test_the_day_of_the_answer_is_early_enough(asked):
    due_in(asked, 60).publish(by="demo")
    assert Decision.objects.published().exists()


def test_the_last_day_of_a_period_counts(asked):
    due_in(asked, 10, due_until=day(61)).publish(by="demo")
    assert Decision.objects.published().exists()


def test_a_reason_lets_it_be_announced_and_is_on_the_record(asked):
    due_in(asked, 10, early_reason=BECAUSE).publish(by="demo")
    entry = Entry.objects.get(kind="decision.published")
    assert entry.facts["early_reason"] == BECAUSE


def test_a_consultation_that_is_answered_or_of_another_commission_is_no_matter(asked):
    make.draft_decision(due_on=day(10)).publish(by="demo")
    respond(asked)
    due_in(asked, 10).publish(by="demo")
    assert Decision.objects.published().count() == 2


def test_an_extension_moves_the_day_that_is_early_enough(asked):
    asked.extend(timezone.now() + timedelta(days=90), reason="Snow.", by="demo")
    with pytest.raises(NotReady, match="closes on"):
        due_in(asked, 80).publish(by="demo")
    due_in(asked, 91).publish(by="demo")


def test_it_moves_to_an_early_day_only_for_a_reason(asked):
    decision = due_in(asked, 70)
    decision.publish(by="demo")
    with pytest.raises(NotReady, match="choose that day or a later one"):
        decision.defer(day(30), reason="The room is free.", by="demo")
    assert not decision.deferrals.exists()
    decision.defer(day(30), reason="A room.", early_reason=BECAUSE, by="demo")
    kept = Decision.objects.get()
    assert (kept.due_on, kept.early_reason) == (day(30), BECAUSE)
    entry = Entry.objects.get(kind="decision.deferred")
    assert entry.facts["early_reason"] == BECAUSE


def test_it_is_taken_after_the_answer(asked):
    decision = due_in(asked, 60)
    decision.publish(by="demo")
    with pytest.raises(NotReady) as refused:
        decision.decide(by="demo", **TAKEN)
    assert refused.value.reasons == [NOT_ANSWERED]
    assert Decision.objects.get().decided_on is None
    respond(asked)
    decision.decide(by="demo", **TAKEN)
    assert Decision.objects.get().decided_on == day(0)


def test_an_answer_of_today_does_not_serve_a_decision_of_yesterday(asked):
    decision = due_in(asked, 60)
    early = make.consultation(draft=asked.draft, published_at=None)
    early.publish(by="demo", at=timezone.now() - timedelta(days=5))
    respond(early)
    respond(asked)
    decision.publish(by="demo")
    with pytest.raises(NotReady, match="is not answered yet"):
        decision.decide(by="demo", on=day(-1), **TAKEN)


def test_the_page_says_why_only_where_a_reason_is_given(client, asked):
    decision = due_in(asked, 10, early_reason=BECAUSE)
    decision.publish(by="demo")

    def page():
        return flat(client.get(decision.get_absolute_url()))

    assert WHY_BEFORE in page()
    decision.decide(by="demo", **TAKEN)
    assert WHY_BEFORE in page()
    Decision.objects.update(early_reason="")
    assert "before people" not in page()


def test_the_desk_says_it_in_a_sentence_and_takes_the_reason(client, post, asked):
    decision = due_in(asked, 10, post=post)
    form = reverse("admin:commissions_decision_change", args=[decision.pk])
    assert "Why before people are answered" in flat(client.get(form))
    url = reverse("admin:decision-publish", args=[decision.pk])
    assert too_early(asked) in flat(client.get(url))
    Decision.objects.update(due_on=day(60), due_until=day(60))
    client.post(url)
    url = reverse("admin:decision-defer", args=[decision.pk])
    moved = {"due_on": day(30).isoformat(), "reason": "A room."}
    assert too_early(asked) in flat(client.post(url, moved, follow=True))
    url = reverse("admin:decision-decide", args=[decision.pk])
    taken = {"on": day(0).isoformat(), **TAKEN}
    assert NOT_ANSWERED in flat(client.post(url, taken, follow=True))
    client.post(url, taken | {"early_reason": BECAUSE})
    kept = Decision.objects.get()
    assert (kept.decided_on, kept.early_reason) == (day(0), BECAUSE)


def announced(days, **fields):
    """Announce a decision, and write a consultation that would be answered after it."""
    waiting = make.consultation(published_at=None)
    draft = due_in(waiting, days, **fields)
    draft.publish(by="demo")
    return waiting, draft


def test_no_consultation_is_announced_that_a_decision_would_come_before():
    waiting, draft = announced(59)
    with pytest.raises(NotReady) as refused:
        waiting.publish(by="demo")
    assert refused.value.reasons == [
        f"“{draft.title}” is to be decided by {on_day(day(59))}, before people are "
        f"answered: move it first to {on_day(day(60))} or later, or move it with the "
        "reason why it is taken before."
    ]
    draft.defer(day(60), reason="People are asked first.", by="demo")
    waiting.publish(by="demo")


def test_a_reason_in_public_lets_a_consultation_come_after_the_notice():
    announced(20, early_reason=BECAUSE)[0].publish(by="demo")
    waiting, draft = announced(20)
    draft.defer(day(21), reason="A room.", early_reason=BECAUSE, by="demo")
    waiting.publish(by="demo")


def test_a_decision_taken_or_not_announced_holds_no_consultation_up():
    waiting = make.consultation(published_at=None)
    due_in(waiting, 20)
    make.taken_decision(commission=waiting.commission, due_on=day(20))
    waiting.publish(by="demo")
