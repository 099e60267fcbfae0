"""Every way through the table of moves waits for the notices that the law wants."""

import pytest

from commissions.law.lifecycle import STAGES
from tests.ways import RUNNING, leaving, of, without_notice

CONTRACT = {"contract", *RUNNING}


@pytest.mark.parametrize(
    ("kinds", "code", "guarded"),
    [
        (
            of("procurement_act", "open", "competitive_flexible", "dynamic_market"),
            "UK4",
            {"tender"},
        ),
        (of("procurement_act"), "UK5", {"direct_award"}),
        (of("procurement_act"), "UK6", {"standstill", *CONTRACT}),
        (of("procurement_act"), "UK11", {"closed"}),
        (of("below_threshold", "open", "competitive_flexible"), "UK4", {"tender"}),
        (of("psr", "psr_c"), "PSR3", {"standstill", *CONTRACT}),
        (of("psr", "psr_msp"), "PSR5", {"evaluation", "standstill", *CONTRACT}),
        (of("psr", "psr_msp"), "PSR6", {"standstill", *CONTRACT}),
        (of("psr", "psr_competitive"), "PSR8", {"tender", *CONTRACT}),
        (of("psr", "psr_competitive"), "PSR10", {"standstill", *CONTRACT}),
    ],
)
def test_no_way_goes_round_a_notice_that_the_law_wants_first(kinds, code, guarded):
    """Direct awards are reached by a UK5 alone, whatever was begun before (section 43)."""
    assert kinds
    for kind in kinds:
        assert without_notice(kind, code) & guarded == set(), kind


@pytest.mark.parametrize(
    ("regime", "code"), [("procurement_act", "UK12"), ("psr", "PSR-AB")]
)
def test_what_was_announced_is_called_off_by_a_notice_too(regime, code):
    opening = {
        "procurement_act": {"UK4", "UK5"},
        "psr": {"PSR3", "PSR5", "PSR6", "PSR8", "PSR10"},
    }
    for kind in of(regime):
        for stage in STAGES:
            for step in leaving(kind, stage):
                if step.to == "cancelled":
                    assert step.notices == (code,)
                    assert set(step.once) >= opening[regime]


def test_the_notice_of_a_signed_contract_is_asked_for_at_every_move_after_it():
    longer = {False: "pa_contract_details", True: "pa_contract_details_light_touch"}
    for kind in of("procurement_act"):
        for stage in ("contract", "mobilisation", "delivery", "review"):
            for step in leaving(kind, stage):
                assert (step.due.code, step.due.rule) == ("UK7", longer[kind[2]])


def test_nothing_is_closed_under_the_act_before_its_performance_is_told():
    """A light touch contract owes no performance notice."""
    for kind in of("procurement_act"):
        for stage in STAGES:
            for step in leaving(kind, stage):
                asked = step.to == "closed" and not kind[2]
                assert ("performance" in step.gates) is asked
