"""The award page: who was chosen, why, by whom, how to object and until when."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commissions.law.direct_award_grounds import KEY_CRITERIA
from commissions.models import (
    Award,
    DirectAward,
    Lot,
    Representations,
    Tender,
    Weighing,
)
from tests import make
from tests.outline import flat

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)


def chosen(regime="procurement_act", route="open", code="UK6", **fields):
    """Make a commission in its standstill, whose notice came out on 2 November."""
    fields.setdefault("stage", "standstill")
    return make.behind_the_gate(regime, route, code, AT, **fields)


def address(commission):
    return reverse("commissions:award-detail", args=[commission.reference])


def page(client, commission, at=AT + timedelta(days=2)):
    with time_machine.travel(at):
        response = client.get(address(commission))
    assert response.status_code == 200
    return flat(response)


def award(commission, **fields):
    made = Award.objects.create(
        **{
            "commission": commission,
            "award_id": str(commission.awards.count()),
            "decided_on": date(2026, 11, 1),
            **fields,
        }
    )
    made.suppliers.add(make.organisation(name="Meadow Care", kind="provider"))
    return made


def direct(commission, **fields):
    fields.setdefault("ground", "psr_c" if commission.regime == "psr" else "technical")
    fields.setdefault("post", commission.post)
    return DirectAward.objects.create(
        **{
            "commission": commission,
            "explanation": "Only they can mend this lift.",
            "conflicts": "The deputy director once worked there.",
            "conflicts_managed": "She left the room.",
            "supplier": make.organisation(name="Liftwell", kind="provider"),
            "amount": 250_000,
            **fields,
        }
    )


def test_an_award_says_who_why_how_many_and_by_which_decision(client):
    commission = chosen()
    decision = make.decision(
        commission=commission,
        title="Who helps at home",
        post=make.held_post(title="Director"),
    )
    award(
        commission,
        reasons="It had the best plan for weekends.",
        amount=900_000,
        decision=decision,
        bids_received=5,
        bids_assessed=4,
        bids_from_sme=3,
        bids_from_vcse=0,
    )
    html = page(client, commission)
    for said in (
        ">Meadow Care</a>",
        "It had the best plan for weekends.",
        "£900,000 excluding VAT",
        "<dd>On 1 November 2026</dd>",
        "<dd>Director: ",
        f'<a href="{decision.get_absolute_url()}">Who helps at home</a>',
        "Received: 5",
        "Assessed: 4",
        "From small and medium-sized firms: 3",
        "From voluntary and community bodies: 0",
        "The contract cannot be signed before the end of 11 November 2026.",
        "sections 51(2) and 123(1)",
        "claim by the end of 11 November 2026, the contract cannot be signed",
        "The tender: what was asked, and how bids were judged",
        "Procurement Act 2023, section 101",
        "The contract can be signed from 12 November 2026. Within 30 days of that the "
        "contract details notice (UK7) must be published.",
    ):
        assert said in html
    assert "There was no competition" not in html


def test_the_standstill_is_over_the_day_after(client):
    commission = chosen()
    award(commission)
    html = page(client, commission, at=datetime(2026, 11, 12, 12, tzinfo=UTC))
    assert (
        "The standstill ended on 11 November 2026. Since then the contract can be signed."
        in html
    )


def test_the_act_leaves_out_the_bank_holidays_of_every_nation(client):
    commission = chosen(code="")
    saint_andrews_week = datetime(2026, 11, 19, 9, tzinfo=UTC)
    make.notice(commission=commission, code="UK6", published_at=saint_andrews_week)
    award(commission)
    html = page(client, commission, at=saint_andrews_week)
    assert "The contract cannot be signed before the end of 1 December 2026." in html


def test_a_notice_that_miscounts_is_shown_beside_the_count(client):
    commission = chosen()
    award(commission, standstill_ends_on=date(2026, 11, 9))
    html = page(client, commission)
    assert "names 9 November 2026, the count gives 11 November 2026" in html
    assert "The contract cannot be signed before the end of 11 November 2026" in html


@pytest.mark.parametrize(
    ("made", "stated", "sentence"),
    [
        ({"light_touch": True}, None, "There is no standstill"),
        (
            {"light_touch": True},
            date(2026, 11, 13),
            "before the end of 13 November 2026",
        ),
        ({"code": ""}, None, "The day on which the standstill ends is not published."),
        ({"code": ""}, date(2026, 11, 13), "The award names this day."),
        ({"regime": "below_threshold"}, None, "There is no standstill"),
    ],
)
def test_each_law_has_its_own_standstill(client, made, stated, sentence):
    commission = chosen(**made)
    award(commission, standstill_ends_on=stated)
    assert sentence in page(client, commission)


def test_of_other_laws_nothing_is_said_unless_stated(client):
    commission = chosen(regime="old_regulations", code="")
    award(commission)
    assert "When the contract can be signed" not in page(client, commission)


def test_nobody_chosen_yet_is_said(client):
    assert "No one has been chosen yet." in page(client, chosen(code=""))


def test_nobody_sees_the_award_of_a_draft(client):
    assert client.get(address(make.draft_commission())).status_code == 404


def test_a_direct_award_says_so_plainly(client):
    commission = chosen(route="direct_award", code="UK5")
    direct(commission)
    html = page(client, commission)
    for said in (
        "Chosen without a competition",
        "There was no competition. The ground is: Single supplier: technical reasons.",
        "Only they can mend this lift.",
        "Procurement Act 2023, section 41 and Schedule 5, paragraph 6",
        ">Liftwell</a>",
        "£250,000",
        "The deputy director once worked there.",
        "She left the room.",
        commission.post.title,
        "ask a question in public",
    ):
        assert said in html
    public = flat(client.get(commission.get_absolute_url()))
    assert f'href="{address(commission)}"' in public
    assert "Chosen without a competition" in public


def test_a_direct_award_known_from_its_notice_only_says_what_is_missing(client):
    commission = chosen(route="direct_award", code="UK5")
    award(commission)
    html = page(client, commission)
    assert "On what ground, and who decided, is not recorded here." in html
    public = flat(client.get(commission.get_absolute_url()))
    assert "Chosen without a competition" in public


def test_who_holds_it_is_shown_where_no_decision_is_linked(client):
    committee = make.committee(name="Cabinet")
    commission = chosen(committee=committee)
    award(commission)
    assert "A committee of" in page(client, commission)
    nobodys = chosen(post=None)
    award(nobodys)
    assert "Not recorded here: this commission is known" in page(client, nobodys)


def test_nothing_is_next_once_the_contract_is_signed(client):
    commission = chosen(stage="delivery")
    award(commission)
    assert "What happens next" not in page(client, commission)


def test_an_urgent_direct_award_has_no_standstill(client):
    commission = chosen(route="direct_award", code="UK5")
    direct(commission, ground="urgency")
    assert "There is no standstill" in page(client, commission)


def in_the_nhs(**fields):
    commission = chosen(regime="psr", route="psr_c", code="PSR3")
    direct(commission, **fields)
    Representations.open(
        commission,
        mailbox="choices@icb.example",
        how="Say which rule.",
        by="demo",
        at=AT,
    )
    return commission


def test_under_the_nhs_regime_anybody_reads_how_to_object_and_until_when(client):
    commission = in_the_nhs()
    equal = {code: (20, f"About {code}.") for code in KEY_CRITERIA}
    Weighing.weigh(commission, equal, by="demo")
    html = page(client, commission)
    for said in (
        "Open for representations until the end of 13 November 2026, in 9 days",
        "choices@icb.example",
        "Say which rule.",
        "0 so far.",
        "The contract cannot be signed before the end of 13 November 2026",
        "regulation 12(2), (3), (9) and (12)",
        "Quality and innovation",
        "About social_value.",
        "Providers can object until the end of 13 November 2026.",
    ):
        assert said in html
    assert html.count('class="bar"') == 1


def test_representations_hold_the_standstill_until_they_are_settled(client):
    commission = in_the_nhs()
    commission.representations.receive(2, by="demo")
    late = datetime(2026, 11, 21, 12, tzinfo=UTC)
    html = page(client, commission, at=late)
    assert "Representations closed at the end of 13 November 2026." in html
    assert "the standstill lasts until each is settled" in html
    assert "Nothing yet." in html
    assert "The choice is looked at again" in html
    commission.representations.settle(
        outcome="go_ahead",
        reasons="Nothing was amiss.",
        told_on=date(2026, 11, 20),
        by="demo",
        at=late,
    )
    html = page(client, commission, at=late)
    assert "To award the contract as intended." in html
    assert "The contract cannot be signed before the end of 27 November 2026" in html


def test_a_choice_taken_back_says_so(client):
    commission = in_the_nhs()
    commission.representations.receive(1, by="demo")
    commission.representations.settle(
        outcome="abandon",
        reasons="The weights were wrong.",
        told_on=date(2026, 11, 20),
        by="demo",
        at=datetime(2026, 11, 21, tzinfo=UTC),
    )
    assert "will not be awarded as it was intended" in page(client, commission)


def test_the_most_suitable_provider_is_not_named_before_its_day(client):
    commission = chosen(regime="psr", route="psr_msp", code="PSR5")
    direct(
        commission,
        ground="psr_msp",
        supplier=None,
        post=None,
        committee=make.committee(),
    )
    html = page(client, commission)
    assert "Not named yet." in html
    assert "The provider is named, on 16 November 2026 at the earliest." in html
    assert "It can be named from 16 November 2026" in html
    assert "Providers can make representations once the intention" in html


def full(rows):
    """Make a page with so many awards, notices and criteria, all very long."""
    commission = in_the_nhs()
    tender = Tender.objects.create(commission=commission, title="x")
    for n in range(rows):
        made = award(commission, reasons="w" * 900, title="t" * 500)
        made.decision = make.decision(commission=commission)
        made.save()
        made.lots.add(Lot.objects.create(tender=tender, lot_id=str(n)))
        make.notice(commission=commission, code="UK7", published_at=AT)
        make.question(commission=commission)
    return commission


def test_the_page_costs_the_same_however_much_is_on_it(client):
    asked = []
    for rows in (1, 3):
        commission = full(rows)
        with CaptureQueriesContext(connection) as queries:
            client.get(address(commission))
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 12
