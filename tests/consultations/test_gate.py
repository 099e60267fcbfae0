"""The gate: nothing reaches tender before its comments are answered, or exempted."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from commissions.commission import gates
from commissions.commission.gates import NOT_ANSWERED
from commissions.law.lifecycle import BEFORE_TENDER, CONDITIONS, ENDS, STAGES
from commissions.law.lifecycle.transitions import COMMIT
from commissions.models import Commission, Entry, Exemption, NotReady
from consultations.models import Response
from tests import make

pytestmark = pytest.mark.django_db

DECISION = CONDITIONS["decision"].sentence
NO_UK4 = CONDITIONS["notice"].sentence.format(notice="tender notice (UK4)")


def exempt(commission, gate="draft_open"):
    return make.exempt(commission, gate)


def respond(consultation):
    """Publish the response to a consultation that has closed."""
    response = Response.objects.create(consultation=consultation)
    response.publish(by="demo")
    return response


def announced(consultation):
    """Put on the record that a consultation made by a builder was announced."""
    Entry.objects.append(
        "consultation.published",
        consultation,
        by="demo",
        consultation_kind=consultation.kind,
    )
    return consultation


def sentences(commission, stage):
    """Return why a commission may not move to a stage."""
    return [gap.sentence for gap in gates.gaps(commission, stage)]


def of_the_act(**fields):
    """Make a commission under the Act by the open procedure."""
    return make.commission(**{"regime": "procurement_act", "route": "open", **fields})


def test_tender_from_the_decision_asks_for_everything_again():
    commission = of_the_act(stage="decided", post=None)
    assert sentences(commission, "tender") == [
        gates.NO_HOLDER,
        gates.NO_DRAFT,
        DECISION,
        NO_UK4,
    ]


@pytest.mark.parametrize("start", BEFORE_TENDER[:-1])
def test_no_stage_before_the_decision_leads_to_tender(start):
    commission = of_the_act(stage=start)
    with pytest.raises(NotReady, match="“Tender” cannot follow") as refused:
        commission.reach("tender", by="demo")
    assert refused.value.reasons[0].endswith(
        f"It can go to {listed(commission.law.moves(commission.stage))}."
    )
    assert Commission.objects.get(pk=commission.pk).stage == start
    assert list(Entry.objects.all()) == []


def listed(moves):
    """Name the stages that moves lead to, as a sentence does."""
    names = [f"“{STAGES[move.to].name}”" for move in moves]
    return f"{', '.join(names[:-1])} or {names[-1]}"


@pytest.mark.parametrize("end", sorted(ENDS))
def test_nothing_follows_an_end(end):
    commission = of_the_act(stage=end)
    with pytest.raises(NotReady, match="Publish a new intention"):
        commission.reach("tender", by="demo")


def test_open_then_closed_then_answered_is_what_the_gate_waits_for():
    consultation = announced(make.consultation())
    commission = consultation.commission
    assert sentences(commission, "decided")[-2:] == [NOT_ANSWERED, DECISION]
    consultation.closes_at = (
        consultation.opens_at + (consultation.closes_at - consultation.opens_at) / 4
    )
    consultation.save()
    comment = make.comment(consultation=consultation)
    with pytest.raises(NotReady, match="Comments without an outcome: 1"):
        respond(consultation)
    comment.give_outcome("accepted", reason="We agree.")
    Response.objects.get(consultation=consultation).publish(by="demo")
    assert sentences(commission, "decided") == [DECISION]
    make.taken_decision(commission=commission)
    commission.reach("decided", by="demo")
    assert commission.stage == "decided"


def test_each_draft_that_was_opened_needs_its_response():
    first = announced(make.closed_consultation())
    respond(first)
    second = announced(make.consultation(draft=first.draft))
    exempt(first.commission, "decision")
    gaps = gates.gaps(first.commission, "decided", at=after(second))
    assert [(gap.gate, gap.consultation) for gap in gaps] == [
        ("draft_open", second.reference)
    ]


def after(consultation):
    """Return a moment at which a consultation has closed."""
    return consultation.closes_at + timedelta(days=1)


def test_consultation_about_something_else_does_not_open_the_gate():
    needs = announced(make.closed_consultation(kind="needs"))
    respond(needs)
    assert sentences(needs.commission, "decided") == [gates.NO_DRAFT, DECISION]


def test_another_commissions_response_does_not_open_the_gate():
    answered = announced(make.closed_consultation())
    respond(answered)
    assert sentences(make.commission(), "decided") == [gates.NO_DRAFT, DECISION]


@pytest.mark.parametrize(
    "exempted", [[], ["draft_open"], ["holder"], ["draft_open", "holder", "decision"]]
)
def test_exemption_lifts_its_own_gate_and_no_other(exempted):
    commission = make.commission(post=None)
    for gate in exempted:
        exempt(commission, gate)
    standing = {gap.gate for gap in gates.gaps(commission, "decided")}
    assert standing == {"draft_open", "holder", "decision"} - set(exempted)


def test_exemption_needs_an_approver_who_can_be_asked():
    commission = make.commission()
    with pytest.raises(ValidationError, match="Choose a post with someone in it"):
        Exemption.ask(
            commission,
            gate="draft_open",
            legal_ground="Section 41",
            reason="Urgent.",
            approver=make.post(),
            by="demo",
        )
    assert list(Entry.objects.all()) == []


def test_gate_is_not_asked_again_of_what_has_passed_it():
    commission = make.commission(stage="tender", post=None)
    commission.reach("evaluation", by="demo")
    assert commission.stage == "evaluation"


@pytest.fixture
def desk(client):
    client.force_login(make.staff())
    return client


def test_move_page_says_what_each_gate_waits_for_before_one_tries(desk):
    commission = make.commission(post=None)
    page = desk.get(reverse("admin:commission-move", args=[commission.pk]))
    html = page.content.decode()
    assert [
        (each["stage"].code, [gap.sentence for gap in each["gaps"]])
        for each in page.context["shut"]
    ] == [
        ("draft_open", [CONDITIONS["draft_published"].sentence]),
        ("decided", [gates.NO_HOLDER, gates.NO_DRAFT, DECISION]),
    ]
    hand_over = reverse("admin:commission-hand-over", args=[commission.pk])
    assert f'href="{hand_over}"' in html
    assert desk.get(hand_over).status_code == 200
    assert f"/admin/consultations/specification/of/{commission.reference}/" in html
    assert f"/admin/commissions/decision/add/?commission={commission.pk}" in html
    assert f"exemption/add/?commission={commission.pk}&amp;gate=holder" in html


@pytest.mark.parametrize(
    ("begin", "act"),
    [
        (make.draft_decision, "commissions_decision_change"),
        (make.decision, "decision-decide"),
    ],
)
def test_move_page_leads_to_the_decision_that_is_begun(desk, begin, act):
    """Not to another one: its outcome is what is missing."""
    commission = make.commission()
    begun = begin(commission=commission)
    url = reverse("admin:commission-move", args=[commission.pk])
    html = desk.get(url).content.decode()
    assert f'href="{reverse(f"admin:{act}", args=[begun.pk])}"' in html
    assert "/admin/commissions/decision/add/" not in html


def test_move_page_leads_to_where_a_missing_notice_is_recorded(desk):
    commission = of_the_act(stage="evaluation")
    url = reverse("admin:commission-move", args=[commission.pk])
    record = reverse("admin:commissions_commission_notice", args=[commission.pk])
    assert f'href="{record}?code=UK6"' in desk.get(url).content.decode()


def test_move_page_leads_to_the_consultation_that_lacks_its_response(desk):
    consultation = announced(make.closed_consultation())
    commission = consultation.commission
    url = reverse("admin:commission-move", args=[commission.pk])
    consider = reverse("admin:consultation-consider", args=[consultation.pk])
    assert f'href="{consider}"' in desk.get(url).content.decode()


def test_move_page_refuses_in_the_gates_own_sentence_and_keeps_what_was_typed(desk):
    commission = make.commission()
    url = reverse("admin:commission-move", args=[commission.pk])
    today = "2026-06-08"
    page = desk.post(url, {"stage": "cancelled", "on": today})
    assert page.context["form"].non_field_errors() == [CONDITIONS["reason"].sentence]
    assert page.context["form"]["on"].value() == today
    commission.refresh_from_db()
    assert commission.stage == "intention"


def test_move_page_calls_off_for_a_reason_that_is_on_the_record(desk):
    commission = make.commission()
    url = reverse("admin:commission-move", args=[commission.pk])
    told = {"stage": "cancelled", "on": "2026-06-08", "reason": "The money is gone."}
    assert desk.post(url, told).status_code == 302
    facts = Entry.objects.get(kind="commission.stage").facts
    assert facts == {
        "stage": "cancelled",
        "on": "2026-06-08",
        "reason": "The money is gone.",
    }


def test_move_page_of_what_is_over_offers_nothing(desk):
    commission = make.commission(stage="closed")
    url = reverse("admin:commission-move", args=[commission.pk])
    html = desk.get(url).content.decode()
    assert "that is the end of it" in html
    assert 'name="stage"' not in html


def test_only_somebody_with_the_right_may_call_it_off(client, without):
    commission = make.commission()
    user = make.User.objects.create_user("jo", is_staff=True)
    client.force_login(make.role(user, commission.organisation, "publisher"))
    without("publisher", COMMIT)
    url = reverse("admin:commission-move", args=[commission.pk])
    offered = dict(client.get(url).context["form"].fields["stage"].choices)
    assert set(offered) & {"cancelled", "contract"} == set()
    assert "engagement" in offered
    client.post(url, {"stage": "cancelled", "on": "2026-06-08", "reason": "None."})
    commission.refresh_from_db()
    assert commission.stage == "intention"
