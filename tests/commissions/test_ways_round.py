"""Every way through the table of moves, not a sample of them: none goes round a gate.

What the law and the portal promise is written out here, not read from the
table: a gate that the table lost, and a move that it gained, are found. The
moves that ask for a gate are taken out; what it guards must be out of reach.
"""

from itertools import product

import pytest

from commissions.law.lifecycle import STAGES
from tests.ways import (
    BEFORE,
    CHOSEN,
    KINDS,
    LAWFUL,
    RUNNING,
    STATED,
    bringing_in,
    leaving,
    reached,
    without_gate,
)


@pytest.mark.parametrize("gate", ["holder", "draft_open", "decision", "key_notice"])
def test_no_way_is_decided_chosen_or_run_round_what_the_public_was_promised(gate):
    """A holder, a draft open for comment with its response, a decision in good time."""
    beyond = {kind: without_gate(kind, gate) & {"decided", *CHOSEN} for kind in KINDS}
    assert {kind: stages for kind, stages in beyond.items() if stages} == {}
    assert not any(without_gate(kind, gate) & RUNNING for kind in KINDS)


def test_what_was_promised_is_asked_when_it_is_decided_and_again_at_the_choice():
    """Between the two a holder may leave, or another draft be opened."""
    for kind in KINDS:
        for stage in BEFORE:
            for step in leaving(kind, stage):
                into = step.to == "decided" or (
                    stage == "decided" and step.to not in {*BEFORE, "cancelled"}
                )
                promised = {"holder", "draft_open", "decision", "key_notice"}
                assert (promised <= set(step.gates)) is into, (kind, stage, step.to)


def test_only_a_decision_opens_the_way_to_a_choice():
    """Or an exemption: the contract was made before the portal was used."""
    for kind in KINDS:
        for stage in BEFORE[:-1]:
            for step in leaving(kind, stage):
                if bringing_in(stage, step):
                    assert {"under_way", "holder"} <= set(step.gates)
                else:
                    assert step.to in {*BEFORE, "cancelled"}, (kind, stage, step.to)


def test_nothing_is_open_for_comment_before_its_draft_is_public():
    for kind in KINDS:
        assert "draft_open" not in without_gate(kind, "draft_published")


def test_nothing_is_considered_or_decided_while_comments_are_open():
    for kind in KINDS:
        found = without_gate(kind, "comments_closed")
        assert found & {"considering", "decided"} == set()


def test_no_provider_is_looked_for_or_chosen_under_a_law_or_route_not_stated():
    """A decided commission in-house sets its service up, without a choice."""
    for kind in KINDS:
        assert without_gate(kind, "regime") & {"tender", "direct_award"} == set()
        if kind[0] != "in_house":
            assert without_gate(kind, "regime") & (CHOSEN | RUNNING) == set()
        if kind[0] in STATED:
            assert without_gate(kind, "route") & (CHOSEN | RUNNING) == set()


def test_the_law_and_its_route_are_asked_again_before_each_act_of_choosing():
    for kind in KINDS:
        for stage in set(STAGES) - {"intention"}:
            for step in leaving(kind, stage):
                if step.to in {"tender", "direct_award", "standstill", "contract"}:
                    back = step.to == "direct_award" and stage == "standstill"
                    assert "regime" in step.gates or back
                    assert "route" in step.gates or back or kind[0] not in STATED


def test_bids_are_assessed_or_accepted_only_when_their_time_is_over():
    for kind in KINDS:
        for step in leaving(kind, "tender"):
            waits = step.to not in {"direct_award", "cancelled"}
            assert ("bids_closed" in step.gates) is waits


STANDING = [
    kind
    for kind in LAWFUL
    if kind[:2] in {("psr", "psr_c"), ("psr", "psr_msp"), ("psr", "psr_competitive")}
    or (
        kind[0] == "procurement_act"
        and kind[1] in {"open", "competitive_flexible", "direct_award"}
        and not kind[2]
    )
]
"""Those that the law makes stand still (Act section 51, SI 2023/1348 regulation 12)."""


def test_no_contract_is_signed_round_a_standstill_of_its_law():
    for kind in STANDING:
        found = without_gate(kind, "standstill_over", "no_standstill")
        assert found & {"contract", *RUNNING} == set(), kind


def test_no_contract_is_signed_before_a_standstill_once_begun_is_over():
    for kind in KINDS:
        if kind[0] == "in_house":  # it never comes there
            continue
        for step in leaving(kind, "standstill"):
            assert step.to not in RUNNING
            assert ("standstill_over" in step.gates) is (step.to == "contract")


def test_nobody_is_chosen_by_the_most_suitable_provider_process_within_14_days():
    for light in (False, True):
        kind = ("psr", "psr_msp", light, False)
        found = without_gate(kind, "wait_of_14_days")
        assert found & {"standstill", "contract", *RUNNING} == set()


def test_only_the_act_lets_a_competition_end_in_a_direct_award():
    """Section 43; elsewhere a direct award is a route of its own, decided first."""
    for kind in KINDS:
        comes_to = reached(kind, without=lambda *_: False)
        for stage in comes_to & {"tender", "evaluation"}:
            switches = "direct_award" in {step.to for step in leaving(kind, stage)}
            assert switches is (kind[0] == "procurement_act"), (kind, stage)


def test_a_choice_is_made_after_assessing_by_direct_award_or_by_a_call_off():
    """An award needs bids assessed; one from the tender itself leaves the naming out."""
    for kind in KINDS:
        for stage in STAGES:
            for step in leaving(kind, stage):
                if step.to not in {"standstill", "contract"} or bringing_in(
                    stage, step
                ):
                    continue
                assert stage != "decided" or kind[:2] == (
                    "procurement_act",
                    "framework",
                )
                assert stage not in {"closed", *RUNNING}


def test_a_tender_leads_to_a_contract_at_once_only_where_nothing_stands_still():
    for kind in STANDING:
        ahead = {step.to for step in leaving(kind, "tender")}
        assert "contract" not in ahead, kind


def test_every_stage_leads_on_to_closed_whatever_the_law_and_never_only_by_calling_off():
    for kind, stage in product(KINDS, STAGES):
        if stage == "cancelled":
            assert leaving(kind, stage) == ()
            continue
        ways = reached(
            kind, since=stage, without=lambda _, step: step.to == "cancelled"
        )
        assert "closed" in ways, (kind, stage)


def test_nothing_signed_goes_back_to_a_choice_nor_anything_chosen_to_the_public_draft():
    for kind in KINDS:
        for stage in ("contract", *sorted(RUNNING)):
            steps = {step.to for step in leaving(kind, stage)}
            assert steps <= {
                "mobilisation",
                "delivery",
                "review",
                "closed",
                "cancelled",
            }
        for stage in sorted(CHOSEN):
            assert {step.to for step in leaving(kind, stage)} & set(BEFORE) == set()
    assert not any(leaving(kind, "closed") for kind in KINDS)
