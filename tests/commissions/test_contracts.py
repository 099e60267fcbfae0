"""What may happen to a contract, what the database refuses, what the record says."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from commissions.models import Amendment, Contract, Entry, NotReady, Overtaken
from commissions.record.references import contract_reference
from tests import make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-22 12:00", tick=False)


def entries(contract):
    """Return what the record says of a contract: kinds, oldest first."""
    rows = Entry.objects.filter(subject=contract.record_name).order_by("pk")
    return [row.kind.removeprefix("contract.") for row in rows]


def newest(contract):
    return Entry.objects.filter(subject=contract.record_name).first()


# Signing


def test_a_contract_is_signed_with_its_options_and_stands_on_the_record():
    contract = make.contract(
        amount=Decimal("1200000.00"),
        starts_on=date(2026, 1, 1),
        ends_on=date(2028, 12, 31),
        options=[date(2030, 12, 31), date(2029, 12, 31)],
    )
    assert contract.reference == f"{contract.commission.reference}-1"
    assert contract.latest_end_on == date(2030, 12, 31)
    assert [str(option.until) for option in contract.extensions.all()] == [
        "2029-12-31",
        "2030-12-31",
    ]
    entry = newest(contract)
    assert entry.commission == contract.commission.reference
    assert entry.facts == {
        "on": "2025-12-01",
        "title": contract.title,
        "suppliers": 1,
        "amount": "1200000.00",
        "starts": "2026-01-01",
        "ends": "2028-12-31",
    }


def test_the_second_contract_of_a_commission_has_the_next_number():
    first = make.contract()
    second = make.contract(commission=first.commission)
    assert second.reference == f"{first.commission.reference}-2"


def test_a_number_that_a_notice_took_is_left_out():
    commission = make.commission()
    commission.contracts.create(contract_id="1")
    commission.contracts.create(contract_id="3")
    found = [make.contract(commission=commission).contract_id for _ in range(2)]
    assert found == ["2", "4"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"suppliers": []}, "Name the supplier with whom the contract is signed."),
        (
            {"on": TODAY + timedelta(days=1)},
            "Record a signature on the day itself, or afterwards: today or earlier.",
        ),
        (
            {"ends_on": TODAY, "options": [TODAY]},
            "An option ends later than the contract does without it.",
        ),
    ],
)
def test_a_signature_is_refused_in_a_sentence(fields, sentence):
    with pytest.raises(NotReady) as refusal:
        make.contract(**fields)
    assert refusal.value.reasons == [sentence]
    assert not Contract.objects.exists()


def test_nobody_signs_under_a_working_draft_or_in_the_standstill():
    with pytest.raises(NotReady, match="Publish the intention first"):
        make.contract(commission=make.draft_commission())
    commission = make.commission()
    award = commission.awards.create(award_id="1", standstill_ends_on=date(2025, 12, 1))
    with pytest.raises(NotReady, match="The standstill lasts until 1 December 2025"):
        make.contract(commission=commission, award=award)
    with pytest.raises(NotReady, match="The standstill lasts until 1 December 2025"):
        make.contract(commission=commission)
    with pytest.raises(NotReady, match="an award of the same commission"):
        make.contract(award=award)
    make.contract(commission=commission, award=award, on=date(2025, 12, 2))


def test_nobody_signs_round_a_gate():
    with pytest.raises(NotReady, match="Publish a draft specification"):
        make.contract(commission=make.commission(stage="engagement"))
    assert not Contract.objects.exists()


def test_a_contract_is_numbered_whatever_numbers_notices_gave():
    commission = make.commission(stage="contract")
    commission.contracts.create(contract_id="2", signed_on=TODAY)
    numbers = [make.contract(commission=commission).contract_id for _ in range(2)]
    assert numbers == ["1", "3"]


def test_a_contract_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValidationError, match="end on or after its first day"):
        make.contract(starts_on=date(2026, 1, 2), ends_on=date(2026, 1, 1))


@pytest.mark.parametrize(
    "columns",
    [
        {"starts_on": date(2026, 1, 2), "ends_on": date(2026, 1, 1)},
        {"ends_on": date(2026, 1, 2), "latest_end_on": date(2026, 1, 1)},
        {"amount": -1},
        {"irrecoverable_vat": -1},
        {"copy_url": "https://council.example/copy"},
        {"copy_published_on": TODAY},
        {"ended_on": TODAY},
        {"ending": "expired"},
    ],
)
def test_the_database_itself_refuses_what_cannot_be(columns):
    contract = make.contract(starts_on=None, ends_on=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contract.objects.filter(pk=contract.pk).update(**columns)


def test_the_database_refuses_a_reference_given_twice():
    first, second = make.contract(), make.contract()
    with pytest.raises(IntegrityError), transaction.atomic():
        Contract.objects.filter(pk=second.pk).update(reference=first.reference)


@pytest.mark.parametrize(
    ("contract_id", "whole"),
    [("1", "2026-K7M3Q2-1"), ("000123", "2026-K7M3Q2-000123")],
)
def test_a_reference_is_that_of_the_commission_and_a_number(contract_id, whole):
    assert contract_reference("2026-K7M3Q2", contract_id) == whole


def test_a_long_or_odd_contract_id_becomes_a_digest_that_stays_the_same():
    odd = contract_reference("ocds-1", "a/b?c")
    assert odd == contract_reference("ocds-1", "a/b?c")
    assert odd.startswith("ocds-1-")
    assert len(odd) == len("ocds-1-") + 10
    assert odd != contract_reference("ocds-1", "a/b?d")
    assert len(contract_reference("x" * 255, "1")) <= 255


# Extending


def extensible():
    return make.contract(
        starts_on=date(2024, 1, 1),
        ends_on=date(2026, 12, 31),
        options=[date(2027, 12, 31)],
    )


def test_an_option_is_used_once_with_a_reason():
    contract = extensible()
    option = contract.extensions.get()
    contract.extend(option, why="It goes well.", by="test")
    contract.refresh_from_db()
    assert contract.ends_on == date(2027, 12, 31)
    assert (option.used_on, option.ends_before) == (TODAY, date(2026, 12, 31))
    assert newest(contract).facts == {
        "on": "2026-11-22",
        "before": "2026-12-31",
        "until": "2027-12-31",
        "why": "It goes well.",
    }
    with pytest.raises(NotReady, match="not used yet"):
        contract.extend(option, why="Again.", by="test")
    assert entries(contract) == ["signed", "extended"]


def test_an_extension_needs_a_reason_and_an_option_of_this_contract():
    contract, other = extensible(), extensible()
    with pytest.raises(NotReady, match="Say why"):
        contract.extend(contract.extensions.get(), why=" ", by="test")
    with pytest.raises(NotReady, match="Choose an option of this contract"):
        contract.extend(other.extensions.get(), why="So.", by="test")
    assert entries(contract) == ["signed"]


def test_an_option_never_shortens_a_contract_that_was_agreed_to_run_longer():
    contract = extensible()
    contract.amend(
        changed="It runs on.", reason="Agreed.", ends_on=date(2029, 12, 31), by="test"
    )
    with pytest.raises(NotReady, match="ends later than the contract"):
        contract.extend(contract.extensions.get(), why="It goes well.", by="test")
    contract.refresh_from_db()
    assert contract.ends_on == date(2029, 12, 31)
    assert entries(contract) == ["signed", "amended"]


def test_who_extends_second_is_told():
    contract = extensible()
    stale = Contract.objects.get(pk=contract.pk)
    option = contract.extensions.get()
    contract.extend(contract.extensions.get(), why="It goes well.", by="test")
    with pytest.raises(Overtaken):
        stale.extend(option, why="It goes well.", by="test")


def test_an_option_can_be_added_to_a_contract_known_from_its_notice():
    contract = make.contract(ends_on=date(2026, 12, 31))
    contract.offer(date(2028, 12, 31), by="test")
    contract.refresh_from_db()
    assert contract.latest_end_on == date(2028, 12, 31)
    with pytest.raises(NotReady, match="ends later"):
        contract.offer(date(2026, 12, 31), by="test")
    with pytest.raises(ValidationError, match="has an option until that day"):
        contract.offer(date(2028, 12, 31), by="test")
    contract.end(on=TODAY, ending="agreed", why="Both wanted it.", by="test")
    with pytest.raises(NotReady, match="has ended"):
        contract.offer(date(2029, 12, 31), by="test")
    assert contract.extensions.count() == 1


# Amending


def test_a_change_keeps_what_was_and_says_how_much_it_is():
    contract = make.contract(
        amount=Decimal(100),
        amount_gross=Decimal(120),
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        commission=make.commission(regime="procurement_act"),
    )
    made = contract.amend(
        changed="One more ward.",
        reason="More people came.",
        amount=Decimal(125),
        ends_on=date(2027, 12, 31),
        by="test",
    )
    contract.refresh_from_db()
    assert (contract.amount, contract.amount_gross) == (Decimal(125), None)
    assert contract.latest_end_on == date(2027, 12, 31)
    made = Amendment.objects.get()
    assert made.change().value_percent == 25
    assert made.change().term_percent == 100
    assert len(contract.why_notice(made.change())) == 2
    assert newest(contract).facts == {
        "on": "2026-11-22",
        "changed": "One more ward.",
        "reason": "More people came.",
        "amount_before": "100.00",
        "amount": "125.00",
        "before": "2026-12-31",
        "until": "2027-12-31",
    }


def test_a_change_of_scope_alone_moves_neither_value_nor_term():
    contract = make.contract(amount=Decimal(100), ends_on=date(2027, 1, 1))
    contract.amend(
        changed="Visits by video.",
        reason="People asked.",
        amount=Decimal(100),
        ends_on=date(2027, 1, 1),
        by="test",
    )
    made = Amendment.objects.get()
    assert (made.amount_after, made.ends_after) == (None, None)
    assert contract.why_notice(made.change()) == []


@pytest.mark.parametrize("missing", ["changed", "reason"])
def test_a_change_without_words_is_refused(missing):
    contract = make.contract()
    words = {"changed": "More.", "reason": "So.", missing: "  "}
    with pytest.raises(ValidationError):
        contract.amend(by="test", **words)
    assert entries(contract) == ["signed"]


def test_a_change_below_nothing_or_before_the_start_is_refused():
    contract = make.contract(starts_on=date(2026, 1, 1), ends_on=date(2027, 1, 1))
    words = {"changed": "Less.", "reason": "So.", "by": "test"}
    with pytest.raises(ValidationError, match="nothing or more"):
        contract.amend(amount=Decimal(-1), **words)
    with pytest.raises(ValidationError, match="on or after its first day"):
        contract.amend(ends_on=date(2025, 1, 1), **words)
    contract.refresh_from_db()
    assert contract.ends_on == date(2027, 1, 1)
    assert not Amendment.objects.exists()


def test_who_changes_it_second_is_told_and_an_ended_one_no_longer_changes():
    contract = make.contract(amount=Decimal(100))
    stale = Contract.objects.get(pk=contract.pk)
    words = {"changed": "More.", "reason": "So.", "by": "test"}
    contract.amend(amount=Decimal(101), **words)
    with pytest.raises(Overtaken):
        stale.amend(amount=Decimal(102), **words)
    contract.end(on=TODAY, ending="agreed", why="Both wanted it.", by="test")
    with pytest.raises(NotReady, match="has ended"):
        contract.amend(amount=Decimal(103), **words)


# Rating


PERIOD = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 3, 31)}


def test_indicators_are_rated_together_once_for_a_period():
    contract = make.contract()
    visits = contract.measure("Visits on time", target="95%", by="test")
    calls = contract.measure("Calls answered", by="test")
    contract.rate([(visits, "met", "96%"), (calls, "below", "")], **PERIOD, by="test")
    assert entries(contract) == ["signed", "indicator", "indicator", "rated"]
    assert newest(contract).facts["ratings"] == [
        ["Visits on time", "met"],
        ["Calls answered", "below"],
    ]
    overlapping = {"starts_on": date(2026, 3, 31), "ends_on": date(2026, 6, 30)}
    with pytest.raises(NotReady, match="part of that period already: Visits on time"):
        contract.rate([(visits, "met", "")], **overlapping, by="test")


@pytest.mark.parametrize(
    ("ratings", "period", "sentence"),
    [
        ("nothing", PERIOD, "Rate at least one"),
        ("mine", {**PERIOD, "ends_on": TODAY + timedelta(days=1)}, "once it is over"),
        ("another", PERIOD, "of this contract only"),
    ],
)
def test_a_rating_is_refused_in_a_sentence(ratings, period, sentence):
    contract = make.contract()
    of = {"mine": contract, "another": make.contract()}.get(ratings)
    rows = [(of.measure("Visits", by="test"), "met", "")] if of else []
    with pytest.raises(NotReady, match=sentence):
        contract.rate(rows, **period, by="test")


def test_other_needs_a_note_and_a_period_a_right_way_round():
    contract = make.contract()
    visits = contract.measure("Visits", by="test")
    with pytest.raises(ValidationError, match="what “Other” means"):
        contract.rate([(visits, "other", "")], **PERIOD, by="test")
    upside_down = {"starts_on": PERIOD["ends_on"], "ends_on": PERIOD["starts_on"]}
    with pytest.raises(ValidationError, match="must not lie before its first"):
        contract.rate([(visits, "met", "")], **upside_down, by="test")
    contract.rate([(visits, "met", "")], **PERIOD, by="test")
    with pytest.raises(IntegrityError), transaction.atomic():
        visits.ratings.create(**PERIOD, level="below")


# Ending, completing


def test_a_contract_without_a_first_day_does_not_end_before_it_was_signed():
    contract = make.contract(on=date(2026, 3, 2))
    with pytest.raises(NotReady, match="before it was signed"):
        contract.end(on=date(2026, 3, 1), ending="agreed", why="So.", by="test")
    contract.end(on=date(2026, 3, 2), ending="agreed", why="So.", by="test")
    assert entries(contract) == ["signed", "ended"]


def test_an_end_is_recorded_once_with_its_reason():
    contract = make.contract(starts_on=date(2026, 1, 1), ends_on=date(2027, 1, 1))
    with pytest.raises(NotReady, match="has not run its full term"):
        contract.end(on=TODAY, ending="expired", by="test")
    with pytest.raises(NotReady, match="Say why it ended early"):
        contract.end(on=TODAY, ending="agreed", by="test")
    with pytest.raises(NotReady, match="before it was signed"):
        contract.end(on=date(2025, 1, 1), ending="agreed", why="So.", by="test")
    contract.end(on=TODAY, ending="agreed", why="Both wanted it.", by="test")
    assert newest(contract).facts == {
        "on": "2026-11-22",
        "ending": "agreed",
        "why": "Both wanted it.",
    }
    with pytest.raises(Overtaken):
        contract.end(on=TODAY, ending="agreed", why="Again.", by="test")


def test_completing_says_on_the_record_which_details_changed():
    contract = make.contract()
    assert contract.complete(department="", by="test") == []
    changed = contract.complete(
        department="Adult care", tendered=True, irrecoverable_vat=Decimal(0), by="test"
    )
    assert changed == ["department", "irrecoverable_vat", "tendered"]
    assert newest(contract).facts == {"fields": changed}
    with pytest.raises(ValidationError, match="both, or neither"):
        contract.complete(copy_url="https://council.example/c", by="test")


# Which are which


def test_running_ended_and_proposed_contracts_are_told_apart():
    running = make.contract(ends_on=date(2027, 1, 1))
    past = make.contract(ends_on=date(2026, 11, 21))
    last_day = make.contract(ends_on=TODAY)
    stopped = make.contract(ends_on=date(2027, 1, 1))
    stopped.end(on=TODAY, ending="agreed", why="So.", by="test")
    commission = make.commission()
    for number, status in enumerate(("terminated", "pending", "active"), 1):
        commission.contracts.create(contract_id=f"{number}", status=status)
    terminated, pending, active = commission.contracts.order_by("contract_id")
    hidden = make.contract(ends_on=date(2027, 1, 1))
    type(hidden.commission).objects.filter(pk=hidden.commission_id).update(
        published_at=timezone.now() + timedelta(days=1)
    )
    public = Contract.objects.published()
    assert set(public.running()) == {running, last_day, active}
    assert set(public.ended()) == {past, stopped, terminated}
    assert set(public.signed()) == {*public} - {pending}


@pytest.mark.parametrize(
    ("route", "said", "was"),
    [
        ("open", None, True),
        ("direct_award", True, False),
        ("framework", True, True),
        ("not_decided", None, None),
    ],
)
def test_whether_it_was_tendered_is_told_by_the_route_or_by_staff(route, said, was):
    contract = make.contract(commission=make.commission(route=route), tendered=said)
    assert contract.was_tendered is was


# A contract that is only proposed


@pytest.fixture(params=["pending", "planned", "cancelled"])
def proposed(request):
    """Make a contract that a notice proposed, with an option and an indicator."""
    contract = make.commission(stage="contract").contracts.create(
        contract_id="1",
        status=request.param,
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 1, 1),
        latest_end_on=date(2028, 1, 1),
    )
    contract.extensions.create(until=date(2028, 1, 1))
    contract.indicators.create(title="Visits on time")
    return contract


ACTS = {
    "extend": lambda c: c.extend(c.extensions.get(), why="So.", by="test"),
    "offer": lambda c: c.offer(date(2029, 1, 1), by="test"),
    "amend": lambda c: c.amend(changed="More", reason="So.", by="test"),
    "end": lambda c: c.end(on=TODAY, ending="agreed", why="So.", by="test"),
    "rate": lambda c: c.rate(
        [(c.indicators.get(), "met", "")],
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 3, 31),
        by="test",
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_contract_that_is_only_proposed_is_signed_before_it_changes(act, proposed):
    with pytest.raises(NotReady, match=r"only proposed.*Record its signature"):
        ACTS[act](proposed)
    assert entries(proposed) == []
    proposed.record_signature(on=date(2025, 12, 1), by="test")
    ACTS[act](proposed)
    assert len(entries(proposed)) == 2


@pytest.mark.parametrize("act", ACTS)
def test_an_act_that_read_it_as_signed_does_not_change_one_that_is_not(act, proposed):
    status = proposed.status
    proposed.status = "active"
    with pytest.raises(Overtaken):
        ACTS[act](proposed)
    assert entries(proposed) == []
    proposed.refresh_from_db()
    assert (proposed.status, proposed.ended_on) == (status, None)


def test_the_signature_of_a_proposed_contract_is_recorded_once(proposed):
    twin = Contract.objects.get(pk=proposed.pk)
    proposed.record_signature(on=date(2025, 12, 1), by="test")
    assert newest(proposed).facts == {
        "on": "2025-12-01",
        "title": "",
        "suppliers": 0,
        "amount": None,
        "starts": "2026-01-01",
        "ends": "2027-01-01",
    }
    with pytest.raises(Overtaken, match="Someone else"):
        twin.record_signature(on=date(2025, 12, 2), by="test")
    twin.refresh_from_db()
    assert (twin.signed_on, twin.status) == (date(2025, 12, 1), "active")
    with pytest.raises(NotReady, match="signed already"):
        twin.record_signature(on=date(2025, 12, 2), by="test")


def test_a_signature_is_recorded_neither_ahead_nor_in_the_standstill(proposed):
    with pytest.raises(NotReady, match="today or earlier"):
        proposed.record_signature(on=TODAY + timedelta(days=1), by="test")
    proposed.commission.awards.create(award_id="1", standstill_ends_on=TODAY)
    with pytest.raises(NotReady, match="The standstill lasts until 22 November 2026"):
        proposed.record_signature(on=TODAY, by="test")
    proposed.refresh_from_db()
    assert proposed.signed_on is None


def test_a_signature_is_not_recorded_round_a_gate():
    contract = make.commission(stage="engagement").contracts.create(
        contract_id="1", status="pending"
    )
    with pytest.raises(NotReady, match="Publish a draft specification"):
        contract.record_signature(on=TODAY, by="test")
