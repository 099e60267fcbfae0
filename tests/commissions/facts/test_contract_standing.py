"""Where a contract stands on a day: proposed, signed, running, over; extensions used."""

from datetime import date, timedelta

import pytest

from commissions.models import Contract
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
        "May still be extended to", 1
    )
    assert "30 June 2027" in extended
    assert "30 June 2028" in open_still
