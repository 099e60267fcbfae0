"""The table of moves, pure: what each move takes, and who may make it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissions.commission.gates import CHECKS
from commissions.law.lifecycle import (
    ADVANCE,
    BEFORE_TENDER,
    COMMIT,
    CONDITIONS,
    ENDS,
    ORDER,
    ROUTES,
    SIGNED,
    STAGES,
    award_notice,
    move,
    moves,
    path,
    reachable_stages,
)
from commissions.law.lifecycle.conditions import WAIVED_BY
from commissions.models import Commission

REGIMES = Commission.Regime.values
FREE = ("open", "direct_award", "other", "not_decided")
KINDS = [
    *((law, route) for law, routes in ROUTES.items() for route in routes),
    *((law, route) for law in REGIMES if law not in ROUTES for route in FREE),
]
"""Every law with every route that it knows."""

CHOICE = {"tender", "direct_award", "standstill", "contract"}
kinds = st.sampled_from(KINDS)
every = st.tuples(st.sampled_from(REGIMES), st.sampled_from(Commission.Route.values))
stages = st.sampled_from(list(STAGES))
lighter = st.booleans()


@pytest.mark.parametrize(
    ("kind", "stage", "to", "code"),
    [
        (("procurement_act", "open"), "decided", "tender", "UK4"),
        (("procurement_act", "competitive_flexible"), "decided", "tender", "UK4"),
        (("procurement_act", "dynamic_market"), "decided", "tender", "UK4"),
        (("procurement_act", "direct_award"), "decided", "direct_award", "UK5"),
        (("procurement_act", "open"), "evaluation", "direct_award", "UK5"),
        (("procurement_act", "open"), "evaluation", "standstill", "UK6"),
        (("procurement_act", "framework"), "evaluation", "contract", "UK6"),
        (("procurement_act", "framework"), "decided", "contract", "UK6"),
        (("procurement_act", "direct_award"), "direct_award", "standstill", "UK6"),
        (("procurement_act", "open"), "review", "closed", "UK11"),
        (("procurement_act", "open"), "tender", "cancelled", "UK12"),
        (("psr", "psr_competitive"), "decided", "tender", "PSR8"),
        (("psr", "psr_competitive"), "evaluation", "standstill", "PSR10"),
        (("psr", "psr_msp"), "decided", "evaluation", "PSR5"),
        (("psr", "psr_msp"), "evaluation", "standstill", "PSR6"),
        (("psr", "psr_c"), "direct_award", "standstill", "PSR3"),
        (("psr", "psr_c"), "standstill", "cancelled", "PSR-AB"),
        (("below_threshold", "open"), "decided", "tender", "UK4"),
    ],
)
def test_move_waits_for_the_notice_that_the_law_wants_before_it(kind, stage, to, code):
    assert move(*kind, stage, to).notices == (code,)


@pytest.mark.parametrize(
    ("kind", "stage", "to"),
    [
        (("procurement_act", "framework"), "decided", "tender"),
        (("psr", "psr_a"), "direct_award", "contract"),
        (("psr", "psr_b"), "direct_award", "contract"),
        (("psr", "psr_competitive"), "review", "closed"),
        (("below_threshold", "other"), "decided", "tender"),
        (("below_threshold", "open"), "evaluation", "contract"),
        (("grant", "not_decided"), "evaluation", "contract"),
        (("in_house", "not_decided"), "decided", "mobilisation"),
        (("procurement_act", "open"), "contract", "mobilisation"),
    ],
)
def test_move_waits_for_no_notice_where_the_law_wants_none_before_it(kind, stage, to):
    assert move(*kind, stage, to).notices == ()


def test_what_is_too_small_for_the_law_has_no_notices():
    kind = ("below_threshold", "open")
    assert move(*kind, "decided", "tender", small=True).notices == ()
    assert move(*kind, "contract", "mobilisation", small=True).due is None


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        (("procurement_act", "open"), ("UK7", "pa_contract_details")),
        (("below_threshold", "open"), ("UK7", "")),
        (("psr", "psr_a"), ("PSR2", "psr_award_notice")),
        (("psr", "psr_c"), ("PSR4", "psr_award_notice")),
        (("psr", "psr_msp"), ("PSR7", "psr_award_notice")),
        (("psr", "psr_competitive"), ("PSR11", "psr_award_notice")),
    ],
)
def test_the_notice_after_a_contract_is_due_and_does_not_stand_before_it(kind, due):
    found = move(*kind, "contract", "mobilisation").due
    assert (found.code, found.rule) == due
    assert move(*kind, "direct_award", "contract") is None or not {due[0]} & set(
        move(*kind, "direct_award", "contract").notices
    )


def test_light_touch_has_longer_for_the_contract_details():
    due = award_notice("procurement_act", "open", light_touch=True)
    assert due.rule == "pa_contract_details_light_touch"


@given(every, lighter)
def test_path_begins_with_the_intention_ends_closed_and_runs_in_order(kind, light):
    stages = path(*kind, light_touch=light)
    assert (stages[0], stages[-1]) == ("intention", "closed")
    places = [ORDER[stage] for stage in stages]
    assert places == sorted(set(places))


@given(kinds, lighter)
def test_every_stage_of_a_path_is_reached_and_so_is_cancelled(kind, light):
    found = reachable_stages(*kind, light_touch=light)
    assert {*path(*kind, light_touch=light), "cancelled"} <= found


@given(every, stages, lighter)
def test_every_stage_but_an_end_has_a_way_forward(kind, stage, light):
    ahead = [
        step.to
        for step in moves(*kind, stage, light_touch=light)
        if step.to != "cancelled" and ORDER[step.to] > ORDER[stage]
    ]
    assert bool(ahead) is (stage not in ENDS)
    assert set(ahead[:1]) <= set(path(*kind, light_touch=light))


@given(every, stages, lighter)
def test_it_is_cancelled_until_a_contract_is_signed_and_never_after(kind, stage, light):
    """In-house nothing is signed: until the service runs."""
    found = move(*kind, stage, "cancelled", light_touch=light)
    signed = set(SIGNED) - (
        {"contract", "mobilisation"} if kind[0] == "in_house" else set()
    )
    assert (found is not None) is (stage not in signed | ENDS)
    if found:
        assert "reason" in found.gates


@given(every, stages, lighter)
def test_going_back_needs_a_reason(kind, stage, light):
    for step in moves(*kind, stage, light_touch=light):
        if ORDER[step.to] < ORDER[stage]:
            assert "reason" in step.gates


@given(every, stages, lighter)
def test_every_move_leads_elsewhere_once_by_a_right_and_gates_that_are_known(
    kind, stage, light
):
    lawful = moves(*kind, stage, light_touch=light)
    to = [step.to for step in lawful]
    assert len(to) == len(set(to))
    assert stage not in to
    for step in lawful:
        assert step.who in {ADVANCE, COMMIT}
        assert set(step.gates) <= set(CONDITIONS)


def test_only_who_may_commit_chooses_signs_or_calls_off():
    for kind in KINDS:
        for stage in STAGES:
            for step in moves(*kind, stage):
                commits = step.to in CHOICE - {"tender"} | {"cancelled"}
                assert (step.who == COMMIT) is commits


def test_every_gate_is_checked_and_refuses_in_a_sentence():
    assert set(CHECKS) == set(CONDITIONS) - {"notice", "notice_late"}
    for condition in CONDITIONS.values():
        assert condition.sentence.endswith(".") or condition.sentence.endswith(").")
        assert condition.fills or condition.code in WAITS
    assert set(WAIVED_BY.values()) <= {
        c.code for c in CONDITIONS.values() if c.waivable
    }


WAITS = {"comments_closed", "bids_closed", "wait_of_14_days", "standstill_over"}
"""Conditions that nothing but time meets."""


def known_codes():
    """Return the codes of the notices, as the official lists have them."""
    uk = {f"UK{n}" for n in range(1, 18)} - {"UK8"}
    return uk | {f"PSR{n}" for n in range(2, 15)} | {"PSR-AB"}


def test_every_notice_that_a_move_names_exists():
    named = {
        code
        for kind in KINDS
        for stage in STAGES
        for step in moves(*kind, stage)
        for code in (*step.notices, *step.once, *([step.due.code] if step.due else []))
    }
    assert named <= known_codes()


def test_in_house_has_no_tender_no_standstill_and_no_contract():
    assert reachable_stages("in_house", "not_decided") & CHOICE == set()


def test_light_touch_may_leave_out_the_standstill_and_may_keep_it():
    kind = ("procurement_act", "open")
    assert "standstill" not in path(*kind, light_touch=True)
    assert move(*kind, "evaluation", "contract", light_touch=True).gates == (
        "regime",
        "route",
    )
    assert move(*kind, "evaluation", "standstill", light_touch=True)
    assert "no_standstill" in move(*kind, "evaluation", "contract").gates


def test_paths_of_the_four_regimes_differ_where_a_provider_is_chosen():
    def middle(*kind, **more):
        return [s for s in path(*kind, **more) if s not in {*BEFORE_TENDER, *SIGNED}]

    assert [
        middle("procurement_act", "open"),
        middle("procurement_act", "open", light_touch=True),
        middle("procurement_act", "direct_award"),
        middle("psr", "psr_a"),
        middle("psr", "psr_c"),
        middle("psr", "psr_msp"),
        middle("psr", "psr_competitive"),
        middle("below_threshold", "open"),
        middle("grant", "not_decided"),
        middle("in_house", "not_decided"),
    ] == [
        ["tender", "evaluation", "standstill"],
        ["tender", "evaluation"],
        ["direct_award", "standstill"],
        ["direct_award"],
        ["direct_award", "standstill"],
        ["evaluation", "standstill"],
        ["tender", "evaluation", "standstill"],
        ["tender", "evaluation"],
        ["tender", "evaluation"],
        [],
    ]
