"""Inviting bids and announcing an award: gates, platform first, one entry each."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from commissions.commission import gates
from commissions.models import (
    Award,
    Commission,
    Entry,
    Kind,
    NotReady,
    Overtaken,
    Tender,
)
from tests import make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
CLOSES = AT + timedelta(days=35)
LOTS = [{"title": "North", "amount": 500_000}, {"title": "South"}]
CRITERIA = [
    {"name": "Quality", "kind": "quality", "weight": 60},
    {"name": "Price", "kind": "price", "weight": 40},
    {"name": "Welsh speakers", "weight": 100, "lot_id": "2"},
]


def past_the_gate(**fields):
    """Make a commission that is being tendered under the Act."""
    return make.commission(
        **{
            "stage": "tender",
            "regime": "procurement_act",
            "route": "open",
            "published_at": AT - timedelta(days=90),
            **fields,
        }
    )


def noticed(code, **fields):
    """Make one whose notice the platform published."""
    commission = past_the_gate(**fields)
    make.notice(commission=commission, code=code, published_at=AT)
    return commission


def invite(commission, **said):
    return Tender.invite(
        commission,
        **{"title": "Home care", "closes_at": CLOSES, "by": "demo", "at": AT, **said},
    )


def test_inviting_bids_keeps_lots_and_criteria_and_is_one_entry():
    commission = noticed("UK4")
    tender = invite(commission, lots=LOTS, criteria=CRITERIA, risks="Fuel may rise.")
    assert [str(lot) for lot in tender.lots.all()] == ["North", "South"]
    assert [(str(c), str(c.lot)) for c in tender.criteria.all()] == [
        ("Quality", "None"),
        ("Price", "None"),
        ("Welsh speakers", "South"),
    ]
    entry = Entry.objects.get(kind=Kind.TENDER_INVITED)
    assert entry.subject == f"commission/{commission.reference}/tender"
    assert entry.facts["criteria"] == ["Quality", "Price", "Welsh speakers"]
    assert tender.opens_at == tender.invited_at == AT
    with pytest.raises(Overtaken):
        invite(commission)


def test_bids_close_at_one_time_on_lists_and_in_the_tender():
    after = noticed("UK4")
    invite(after)
    after.refresh_from_db()
    assert (after.window_for, after.window_closes_at) == ("bids", CLOSES)
    known = Commission.objects.get(pk=after.pk)
    assert gates.closing(known, "tender", None) == CLOSES
    assert gates.closing(known, "evaluation", None) is None
    with pytest.raises(NotReady, match="Bids are invited until"):
        gates.closing(known, "tender", CLOSES + timedelta(hours=1))


def test_a_tender_known_from_its_notice_is_completed_not_doubled():
    commission = noticed("UK4")
    told = Tender.objects.create(commission=commission, title="Care", cpv="85000000")
    invite(commission)
    told.refresh_from_db()
    assert (told.title, told.cpv, told.status) == ("Home care", "85000000", "active")


def test_bids_are_not_invited_before_the_gate_and_the_platform():
    commission = past_the_gate(stage="decided")
    with pytest.raises(NotReady) as refused:
        invite(commission)
    first, _, second = refused.value.reasons
    assert first.startswith("Publish a draft specification")
    assert second.startswith("Record the tender notice")
    assert not Tender.objects.exists()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"closes_at": AT}, "Bids must close after they open."),
        (
            {"questions_close_at": CLOSES + timedelta(days=1)},
            "Questions must close before bids do.",
        ),
        ({"title": ""}, "cannot be blank"),
        (
            {"criteria": [{"name": "a", "weight": 60}, {"name": "b", "weight": 60}]},
            "this one can weigh 40 at most",
        ),
    ],
)
def test_what_is_wrong_with_an_invitation_is_said_and_nothing_is_kept(said, sentence):
    commission = noticed("UK4")
    with pytest.raises(ValidationError, match=sentence):
        invite(commission, **said)
    assert not Tender.objects.exists()
    assert not Entry.objects.filter(kind=Kind.TENDER_INVITED).exists()


def announce(commission, **said):
    if "suppliers" not in said:
        said["suppliers"] = [make.organisation(kind="provider", slug="meadow-care")]
    return Award.announce(
        commission,
        **{
            "reasons": "It had the best plan for weekends.",
            "by": "demo",
            "at": AT + timedelta(hours=1),
            **said,
        },
    )


def test_an_award_is_announced_with_its_standstill_counted_from_the_notice():
    commission = noticed("UK6", stage="evaluation")
    award = announce(commission, bids_received=5, bids_assessed=4, bids_from_sme=3)
    assert award.standstill_ends_on == date(2026, 11, 11)
    assert award.award_id == "1"
    facts = Entry.objects.get(kind=Kind.AWARD_ANNOUNCED).facts
    assert facts == {
        "suppliers": ["organisation/meadow-care"],
        "on": "2026-11-02",
        "standstill_ends_on": "2026-11-11",
        "why": "It had the best plan for weekends.",
    }
    with pytest.raises(Overtaken, match="announced already, in the same words"):
        Award.announce(
            commission,
            suppliers=list(award.suppliers.all()),
            reasons=award.reasons,
            by="demo",
            at=AT + timedelta(hours=1),
        )
    assert commission.awards.count() == 1


@pytest.mark.parametrize(
    ("fields", "code", "end"),
    [
        ({"light_touch": True}, "UK6", None),
        ({"regime": "psr", "route": "psr_competitive"}, "PSR10", date(2026, 11, 13)),
    ],
)
def test_the_standstill_follows_the_law_of_the_commission(fields, code, end):
    award = announce(noticed(code, stage="evaluation", **fields))
    assert award.standstill_ends_on == end


def test_nobody_is_announced_before_the_platform_has_it():
    with pytest.raises(NotReady, match=r"Record the contract award notice"):
        announce(past_the_gate(stage="evaluation"))


def test_a_choice_of_tomorrow_is_not_announced():
    commission = noticed("UK6", stage="evaluation")
    with pytest.raises(NotReady, match="today or earlier"):
        announce(commission, decided_on=date(2026, 11, 3))
    assert not Award.objects.exists()


def test_nobody_chosen_is_no_award():
    with pytest.raises(NotReady, match="one supplier at least"):
        announce(noticed("UK6", stage="evaluation"), suppliers=[])


def test_a_direct_award_is_justified_before_it_is_announced():
    with pytest.raises(NotReady, match="Justify the direct award first"):
        announce(noticed("UK6", stage="direct_award", route="direct_award"))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"reasons": ""}, "why this supplier"),
        ({"bids_received": 2, "bids_assessed": 3}, "be assessed than were received"),
        ({"bids_received": 2, "bids_from_vcse": 3}, "community bodies than were"),
    ],
)
def test_an_award_says_why_and_counts_right(said, sentence):
    with pytest.raises(ValidationError, match=sentence):
        announce(noticed("UK6", stage="evaluation"), **said)
    assert not Award.objects.exists()


def test_the_database_keeps_to_it_whoever_asks():
    commission = past_the_gate()
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.create(commission=commission, award_id="1", announced_at=AT)
    Award.objects.create(commission=commission, award_id="2", bids_assessed=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tender.objects.create(
            commission=commission, title="x", invited_at=AT, opens_at=AT, closes_at=AT
        )


def lotted():
    """Make a commission whose award is due, with a lot in the north and the south."""
    commission = noticed("UK6", stage="evaluation")
    tender = Tender.objects.create(commission=commission, title="Care")
    return commission, *(
        tender.lots.create(lot_id=n, title=t)
        for n, t in (("1", "North"), ("2", "South"))
    )


def test_an_award_of_a_lot_is_announced_once_however_it_is_worded():
    commission, north, south = lotted()
    winner = [make.organisation(kind="provider")]
    announce(commission, suppliers=winner, lots=[north])
    with pytest.raises(Overtaken, match="announced already, for North"):
        announce(commission, suppliers=winner, lots=[north, south], reasons="The best.")
    announce(commission, suppliers=winner, lots=[south])
    other = [make.organisation(kind="provider", slug="brook")]
    announce(commission, suppliers=other, lots=[north])
    assert commission.awards.count() == 3


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("with_lots", [True, False])
def test_of_four_who_announce_one_award_at_once_one_does(with_lots):
    commission, north, _ = lotted()
    winner = [make.organisation(kind="provider")]
    lots = [north] if with_lots else []
    start = threading.Barrier(4)

    def press(_):
        start.wait()
        try:
            announce(commission, suppliers=winner, lots=lots)
            return "announced"
        except Overtaken as refused:
            return str(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as people:
        answers = Counter(people.map(press, range(4)))
    assert answers["announced"] == 1
    assert sum(answers.values()) - 1 == sum(
        number for said, number in answers.items() if "announced already" in said
    )
    assert commission.awards.count() == 1
    assert Entry.objects.filter(kind=Kind.AWARD_ANNOUNCED).count() == 1
