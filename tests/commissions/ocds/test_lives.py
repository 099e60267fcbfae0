"""For any part of a procurement's life, in any order: only what its notices state."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commissions.law.notices import notice_type
from commissions.models import Commission
from tests.commissions.ocds.releases import bring_in, reasons
from tests.commissions.ocds.test_reading_cases import notice

pytestmark = pytest.mark.django_db

CODES = ("UK4", "UK5", "UK6", "UK7", "UK9", "UK10", "UK11", "UK12")
STATED = {
    "UK4": {"tender", "evaluation"},
    "UK5": {"direct_award"},
    "UK6": {"standstill"},
    "UK7": {"contract", "delivery", "closed", "standstill"},
    "UK9": {"contract", "delivery", "closed"},
    "UK10": {"contract", "delivery", "closed"},
    "UK11": {"closed"},
    "UK12": {"cancelled"},
}
"""The stages that a notice of each sort can state. One that tells of a contract and
lists it as pending, without a day of signing, states its award alone."""
STATES = st.sampled_from(["pending", "active", "cancelled", "terminated", ""])
DAYS = st.dates(min_value=date(2025, 3, 1), max_value=date(2026, 11, 30))


@st.composite
def notices(draw):
    """Draw one notice, with or without awards and contracts inside."""
    code, on = draw(st.sampled_from(CODES)), draw(DAYS)
    lots = [
        {"id": n, "status": draw(STATES)} for n in draw(st.sampled_from(["", "12"]))
    ]
    tender = {
        "lots": lots,
        "status": draw(st.sampled_from(["active", "", "withdrawn"])),
    }
    awards = [
        {"id": n, "status": draw(STATES), "relatedLots": [n], "date": on.isoformat()}
        for n in draw(st.sampled_from(["1", "12"]))
    ]
    contracts = [
        {
            "id": n,
            "awardID": n,
            "status": draw(STATES),
            "dateSigned": draw(st.sampled_from([None, on.isoformat()])),
            "period": {"startDate": "2025-06-01", "endDate": draw(DAYS).isoformat()},
        }
        for n in draw(st.sampled_from(["", "1"]))
        or ("1" if notice_type(code).section == "contracts" else "")
    ]
    return code, notice(code, on.isoformat(), tender, awards, contracts)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(drawn=st.lists(notices(), min_size=1, max_size=4))
def test_the_stage_is_one_that_the_notices_state(drawn, client):
    codes = {code for code, _ in drawn}
    sent = [
        {**each, "id": f"{400001 + number}-2026"}
        for number, (_, each) in enumerate(drawn)
    ]
    key = transaction.savepoint()
    try:
        _, plans = bring_in(*sent)
        assert reasons(plans) == []
        commission = Commission.objects.get()
        told = set().union(*(STATED[code] for code in codes))
        ended = {"cancelled"} if any_ended(sent) else set()
        assert commission.stage in told | ended | {"intention"}
        for contract in commission.contracts.all():
            assert not contract.is_signed or codes & {"UK7", "UK9", "UK10", "UK11"}
        page = client.get(commission.get_absolute_url()).content.decode().lower()
        for blame in ("overdue", "is late", "not signed yet", "not published"):
            assert blame not in page
        again, plans = bring_in(*sent)
        assert again.totals.left_alone == len(sent)
    finally:
        transaction.savepoint_rollback(key)


def any_ended(sent):
    """Tell whether a notice says that the tender, an award or a lot came to nothing."""
    ended = {"cancelled", "withdrawn"}
    for each in sent:
        parts = [each["tender"], *each["awards"], *each["tender"]["lots"]]
        if any(part.get("status") in ended for part in parts):
            return True
    return False
