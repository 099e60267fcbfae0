"""The table of notices: true to the law's facts, and each refusal in a sentence."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from commissions.law.deadlines import RULES
from commissions.law.notices import (
    NOTICE_TYPES,
    FiledNotice,
    codes_for,
    name_of,
    notice_problems,
)
from tests.settings import ROOT

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
YESTERDAY = NOW - timedelta(days=1)
ACT = {"regime": "procurement_act", "route": "open"}


def filed(**fields):
    """Return a tender notice that nothing is amiss with."""
    return FiledNotice(
        **{
            "code": "UK4",
            "platform": "Find a Tender",
            "reference": "012345-2026",
            "url": "https://www.find-tender.service.gov.uk/Notice/012345-2026",
            "published_at": YESTERDAY,
            **fields,
        }
    )


def amiss(*others, **fields):
    """Return what is amiss with a tender notice changed so."""
    return notice_problems(filed(**fields), others, NOW)


@pytest.mark.shared
def test_table_says_what_the_shared_facts_say():
    rules = ROOT.parent / "shared" / "data" / "rules"
    told = json.loads((rules / "notice_types.json").read_text())["notices"]
    assert {n["code"]: n["name"] for n in told} == {
        code: kind.name for code, kind in NOTICE_TYPES.items() if code[:2] == "UK"
    }
    for notice in told:
        kind = NOTICE_TYPES[notice["code"]]
        sections = notice["act"].split(";")[0].removeprefix("s.").split("-")
        assert all(number in kind.law for number in sections), notice["code"]
        assert notice["reg"].split()[0].split("-")[0] in kind.content
        if ocds := notice.get("ocds"):
            assert kind.section == ocds["section"]
            assert kind.document_type == ocds["documentType"]
            assert list(kind.tags) == ocds["tags"]


@pytest.mark.shared
def test_every_notice_of_the_nhs_regime_is_in_the_table_by_its_schedule():
    path = ROOT.parent / "shared" / "data" / "rules" / "psr_notices.json"
    told = json.loads(path.read_text())
    listed = [n for route in told["routes"] for n in route["notices"]]
    listed += told["other_notices"]
    schedules = {n["schedule"] for n in listed if "schedule" in n}
    assert {f"PSR{n}" for n in schedules} | {"PSR-AB"} == {
        code for code in NOTICE_TYPES if code.startswith("PSR")
    }
    for notice in listed:
        days = next(
            (n for key, n in notice.items() if key.startswith("within_days")), None
        )
        code = f"PSR{notice['schedule']}" if "schedule" in notice else "PSR-AB"
        rule = NOTICE_TYPES[code].rule
        assert days == (RULES[rule].number if rule else None), code


def test_every_clock_that_a_notice_names_is_one_we_have():
    named = {n.rule for n in NOTICE_TYPES.values()} | {
        n.light_touch_rule for n in NOTICE_TYPES.values()
    }
    assert named - {""} <= set(RULES)


def test_notices_that_come_first_are_in_the_table():
    assert {code for n in NOTICE_TYPES.values() for code in n.after} <= set(
        NOTICE_TYPES
    )


def test_a_regime_offers_its_own_notices_only():
    assert codes_for("psr")[0] == "PSR2"
    assert [c for c in codes_for("psr") if c.startswith("UK")] == []
    assert codes_for("below_threshold") == ("UK1", "UK2", "UK3", "UK4", "UK7")
    assert codes_for("grant") == codes_for("in_house") == ()
    assert set(NOTICE_TYPES) - set(codes_for("not_stated")) == {"UK17"}


def test_a_notice_with_its_place_on_its_platform_passes():
    assert amiss(**ACT) == {}


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"code": "UK8"}, "code", "There is no notice “UK8”"),
        ({"code": ""}, "code", "or title it"),
        ({"code": "UK17"}, "code", "about the organisation"),
        ({"platform": " "}, "platform", "Say which platform"),
        ({"platform": "Contracts Finder"}, "platform", "on Find a Tender first"),
        ({"reference": ""}, "reference", "Give the reference"),
        ({"reference": "12345-2026"}, "reference", "six digits, a hyphen and the year"),
        ({"reference": "012345-2026\n"}, "reference", "six digits"),
        (
            {"reference": "\uff10\uff11\uff12\uff13\uff14\uff15-2026"},
            "reference",
            "six digits",
        ),
        ({"url": ""}, "url", "Give the address"),
        ({"url": "https://find-tender.service.gov.uk.evil.example/1"}, "url", "not on"),
        ({"url": "javascript://www.find-tender.service.gov.uk/1"}, "url", "not on"),
        ({"platform": "Our own", "url": "ftp://a.example"}, "url", "https://"),
        ({"published_at": None}, "published_at", "Give the day and the time"),
        (
            {"published_at": NOW + timedelta(minutes=1)},
            "published_at",
            "12:01 on 22 November 2026 is still to come",
        ),
    ],
)
def test_what_is_amiss_is_said_beside_its_field(fields, field, words):
    found = amiss(**fields)
    assert list(found) == [field] or set(found) <= {field, "reference", "url"}
    assert words in found[field]


def test_the_law_of_the_commission_refuses_the_notices_of_another():
    said = amiss(regime="psr")["code"]
    assert said == (
        "This commission runs under the NHS Provider Selection Regime, which does not "
        "have the tender notice (UK4). Choose one of its own notices, or correct which "
        "law applies on the form of the commission."
    )
    assert "Choose “Another notice”" in amiss(regime="grant")["code"]


@pytest.mark.parametrize(
    ("code", "route", "first"),
    [
        ("UK6", "open", "tender notice (UK4)"),
        ("UK6", "dynamic_market", "tender notice (UK4)"),
        ("UK6", "direct_award", "transparency notice (UK5)"),
        ("UK7", "open", "contract award notice (UK6)"),
        ("UK9", "open", "contract details notice (UK7)"),
        ("UK12", "open", "tender notice (UK4) or the transparency notice (UK5)"),
    ],
)
def test_a_notice_waits_for_the_one_that_comes_before_it(code, route, first):
    said = amiss(code=code, regime="procurement_act", route=route)
    assert said["published_at"].startswith(f"Record the {first} first: the ")


@pytest.mark.parametrize(
    "fields",
    [
        {"code": "UK6", "route": "framework"},
        {"code": "UK7", "route": "direct_award", "light_touch": True},
        {"code": "UK7", "regime": "below_threshold"},
    ],
)
def test_what_the_law_lets_go_without_a_forerunner_passes(fields):
    assert amiss(**{"regime": "procurement_act", **fields}) == {}


def test_times_of_notices_run_in_the_order_of_the_law():
    later = ("UK4", YESTERDAY + timedelta(hours=2))
    said = amiss(later, code="UK6", **ACT)["published_at"]
    assert "The contract award notice (UK6) comes after the tender notice (UK4)" in said
    before = ("UK6", YESTERDAY - timedelta(hours=2))
    said = amiss(before, **ACT)["published_at"]
    assert "The tender notice (UK4) comes before the contract award notice" in said


def test_a_second_notice_of_a_sort_may_follow_what_follows_the_first():
    first = ("UK4", YESTERDAY - timedelta(days=3))
    award = ("UK6", YESTERDAY - timedelta(days=2))
    assert amiss(first, award, **ACT) == {}


def test_notices_are_named_as_sentences_name_them():
    assert name_of("UK6") == "contract award notice (UK6)"
    assert name_of("F03") == "F03"
