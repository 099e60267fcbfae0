"""What releases mean in our own terms: stage, dates, law, value, kind, place."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from commissions.classification.import_cpv import TOPIC_OF, topic_of
from commissions.models import Commission, StageDate, Topic
from commissions.ocds.importing.mapping.json_reader import (
    Part,
    Unusable,
    parse_moment,
    plain_text,
)
from commissions.ocds.importing.mapping.notice import notice_of
from commissions.ocds.importing.mapping.parties import (
    REGION_OF_POSTCODE_AREA,
    kind_of_buyer,
    nation_of,
    place_of,
)
from commissions.ocds.importing.mapping.release import map_release
from commissions.ocds.importing.mapping.stage import Sent
from commissions.places.seed_data import TOPICS
from tests.commissions.ocds.releases import release

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
PAST, COMING = "2026-05-01T12:00:00Z", "2026-07-01T12:00:00Z"


def meaning(code="", now=NOW, **fields):
    sent = release(**fields)
    tags = tuple(sent["tag"])
    form = notice_of(Part(sent), tags=tags, publisher="", contact={})["form"]
    history = [Sent(parse_moment(sent["date"]), tags, code, "" if code else form)]
    return map_release(sent, history=history, notices=set(), now=now)


def tender(status="active", **fields):
    return {"tender": {"title": "T", "status": status, **fields}}


def given(status="active", **fields):
    return {"tag": ["award"], "awards": [{"id": "1", "status": status, **fields}]}


def signed(start, end, status="active"):
    period = {"startDate": start, "endDate": end}
    return {
        "tag": ["contract"],
        "contracts": [{"id": "1", "status": status, "period": period}],
    }


ENGAGING = {
    "planning": {"milestones": [{"id": "1", "type": "engagement", "dueDate": COMING}]}
}


@pytest.mark.parametrize(
    ("stage", "code", "fields"),
    [
        ("intention", "UK1", {"tag": ["planning"], **tender("planned")}),
        ("engagement", "UK2", {"tag": ["planning"], **tender("planning")}),
        ("engagement", "", {"tag": ["planning"], **tender("planning"), **ENGAGING}),
        ("tender", "UK4", tender(tenderPeriod={"endDate": COMING})),
        ("tender", "", tender()),
        ("evaluation", "UK4", tender(tenderPeriod={"endDate": PAST})),
        ("evaluation", "", tender("complete")),
        ("direct_award", "UK5", given("pending")),
        ("standstill", "UK6", given()),
        ("standstill", "", given("pending")),
        ("contract", "", given(contractPeriod={"startDate": COMING})),
        ("delivery", "", given(contractPeriod={"startDate": PAST})),
        ("closed", "", given(contractPeriod={"startDate": PAST, "endDate": PAST})),
        ("contract", "UK7", signed(COMING, "2027-01-01")),
        ("delivery", "UK7", signed(PAST, COMING)),
        ("closed", "UK7", signed("2024-01-01", PAST)),
        ("standstill", "UK6", signed(PAST, COMING, "pending")),
        ("closed", "UK11", signed(PAST, COMING, "terminated")),
        ("cancelled", "", tender("withdrawn")),
        ("cancelled", "UK12", {"tag": ["tenderCancellation"], **tender("active")}),
        ("cancelled", "", given("unsuccessful")),
    ],
)
def test_stage_is_what_the_notices_say(stage, code, fields):
    assert meaning(code, **fields).columns["stage"] == stage


@pytest.mark.parametrize(
    ("window", "fields"),
    [
        ("bids", tender(tenderPeriod={"endDate": COMING})),
        ("engagement", {"tag": ["planning"], **tender("planning"), **ENGAGING}),
        (
            "",
            {
                "tag": ["planning"],
                **tender("planned", tenderPeriod={"endDate": COMING}),
            },
        ),
        ("", tender("cancelled", tenderPeriod={"endDate": COMING})),
        ("", given(contractPeriod={"startDate": PAST})),
    ],
)
def test_window_names_what_people_outside_can_do(window, fields):
    columns = meaning(**fields).columns
    assert columns["window_for"] == window
    assert (columns["window_closes_at"] == parse_moment(COMING)) is bool(window)


def test_dates_are_planned_until_they_have_come():
    found = meaning(
        **tender(
            tenderPeriod={"endDate": COMING},
            contractPeriod={"startDate": "2026-09-01", "endDate": "2028-08-31"},
        )
    )
    assert found.dates == {
        "tender": (None, date(2026, 1, 10)),
        "evaluation": (date(2026, 7, 1), None),
        "delivery": (date(2026, 9, 1), None),
        "closed": (date(2028, 8, 31), None),
    }


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025-01-06T00:00:00+01:00", date(2025, 1, 6)),
        ("2025-06-30T23:00:00Z", date(2025, 7, 1)),
        ("2025-11-30T23:59:59Z", date(2025, 11, 30)),
        ("2025-04-01", date(2025, 4, 1)),
    ],
)
def test_a_day_is_the_one_the_publisher_meant(written, day):
    assert Part({"date": written}).day("date") == day


@pytest.mark.parametrize(
    "written",
    [
        "0000-01-01",
        "2025-02-30",
        "9999-12-31",
        "1066-10-14",
        "soon",
        "2025-W01-1",
        "20250101",
    ],
)
def test_an_impossible_date_is_refused_in_a_sentence(written):
    with pytest.raises(Unusable, match="“date” is not a date that can be"):
        Part({"date": written}).moment("date")


BASES = {
    "old_regulations": {"scheme": "CELEX", "id": "32014L0024"},
    "procurement_act": {"scheme": "UKPGA", "id": "2023/54"},
    "psr": {"scheme": "UKSI", "id": "2023/1348"},
    "not_stated": {},
}


@pytest.mark.parametrize("regime", BASES)
def test_regime_is_the_law_that_the_notice_names(regime):
    found = meaning(**tender(legalBasis=BASES[regime]))
    assert found.columns["regime"] == regime


def test_below_threshold_is_said_by_the_notice():
    details = tender(procurementMethodDetails="Open procedure (below threshold)")
    assert meaning(**details).columns["regime"] == "below_threshold"
    flag = tender(legalBasis=BASES["procurement_act"], aboveThreshold=False)
    assert meaning(**flag).columns["regime"] == "below_threshold"


@pytest.mark.parametrize(
    ("details", "route"),
    [
        ("Call-off from a framework agreement", "framework"),
        ("Call-off from a dynamic purchasing system", "dynamic_market"),
        ("Single tender action (below threshold)", "direct_award"),
        ("Competitive flexible procedure", "competitive_flexible"),
        ("Direct Award Process C", "psr_c"),
        ("Restricted procedure", "other"),
        ("Other - ", "other"),
    ],
)
def test_route_is_read_from_the_notices_words(details, route):
    found = meaning(**tender(procurementMethodDetails=details))
    assert found.columns["route"] == route


@pytest.mark.parametrize(
    ("value", "least", "most", "vat"),
    [
        ({"amount": 100}, 100, 100, "not_stated"),
        ({"amount": 100, "amountGross": 120}, 120, 120, "included"),
        ({"amount": 0.01}, None, None, "not_stated"),
        ({"amount": 100, "currency": "EUR"}, None, None, "not_stated"),
        (None, None, None, "not_stated"),
    ],
)
def test_value_says_what_is_known_of_it_and_of_vat(value, least, most, vat):
    columns = meaning(**tender(value=value)).columns
    assert (columns["value_min"], columns["value_max"]) == (least, most)
    assert columns["value_vat"] == vat


def test_value_is_a_range_in_the_right_order():
    columns = meaning(**tender(value={"amount": 50}, minValue={"amount": 90})).columns
    assert (columns["value_min"], columns["value_max"]) == (Decimal(50), Decimal(90))


def test_lots_add_up_where_the_tender_has_no_value():
    lots = [{"id": str(n), "value": {"amount": 1000}} for n in (1, 2, 3)]
    assert meaning(**tender(lots=lots)).columns["value_max"] == 3000


@pytest.mark.parametrize(
    ("kind", "name", "schemes", "classes"),
    [
        ("local_authority", "London Borough of Merton", [], []),
        ("local_authority", "Something", ["GB-LAE"], []),
        ("parish", "Thame Town Council", [], []),
        ("nhs", "Hywel Dda University Health Board", [], []),
        ("police", "Mayor's Office for Policing and Crime", [], []),
        ("fire", "Wiltshire Fire And Rescue Service", [], []),
        ("central", "Foreign Commonwealth and Development Office", [], []),
        ("central", "Medical Research Council", [], []),
        ("devolved", "Llywodraeth Cymru / Welsh Government", [], []),
        ("education", "THE UNIVERSITY OF BIRMINGHAM", [], []),
        ("housing", "Trivallis", [], [("COFOG", "06", "Housing")]),
        ("housing", "Pobl Group Ltd", [], [("TED_CA_TYPE", "", "RSL")]),
        ("central", "X", [], [("UK_CA_TYPE", "publicAuthorityCentralGovernment", "")]),
        ("other", "Norse Commercial Services Limited", [], []),
    ],
)
def test_kind_is_guessed_from_register_name_and_class(kind, name, schemes, classes):
    assert kind_of_buyer(name, schemes, classes) == kind


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ({"region": "ukc21"}, "UKC21"),
        ({"region": "TLC21"}, "TLC21"),
        ({"region": "Yorkshire and the Humber"}, "UKE"),
        ({"region": "England"}, "England"),
        ({"postalCode": "SM4 5DX", "countryName": "United Kingdom"}, "UKI"),
        ({"postalCode": "bt1 5gs"}, "UKN"),
        ({"countryName": "United Kingdom"}, "UK"),
        ({"countryName": "Channel Islands", "postalCode": "JE1 1AB"}, ""),
    ],
)
def test_place_is_the_most_telling_part_of_an_address(address, place):
    assert place_of(Part(address)) == place


def test_nation_of_an_address_decides_its_bank_holidays():
    assert nation_of(Part({"postalCode": "CF10 4UW"})) == "wales"
    assert nation_of(Part({"region": "UKM75"})) == "scotland"
    assert nation_of(Part({})) == "england"


def test_every_postcode_area_of_the_united_kingdom_has_a_region():
    assert len(REGION_OF_POSTCODE_AREA) == 121  # with GY, IM and JE: 124


@pytest.mark.parametrize(
    ("codes", "title", "topic"),
    [
        (["85311300"], "", "children-and-families"),
        (["85311100"], "", "adult-social-care"),
        (["85000000"], "Provision for children looked after", "children-and-families"),
        (["85000000"], "Surgery", "health-care"),
        (["03000000", "85323000"], "", "public-health"),
        (["63712400"], "", "roads-and-transport"),
        ([], "Anything", None),
    ],
)
def test_topic_is_that_of_the_nearest_code(codes, title, topic):
    assert topic_of(codes, title) == topic


@pytest.mark.django_db
def test_every_topic_that_a_code_leads_to_is_there():
    assert set(TOPIC_OF.values()) <= set(TOPICS)
    assert set(TOPICS) == set(Topic.objects.values_list("slug", flat=True))


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("a<br>b &amp; c", "a\nb & c"),
        ("<script>alert(1)</script>Safe", "Safe"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Safe", "Safe"),
        ('<img src=x onerror="alert(1)">Words', "Words"),
        ("5 < 6 & 7 > 2", "5 < 6 & 7 > 2"),
        ("two  spaces\r\n\r\n\r\n\r\nbelow", "two spaces\n\nbelow"),
        ("right\u202eto left", "rightto left"),
    ],
)
def test_markup_becomes_plain_text(sent, text):
    assert plain_text(sent) == text


def test_every_stage_that_is_told_is_a_stage():
    choices = {code for code, _ in StageDate._meta.get_field("stage").choices}
    assert choices == set(dict(Commission._meta.get_field("stage").choices))
