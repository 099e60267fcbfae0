"""The desk: inviting bids, choosing with and without a competition, objections."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from commissions.law.direct_award_grounds import KEY_CRITERIA
from commissions.law.lifecycle.transitions import COMMIT
from commissions.models import Award, DirectAward, Representations, Tender, Weighing
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    """Sign in as somebody who may do everything."""
    client.force_login(make.staff())
    return client


def choosing(regime="procurement_act", route="open", code="", stage="tender", **fields):
    """Make a commission behind the gate, with a notice two days ago."""
    commission = make.commission(regime=regime, route=route, stage=stage, **fields)
    if code:
        noticed(commission, code)
    return commission


def noticed(commission, code, days=2):
    at = timezone.now() - timedelta(days=days)
    make.notice(commission=commission, code=code, published_at=at)


def do(client, commission, act, **typed):
    """Send one act; return the HTML of the page that answers it."""
    url = reverse(f"admin:commission-{act}", args=[commission.pk])
    return client.post(url, typed, follow=True).content.decode()


def hub(client, commission):
    url = reverse("admin:commission-choosing", args=[commission.pk])
    return client.get(url, follow=True).content.decode()


CLOSES = timezone.localdate() + timedelta(days=40)
BIDS = {
    "title": "Help at home",
    "closes_at_0": CLOSES.isoformat(),
    "closes_at_1": "12:00",
    "criteria": "40 | Price | The lowest gets all the points.\n60% | Quality",
    "lots": "North | £250,000\nSouth",
    "electronic": "true",
}


def test_bids_are_invited_with_lots_and_criteria_as_lines(desk):
    commission = choosing(code="UK4")
    html = do(desk, commission, "invite", **BIDS)
    assert "Bids are invited." in html
    tender = Tender.objects.get()
    assert [(lot.title, lot.amount) for lot in tender.lots.all()] == [
        ("North", 250_000),
        ("South", None),
    ]
    assert [(c.name, c.weight, c.kind) for c in tender.criteria.all()] == [
        ("Price", 40, "price"),
        ("Quality", 60, "quality"),
    ]
    assert "Invite bids" not in hub(desk, commission).split("portal-gaps")[1]


def test_bids_are_reserved_by_ticking_and_what_a_notice_said_stays(desk):
    commission = choosing(code="UK4")
    Tender.objects.create(
        commission=commission, title="Help", reserved_for="vcse,other"
    )
    url = reverse("admin:commission-invite", args=[commission.pk])
    form = desk.get(url).content.decode()
    for code, ticked in (("vcse", True), ("other", True), ("sme", False)):
        box = re.search(
            f'<input[^>]*name="reserved_for"[^>]*value="{code}"[^>]*>', form
        )[0]
        assert ("checked" in box) is ticked, code
    reserved = {"reserved_for": ["sme", "local"], "reserved_place": "Kent"}
    assert "Bids are invited." in do(desk, commission, "invite", **BIDS | reserved)
    tender = Tender.objects.get()
    assert (tender.reserved_for, tender.reserved_place) == ("sme,local", "Kent")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"criteria": "all | Price"}, "“all” is not a weight in per cent"),
        ({"criteria": "NaN | Price"}, "“NaN” is not a weight in per cent"),
        ({"criteria": "40"}, "“40” has no name."),
        ({"criteria": ""}, "Say what bids are judged by"),
        ({"criteria": "60 | a\n60 | b"}, "this one can weigh 40 at most"),
        ({"lots": "North | dear"}, "“dear” is not a value in pounds"),
        ({"closes_at_0": ""}, "Fill in “Bids close at”."),
    ],
)
def test_a_slip_is_named_and_nothing_typed_is_lost(desk, typed, sentence):
    commission = choosing(code="UK4")
    html = do(desk, commission, "invite", **BIDS | typed)
    assert sentence in html
    assert 'value="Help at home"' in html
    assert not Tender.objects.exists()


def test_what_the_law_wants_first_is_a_sentence(desk):
    html = do(desk, choosing(), "invite", **BIDS)
    assert "Record the tender notice (UK4) first" in html


def test_an_award_is_announced_from_the_desk(desk):
    commission = choosing(code="UK6", stage="evaluation")
    supplier = make.organisation(kind="provider")
    today = timezone.localdate().isoformat()
    typed = {"suppliers": [supplier.pk], "reasons": "Best.", "decided_on": today}
    assert "Say who was chosen" in do(
        desk, commission, "announce", **typed | {"suppliers": []}
    )
    assert "Announced." in do(desk, commission, "announce", **typed, bids_received=3)
    award = Award.objects.get()
    assert award.bids_received == 3
    assert award.standstill_ends_on is not None


def test_a_direct_award_under_the_act_from_the_desk(desk):
    commission = choosing(route="direct_award", code="UK5", stage="direct_award")
    typed = {
        "ground": "technical",
        "explanation": "Only they can.",
        "conflicts": "None declared",
        "supplier": make.organisation(kind="provider").pk,
        "amount": "250000",
        "vat": "excluded",
    }
    assert "Invite bids" not in hub(desk, commission)
    html = do(desk, commission, "justify", **typed)
    assert "Say who decided: one post, or one committee." in html
    assert "Only they can." in html
    html = do(desk, commission, "justify", **typed, post=commission.post_id)
    assert "On record." in html
    assert DirectAward.objects.get().post == commission.post
    html = do(desk, commission, "justify", **typed, post=commission.post_id)
    assert "is not yours to do here, or is done" in html


def test_the_whole_of_direct_award_process_c_from_the_desk(desk):
    commission = choosing("psr", "psr_c", "", "direct_award")
    noticed(commission, "PSR3", days=40)
    weighed = {f"{code}_weight": "20" for code in KEY_CRITERIA}
    weighed |= {f"{code}_finding": "As much." for code in KEY_CRITERIA}
    assert "come to 110 per cent" in do(
        desk, commission, "weigh", **weighed | {"value_weight": "30"}
    )
    assert "On record" in do(desk, commission, "weigh", **weighed)
    assert Weighing.objects.count() == 5
    typed = {
        "ground": "psr_c",
        "explanation": "It does well.",
        "conflicts": "None declared",
        "supplier": make.organisation(kind="provider").pk,
        "post": commission.post_id,
        "vat": "excluded",
    }
    do(desk, commission, "justify", **typed)
    html = do(desk, commission, "open-representations", mailbox="a@icb.example")
    assert "Open for representations." in html
    html = do(desk, commission, "receive-representations", number="9" * 30)
    assert "less than or equal to 100000" in html
    assert "Counted." in do(desk, commission, "receive-representations", number="2")
    html = do(desk, commission, "receive-representations", number="2")
    assert "2 are counted already" in html
    typed = {"outcome": "go_ahead", "reasons": "Nothing amiss."}
    later = (timezone.localdate() + timedelta(days=1)).isoformat()
    html = do(desk, commission, "settle-representations", **typed, told_on=later)
    assert "today or earlier" in html
    today = timezone.localdate().isoformat()
    html = do(desk, commission, "settle-representations", **typed, told_on=today)
    assert "Five working days pass" in html
    assert Representations.objects.get().outcome == "go_ahead"


@pytest.mark.parametrize(
    ("outcome", "follows"),
    [
        ("back", "Move the commission back to the step"),
        ("abandon", "Publish the abandonment notice (PSR-AB)"),
    ],
)
def test_a_choice_that_a_review_undoes_leads_to_no_contract(desk, outcome, follows):
    commission = choosing("psr", "psr_c", "", "standstill")
    noticed(commission, "PSR3", days=40)
    Representations.open(commission, mailbox="a@icb.example", by="demo").receive(
        1, by="demo"
    )
    html = do(
        desk,
        commission,
        "settle-representations",
        outcome=outcome,
        reasons="They were right.",
        told_on=timezone.localdate().isoformat(),
    )
    assert (follows in html, "can be signed" in html) == (True, False)


def test_the_most_suitable_provider_is_named_from_the_desk(desk):
    commission = choosing("psr", "psr_msp", stage="evaluation")
    noticed(commission, "PSR5", days=10)
    DirectAward.objects.create(
        commission=commission,
        ground="psr_msp",
        post=commission.post,
        explanation="Four could.",
        conflicts="None declared",
    )
    provider = make.organisation(kind="provider")
    html = do(desk, commission, "choose", supplier=provider.pk, amount="1")
    assert "It is too early to name the provider." in html
    commission.notices.update(published_at=timezone.now() - timedelta(days=15))
    html = do(desk, commission, "choose", supplier=provider.pk, amount="1")
    assert "Named." in html
    assert DirectAward.objects.get().supplier == provider


def test_choosing_needs_its_own_right(client, without):
    commission = choosing(code="UK6", stage="evaluation")
    user = User.objects.create_user("jo", is_staff=True)
    client.force_login(make.role(user, commission.organisation, "publisher"))
    without("publisher", COMMIT)
    assert "These need the right" in hub(client, commission)
    html = do(client, commission, "announce", reasons="Best.")
    assert "is not yours to do here" in html


def test_a_draft_has_no_provider(desk):
    draft = make.draft_commission()
    sentence = "a draft has no provider"
    assert sentence in hub(desk, draft)
    assert sentence in do(desk, draft, "invite", **BIDS)
