"""A notice that is imported and drafted again loses nothing the portal has a place for."""

from datetime import UTC, datetime

import pytest

from commissions.law.notices import notice_type
from commissions.models import Commission, Contract, Tender
from commissions.ocds.exporting.release import build_release
from commissions.ocds.importing.mapping.release import map_release
from commissions.ocds.importing.mapping.stage import Sent
from tests.commissions.ocds.test_read_whole import RELATED, SIGNED, TENDER
from tests.commissions.ocds.test_reading_cases import notice, read

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
ASIDE = {"status", "title", "how_to_bid", "related_processes", "method"}


def again(commission, code):
    """Draft a notice of a commission, and read the draft."""
    commission = Commission.objects.get(pk=commission.pk)
    value = build_release(commission, notice_type(code), NOW)
    history = [Sent(NOW, tuple(value["tag"]), code)]
    return value, map_release(value, history=history, notices=set(), now=NOW)


def test_a_tender_notice_is_the_same_when_it_is_drafted_again():
    asked = {
        **TENDER,
        "procurementMethodDetails": "Competitive flexible procedure, in two stages",
        "contractPeriod": {"startDate": "2027-04-01", "endDate": "2029-03-31"},
    }
    asked["items"] = [{**TENDER["items"][0], "deliveryAddresses": [{"region": "TLC"}]}]
    commission = read(notice("UK4", tender=asked, relatedProcesses=RELATED))
    value, found = again(commission, "UK4")
    row = Tender.objects.get()
    kept = {name: getattr(row, name) for name in found.tender if name not in ASIDE}
    assert {name: found.tender[name] for name in kept} == kept
    lot = row.lots.get()
    assert {name: getattr(lot, name) for name in found.lots["1"]} == found.lots["1"]
    tender = value["tender"]
    assert tender["contractPeriod"]["endDate"] == "2029-03-31T23:59:59+01:00"
    assert tender["items"][0]["deliveryAddresses"][0]["region"] == "TLC"
    assert tender["value"]["currency"] == "EUR"
    assert value["relatedProcesses"][-1]["identifier"] == "ocds-x-1"
    columns = ("regime", "route", "starts_on", "ends_on")
    assert {n: found.columns[n] for n in columns} == {
        n: getattr(commission, n) for n in columns
    }


def test_a_contract_is_the_same_when_it_is_drafted_again():
    contract = {
        **SIGNED,
        "renewal": {"description": "Once."},
        "options": {"description": "More beds."},
        "agreedMetrics": [{"id": "k", "title": "On time", "description": "95%"}],
    }
    commission = read(notice("UK7", "2025-03-05", contracts=[contract]))
    value, found = again(commission, "UK7")
    row = Contract.objects.get()
    columns = found.contracts["1"][0]
    assert {name: getattr(row, name) for name in columns} == columns
    assert found.indicators["1"] == {"On time": ("95%", [])}
    assert value["contracts"][0]["period"]["endDate"] == "2026-03-31T23:59:59+01:00"


@pytest.mark.parametrize(
    ("basis", "regime"),
    [
        ({"scheme": "UKPGA", "id": "2023/54"}, "procurement_act"),
        ({"scheme": "UKSI", "id": "2023/1348"}, "psr"),
        ({"scheme": "WSI", "id": "2025/99"}, "psr_wales"),
        ({"scheme": "SSI", "id": "2016/145"}, "scotland"),
        ({"scheme": "SSI", "id": "2016/49"}, "scotland_utilities"),
        ({"scheme": "SSI", "id": "2016/65"}, "scotland_concessions"),
        ({"scheme": "CELEX", "id": "32014L0024"}, "old_regulations"),
    ],
)
def test_the_law_is_the_same_when_it_is_drafted_again(basis, regime):
    sent = notice("UK4", tender={"legalBasis": basis})
    commission = read(sent)
    assert commission.regime == regime
    assert again(commission, "UK4")[1].columns["regime"] == regime
