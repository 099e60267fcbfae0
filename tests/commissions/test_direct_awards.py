"""Choosing without a competition: grounds, key criteria, representations, standstill."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from commissions.law.direct_award_grounds import GROUNDS, KEY_CRITERIA
from commissions.models import (
    DirectAward,
    Entry,
    Kind,
    NotReady,
    Overtaken,
    Representations,
    Weighing,
)
from tests import make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
EQUAL = dict.fromkeys(KEY_CRITERIA, (20, "It weighed as much as the others."))


def going_direct(regime="procurement_act", route="direct_award", code="UK5", **fields):
    """Make a commission that awards directly, with a notice where a code is given."""
    fields.setdefault("stage", "direct_award")
    return make.behind_the_gate(regime, route, code, AT, **fields)


def justify(commission, **said):
    if "supplier" not in said:
        said["supplier"] = make.organisation(kind="provider")
    return DirectAward.justify(
        commission,
        **{
            "ground": "technical",
            "explanation": "Only they can mend this lift.",
            "decider": commission.post,
            "conflicts": "None declared",
            "by": "demo",
            "at": AT,
            **said,
        },
    )


def in_the_nhs(route, code, **fields):
    return going_direct(regime="psr", route=route, code=code, **fields)


def test_every_ground_names_its_law_and_what_must_be_true():
    assert len(GROUNDS) == 20
    assert {ground.regime for ground in GROUNDS.values()} == {"procurement_act", "psr"}
    for ground in GROUNDS.values():
        assert len(ground.code) <= 20
        assert ground.law
        assert ground.means.endswith(".")


def test_a_ground_is_put_on_the_record_with_its_law_and_who_decided():
    commission = going_direct()
    award = justify(commission)
    facts = Entry.objects.get(kind=Kind.DIRECT_AWARD_JUSTIFIED).facts
    assert facts == {
        "ground": "technical",
        "law": "Procurement Act 2023, section 41 and Schedule 5, paragraph 6",
        "decider": commission.post.record_name,
        "supplier": award.supplier.record_name,
        "why": "Only they can mend this lift.",
    }
    with pytest.raises(Overtaken):
        justify(commission)


@pytest.mark.parametrize(
    ("made", "said", "sentence"),
    [
        ({"code": ""}, {}, r"Record the transparency notice"),
        ({"stage": "decided"}, {}, "Publish a draft specification"),
        ({}, {"ground": "psr_c"}, "a ground of another law"),
        ({"route": "open"}, {}, "is not the route of this commission"),
        ({}, {"supplier": None}, "Name the supplier"),
    ],
)
def test_what_is_missing_of_a_direct_award_is_a_sentence(made, said, sentence):
    with pytest.raises(NotReady, match=sentence):
        justify(going_direct(**made), **said)
    assert not DirectAward.objects.exists()


def test_a_user_choice_contract_needs_no_transparency_notice():
    assert justify(going_direct(code=""), ground="user_choice").pk


@pytest.mark.parametrize(
    "said", [{"decider": None}, {"explanation": ""}, {"conflicts": ""}]
)
def test_it_says_who_why_and_what_conflicts(said):
    with pytest.raises(ValidationError):
        justify(going_direct(), **said)


def test_the_database_wants_one_decider():
    commission = going_direct()
    award = justify(commission)
    with pytest.raises(IntegrityError), transaction.atomic():
        DirectAward.objects.filter(pk=award.pk).update(committee=make.committee())


def test_the_most_suitable_provider_is_named_two_weeks_after_the_notice():
    commission = in_the_nhs("psr_msp", "PSR5")
    award = justify(commission, ground="psr_msp", supplier=None)
    provider = make.organisation(kind="provider")
    said = {"amount": 90_000, "by": "demo"}
    with pytest.raises(NotReady, match="It is too early to name the provider"):
        award.choose(provider, at=AT + timedelta(days=13), **said)
    award.choose(provider, at=AT + timedelta(days=15), **said)
    assert Entry.objects.filter(kind=Kind.PROVIDER_CHOSEN).count() == 1
    with pytest.raises(Overtaken):
        award.choose(provider, at=AT + timedelta(days=16), **said)


def test_on_other_grounds_the_provider_is_named_at_once():
    with pytest.raises(NotReady, match="named with the ground"):
        justify(going_direct()).choose(make.organisation(), amount=1, by="demo")


def test_the_five_key_criteria_are_weighed_once_and_come_to_a_hundred():
    commission = in_the_nhs("psr_c", "PSR3")
    rows = Weighing.weigh(commission, EQUAL, by="demo")
    assert [row.criterion for row in rows] == list(KEY_CRITERIA)
    weights = Entry.objects.get(kind=Kind.CRITERIA_WEIGHED).facts["weights"]
    assert weights == dict.fromkeys(KEY_CRITERIA, "20")
    with pytest.raises(Overtaken):
        Weighing.weigh(commission, EQUAL, by="demo")


@pytest.mark.parametrize(
    ("weighed", "refusal", "sentence"),
    [
        ({"quality": (100, "All.")}, NotReady, "“Value” is missing"),
        (EQUAL | {"value": (30, "More.")}, NotReady, "come to 110 per cent"),
        (EQUAL | {"value": (20, "")}, ValidationError, "cannot be blank"),
        (
            EQUAL | {"value": (-20, "?"), "quality": (60, "?")},
            ValidationError,
            "from 0 to 100",
        ),
    ],
)
def test_weights_that_do_not_add_up_are_refused(weighed, refusal, sentence):
    with pytest.raises(refusal, match=sentence):
        Weighing.weigh(in_the_nhs("psr_c", "PSR3"), weighed, by="demo")
    assert not Weighing.objects.exists()


def test_the_act_knows_no_key_criteria():
    with pytest.raises(NotReady, match="NHS Provider Selection Regime"):
        Weighing.weigh(going_direct(), EQUAL, by="demo")


def opened(**fields):
    commission = in_the_nhs("psr_c", "PSR3", **fields)
    justify(commission, ground="psr_c")
    return Representations.open(commission, mailbox="a@nhs.example", by="demo", at=AT)


def test_representations_are_open_to_the_eighth_working_day_after_the_next():
    assert opened().clock().date == date(2026, 11, 13)
    facts = Entry.objects.get(kind=Kind.REPRESENTATIONS_OPENED).facts
    assert facts["closes_on"] == "2026-11-13"


@pytest.mark.parametrize(
    ("made", "refusal", "sentence"),
    [
        (("psr_a", ""), NotReady, "belong to Direct Award Process C"),
        (("psr_c", ""), NotReady, "Record the (notice of )?intention"),
        (("psr_c", "PSR3"), ValidationError, "valid email"),
    ],
)
def test_representations_need_a_route_a_notice_and_a_mailbox(made, refusal, sentence):
    with pytest.raises(refusal, match=sentence):
        Representations.open(in_the_nhs(*made), mailbox="nobody", by="demo", at=AT)


def test_they_are_opened_once():
    review = opened()
    with pytest.raises(Overtaken):
        Representations.open(
            review.commission, mailbox="a@nhs.example", by="demo", at=AT
        )


def test_only_their_number_is_recorded_and_it_only_grows():
    review = opened()
    review.receive(2, by="demo")
    assert Entry.objects.get(kind=Kind.REPRESENTATIONS_RECEIVED).facts == {
        "received": 2
    }
    with pytest.raises(NotReady, match="2 are counted already"):
        review.receive(2, by="demo")
    stale = Representations.objects.get()
    review.receive(3, by="demo")
    with pytest.raises(Overtaken):
        stale.receive(4, by="demo")


def test_none_comes_in_once_the_contract_is_signed():
    review = opened()
    review.commission.stage = "contract"
    with pytest.raises(NotReady, match="A contract is signed"):
        review.receive(1, by="demo")
    assert Representations.objects.get().received == 0


def settle(review, told_on, **said):
    review.settle(
        **{
            "outcome": "go_ahead",
            "reasons": "The weights were applied as published.",
            "told_on": told_on,
            "by": "demo",
            "at": AT + timedelta(days=30),
            **said,
        }
    )


def test_settling_begins_five_working_days_more():
    review = opened()
    review.commission.awards.create(award_id="1", standstill_ends_on=date(2026, 11, 13))
    review.receive(1, by="demo")
    assert review.commission.awards.get().standstill_ends_on is None
    settle(review, date(2026, 11, 20))
    assert review.commission.awards.get().standstill_ends_on == date(2026, 11, 27)
    assert Entry.objects.filter(kind=Kind.REPRESENTATIONS_SETTLED).count() == 1
    with pytest.raises(Overtaken):
        settle(Representations.objects.get(), date(2026, 11, 23))


def test_a_choice_that_is_undone_has_no_standstill_left():
    review = opened()
    review.receive(1, by="demo")
    settle(review, date(2026, 11, 20), outcome="abandon")
    assert review.standstill_end() is None


@pytest.mark.parametrize(
    ("received", "told_on", "sentence"),
    [
        (0, date(2026, 11, 20), "No representation is counted"),
        (1, date(2026, 11, 13), "More can come until the end of 13 November 2026"),
        (1, date(2027, 11, 13), "today or earlier"),
    ],
)
def test_what_cannot_be_settled_yet_is_a_sentence(received, told_on, sentence):
    review = opened()
    if received:
        review.receive(received, by="demo")
    with pytest.raises(NotReady, match=sentence):
        settle(review, told_on)


def test_a_review_says_why():
    review = opened()
    review.receive(1, by="demo")
    with pytest.raises(ValidationError, match="what was decided after the review"):
        settle(review, date(2026, 11, 20), reasons="")
