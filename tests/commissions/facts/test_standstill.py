"""Until when nobody may sign: counted by law, stated by the award, or the later of both."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine

from commissions.commission import gates
from commissions.commission.standstill import ends_of, standstill_of, started_at
from commissions.law.regimes import UNCOUNTED, regulations_of
from commissions.law.standstill import standstill
from commissions.models import Award, Commission, Contract
from commissions.organisations.models import HolidayCalendars
from commissions.public.commission.stages import lagging_commissions
from commissions.record.references import NotReady
from tests import make
from tests.outline import flat

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
NOVEMBER_2025 = datetime(2025, 11, 27, 9, tzinfo=UTC)
NIGHT = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # 1 July in London
ACT, PSR = ("procurement_act", "open"), ("psr", "psr_c")
CALL_OFF = ("procurement_act", "framework")

VECTORS = [
    # law and route, nation, notice and when, day the award states, last day
    (ACT, "england", ("UK6", MONDAY), None, date(2026, 11, 11)),
    (ACT, "england", ("UK6", NIGHT), None, date(2026, 7, 10)),
    (ACT, "england", ("UK6", NOVEMBER_2025), None, date(2025, 12, 9)),
    (ACT, "wales", ("UK6", NOVEMBER_2025), None, date(2025, 12, 9)),
    (ACT, "england", ("UK6", MONDAY), date(2026, 11, 20), date(2026, 11, 20)),
    (ACT, "england", ("UK6", MONDAY), date(2026, 11, 4), date(2026, 11, 11)),
    (ACT, "england", None, date(2026, 11, 20), date(2026, 11, 20)),
    (CALL_OFF, "england", ("UK6", MONDAY), date(2026, 11, 5), date(2026, 11, 5)),
    (PSR, "england", ("PSR3", MONDAY), None, date(2026, 11, 13)),
    (PSR, "england", ("PSR3", NOVEMBER_2025), None, date(2025, 12, 10)),
    (PSR, "england", ("PSR3", MONDAY), date(2026, 11, 20), date(2026, 11, 20)),
]


def chosen(law, nation, notice, *stated):
    """Make a commission in its standstill, with an award for each day that is stated."""
    regime, route = law
    made = make.commission(
        stage="standstill",
        regime=regime,
        route=route,
        organisation=make.organisation(nation=nation),
        published_at=datetime(2025, 3, 3, tzinfo=UTC),
    )
    if notice:
        make.notice(commission=made, code=notice[0], published_at=notice[1])
    for number, day in enumerate(stated or [None]):
        Award.objects.create(
            commission=made,
            award_id=str(number),
            decided_on=date(2025, 6, 2),
            standstill_ends_on=day,
        )
    return made


def held_up(commission, client, on):
    """Say, by the gate and by the page, whether nobody may sign on a day."""
    with time_machine.travel(datetime(on.year, on.month, on.day, 12, tzinfo=UTC)):
        codes = {gap.gate for gap in gates.gaps(commission, "contract", on=on)}
        page = client.get(f"/commissions/{commission.reference}/award/")
    assert page.status_code == 200
    return "standstill_over" in codes, "contract cannot be signed" in (flat(page))


@pytest.mark.parametrize(("law", "nation", "notice", "stated", "last"), VECTORS)
def test_gate_and_page_hold_until_the_last_day_and_no_longer(
    client, law, nation, notice, stated, last
):
    made = chosen(law, nation, notice, stated)
    assert held_up(made, client, last) == (True, True)
    assert held_up(made, client, last + timedelta(days=1)) == (False, False)


def test_of_many_awards_the_last_day_stated_counts(client):
    days = [date(2026, 11, 10 + n) for n in range(11)]
    made = chosen(ACT, "england", ("UK6", MONDAY), *reversed(days))
    assert held_up(made, client, date(2026, 11, 19)) == (True, True)
    assert held_up(made, client, days[-1] + timedelta(days=1)) == (False, False)


def test_where_the_law_sets_none_and_none_is_stated_nothing_is_held_up(client):
    made = chosen(CALL_OFF, "england", ("UK6", MONDAY))
    assert held_up(made, client, date(2026, 11, 3)) == (False, False)


def test_every_page_says_the_later_of_what_is_stated_and_counted(client):
    stated = [date(2026, 11, 4)] * 10 + [None]
    made = chosen(ACT, "england", ("UK6", MONDAY), *stated)
    with time_machine.travel(datetime(2026, 11, 5, 12, tzinfo=UTC)):
        own = flat(client.get(f"/commissions/{made.reference}/"))
        award = flat(client.get(f"/commissions/{made.reference}/award/"))
        assert "Until the end of 11 November 2026" in own
        assert "The contract cannot be signed before the end of 11 November 2026" in own
        assert "4 November 2026 has passed" not in own
        assert (
            "The contract cannot be signed before the end of 11 November 2026" in award
        )
        with pytest.raises(NotReady, match="lasts until 11 November 2026"):
            Contract.refuse_in_standstill(made, made.awards.first(), date(2026, 11, 11))
        assert lagging_commissions(Commission.objects.all()) == []
    with time_machine.travel(datetime(2026, 11, 12, 12, tzinfo=UTC)):
        Contract.refuse_in_standstill(made, made.awards.first(), date(2026, 11, 12))
        assert (
            "ended on 11 November 2026"
            in lagging_commissions(Commission.objects.all())[0][1].why
        )


def test_the_eleventh_award_counts_in_the_list_and_what_came_to_nothing_does_not():
    days = [date(2026, 11, 10 + n) for n in range(11)]
    made = chosen(CALL_OFF, "england", None, *days)
    assert standstill_of(made).last == days[-1]
    made.awards.filter(standstill_ends_on=days[-1]).update(status="cancelled")
    assert standstill_of(made).last == days[-2]


def test_of_two_awards_each_waits_for_its_own_notice():
    made = chosen(ACT, "england", ("UK6", MONDAY), None, None)
    later = datetime(2026, 11, 16, 9, tzinfo=UTC)
    make.notice(commission=made, code="UK6", published_at=later)
    first, second = made.awards.order_by("pk")
    first.decided_on, second.decided_on = date(2026, 10, 30), date(2026, 11, 16)
    with time_machine.travel(datetime(2026, 11, 17, 12, tzinfo=UTC)):
        assert ends_of(made, [first, second]) == {
            first.pk: date(2026, 11, 11),
            second.pk: date(2026, 11, 25),
        }
        assert standstill_of(made).last == date(2026, 11, 25)


def test_a_notice_of_the_day_of_the_decision_is_its_own():
    made = chosen(ACT, "england", ("UK6", MONDAY), None)
    make.notice(
        commission=made, code="UK6", published_at=datetime(2026, 11, 16, 9, tzinfo=UTC)
    )
    award = made.awards.get()
    award.decided_on = date(2026, 11, 2)
    with time_machine.travel(datetime(2026, 11, 17, 12, tzinfo=UTC)):
        assert ends_of(made, [award]) == {award.pk: date(2026, 11, 11)}
        award.announced_at = datetime(2026, 11, 3, 9, tzinfo=UTC)
        assert ends_of(made, [award]) == {award.pk: date(2026, 11, 11)}


def test_the_newest_notice_is_that_of_the_time_asked_about():
    made = chosen(ACT, "england", ("UK6", MONDAY))
    later = datetime(2026, 11, 16, 9, tzinfo=UTC)
    make.notice(commission=made, code="UK6", published_at=later)
    assert started_at(made, later - timedelta(days=1)) == MONDAY
    assert started_at(made, later) == later


@pytest.mark.parametrize(
    ("stated", "is_stated"),
    [(None, False), (date(2026, 11, 4), False), (date(2026, 11, 20), True)],
)
def test_it_says_whether_the_award_names_the_last_day(stated, is_stated):
    made = chosen(ACT, "england", ("UK6", MONDAY), stated)
    assert standstill_of(made).is_stated is is_stated


COUNTED, TOLD = date(2026, 11, 11), date(2026, 11, 16)


def review_of(**fields):
    """Say what came of representations: nothing was received, unless said."""
    usual = {"received": 0, "settled_at": None, "outcome": "", "told_on": None}
    return SimpleNamespace(**{**usual, **fields})


@pytest.mark.parametrize(
    ("review", "state", "last"),
    [
        (None, "running", date(2026, 11, 13)),
        (review_of(), "running", date(2026, 11, 13)),
        (review_of(received=1), "review", None),
        (review_of(received=1, settled_at=MONDAY, outcome="back"), "stopped", None),
        (review_of(received=1, settled_at=MONDAY, outcome="abandon"), "stopped", None),
        (
            review_of(received=1, settled_at=MONDAY, outcome="go_ahead", told_on=TOLD),
            "running",
            date(2026, 11, 23),
        ),
    ],
)
def test_only_what_was_received_holds_the_nhs_standstill_up(review, state, last):
    law = SimpleNamespace(regime="psr", route="psr_competitive", light_touch=False)
    told = {
        "stated": None,
        "holidays": HolidayCalendars().of("england"),
        "today": TOLD - timedelta(days=7),
    }
    found = standstill(law, started=MONDAY, review=review, **told)
    assert (found.state, found.last) == (state, last)


def test_what_is_urgent_waits_for_nothing():
    law = SimpleNamespace(regime="psr", route="psr_c", light_touch=False)
    told = {
        "stated": None,
        "holidays": HolidayCalendars().of("england"),
        "today": COUNTED,
    }
    assert standstill(law, started=MONDAY, **told).last
    assert standstill(law, started=MONDAY, urgent=True, **told).state == "none"


def test_an_award_announced_in_the_same_moment_as_its_notice_waits_for_that_one():
    made = chosen(ACT, "england", ("UK6", MONDAY), None)
    later = datetime(2026, 11, 16, 9, tzinfo=UTC)
    make.notice(commission=made, code="UK6", published_at=later)
    award = made.awards.get()
    award.announced_at = later
    with time_machine.travel(datetime(2026, 11, 17, 12, tzinfo=UTC)):
        assert ends_of(made, [award]) == {award.pk: date(2026, 11, 25)}


@pytest.mark.parametrize("regime", UNCOUNTED)
def test_of_a_law_whose_days_are_not_counted_it_does_not_say_that_one_may_sign(regime):
    law = SimpleNamespace(regime=regime, route="open", light_touch=False)
    told = {
        "stated": None,
        "holidays": HolidayCalendars().of("england"),
        "today": COUNTED,
    }
    found = standstill(law, started=MONDAY, **told)
    assert found.last is None
    assert (
        found.sentence
        == "This law can forbid signing for a time. The portal does not count its days."
    )
    assert found.counting == "The portal does not count the standstill of this law."
    assert ("does not count its days" in regulations_of(regime, "wales")) is (
        regime != "not_stated"
    )
    assert "does not count" not in regulations_of("procurement_act", "wales")
