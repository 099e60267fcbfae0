"""Where a contract stands on a day: proposed, signed, running, over; extensions used."""

from datetime import date, timedelta
from itertools import product

import pytest

from commissions.contracts.models import ContractState, over_with_extensions_condition
from commissions.models import Contract, Extension
from tests import make

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
SIGNED = {"signed_on": date(2026, 1, 5), "status": "active"}
ENDED = {"ending": "agreed", "ended_why": "It was not needed."}

VECTORS = [
    # what is recorded, what the page says, and whether it is signed, running, ended
    ({"status": "pending"}, "Proposed, not signed", ""),
    ({"status": "active"}, "Running", "signed running"),
    ({"signed_on": TODAY, "status": "pending"}, "Running", "signed running"),
    (SIGNED | {"starts_on": TOMORROW}, "Signed, not started", "signed running"),
    (SIGNED | {"starts_on": TODAY}, "Running", "signed running"),
    (SIGNED | {"ends_on": TODAY}, "Running", "signed running"),
    (SIGNED | {"ends_on": YESTERDAY}, "Term over, end not recorded", "signed ended"),
    (SIGNED | {"ended_on": TODAY, **ENDED}, "Ended", "signed ended"),
    (SIGNED | {"status": "terminated"}, "Ended", "signed ended"),
]


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-22 12:00", tick=False)


@pytest.mark.parametrize(("recorded", "label", "stands"), VECTORS)
def test_page_and_list_say_where_it_stands(client, recorded, label, stands):
    contract = Contract.objects.create(
        commission=make.commission(), contract_id="1", title="Care", **recorded
    )
    among = {
        "signed": Contract.objects.signed(),
        "running": Contract.objects.running(),
        "ended": Contract.objects.ended(),
    }
    assert [name for name, rows in among.items() if contract in rows] == stands.split()
    assert contract.is_signed == ("signed" in stands)
    page = client.get(contract.get_absolute_url()).content.decode()
    assert f">{label}</" in page
    listed = client.get("/contracts/").content.decode()
    assert (f">{label}</" in listed) == ("signed" in stands)


def test_an_option_to_extend_is_used_once_and_moves_the_end(client):
    first, second = date(2027, 6, 30), date(2028, 6, 30)
    contract = make.contract(ends_on=TODAY, options=[first, second])
    assert (contract.ends_on, contract.latest_end_on) == (TODAY, second)
    contract.extend(contract.extensions.get(until=first), why="It goes well.", by="t")
    contract.refresh_from_db()
    assert (contract.ends_on, contract.latest_end_on) == (first, second)
    assert contract.extensions.get(used_on__isnull=False).until == first
    page = client.get(contract.get_absolute_url()).content.decode()
    extended, open_still = page.split("Extended to", 1)[1].split(
        "Can still be extended to", 1
    )
    assert "30 June 2027" in extended
    assert "30 June 2028" in open_still


DAYS = [None, YESTERDAY, TODAY, TOMORROW]


def recorded():
    """Yield what may be recorded of a contract, in every combination that can be."""
    for signed, status, starts, ends, latest, ended in product(
        (None, YESTERDAY),
        ("pending", "active", "terminated"),
        (None, TODAY, TOMORROW),
        DAYS,
        DAYS,
        DAYS,
    ):
        if ends and ((starts and starts > ends) or (latest and latest < ends)):
            continue
        why = ENDED if ended else {}
        yield {
            "signed_on": signed,
            "status": status,
            "starts_on": starts,
            "ends_on": ends,
            "latest_end_on": latest,
            "ended_on": ended,
            **why,
        }


def test_the_database_finds_what_each_contract_says_of_itself():
    commission = make.commission()
    contracts = Contract.objects.bulk_create(
        Contract(commission=commission, contract_id=str(n), reference=str(n), **said)
        for n, said in enumerate(recorded())
    )
    stand = {contract.pk: contract.standing(TODAY) for contract in contracts}
    known_over = Contract.objects.filter(over_with_extensions_condition(TODAY))
    for rows, says in (
        (Contract.objects.signed(), lambda s: s.is_signed),
        (Contract.objects.signed().ended(TODAY), lambda s: s.is_over),
        (
            Contract.objects.running(TODAY),
            lambda s: s.state in (ContractState.TO_START, ContractState.RUNNING),
        ),
        (Contract.objects.ending_soon(TODAY), lambda s: s.ends_soon),
        (known_over, lambda s: s.over_since),
    ):
        found = set(rows.values_list("pk", flat=True))
        assert found == {key for key, standing in stand.items() if says(standing)}
        assert 0 < len(found) < len(contracts)


@pytest.mark.parametrize(
    ("recorded", "since"),
    [
        ({"ends_on": YESTERDAY}, YESTERDAY),
        ({"ends_on": TODAY}, None),
        ({"ends_on": date(2026, 6, 1), "latest_end_on": YESTERDAY}, YESTERDAY),
        ({"ends_on": date(2026, 6, 1), "latest_end_on": TODAY}, None),
        ({"ends_on": date(2027, 6, 1), "ended_on": TODAY}, TODAY),
        ({"latest_end_on": YESTERDAY}, None),
        ({}, None),
    ],
)
def test_it_is_known_to_be_over_only_after_every_extension(recorded, since):
    assert Contract(**SIGNED, **recorded).standing(TODAY).over_since == since


def test_an_option_is_left_until_it_is_used_or_lets_the_contract_run_no_longer():
    later = Extension(until=TOMORROW)
    assert Contract(ends_on=TODAY).may_use(later)
    assert Contract().may_use(later)
    assert not Contract(ends_on=TOMORROW).may_use(later)
    assert not Contract(ends_on=TODAY, ended_on=TODAY).may_use(later)
    assert not Contract(ends_on=TODAY).may_use(Extension(until=TOMORROW, used_on=TODAY))


@pytest.mark.parametrize(
    ("ends", "label"),
    [(None, "In a notice; its last day is not recorded here"), (TOMORROW, None)],
)
def test_of_a_notice_without_a_last_day_the_page_says_so(ends, label):
    contract = make.contract(ends_on=ends, starts_on=YESTERDAY)
    contract.commission.post = contract.commission.committee = None
    standing = contract.standing(TODAY)
    said = standing.label_of(contract.commission)
    assert (said == label) is (ends is None)


@pytest.mark.parametrize(("days", "soon"), [(0, True), (366, True), (367, False)])
def test_it_ends_soon_within_a_year_and_its_last_day_counts(days, soon):
    ends = TODAY + timedelta(days=days)
    contract = make.contract(ends_on=ends)
    assert contract.standing(TODAY).ends_soon is soon
    assert Contract.objects.ending_soon(TODAY).exists() is soon
