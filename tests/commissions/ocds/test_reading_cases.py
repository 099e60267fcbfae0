"""What notices mean, case by case: which law, which stage, which day, whose state."""

from datetime import date
from itertools import permutations

import pytest

from commissions.models import Award, Commission, Contract, Lot
from tests.commissions.ocds.releases import bring_in, party
from tests.conftest import SHARED

pytestmark = pytest.mark.django_db
CASES = SHARED / "data" / "cases" / "ocds"
ACT = {"scheme": "UKPGA", "id": "2023/54"}
DIRECTIVE = {"scheme": "CELEX", "id": "32014L0024"}
OCID = "ocds-h6vhtk-0a0001"
TYPES = {
    "UK4": ("tender", "tenderNotice"),
    "UK5": ("awards", "awardNotice"),
    "UK6": ("awards", "awardNotice"),
    "UK7": ("contracts", "contractNotice"),
    "UK9": ("contracts", "implementationNotice"),
    "UK10": ("contracts", "contractNotice"),
    "UK11": ("contracts", "contractTerminationNotice"),
    "UK12": ("tender", "tenderCancellationNotice"),
}
TAGS = {
    "UK4": ["tender"],
    "UK9": ["implementation"],
    "UK10": ["contractAmendment"],
    "UK11": ["contractTermination"],
    "UK12": ["tenderCancellation"],
}


def notice(code, on="2026-09-03", tender=None, awards=(), contracts=(), **fields):
    """Make a release of Find a Tender that is a notice of the Act."""
    number = f"{300000 + sum(map(ord, code + on))}-2026"
    body = {
        "tender": {"id": "1", "title": "T", "legalBasis": ACT, **(tender or {})},
        "awards": [dict(each) for each in awards],
        "contracts": [dict(each) for each in contracts],
    }
    section, kind = TYPES[code]
    holder = body["tender"] if section == "tender" else (body[section] or [{}])[0]
    holder["documents"] = [
        {
            "id": number,
            "documentType": kind,
            "noticeType": code,
            "url": f"https://www.find-tender.service.gov.uk/Notice/{number}",
        }
    ]
    buyer = party()
    return {
        "ocid": OCID,
        "id": number,
        "date": f"{on}T10:00:00Z",
        "tag": TAGS.get(code, ["award", "contract"]),
        "parties": [buyer],
        "buyer": {"id": buyer["id"], "name": buyer["name"]},
        **body,
        **fields,
    }


def read(*sent):
    bring_in(*sent)
    return Commission.objects.get()


def case(name):
    """Import one case of ../shared; return its commission."""
    bring_in(raw=(CASES / f"{name}.json").read_bytes())
    return Commission.objects.get()


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "regime", "stage"),
    [
        ("01-uk9-first", "procurement_act", "delivery"),
        ("02-copy-attached", "procurement_act", "contract"),
        ("03-cf-below", "below_threshold", "evaluation"),
        ("04-one-lot-ended", "procurement_act", "tender"),
        ("05-uk12", "procurement_act", "cancelled"),
        ("07-psr", "psr", "standstill"),
        ("08-award-below", "below_threshold", "standstill"),
        ("10-date-only", "procurement_act", "tender"),
    ],
)
def test_each_case_has_the_law_and_the_stage_that_it_states(name, regime, stage):
    commission = case(name)
    assert (commission.regime, commission.stage) == (regime, stage)


@pytest.mark.shared
def test_a_cancelled_procurement_was_cancelled_on_its_own_day(client):
    commission = case("05-uk12")
    dates = commission.stage_dates.values_list("stage", "actual_on")
    assert dict(dates) == {"cancelled": date(2026, 3, 2)}
    page = client.get(f"{commission.get_absolute_url()}award/").content.decode()
    assert "cannot be signed" not in page.lower()


@pytest.mark.shared
def test_an_intention_of_the_nhs_regime_is_no_contract(client):
    commission = case("07-psr")
    contract = commission.contracts.get()
    assert (contract.is_signed, contract.signed_on) == (False, None)
    assert commission.awards.get().status == "pending"
    page = client.get(f"{commission.get_absolute_url()}award/").content.decode()
    assert "Intention to award notice" in page
    assert "make representations to the body that chose until the end of" in page
    assert "16 September 2026" in page
    assert "Independent Patient Choice and Procurement Panel" in page


@pytest.mark.shared
def test_the_last_minute_of_a_day_in_utc_is_that_day():
    case("09-z-summer")
    assert Contract.objects.get().ends_on == date(2026, 9, 20)


@pytest.mark.shared
def test_a_closing_day_without_a_time_ends_with_that_day():
    closes = case("10-date-only").window_closes_at
    assert closes.isoformat() == "2026-12-15T23:59:59+00:00"


def two_lots():
    lots = [{"id": "1", "status": "active"}, {"id": "2", "status": "active"}]
    return {"status": "active", "lots": lots}


def ended_lot(number):
    return {"id": number, "status": "cancelled", "relatedLots": [number]}


def test_one_lot_that_ended_leaves_the_other():
    commission = read(
        notice("UK4", "2026-09-01", tender=two_lots()),
        notice("UK12", awards=[ended_lot("2")]),
    )
    assert commission.stage == "tender"
    assert dict(Lot.objects.values_list("lot_id", "status")) == {
        "1": "active",
        "2": "cancelled",
    }


def test_a_procurement_is_cancelled_when_every_lot_is():
    commission = read(
        notice("UK4", "2026-09-01", tender=two_lots()),
        notice("UK12", "2026-09-03", awards=[ended_lot("2")]),
        notice("UK12", "2026-09-04", awards=[{**ended_lot("1"), "id": "9"}]),
    )
    assert commission.stage == "cancelled"


def test_a_lot_that_was_awarded_outlives_the_one_that_ended():
    commission = read(
        notice("UK4", "2026-09-01", tender=two_lots()),
        notice("UK6", "2026-09-02", awards=[{"id": "1", "relatedLots": ["1"]}]),
        notice("UK12", "2026-09-03", awards=[ended_lot("2")]),
    )
    assert commission.stage == "standstill"


@pytest.mark.parametrize(
    ("code", "stage", "signed"),
    [
        ("UK5", "direct_award", False),
        ("UK6", "standstill", False),
        ("UK7", "contract", True),
        ("UK9", "delivery", True),
        ("UK10", "contract", True),
        ("UK11", "closed", True),
    ],
)
def test_what_lists_an_award_and_a_contract_means_what_its_type_says(
    code, stage, signed
):
    sent = {"awards": [{"id": "1", "status": "active", "date": "2026-08-01"}]}
    sent["contracts"] = [{"id": "1", "awardID": "1", "dateSigned": "2026-08-20"}]
    commission = read(notice(code, **sent))
    contract = commission.contracts.get()
    assert (commission.stage, contract.is_signed) == (stage, signed)
    days = (contract.signed_on, contract.signing_expected_on)
    assert days == ((date(2026, 8, 20), None) if signed else (None, date(2026, 8, 20)))
    dates = set(commission.stage_dates.values_list("stage", flat=True))
    assert ("standstill" in dates) is (code in ("UK6", "UK7"))


def test_the_contract_of_a_lot_that_is_only_awarded_is_not_signed():
    proposed = {"status": "pending", "dateSigned": "2026-09-30"}
    signed = {"id": "1", "status": "active", "dateSigned": "2026-09-20"}
    read(
        notice(
            "UK6",
            "2026-09-01",
            awards=[{"id": "1", "status": "active"}],
            contracts=[{"id": n, **proposed} for n in "12"],
        ),
        notice("UK7", "2026-09-21", contracts=[signed]),
    )
    found = {each.contract_id: each.is_signed for each in Contract.objects.all()}
    assert found == {"1": True, "2": False}


def test_a_notice_of_a_market_that_lists_awards_is_no_news_of_them():
    document = {"id": "d", "documentType": "tenderNotice", "noticeType": "UK14"}
    document["url"] = "https://www.find-tender.service.gov.uk/Notice/300001-2026"
    sent = notice("UK6", awards=[{"id": "1", "status": "active", "date": "2026-01-01"}])
    sent["awards"][0]["documents"] = []
    sent["tender"]["documents"] = [document]
    commission = read({**sent, "tag": ["tender"]})
    assert (commission.stage, commission.stage_dates.count()) == ("intention", 0)


LIFE = (
    notice("UK4", "2026-03-01", tender={"status": "active"}),
    notice("UK6", "2026-05-01", awards=[{"id": "1", "status": "active"}]),
    notice("UK7", "2026-06-01", contracts=[{"id": "1", "dateSigned": "2026-05-20"}]),
    notice("UK11", "2026-10-01", contracts=[{"id": "1", "status": "terminated"}]),
)


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_order_in_which_notices_come_makes_no_difference(order):
    for number in order:
        bring_in(LIFE[number])
    commission = Commission.objects.get()
    assert (commission.stage, commission.regime) == ("closed", "procurement_act")
    assert Award.objects.get().status == "active"


PSR = "This is a Provider Selection Regime (PSR) {} notice. {}"


@pytest.mark.parametrize(
    ("kind", "process", "code", "stage", "route"),
    [
        ("intention to award", "", "", "standstill", "other"),
        (
            "intention to award",
            "Direct Award Process C.",
            "PSR3",
            "standstill",
            "psr_c",
        ),
        (
            "intention to award",
            "The Most Suitable Provider Process was used.",
            "PSR6",
            "standstill",
            "psr_msp",
        ),
        (
            "confirmation of contract award",
            "Direct Award Process B. An intention to award notice was published.",
            "PSR2",
            "contract",
            "psr_b",
        ),
        ("contract modification", "", "PSR12", "contract", "other"),
        ("abandonment", "", "PSR-AB", "cancelled", "other"),
    ],
)
def test_notices_of_the_nhs_regime_on_older_forms_say_in_words_what_they_are(
    kind, process, code, stage, route
):
    sent = notice("UK6", contracts=[{"id": "1", "dateSigned": "2026-09-01"}])
    del sent["contracts"][0]["dateSigned"]
    sent["awards"] = [{"id": "1", "status": "active"}]
    if kind == "abandonment":
        sent["awards"][0]["status"] = "cancelled"
        sent["contracts"] = []
    sent["tender"] |= {
        "legalBasis": DIRECTIVE,
        "description": PSR.format(kind, process),
    }
    sent["contracts"] = [{"id": "1"}] if stage == "contract" else []
    commission = read(sent)
    found = (commission.notices.get().code, commission.stage, commission.route)
    assert (commission.regime, *found) == ("psr", code, stage, route)


@pytest.mark.parametrize(
    "said",
    [
        "It is not subject to the Provider Selection Regime.",
        "The Provider Selection Regime does not apply to this contract.",
        "Bidders should use PSRV software.",
    ],
)
def test_words_that_only_mention_the_nhs_regime_do_not_make_it_the_law(said):
    assert read(notice("UK4", tender={"description": said})).regime == "procurement_act"
