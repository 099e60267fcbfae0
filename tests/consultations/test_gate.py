"""The gate: nothing reaches tender before its comments are answered, or exempted."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from commissions import gates
from commissions.lifecycle import BEFORE_TENDER, STAGES
from commissions.models import Commission, Entry, Exemption, NotReady
from consultations.models import Response
from tests import make

pytestmark = pytest.mark.django_db

BEHIND = [
    "tender",
    "evaluation",
    "direct_award",
    "standstill",
    "contract",
    "mobilisation",
    "delivery",
    "review",
]


def exempt(commission, gate="draft_open"):
    return Exemption.enter(
        commission,
        gate=gate,
        legal_ground="Procurement Act 2023, section 41",
        reason="Only one maker's sets are approved.",
        approver=make.held_post(),
        by="demo",
    )


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


def test_the_gate_stands_before_exactly_the_stages_from_tender_to_review():
    assert sorted(gates.GATED) == sorted(BEHIND)


@pytest.mark.parametrize("start", STAGES)
@pytest.mark.parametrize("to", STAGES)
def test_no_two_moves_lead_past_the_gate_unmet(start, to):
    """From every stage before it, straight or through any other stage."""
    commission = make.commission(stage=start)
    if start in BEHIND:
        commission.reach(to, by="demo")
        assert commission.stage == to
    elif to in BEHIND:
        with pytest.raises(NotReady) as refused:
            commission.reach(to, by="demo")
        assert refused.value.reasons == [gates.NO_DRAFT]
        assert Commission.objects.get(pk=commission.pk).stage == start
        assert list(Entry.objects.all()) == []
    else:
        commission.reach(to, by="demo")
        assert commission.stage not in BEHIND


@pytest.mark.parametrize("end", ["cancelled", "closed"])
def test_ending_a_commission_is_no_way_round(end):
    commission = make.commission()
    commission.reach(end, by="demo")
    for stage in BEHIND:
        with pytest.raises(NotReady):
            commission.reach(stage, by="demo")


def test_open_then_closed_then_answered_is_what_the_gate_waits_for():
    consultation = announced(make.consultation())
    commission = consultation.commission
    assert gates.missing(commission, "tender") == [gates.NOT_ANSWERED]
    consultation.closes_at = (
        consultation.opens_at + (consultation.closes_at - consultation.opens_at) / 4
    )
    consultation.save()
    comment = make.comment(consultation=consultation)
    with pytest.raises(NotReady, match="Comments without an outcome: 1"):
        respond(consultation)
    comment.answer("accepted", reason="We agree.", by="demo")
    Response.objects.get(consultation=consultation).publish(by="demo")
    assert gates.missing(commission, "tender") == []
    commission.reach("tender", by="demo")
    assert commission.stage == "tender"


def test_each_draft_that_was_opened_needs_its_response():
    first = announced(make.closed_consultation())
    respond(first)
    second = announced(make.consultation(draft=first.draft))
    gaps = gates.gaps(first.commission)
    assert [(gap.gate, gap.consultation) for gap in gaps] == [
        ("draft_open", second.reference)
    ]


def test_consultation_about_something_else_does_not_open_the_gate():
    needs = announced(make.closed_consultation(kind="needs"))
    respond(needs)
    assert gates.missing(needs.commission, "tender") == [gates.NO_DRAFT]


def test_another_commissions_response_does_not_open_the_gate():
    answered = announced(make.closed_consultation())
    respond(answered)
    assert gates.missing(make.commission(), "tender") == [gates.NO_DRAFT]


@pytest.mark.parametrize(
    "exempted", [[], ["draft_open"], ["holder"], ["draft_open", "holder"]]
)
def test_exemption_lifts_its_own_gate_and_no_other(exempted):
    commission = make.commission(post=None)
    for gate in exempted:
        exempt(commission, gate)
    standing = {gap.gate for gap in gates.gaps(commission)}
    assert standing == {"draft_open", "holder"} - set(exempted)


def test_exemption_needs_an_approver_who_can_be_asked():
    commission = make.commission()
    with pytest.raises(ValidationError, match="Choose a post that somebody holds"):
        Exemption.enter(
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


def test_every_stage_is_before_the_gate_or_behind_it_or_an_end():
    assert set(BEFORE_TENDER) | gates.GATED | gates.ENDS == set(STAGES)


@pytest.fixture
def desk(client):
    client.force_login(make.staff())
    return client


def test_move_page_says_what_the_gate_waits_for_before_one_tries(desk):
    commission = make.commission(post=None)
    page = desk.get(reverse("admin:commission-move", args=[commission.pk]))
    html = page.content.decode()
    assert [gap.sentence for gap in page.context["gaps"]] == [
        gates.NO_HOLDER,
        gates.NO_DRAFT,
    ]
    form = reverse("admin:commissions_commission_change", args=[commission.pk])
    assert f'href="{form}#id_post"' in html
    assert f"/admin/consultations/specification/of/{commission.reference}/" in html
    assert f"exemption/add/?commission={commission.pk}" in html


def test_move_page_leads_to_the_consultation_that_lacks_its_response(desk):
    consultation = announced(make.closed_consultation())
    commission = consultation.commission
    url = reverse("admin:commission-move", args=[commission.pk])
    consider = reverse("admin:consultation-consider", args=[consultation.pk])
    assert f'href="{consider}"' in desk.get(url).content.decode()


def test_move_page_refuses_in_the_gates_own_sentence(desk):
    commission = make.commission()
    url = reverse("admin:commission-move", args=[commission.pk])
    today = "2026-06-08"
    page = desk.post(url, {"stage": "standstill", "on": today})
    assert page.context["form"].non_field_errors() == [gates.NO_DRAFT]
    commission.refresh_from_db()
    assert commission.stage == "intention"


def test_move_page_says_nothing_of_the_gate_once_it_is_passed(desk):
    commission = make.commission(stage="tender")
    url = reverse("admin:commission-move", args=[commission.pk])
    assert desk.get(url).context["gaps"] == []
