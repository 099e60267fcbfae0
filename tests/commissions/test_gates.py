"""The gates of one commission: what notices, decisions and dates let it pass."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from commissions.commission import gates
from commissions.law.lifecycle import CONDITIONS
from commissions.models import (
    DirectAward,
    Entry,
    NotReady,
    StageDate,
    Tender,
    Weighing,
)
from tests import make

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
LAST = date(2026, 11, 11)  # eight working days beginning with that Monday


def commission(stage, **fields):
    """Make a commission under the Act by the open procedure, at a stage."""
    given = {"regime": "procurement_act", "route": "open", "stage": stage}
    return make.commission(**{**given, **fields})


def noticed(code, stage, at=MONDAY, **fields):
    """Make one of which a notice was published."""
    made = commission(stage, **fields)
    make.notice(commission=made, code=code, published_at=at)
    return made


def why_not(made, to, on=None, **told):
    """Return why it may not go to a stage on a day."""
    return [gap.sentence for gap in gates.gaps(made, to, on=on, **told)]


def exempt(made, gate):
    """Let it pass a gate."""
    return make.exempt(made, gate)


def test_contract_waits_for_the_last_day_of_the_standstill():
    made = noticed("UK6", "standstill")
    assert why_not(made, "contract", on=LAST) == [
        "The contract cannot be signed before the end of 11 November 2026."
    ]
    assert why_not(made, "contract", on=LAST + timedelta(days=1)) == []


def test_a_later_day_that_the_award_states_counts():
    made = noticed("UK6", "standstill")
    made.awards.create(award_id="1", standstill_ends_on=date(2026, 11, 20))
    assert why_not(made, "contract", on=date(2026, 11, 20)) != []
    assert why_not(made, "contract", on=date(2026, 11, 21)) == []


def test_contract_without_its_award_notice_is_refused():
    made = commission("standstill")
    assert CONDITIONS["notice"].sentence.format(
        notice="contract award notice (UK6)"
    ) in why_not(made, "contract")


def test_nhs_standstill_is_counted_from_the_intention_to_award():
    made = noticed("PSR3", "standstill", regime="psr", route="psr_c")
    assert why_not(made, "contract", on=date(2026, 11, 13)) == [
        "The contract cannot be signed before the end of 13 November 2026."
    ]
    assert why_not(made, "contract", on=date(2026, 11, 14)) == []


def test_only_urgency_lets_a_direct_award_go_without_its_standstill():
    made = noticed("UK6", "direct_award", route="direct_award")
    assert why_not(made, "contract") == [CONDITIONS["no_standstill"].sentence]
    DirectAward.objects.create(
        commission=made,
        ground="urgency",
        explanation="The roof fell in.",
        conflicts="None declared",
        post=made.post,
        supplier=make.organisation(),
    )
    made = type(made).objects.get(pk=made.pk)
    assert why_not(made, "contract") == []


def test_an_exemption_from_the_standstill_is_named_in_the_entry():
    made = noticed("UK6", "direct_award", route="direct_award")
    exempt(made, "standstill_over")
    made.reach("contract", by="tests", on=date(2026, 11, 3))
    assert Entry.objects.filter(kind="commission.stage").get().facts == {
        "stage": "contract",
        "on": "2026-11-03",
        "notices": {"UK6": made.notices.get().release_id},
        "exempted": ["standstill_over"],
    }


def test_notice_still_to_come_or_of_another_commission_is_not_out():
    made = commission("evaluation")
    ahead = datetime.now(UTC) + timedelta(days=1)
    make.notice(commission=made, code="UK6", published_at=ahead)
    noticed("UK6", "evaluation")
    assert why_not(made, "standstill") == [
        CONDITIONS["notice"].sentence.format(notice="contract award notice (UK6)")
    ]


def test_nothing_is_announced_on_a_day_before_its_notice():
    made = noticed("UK6", "evaluation")
    with pytest.raises(
        NotReady, match=r"award notice \(UK6\) was published on 2 November"
    ):
        made.reach("standstill", by="tests", on=date(2026, 11, 1))
    made.reach("standstill", by="tests", on=date(2026, 11, 2))
    assert made.stage == "standstill"


def test_evaluation_waits_for_the_closing_time_of_bids():
    made = commission("tender")
    Tender.objects.create(commission=made, title="T", closes_at=MONDAY)
    early = {"on": date(2026, 11, 1), "at": MONDAY - timedelta(days=1)}
    assert why_not(made, "evaluation", **early) == [
        CONDITIONS["bids_closed"].sentence.format(day="2 November 2026")
    ]
    assert why_not(made, "evaluation", on=date(2026, 11, 2)) == []


def test_most_suitable_provider_is_not_chosen_within_14_days():
    made = noticed("PSR5", "evaluation", regime="psr", route="psr_msp")
    make.notice(commission=made, code="PSR6", published_at=MONDAY)
    assert why_not(made, "standstill", on=date(2026, 11, 15)) == [
        CONDITIONS["wait_of_14_days"].sentence.format(from_day="16 November 2026")
    ]
    assert why_not(made, "standstill", on=date(2026, 11, 16)) == []


def test_key_decision_needs_its_clear_days_an_urgency_or_an_exemption():
    made = commission("considering")
    exempt(made, "draft_open")
    decision = make.taken_decision(
        commission=made,
        title="Buy it",
        is_key=True,
        published_at=MONDAY,
        decided_on=date(2026, 11, 30),
    )
    on = date(2026, 11, 30)
    [sentence] = why_not(made, "decided", on=on)
    assert sentence.startswith(
        "“Buy it” is a key decision and was taken on 30 November"
    )
    assert "(1 December 2026 at the earliest)" in sentence
    decision.urgency, decision.urgency_reason = "general_exception", "The roof."
    decision.save()
    assert why_not(made, "decided", on=on) == []
    decision.urgency = ""
    decision.save()
    exempt(made, "key_notice")
    assert why_not(made, "decided", on=on) == []


def test_key_decision_may_be_taken_29_days_after_its_notice_counted_in_london():
    made = commission("considering")
    exempt(made, "draft_open")
    on = date(2026, 7, 30)
    decision = make.taken_decision(
        commission=made,
        is_key=True,
        published_at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC),  # 1 July in London
        decided_on=date(2026, 7, 29),
    )
    assert "(30 July 2026 at the earliest)" in why_not(made, "decided", on=on)[0]
    decision.decided_on = on
    decision.save()
    assert why_not(made, "decided", on=on) == []


def test_decision_that_is_not_announced_or_about_another_does_not_count():
    made = commission("considering")
    exempt(made, "draft_open")
    make.taken_decision(commission=made, published_at=None)
    make.taken_decision(commission=commission("considering"))
    assert why_not(made, "decided") == [CONDITIONS["decision"].sentence]


def test_contract_details_stand_in_the_way_once_they_are_late_and_not_before():
    made = commission("contract")
    StageDate.objects.create(
        commission=made, stage="contract", actual_on=date(2026, 10, 1)
    )
    assert why_not(made, "mobilisation", on=date(2026, 10, 30)) == []
    assert why_not(made, "mobilisation", on=date(2026, 10, 31)) == [
        CONDITIONS["notice_late"].sentence.format(
            notice="contract details notice (UK7)", day="30 October 2026"
        )
    ]
    make.notice(commission=made, code="UK7")
    assert why_not(made, "mobilisation", on=date(2026, 10, 31)) == []


@pytest.mark.parametrize(
    ("fields", "sentences"),
    [
        ({"regime": "not_stated", "route": "open"}, {"regime"}),
        ({"regime": "old_regulations", "route": "open"}, {"regime"}),
        ({"route": "psr_a"}, {"route", "UK4"}),
        ({"route": "not_decided"}, {"route", "UK4"}),
    ],
)
def test_tender_needs_a_law_that_applies_and_a_route_of_that_law(fields, sentences):
    made = commission("decided", **fields)
    exempt(made, "draft_open")
    exempt(made, "decision")
    found = {gap.notice or gap.gate for gap in gates.gaps(made, "tender")}
    assert found == sentences


def test_what_began_under_the_old_regulations_goes_on_under_them():
    made = commission("tender", regime="old_regulations")
    assert why_not(made, "evaluation") == []
    made.stage = "decided"
    exempt(made, "draft_open")
    exempt(made, "decision")
    assert why_not(made, "tender", on=date(2025, 2, 23)) == []


@pytest.mark.parametrize(
    ("body", "value", "vat", "asked"),
    [
        ({}, "29999.99", "included", []),
        ({}, "30000", "included", ["UK4"]),
        ({}, "24999.99", "excluded", []),
        ({}, "25000", "excluded", ["UK4"]),
        ({}, "29999", "not_stated", ["UK4"]),
        ({"kind": "central"}, "11999.99", "included", []),
        ({"kind": "central"}, "12000", "included", ["UK4"]),
        ({"kind": "nhs"}, "12000", "included", ["UK4"]),
        ({}, None, "not_stated", ["UK4"]),
        ({"nation": "northern_ireland"}, "90000", "included", []),
    ],
)
def test_what_is_worth_little_is_tendered_without_a_notice(body, value, vat, asked):
    made = commission(
        "decided",
        regime="below_threshold",
        value_max=value and Decimal(value),
        value_vat=vat,
        organisation=make.organisation(**body),
    )
    exempt(made, "draft_open")
    exempt(made, "decision")
    assert [gap.notice for gap in gates.gaps(made, "tender")] == asked


@pytest.mark.parametrize(
    ("code", "asked"), [(None, []), ("UK2", []), ("UK4", ["UK12"])]
)
def test_calling_off_needs_its_notice_once_bids_were_invited(code, asked):
    made = commission("tender")
    if code:
        make.notice(commission=made, code=code)
    found = gates.gaps(made, "cancelled", reason="No money.")
    assert [gap.notice for gap in found] == asked


def test_a_contract_made_before_is_brought_in_by_an_exemption_alone():
    made = commission("intention")
    assert why_not(made, "delivery") == [CONDITIONS["under_way"].sentence]
    exempt(made, "under_way")
    made.reach("delivery", by="tests")
    assert made.stage == "delivery"


def test_no_stage_is_reached_before_the_one_it_follows():
    made = commission("tender")
    make.notice(commission=made, code="UK4", published_at=MONDAY)
    made.stage_dates.filter(stage="tender").update(actual_on=date(2026, 11, 4))
    with pytest.raises(NotReady, match="“Tender” was reached on 4 November 2026"):
        made.reach("evaluation", by="tests", on=date(2026, 11, 3))
    made.reach("evaluation", by="tests", on=date(2026, 11, 4))
    assert made.stage == "evaluation"


def test_nothing_is_open_for_comment_before_a_draft_is_public():
    made = commission("intention")
    asked = why_not(made, "draft_open")
    assert asked == [CONDITIONS["draft_published"].sentence]
    Entry.objects.append("draft.published", made, by="tests", version=1)
    assert why_not(made, "draft_open") == []


@pytest.mark.parametrize(
    ("amount", "indicators", "light_touch", "on", "asked"),
    [
        (6_000_000, 2, False, date(2025, 12, 1), True),
        (6_000_000, 0, False, date(2025, 12, 1), False),
        (6_000_000, 2, True, date(2025, 12, 1), False),
        (6_000_000, 2, False, date(2024, 12, 1), False),
        (900_000, 2, False, date(2025, 12, 1), False),
    ],
)
def test_a_contract_that_the_law_has_measured_is_closed_once_that_is_told(
    amount, indicators, light_touch, on, asked
):
    made = noticed("UK11", "contract", light_touch=light_touch)
    make.notice(commission=made, code="UK7", published_at=MONDAY)
    signed = make.contract(commission=made, title="Roads", amount=amount, on=on)
    for number in range(indicators):
        signed.indicators.create(title=f"Measure {number}", target="95%")
    made.stage = "review"
    found = gates.gaps(made, "closed")
    assert [(gap.gate, gap.notice) for gap in found] == (
        [("performance", "UK9")] if asked else []
    )
    if asked:
        assert "“Roads” has key performance indicators" in found[0].sentence
    make.notice(commission=made, code="UK9", published_at=MONDAY)
    assert gates.gaps(made, "closed") == []


@pytest.mark.parametrize("stage", ["considering", "decided"])
def test_going_back_to_a_draft_needs_a_draft_that_is_public(stage):
    """One that an exemption let pass without any may come here."""
    made = commission(stage)
    asked = why_not(made, "draft_open", reason="We shall ask after all.")
    assert asked == [CONDITIONS["draft_published"].sentence]


@pytest.mark.parametrize("reason", ["", "   "])
def test_going_back_without_a_reason_is_refused(reason):
    made = commission("considering")
    Entry.objects.append("draft.published", made, by="tests", version=1)
    with pytest.raises(NotReady, match="Say why"):
        made.reach("draft_open", by="tests", reason=reason)
    made.reach("draft_open", by="tests", reason="A second draft.")
    assert Entry.objects.get(kind="commission.stage").facts["reason"] == (
        "A second draft."
    )


def test_a_working_draft_moves_nowhere_and_acts_on_nothing():
    draft = make.draft_commission(
        stage="standstill", regime="psr", route="psr_a", post=make.held_post()
    )
    with pytest.raises(NotReady, match="Publish the intention first"):
        draft.reach("contract", by="tests")
    for stage in ("tender", "standstill", "contract"):
        assert gates.missing(draft, stage) == [gates.UNPUBLISHED]
    with pytest.raises(NotReady, match="Publish the intention first"):
        Weighing.weigh(draft, {}, by="tests")
    assert not Entry.objects.exists()


def test_no_stage_is_reached_on_a_day_to_come_when_a_standstill_would_seem_over(
    time_machine,
):
    time_machine.move_to(datetime(2026, 11, 11, 23, 30, tzinfo=UTC), tick=False)
    made = noticed("UK6", "standstill")
    with pytest.raises(NotReady, match="today or earlier"):
        made.reach("contract", on=LAST + timedelta(days=1), by="tests")
    with pytest.raises(NotReady, match="before the end of 11 November 2026"):
        made.reach("contract", by="tests")
    time_machine.move_to(datetime(2026, 11, 12, 0, 0, tzinfo=UTC), tick=False)
    made.reach("contract", by="tests")
    assert Entry.objects.get(kind="commission.stage").facts["on"] == "2026-11-12"


def test_an_act_asks_for_what_its_stage_takes_but_not_for_its_notices():
    made = commission("engagement", post=None)
    assert gates.missing(made, "tender") == [
        CONDITIONS[code].sentence for code in ("holder", "draft_open", "decision")
    ]
    assert gates.missing(commission("tender"), "tender") == []
    assert gates.missing(commission("evaluation", light_touch=True), "standstill") == []
    assert gates.missing(commission("cancelled"), "tender") == [
        "“Cancelled” is the end of it. Publish a new intention for what comes next."
    ]


@pytest.mark.parametrize(
    ("regime", "route", "refused"),
    [
        ("grant", "not_decided", False),
        ("below_threshold", "open", False),
        ("psr", "psr_a", False),
        ("in_house", "not_decided", True),
    ],
)
def test_a_choice_is_announced_where_no_standstill_follows_but_not_in_house(
    regime, route, refused
):
    made = commission("evaluation", regime=regime, route=route)
    assert bool(gates.missing(made, "standstill")) is refused


def test_an_exemption_of_what_nobody_can_see_is_refused():
    made = make.draft_commission()
    with pytest.raises(ValidationError, match="Publish the commission first"):
        exempt(made, "draft_open")
    assert not Entry.objects.exists()
