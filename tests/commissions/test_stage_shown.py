"""What the facts show of a stage: the pure table, the desk's prompt, the public page."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from commissions.law.lifecycle import (
    ORDER,
    ROUTES,
    STAGES,
    Law,
    StageFacts,
    inferred_stage,
    move,
    path,
)
from commissions.models import (
    Award,
    Commission,
    Contract,
    DirectAward,
    Entry,
    Holiday,
    Proposal,
    Representations,
    StageDate,
    Tender,
)
from commissions.public.commission import stages
from commissions.public.commission.stages import lagging_commissions
from tests import make
from tests.outline import flat

DAY = date(2026, 11, 3)
EARLIER, LATER = DAY - timedelta(days=9), DAY + timedelta(days=9)
OPEN = Law("procurement_act", "open")
DIRECT = Law("procurement_act", "direct_award")
PSR_C = Law("psr", "psr_c")
PSR_MSP = Law("psr", "psr_msp")
PSR_COMPETITIVE = Law("psr", "psr_competitive")
BELOW = Law("below_threshold", "open")
GRANT = Law("grant", "not_decided")


def told(law, stage, **facts):
    """Return the stage that the facts show, the first move, and its day; or None."""
    found = inferred_stage(StageFacts(law, stage, **facts))
    return found and (found.stage, found.step, found.on)


@pytest.mark.parametrize(
    ("law", "stage", "facts", "shows"),
    [
        (OPEN, "decided", {"notices": {"UK4": DAY}}, "tender"),
        (PSR_COMPETITIVE, "decided", {"notices": {"PSR8": DAY}}, "tender"),
        (BELOW, "decided", {"notices": {"UK4": DAY}}, "tender"),
        (OPEN, "decided", {"invited": DAY}, "tender"),
        (OPEN, "tender", {"bids_closed": DAY}, "evaluation"),
        (GRANT, "tender", {"bids_closed": DAY}, "evaluation"),
        (PSR_MSP, "decided", {"notices": {"PSR5": DAY}}, "evaluation"),
        (DIRECT, "decided", {"notices": {"UK5": DAY}}, "direct_award"),
        (OPEN, "tender", {"notices": {"UK4": EARLIER, "UK5": DAY}}, "direct_award"),
        (PSR_C, "decided", {"justified": DAY}, "direct_award"),
        (PSR_MSP, "decided", {"justified": DAY}, "evaluation"),
        (OPEN, "evaluation", {"notices": {"UK6": DAY}}, "standstill"),
        (PSR_C, "direct_award", {"notices": {"PSR3": DAY}}, "standstill"),
        (PSR_MSP, "evaluation", {"notices": {"PSR6": DAY}}, "standstill"),
        (PSR_COMPETITIVE, "evaluation", {"notices": {"PSR10": DAY}}, "standstill"),
        (OPEN, "standstill", {"notices": {"UK7": DAY}}, "contract"),
        (OPEN, "standstill", {"signed": DAY}, "contract"),
        (PSR_C, "standstill", {"notices": {"PSR4": DAY}}, "contract"),
        (Law("psr", "psr_a"), "direct_award", {"notices": {"PSR2": DAY}}, "contract"),
        (OPEN, "mobilisation", {"started": DAY}, "delivery"),
        (OPEN, "contract", {"started": DAY}, "delivery"),
        (OPEN, "delivery", {"started": EARLIER, "ended": DAY}, "review"),
        (OPEN, "delivery", {"notices": {"UK11": DAY}}, "review"),
        (OPEN, "tender", {"notices": {"UK4": EARLIER, "UK12": DAY}}, "cancelled"),
        (PSR_C, "standstill", {"notices": {"PSR-AB": DAY}}, "cancelled"),
        (OPEN, "draft_open", {"comments_closed": DAY}, "considering"),
        (OPEN, "intention", {"notices": {"UK2": DAY}}, "engagement"),
    ],
)
def test_a_fact_shows_the_stage_that_it_brings(law, stage, facts, shows):
    assert told(law, stage, **facts) == (shows, shows, DAY)
    at_home = StageFacts(law, shows, **facts)
    assert inferred_stage(at_home) is None


def test_the_sentence_names_the_fact_and_the_link_the_move():
    found = inferred_stage(StageFacts(OPEN, "evaluation", notices={"UK6": DAY}))
    assert found.why == (
        "The contract award notice (UK6) was published on 3 November 2026, which "
        "begins the standstill."
    )
    assert found.todo == "Move it to “Standstill”"


@pytest.mark.parametrize(
    ("law", "stage", "facts"),
    [
        (Law("procurement_act", "framework"), "decided", {"notices": {"UK4": DAY}}),
        (PSR_C, "direct_award", {"notices": {"UK6": DAY}}),
        (BELOW, "evaluation", {"notices": {"UK6": DAY}}),
        (Law("in_house", ""), "decided", {"bids_closed": DAY, "notices": {"UK7": DAY}}),
        (OPEN, "delivery", {"notices": {"UK12": DAY}}),
        (OPEN, "closed", {"ended": DAY}),
        (OPEN, "cancelled", {"signed": DAY}),
        (OPEN, "evaluation", {"standstill_over": DAY}),
    ],
)
def test_what_is_of_another_law_or_too_late_shows_nothing(law, stage, facts):
    assert told(law, stage, **facts) is None


def test_the_furthest_is_shown_and_the_first_lawful_move_comes_first():
    notices = {"UK4": EARLIER, "UK6": LATER}
    assert told(OPEN, "decided", notices=notices) == ("standstill", "tender", EARLIER)
    found = inferred_stage(StageFacts(OPEN, "decided", notices=notices))
    assert found.todo == "Move it to “Tender” first"
    assert told(OPEN, "decided", notices={"UK6": LATER}) == (
        "standstill",
        "tender",
        LATER,
    )


def test_the_day_is_not_before_the_present_stage_came():
    assert told(
        OPEN, "evaluation", reached={"evaluation": DAY}, notices={"UK6": EARLIER}
    ) == ("standstill", "standstill", DAY)


def test_after_going_back_only_a_newer_fact_counts():
    back = {"standstill": EARLIER, "evaluation": DAY}
    assert told(OPEN, "evaluation", reached=back, notices={"UK6": EARLIER}) is None
    again = told(OPEN, "evaluation", reached=back, notices={"UK6": LATER})
    assert again == ("standstill", "standstill", LATER)


def test_the_end_of_a_standstill_lets_it_be_signed_and_gives_no_day():
    found = inferred_stage(StageFacts(OPEN, "standstill", standstill_over=DAY))
    assert (found.stage, found.on, found.may) == ("contract", None, True)
    assert found.why.endswith("3 November 2026: the contract can be signed.")
    assert found.todo == "Once it is, move it to “Contract”"
    signed = inferred_stage(
        StageFacts(OPEN, "standstill", standstill_over=DAY, signed=LATER)
    )
    assert (signed.on, signed.may) == (LATER, False)


laws = st.builds(
    Law,
    st.sampled_from(Commission.Regime.values),
    st.sampled_from(Commission.Route.values),
    st.booleans(),
    st.booleans(),
)
days = st.dates(date(2025, 3, 1), date(2026, 11, 1))
CODES = ["UK2", "UK4", "UK5", "UK6", "UK7", "UK11", "UK12"]
CODES += ["PSR2", "PSR3", "PSR4", "PSR5", "PSR6", "PSR8", "PSR10", "PSR-AB"]
HAPPENED = (
    *("comments_closed", "invited", "bids_closed", "justified", "standstill_over"),
    *("signed", "started", "ended"),
)


@given(
    laws,
    st.sampled_from(list(STAGES)),
    st.dictionaries(st.sampled_from(CODES), days),
    st.dictionaries(st.sampled_from(HAPPENED), days),
    st.dictionaries(st.sampled_from(list(STAGES)), days),
)
def test_whatever_the_facts_the_move_prompted_is_a_lawful_one_forward(
    law, stage, notices, happened, reached
):
    known = StageFacts(law, stage, reached=reached, notices=notices, **happened)
    found = inferred_stage(known)
    if found is None:
        return
    more = {"light_touch": law.light_touch, "small": law.small}
    assert move(law.regime, law.route, stage, found.step, **more)
    assert ORDER[stage] < ORDER[found.step]
    assert found.stage in (
        *path(law.regime, law.route, light_touch=law.light_touch),
        "direct_award",
        "standstill",
        "cancelled",
    )


def test_every_law_with_a_notice_before_a_stage_is_prompted_by_it():
    for regime, routes in ROUTES.items():
        for route in routes:
            line = path(regime, route)
            for before, stage in pairwise(line):
                found = move(regime, route, before, stage)
                for code in found.notices:
                    if stage in ("contract", "closed"):
                        continue
                    law = Law(regime, route)
                    assert told(law, before, notices={code: DAY})[0] == stage


# The desk

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOW.date()
PAST = NOW - timedelta(days=3)
HOLD = {"regime": "procurement_act", "route": "open"}


@pytest.fixture(autouse=True)
def now(time_machine):
    """Stop the clock on a Sunday at noon, whatever day the suite runs on."""
    time_machine.move_to(NOW, tick=False)
    return NOW


def at(stage, **fields):
    """Make a commission at a stage, which came ten days ago."""
    made = make.commission(
        stage=stage, **{**HOLD, "published_at": NOW - timedelta(100), **fields}
    )
    StageDate.objects.update_or_create(
        commission=made,
        stage=stage,
        defaults={"actual_on": TODAY - timedelta(days=10)},
    )
    return made


def noticed(commission, code):
    """Put a notice out three days ago."""
    make.notice(commission=commission, code=code, published_at=PAST)


def signed(commission, **fields):
    """Give it a contract, signed five days ago unless said."""
    given = {"contract_id": "1", "status": "active"}
    given |= {"signed_on": TODAY - timedelta(days=5), **fields}
    Contract.objects.create(commission=commission, **given)


def justified(commission):
    """Say why there is no competition."""
    DirectAward.objects.create(
        commission=commission,
        ground="technical",
        explanation="Only one can.",
        conflicts="None declared",
        post=commission.post,
        justified_at=PAST,
    )


def invited(commission, closes_at):
    """Invite bids until a time."""
    Tender.objects.create(
        commission=commission, title="T", invited_at=PAST, closes_at=closes_at
    )


FACTS = {
    "a tender notice": ("decided", lambda c: noticed(c, "UK4"), "tender"),
    "an invitation": ("decided", lambda c: invited(c, NOW + timedelta(9)), "tender"),
    "a time to bid": ("tender", lambda c: c.show_window("bids", None, PAST), "evaluation"),
    "bids invited": ("tender", lambda c: invited(c, PAST), "evaluation"),
    "a transparency notice": ("tender", lambda c: noticed(c, "UK5"), "direct_award"),
    "a justification": ("tender", justified, "direct_award"),
    "an award notice": ("evaluation", lambda c: noticed(c, "UK6"), "standstill"),
    "details of a contract": ("standstill", lambda c: noticed(c, "UK7"), "contract"),
    "a signature": ("standstill", signed, "contract"),
    "a first day": ("mobilisation", lambda c: signed(c, starts_on=TODAY), "delivery"),
    "a last day": (
        "delivery",
        lambda c: signed(c, ends_on=TODAY - timedelta(days=1)),
        "review",
    ),
    "a termination": ("delivery", lambda c: noticed(c, "UK11"), "review"),
    "an end to it": ("tender", lambda c: noticed(c, "UK12"), "cancelled"),
    "comments closed": (
        "draft_open",
        lambda c: c.show_window("comment", None, PAST),
        "considering",
    ),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("fact", FACTS)
def test_what_is_kept_shows_the_stage(now, fact):
    stage, happens, shows = FACTS[fact]
    commission = at(stage)
    assert lagging_commissions(Commission.objects.all()) == []
    happens(commission)
    ((found, seen),) = lagging_commissions(Commission.objects.all())
    assert (found, seen.stage) == (commission, shows)


@pytest.mark.django_db
def test_what_nobody_holds_and_what_is_a_draft_is_not_asked(now):
    noticed(at("evaluation", post=None), "UK6")
    noticed(at("evaluation", published_at=None), "UK6")
    assert lagging_commissions(Commission.objects.all()) == []


@pytest.mark.django_db
def test_a_contract_that_runs_beside_or_may_be_extended_is_not_over(now):
    past = TODAY - timedelta(days=1)
    running = at("delivery")
    signed(running, ends_on=past)
    signed(running, contract_id="2", ends_on=TODAY)
    noticed(running, "UK11")
    extendable = at("delivery")
    signed(extendable, ends_on=past, latest_end_on=TODAY)
    assert lagging_commissions(Commission.objects.all()) == []


@pytest.mark.django_db
def test_a_standstill_is_over_by_its_count_and_not_while_it_is_held_up(now):
    waits = at("standstill")
    make.notice(commission=waits, code="UK6", published_at=NOW - timedelta(days=20))
    Award.objects.create(commission=waits, standstill_ends_on=TODAY)
    held_up = at("standstill", regime="psr", route="psr_c")
    early = make.notice(
        commission=held_up, code="PSR3", published_at=NOW - timedelta(days=20)
    )
    Representations.objects.create(
        commission=held_up, notice=early, mailbox="a@example.org", received=1
    )
    assert lagging_commissions(Commission.objects.all()) == []
    Award.objects.update(standstill_ends_on=TODAY - timedelta(days=1))
    ((found, seen),) = lagging_commissions(Commission.objects.all())
    assert (found, seen.stage, seen.may) == (waits, "contract", True)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_asking_of_many_costs_the_same(now, number, django_assert_num_queries):
    for _ in range(number):
        commission = at("standstill")
        make.notice(commission=commission, code="UK6", published_at=NOW - timedelta(20))
        Award.objects.create(commission=commission)
        signed(commission)
    assert Holiday.objects.exists()
    with django_assert_num_queries(6):
        assert len(lagging_commissions(Commission.objects.all())) == number


@pytest.mark.django_db
def test_no_more_are_read_than_are_wanted(now, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(stages, "CHUNK", 1)
    for _ in range(3):
        signed(at("evaluation"))
    assert len(lagging_commissions(Commission.objects.all())) == 3
    with django_assert_num_queries(5):
        assert len(lagging_commissions(Commission.objects.all(), most=1)) == 1


@pytest.mark.django_db
def test_the_first_page_of_the_desk_lists_what_has_moved_mine_first(client, post):
    others = at("evaluation", title="Theirs")
    mine = at("evaluation", title="Mine", post=post)
    at("evaluation", title="Nothing new")
    noticed(others, "UK6")
    noticed(mine, "UK6")
    response = client.get(reverse("admin:index"))
    listed = [each.commission for each in response.context["waits"]["stages"]]
    assert listed == [mine, others]
    html = flat(response)
    assert "“Mine” is at “Evaluation”. The contract award notice (UK6)" in html
    url = reverse("admin:commission-move", args=[mine.pk])
    assert f'href="{url}?stage=standstill&amp;on=2026-11-19"' in html
    assert "Nothing new" not in html


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "more"), [(10, False), (11, True)])
def test_ten_are_listed_and_the_desk_says_that_there_are_more(
    client, post, number, more
):
    for _ in range(number):
        noticed(at("evaluation"), "UK6")
    response = client.get(reverse("admin:index"))
    assert len(response.context["waits"]["stages"]) == 10
    assert ("There are more whose stage" in flat(response)) is more


@pytest.mark.django_db
def test_the_link_fills_the_move_in_and_the_person_makes_it(client, post):
    commission = at("evaluation")
    noticed(commission, "UK6")
    form_url = reverse("admin:commissions_commission_change", args=[commission.pk])
    html = flat(client.get(form_url))
    assert "which begins the standstill." in html
    assert "Move it to “Standstill”" in html
    url = reverse("admin:commission-move", args=[commission.pk])
    response = client.get(f"{url}?stage=standstill&on=2026-11-19")
    form = response.context["form"]
    assert form["stage"].value() == "standstill"
    assert form["on"].value() == date(2026, 11, 19)
    assert Commission.objects.get(pk=commission.pk).stage == "evaluation"
    before = Entry.objects.count()
    client.post(url, {"stage": "standstill", "on": "2026-11-19"})
    assert Commission.objects.get(pk=commission.pk).stage == "standstill"
    assert Entry.objects.count() == before + 1
    assert "stage-shown" not in flat(client.get(form_url))


@pytest.mark.django_db
def test_the_move_offers_the_stages_as_they_follow_and_chooses_none(client, post):
    commission = at("evaluation")
    noticed(commission, "UK6")
    url = reverse("admin:commission-move", args=[commission.pk])
    response = client.get(url)
    offered = [name for name, _ in response.context["form"].fields["stage"].choices]
    assert offered == ["", "standstill", "contract", "direct_award", "cancelled"]
    html = flat(response)
    assert f'href="{url}?stage=standstill&amp;on=2026-11-19">Move it to' in html
    answer = client.post(url, {"stage": "", "on": "31/2/2026"})
    assert answer.context["form"].errors == {
        "stage": ["Choose the stage it reached."],
        "on": ["Write the day as 3/11/2026 or 2026-11-03."],
    }
    filled = flat(client.get(f"{url}?stage=standstill&on=2026-11-19"))
    assert "which begins the standstill." in filled
    assert "Move it to “Standstill”" not in filled


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["?stage=nonsense&on=31/2", "?on=%00", "?stage="])
def test_an_address_that_makes_no_sense_fills_in_today(client, post, asked):
    commission = at("evaluation")
    url = reverse("admin:commission-move", args=[commission.pk])
    response = client.get(f"{url}{asked}")
    assert response.status_code == 200
    assert response.context["form"]["on"].value() == timezone.localdate()


@pytest.mark.django_db
def test_a_notice_that_waits_to_be_confirmed_comes_before_the_move(client, post):
    commission = at("evaluation")
    notice = make.notice(commission=commission, code="UK6", published_at=PAST)
    proposal = Proposal.objects.create(
        commission=commission,
        notice=notice,
        ocid="ocds-x-1",
        changes={"stage": ["evaluation", "standstill"]},
    )
    (prompt,) = client.get(reverse("admin:index")).context["waits"]["stages"]
    assert prompt.url == reverse("admin:proposal-settle", args=[proposal.pk])
    form_url = reverse("admin:commissions_commission_change", args=[commission.pk])
    html = flat(client.get(form_url))
    assert "Confirm what the notice says" in html
    assert "Move it to “Standstill” yourself" in html


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "said"), [("UK6", True), ("UK1", False)])
def test_recording_a_notice_says_at_once_what_it_moves(client, post, code, said):
    commission = at("evaluation")
    long_ago = timezone.now() - timedelta(days=60)
    make.notice(commission=commission, code="UK4", published_at=long_ago)
    day = timezone.localdate() - timedelta(days=1)
    response = client.post(
        reverse("admin:commissions_commission_notice", args=[commission.pk]),
        {
            "code": code,
            "platform": "Find a Tender",
            "reference": f"012345-{day.year}",
            "url": f"https://www.find-tender.service.gov.uk/Notice/012345-{day.year}",
            "published_at_0": day.isoformat(),
            "published_at_1": "10:00",
        },
        follow=True,
    )
    (message,) = response.context["messages"]
    assert str(message).startswith("Recorded: Find a Tender published")
    link = f"?stage=standstill&amp;on={day}"
    assert (link in str(message)) is said
    assert Commission.objects.get(pk=commission.pk).stage == "evaluation"


# The public page


@pytest.mark.django_db
def test_the_public_page_says_that_the_stage_has_not_been_moved(client):
    commission = at("evaluation")
    words = "The stage shown here has not been updated yet."
    assert words not in flat(client.get(commission.get_absolute_url()))
    noticed(commission, "UK6")
    html = flat(client.get(commission.get_absolute_url()))
    assert f"which begins the standstill. {words}" in html


@pytest.mark.django_db
def test_the_public_is_not_told_what_may_be_signed_as_if_it_were_late(client, now):
    waits = at("standstill")
    Award.objects.create(commission=waits, standstill_ends_on=TODAY - timedelta(days=1))
    html = flat(client.get(waits.get_absolute_url()))
    assert "has not been updated yet" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_whose_stage_lags_costs_the_same_however_much_there_is(
    client, rows, django_assert_max_num_queries
):
    commission = at("mobilisation")
    for n in range(rows):
        signed(commission, contract_id=str(n), starts_on=TODAY, title=f"C{n}")
        Contract.objects.filter(contract_id=str(n)).update(reference=f"C-{n}")
    with django_assert_max_num_queries(17):
        html = flat(client.get(commission.get_absolute_url()))
    assert "has not been updated yet" in html
