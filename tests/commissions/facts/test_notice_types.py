"""What a notice type means: which one opens, intends, chooses, signs or ends."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from commissions.commission import gates
from commissions.law.notices.table import NOTICE_TYPES, codes_for, is_of_the_act
from commissions.models import Commission
from commissions.public.commission.stages import lagging_commissions
from tests import make

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
OPEN = ("procurement_act", "open")
FRAMEWORK = ("procurement_act", "framework")
DIRECT = ("procurement_act", "direct_award")
BELOW = ("below_threshold", "open")
PSR = {route: ("psr", f"psr_{route}") for route in ("a", "b", "c", "msp")}
COMPETED = ("psr", "psr_competitive")

ASKED = [
    # law and route, from stage, to stage, the notice asked for
    (OPEN, "decided", "tender", "UK4"),
    (FRAMEWORK, "decided", "tender", ""),
    (DIRECT, "decided", "direct_award", "UK5"),
    (BELOW, "decided", "tender", "UK4"),
    (COMPETED, "decided", "tender", "PSR8"),
    (PSR["msp"], "decided", "evaluation", "PSR5"),
    (OPEN, "evaluation", "standstill", "UK6"),
    (DIRECT, "direct_award", "standstill", "UK6"),
    (PSR["c"], "direct_award", "standstill", "PSR3"),
    (PSR["msp"], "evaluation", "standstill", "PSR6"),
    (COMPETED, "evaluation", "standstill", "PSR10"),
    (OPEN, "review", "closed", "UK11"),
]


def at_stage(law, stage):
    """Make a commission of a law at a stage."""
    regime, route = law
    return make.commission(
        regime=regime, route=route, stage=stage, value_max=900_000, published_at=AT
    )


def asked(commission, to):
    """Return the codes of the notices that stand in the way of a stage."""
    return "".join(gap.notice for gap in gates.gaps(commission, to))


@pytest.mark.parametrize(("law", "stage", "to", "code"), ASKED)
def test_a_move_waits_for_the_notice_that_means_it(law, stage, to, code):
    made = at_stage(law, stage)
    assert asked(made, to) == code
    if code:
        make.notice(commission=made, code=code, published_at=AT)
        assert asked(made, to) == ""


@pytest.mark.parametrize(
    ("law", "opened_by", "code"),
    [
        (OPEN, "UK4", "UK12"),
        (DIRECT, "UK5", "UK12"),
        (COMPETED, "PSR8", "PSR-AB"),
        (PSR["msp"], "PSR5", "PSR-AB"),
        (PSR["c"], "PSR3", "PSR-AB"),
        (OPEN, "UK2", ""),
        (OPEN, None, ""),
    ],
)
def test_what_a_notice_has_opened_ends_with_a_notice(law, opened_by, code):
    made = at_stage(law, "decided")
    if opened_by:
        make.notice(commission=made, code=opened_by, published_at=AT)
    found = [gap.notice for gap in gates.gaps(made, "cancelled") if gap.notice]
    assert found == ([code] if code else [])


MEANS = [
    # law and route, notice, and the stage that it shows of what is decided
    (OPEN, "UK2", None),
    (OPEN, "UK4", "tender"),
    (DIRECT, "UK5", "direct_award"),
    (OPEN, "UK6", "standstill"),
    (OPEN, "UK7", "contract"),
    (OPEN, "UK12", "cancelled"),
    (COMPETED, "PSR8", "tender"),
    (PSR["msp"], "PSR5", "evaluation"),
    (PSR["c"], "PSR3", "standstill"),
    (PSR["msp"], "PSR6", "standstill"),
    (COMPETED, "PSR10", "standstill"),
    (PSR["a"], "PSR2", "contract"),
    (PSR["c"], "PSR4", "contract"),
    (PSR["msp"], "PSR7", "contract"),
    (COMPETED, "PSR11", "contract"),
    (COMPETED, "PSR-AB", "cancelled"),
]


@pytest.mark.parametrize(("law", "code", "stage"), MEANS)
def test_a_published_notice_shows_the_stage_that_it_means(law, code, stage):
    made = at_stage(law, "decided")
    make.notice(commission=made, code=code, published_at=AT)
    found = [each.stage for _, each in lagging_commissions(Commission.objects.all())]
    assert found == ([stage] if stage else [])


@pytest.mark.parametrize(
    ("code", "of_the_act"),
    [("UK4", True), ("UK6", True), ("UK16", True), ("PSR3", False), ("XX1", False)],
)
def test_a_notice_belongs_to_the_act_or_not(code, of_the_act):
    assert is_of_the_act(code) is of_the_act


@pytest.mark.parametrize(
    ("regime", "theirs", "others"),
    [
        ("procurement_act", {"UK1", "UK4", "UK6"}, {"UK17", "PSR3"}),
        ("psr", {"PSR3"}, {"UK1", "UK4", "UK17"}),
        ("not_stated", {"UK1", "UK4", "PSR3"}, {"UK17"}),
    ],
)
def test_a_commission_has_the_notices_of_its_law_and_the_pipeline(
    regime, theirs, others
):
    codes = set(codes_for(regime))
    assert theirs <= codes
    assert not others & codes


def test_a_notice_means_nothing_before_it_is_published():
    made = at_stage(OPEN, "decided")
    later = timezone.now() + timedelta(days=1)
    make.notice(commission=made, code="UK4", published_at=later)
    assert asked(made, "tender") == "UK4"
    assert lagging_commissions(Commission.objects.all()) == []


@pytest.mark.parametrize(
    ("meaning", "codes"),
    [
        ("engages_market", "UK2"),
        ("opens_tender", "UK4"),
        ("opens_direct_award", "UK5"),
        ("tells_of_choice", "UK5 UK6 UK7"),
        ("starts_standstill", "UK6"),
        ("signs_contract", "UK7"),
        ("changes_contract", "UK10"),
        ("ends_contract", "UK11"),
        ("ends_procurement", "UK12"),
    ],
)
def test_each_notice_of_the_act_means_one_thing(meaning, codes):
    of_the_act = [row for row in NOTICE_TYPES.values() if is_of_the_act(row.code)]
    assert " ".join(r.code for r in of_the_act if getattr(r, meaning)) == codes
