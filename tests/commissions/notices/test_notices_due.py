"""Which notices are due when: by the law's days, and never late without one."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissions.law.deadlines import NATIONS
from commissions.law.lifecycle import STAGES
from commissions.law.notices_due import (
    NO_NOTICES,
    ContractChanged,
    ContractSigned,
    NoticeFacts,
    NoticeState,
    PublishedNotice,
    doubt_about_law,
    notices_due,
)
from tests.settings import ROOT

TODAY = date(2026, 11, 22)
SIGNED = date(2026, 9, 28)


def facts(**fields):
    """Return an open procedure under the Act, as it stands today."""
    return NoticeFacts(
        **{"today": TODAY, "regime": "procurement_act", "route": "open", **fields}
    )


def owed(code, part="", **fields):
    """Return the one notice with a code."""
    rows = notices_due(facts(**fields))
    [row] = [each for each in rows if each.code == code and each.part == part]
    return row


def out(code, on):
    """Return a published notice."""
    return PublishedNotice(code, on)


def contract(**fields):
    """Return a contract of £1 million signed on 28 September 2026."""
    return ContractSigned(
        **{
            "signed_on": SIGNED,
            "starts_on": SIGNED,
            "ends_on": date(2028, 9, 27),
            "amount": Decimal(1_000_000),
            **fields,
        }
    )


def signed(**fields):
    """Return the facts of a procurement with such a contract."""
    return {"stage": "contract", "contracts": (contract(**fields),)}


# UK7: days never seen before, by hand and by the shared vectors


@pytest.mark.parametrize(
    ("light_touch", "today", "state", "sentence"),
    [
        (False, date(2026, 10, 27), "due", "UK7 due by 27 October 2026, today"),
        (False, date(2026, 10, 26), "due", "UK7 due by 27 October 2026, in 1 day"),
        (
            False,
            date(2026, 10, 29),
            "late",
            "UK7 late: due by 27 October 2026, 2 days ago",
        ),
        (True, date(2026, 10, 29), "due", "UK7 due by 25 January 2027, in 88 days"),
        (
            True,
            date(2027, 1, 26),
            "late",
            "UK7 late: due by 25 January 2027, 1 day ago",
        ),
    ],
)
def test_contract_details_are_due_in_30_days_and_for_light_touch_in_120(
    light_touch, today, state, sentence
):
    due = owed("UK7", light_touch=light_touch, today=today, **signed())
    assert (due.state, due.sentence) == (state, sentence)
    assert due.counting.startswith("Day 1 is Monday 28 September 2026")
    assert due.source.startswith("Procurement Act 2023, section 53(1)")


@pytest.mark.shared
@pytest.mark.parametrize("nation", NATIONS)
def test_days_are_those_of_the_shared_vectors_in_every_nation(nation):
    path = ROOT.parent / "shared" / "data" / "rules" / "deadlines.json"
    rules = json.loads(path.read_text())["rules"]
    for code, rule, fields in (
        ("UK7", "pa_contract_details", {}),
        ("UK7", "pa_contract_details_light_touch", {"light_touch": True}),
        ("PSR2", "psr_award_notice", {"regime": "psr", "route": "psr_b"}),
    ):
        for start, last in rules[rule]["vectors"].items():
            on = date.fromisoformat(start)
            due = owed(code, nation=nation, today=on, **signed(signed_on=on), **fields)
            assert due.on == date.fromisoformat(last), rule
    for start, last in rules["pa_termination"]["vectors"].items():
        on = date.fromisoformat(start)
        due = owed("UK11", nation=nation, today=on, **signed(ended_on=on))
        assert due.on == date.fromisoformat(last)


def test_a_late_publication_says_how_late_it_was():
    due = owed("UK7", published=(out("UK7", date(2026, 11, 2)),), **signed())
    assert (due.state, due.state_name) == ("published", "Published late")
    assert due.sentence == "UK7 published on 2 November 2026, 6 days late"


@pytest.mark.parametrize(
    ("amount", "nation", "state"),
    [
        (4_000_000, "england", "not_needed"),
        (4_500_000, "england", "not_yet"),
        (5_000_001, "england", "due"),
        (5_000_001, "wales", "not_needed"),
        (5_000_001, "northern_ireland", "not_needed"),
        (None, "scotland", "not_yet"),
    ],
)
def test_copy_of_a_contract_is_due_above_five_million_with_vat(amount, nation, state):
    amount = amount and Decimal(amount)
    due = owed("UK7", "Copy of the contract", nation=nation, **signed(amount=amount))
    assert due.state == state
    if state == "due":
        assert due.sentence == (
            "UK7, copy of the contract, due by 26 December 2026, in 34 days"
        )


AS_CHANGED = "Copy of the contract as changed"
BIG = {"needs": ("It adds 20% to the value.",)}


@pytest.mark.parametrize(
    ("amount", "change", "fields", "state"),
    [
        (6_000_000, BIG, {}, "due"),
        (6_000_000, {}, {}, None),
        (6_000_000, BIG, {"light_touch": True}, None),
        (6_000_000, BIG, {"nation": "wales"}, None),
        (6_000_000, BIG, {"nation": "northern_ireland"}, None),
        (4_000_000, BIG, {}, None),
        (4_000_000, {**BIG, "amount": Decimal(5_000_001)}, {}, "due"),
        (6_000_000, {**BIG, "amount": Decimal(4_000_000)}, {}, None),
        (4_500_000, BIG, {}, "not_yet"),
    ],
)
def test_a_copy_as_changed_is_due_of_large_contracts_changed_much(
    amount, change, fields, state
):
    changed = ContractChanged(date(2026, 11, 2), **change)
    bought = signed(amount=Decimal(amount), changes=(changed,))
    rows = [d for d in notices_due(facts(**bought, **fields)) if d.part == AS_CHANGED]
    assert [due.state for due in rows] == ([state] if state else [])
    if state == "due":
        (due,) = rows
        assert due.source.startswith("Procurement Act 2023, section 77(1)")
        assert due.sentence == (
            "UK10, copy of the contract as changed, due by 30 January 2027, in 69 days"
        )


@pytest.mark.shared
def test_the_copy_as_changed_is_due_by_the_shared_vectors():
    path = ROOT.parent / "shared" / "data" / "rules" / "deadlines.json"
    vectors = json.loads(path.read_text())["rules"]["pa_modified_contract_copy"]
    for start, last in vectors["vectors"].items():
        on = date.fromisoformat(start)
        bought = signed(
            amount=Decimal(6_000_000), changes=(ContractChanged(on, **BIG),)
        )
        due = owed("UK10", AS_CHANGED, today=on, **bought)
        assert due.on == date.fromisoformat(last)


LAST = date(2026, 10, 27)
"""The thirtieth day, that of signing being the first."""


@pytest.mark.parametrize(
    ("published", "standing", "name"),
    [
        (LAST, "published_on_time", "Published"),
        (LAST + timedelta(days=1), "published_late", "Published late"),
    ],
)
def test_what_is_published_on_its_last_day_is_on_time(published, standing, name):
    due = owed("UK7", published=(out("UK7", published),), **signed())
    assert (due.on, due.standing, due.state_name) == (LAST, standing, name)


@pytest.mark.parametrize(("today", "state"), [(0, "due"), (1, "late")])
def test_what_is_not_published_is_late_the_day_after_its_last(today, state):
    due = owed("UK7", today=LAST + timedelta(days=today), **signed())
    assert due.state == state


def test_one_copy_as_changed_holds_the_changes_before_it_and_none_after():
    days = [date(2026, 3, 2), date(2026, 4, 1), date(2026, 10, 1)]
    bought = signed(
        amount=Decimal(6_000_000),
        signed_on=date(2026, 1, 5),
        changes=tuple(ContractChanged(on, **BIG) for on in days),
        changed_copied_on=date(2026, 7, 1),
    )
    rows = [d for d in notices_due(facts(**bought)) if d.part == AS_CHANGED]
    assert [(due.state, due.on) for due in rows] == [
        ("due", date(2026, 12, 29)),
        ("published", date(2026, 6, 29)),
    ]
    assert rows[1].days_late == 2


# Before the contract


def test_planned_procurement_notice_tells_what_it_shortens():
    early = out("UK3", date(2026, 3, 27))
    assert "from 6 May 2026 to 27 March 2027" in owed("UK3", published=(early,)).why
    in_time = (early, out("UK4", date(2026, 5, 6)))
    assert owed("UK3", published=in_time).why.startswith("It qualified")
    too_soon = (early, out("UK4", date(2026, 5, 5)))
    assert owed("UK3", published=too_soon).why.startswith("It did not shorten")
    planned = owed("UK3", planned={"tender": date(2027, 2, 1)})
    assert planned.state == NoticeState.NOT_NEEDED
    assert "published by 23 December 2026" in planned.why


def test_engagement_notice_comes_before_the_tender_or_gives_way_to_reasons():
    engaged = {"stage": "engagement", "reached": {"engagement": date(2026, 9, 1)}}
    assert owed("UK2").state == NoticeState.NOT_YET
    due = owed("UK2", planned={"tender": date(2027, 2, 1)}, **engaged)
    assert (due.state, due.on) == (NoticeState.NOT_YET, None)
    assert "planned for 1 February 2027" in due.why
    tendered = owed("UK2", published=(out("UK4", TODAY),), **engaged)
    assert (tendered.state, tendered.why[:43]) == (
        NoticeState.NOT_NEEDED,
        "None was published before the tender notice",
    )


@pytest.mark.parametrize(
    ("code", "route", "state"),
    [
        ("UK4", "framework", "not_needed"),
        ("UK4", "direct_award", "not_needed"),
        ("UK4", "dynamic_market", "not_yet"),
        ("UK5", "direct_award", "not_yet"),
        ("UK5", "open", "not_needed"),
    ],
)
def test_route_says_which_notice_opens_it(code, route, state):
    assert owed(code, route=route).state == state


def test_tender_without_its_notice_is_late_since_the_day_it_began():
    due = owed("UK4", stage="tender", reached={"tender": date(2026, 11, 2)})
    assert due.sentence == "UK4 late: due by 2 November 2026, 20 days ago"


def test_a_notice_that_a_later_one_implies_is_not_called_late():
    later = (out("UK7", date(2026, 10, 1)),)
    rows = notices_due(facts(published=later, **signed()))
    assert {r.code for r in rows if r.state == NoticeState.UNRECORDED} == {"UK4", "UK6"}
    assert NoticeState.LATE not in {r.state for r in rows}


def test_award_notice_is_due_before_the_contract_and_late_after_it():
    assert owed("UK6").state == NoticeState.NOT_YET
    assert owed("UK6", decided_on=TODAY).state == NoticeState.DUE
    assert owed("UK6", **signed()).sentence == (
        "UK6 late: due by 28 September 2026, 55 days ago"
    )
    after = owed("UK6", published=(out("UK6", date(2026, 9, 30)),), **signed())
    assert after.sentence == "UK6 published on 30 September 2026, 2 days late"
    assert owed("UK6", chosen_by_user=True, **signed()).state == NoticeState.NOT_NEEDED


def test_direct_award_owes_its_transparency_notice_before_the_contract():
    direct = {"route": "direct_award"}
    assert owed("UK5", stage="direct_award", **direct).state == NoticeState.DUE
    assert owed("UK5", **direct, **signed()).state == NoticeState.LATE
    assert owed("UK5", chosen_by_user=True, **direct).state == NoticeState.NOT_NEEDED


def test_cancelling_owes_a_notice_only_once_a_tender_was_published():
    gone = {"stage": "cancelled", "reached": {"cancelled": date(2026, 11, 2)}}
    assert owed("UK12", **gone).state == NoticeState.NOT_NEEDED
    due = owed("UK12", published=(out("UK4", date(2026, 8, 3)),), **gone)
    assert (due.state, due.on) == (NoticeState.DUE, None)
    assert "It was cancelled on 2 November 2026." in due.why
    rest = {r.state for r in notices_due(facts(**gone))}
    assert rest == {NoticeState.NOT_NEEDED}


# While the contract runs, and at its end


def test_performance_notice_is_due_each_year_while_there_are_indicators():
    began = date(2025, 5, 1)
    running = {"starts_on": began, "signed_on": began, "indicators": 3}
    running["amount"] = Decimal(6_000_000)
    fields = signed(**running) | {"published": (out("UK9", date(2027, 4, 2)),)}
    rows = notices_due(facts(today=date(2027, 11, 22), **fields))
    assert [(r.state, r.on) for r in rows if r.code == "UK9"] == [
        ("late", date(2026, 4, 30)),
        ("due", date(2028, 4, 30)),
        ("published", date(2027, 4, 30)),
    ]
    assert owed("UK9", light_touch=True, **signed(indicators=3)).state == "not_needed"


@pytest.mark.parametrize(
    ("amount", "indicators", "state", "words"),
    [
        (1_000_000, 0, "not_needed", "need none"),
        (1_000_000, 3, "not_needed", "set by choice"),
        (4_500_000, 3, "not_yet", "not known here"),
        (6_000_000, 0, "not_yet", "three at least"),
        (6_000_000, 3, "due", "this year of it began"),
    ],
)
def test_performance_notice_is_owed_by_contracts_above_five_million(
    amount, indicators, state, words
):
    told = signed(amount=Decimal(amount), indicators=indicators)
    due = owed("UK9", **told)
    assert due.state == state
    assert words in due.why


def test_last_year_of_a_contract_is_told_in_its_termination_notice():
    began, ended = date(2025, 5, 1), date(2026, 2, 2)
    dates = {"signed_on": began, "starts_on": began, "ended_on": ended}
    dates["amount"] = Decimal(6_000_000)
    due = owed("UK9", **signed(**dates, indicators=1))
    assert "termination notice (UK11)" in due.why


def test_change_notice_comes_before_a_change_that_is_not_small():
    changed = ContractChanged(date(2026, 10, 20), ("The value rises by 12%.",))
    small = ContractChanged(date(2026, 10, 2))
    assert owed("UK10", **signed(changes=(small,))).state == NoticeState.NOT_NEEDED
    late = owed("UK10", **signed(changes=(small, changed)))
    assert late.sentence == "UK10 late: due by 20 October 2026, 33 days ago"
    assert "The value rises by 12%." in late.why
    before = (out("UK10", date(2026, 10, 19)),)
    assert owed("UK10", published=before, **signed(changes=(changed,))).days_late == 0
    fields = signed(changes=(changed,))
    assert owed("UK10", light_touch=True, **fields).state == NoticeState.NOT_NEEDED
    assert (
        owed("UK10", nation="northern_ireland", **fields).state
        == NoticeState.NOT_NEEDED
    )


@pytest.mark.parametrize("light_touch", [True, False])
def test_termination_notice_is_due_at_expiry_too(light_touch):
    over = signed(signed_on=date(2025, 3, 3), ends_on=date(2026, 11, 2))
    due = owed("UK11", light_touch=light_touch, **over)
    assert due.sentence == "UK11 due by 1 December 2026, in 9 days"
    assert "ran to the end of its term" in due.why


def test_contract_that_may_have_been_extended_is_not_called_ended():
    fields = signed(ends_on=date(2026, 10, 1), longest_end=date(2028, 10, 1))
    due = owed("UK11", **fields)
    assert due.state == NoticeState.NOT_YET
    assert "can be extended to 1 October 2028" in due.why


@pytest.mark.parametrize(
    ("regime", "route", "code", "old", "new"),
    [
        ("procurement_act", "open", "UK7", date(2025, 2, 23), date(2025, 2, 24)),
        ("psr", "psr_b", "PSR2", date(2023, 12, 31), date(2024, 1, 1)),
    ],
)
def test_a_contract_from_before_the_law_owes_none_of_its_notices(
    regime, route, code, old, new
):
    fields = {"regime": regime, "route": route}
    rows = notices_due(facts(**fields, **signed(signed_on=old)))
    assert NoticeState.LATE not in {row.state for row in rows}
    [row] = [row for row in rows if row.code == code]
    assert "before the law began" in row.why
    assert owed(code, **fields, **signed(signed_on=new)).state == NoticeState.LATE


# Below the threshold, the NHS regime, and the rest


@pytest.mark.parametrize(
    ("value", "vat", "nation", "codes"),
    [
        (29_999, "included", "england", {"UK4": "not_needed", "UK7": "not_needed"}),
        (30_000, "included", "england", {"UK4": "not_yet", "UK7": "due"}),
        (26_000, "excluded", "england", {"UK4": "not_yet", "UK7": "due"}),
        (24_000, "excluded", "england", {"UK4": "not_needed", "UK7": "not_needed"}),
        (20_000, "included", "wales", {"UK4": "not_yet", "UK7": "due"}),
        (
            90_000,
            "included",
            "northern_ireland",
            {"UK4": "not_needed", "UK7": "not_needed"},
        ),
    ],
)
def test_below_the_threshold_two_notices_from_30_000_pounds(value, vat, nation, codes):
    rows = notices_due(
        facts(
            regime="below_threshold",
            value=Decimal(value),
            vat=vat,
            nation=nation,
            contracts=(contract(),),
        )
    )
    assert {r.code: r.state for r in rows} == codes
    assert all(r.on is None for r in rows)


def test_central_government_owes_them_from_12_000_pounds():
    fields = {"regime": "below_threshold", "value": Decimal(12_000), "vat": "included"}
    assert owed("UK7", central=True, **fields, **signed()).state == NoticeState.DUE
    assert owed("UK7", **fields, **signed()).state == NoticeState.NOT_NEEDED


@pytest.mark.parametrize(
    ("regime", "value", "more", "words"),
    [
        (
            "procurement_act",
            207_719,
            {},
            "less than the threshold of £207,720 with VAT",
        ),
        ("procurement_act", 207_720, {}, ""),
        ("procurement_act", 150_000, {"central": True}, ""),
        ("procurement_act", 663_539, {"light_touch": True}, "£663,540"),
        ("procurement_act", 5_192_999, {"works": True}, "£5,193,000"),
        ("procurement_act", 180_000, {"vat": "excluded"}, ""),  # VAT may decide
        ("below_threshold", 207_720, {}, "not below the threshold"),
        ("below_threshold", 300_000, {"least": Decimal(100_000)}, ""),
        ("below_threshold", 207_719, {}, ""),
        ("below_threshold", 900_000, {"nation": "wales"}, ""),
        ("psr", 1, {}, ""),
        ("procurement_act", None, {}, ""),
    ],
)
def test_value_on_the_other_side_of_the_threshold_raises_a_doubt(
    regime, value, more, words
):
    value = value if value is None else Decimal(value)
    told = facts(**{"regime": regime, "value": value, "vat": "included", **more})
    said = doubt_about_law(told)
    assert words in said
    assert bool(words) == bool(said)


@pytest.mark.parametrize(
    ("route", "codes"),
    [
        ("psr_a", {"PSR2"}),
        ("psr_b", {"PSR2"}),
        ("psr_c", {"PSR3", "PSR4"}),
        ("psr_msp", {"PSR5", "PSR6", "PSR7"}),
        ("psr_competitive", {"PSR8", "PSR10", "PSR11"}),
        ("not_decided", {"PSR2"}),
    ],
)
def test_each_process_of_the_nhs_regime_has_its_own_notices(route, codes):
    rows = notices_due(facts(regime="psr", route=route))
    assert {r.code for r in rows} - {"PSR-AB"} == codes


def test_nhs_award_notice_is_due_within_30_days_of_the_award():
    due = owed("PSR7", regime="psr", route="psr_msp", light_touch=True, **signed())
    assert due.on == date(2026, 10, 28)
    assert due.state == NoticeState.LATE
    urgent = owed("PSR13", regime="psr", route="psr_c", urgent=True, **signed())
    assert urgent.on == date(2026, 10, 28)


def test_abandoning_in_a_standstill_counts_from_its_end():
    gone = {
        "regime": "psr",
        "route": "psr_competitive",
        "stage": "cancelled",
        "reached": {"cancelled": date(2026, 11, 2), "standstill": date(2026, 10, 28)},
    }
    assert owed("PSR-AB", **gone).on == date(2026, 12, 2)
    due = owed("PSR-AB", standstill_ends_on=date(2026, 11, 10), **gone)
    assert due.on == date(2026, 12, 10)


def test_nhs_change_of_half_a_million_is_due_and_never_called_late():
    small = ContractChanged(date(2026, 1, 5), added=Decimal(300_000))
    more = ContractChanged(date(2026, 2, 2), added=Decimal(200_000))
    fields = {"regime": "psr", "route": "psr_b", **signed(changes=(small, more))}
    due = owed("PSR12", **fields)
    assert (due.state, due.on) == (NoticeState.DUE, date(2026, 3, 4))


@pytest.mark.parametrize("regime", NO_NOTICES)
def test_other_regimes_owe_none_and_say_why(regime):
    assert notices_due(facts(regime=regime, **signed())) == []
    assert NO_NOTICES[regime].endswith(".")


# What holds whatever the facts are

days = st.dates(date(2024, 1, 1), date(2035, 12, 31))
codes = st.sampled_from(
    ["UK2", "UK3", "UK4", "UK5", "UK6", "UK7", "UK9", "UK10", "UK11"]
)
money = st.none() | st.decimals(0, 9_000_000, places=2)
changes = st.builds(
    ContractChanged,
    on=days,
    needs=st.sampled_from([(), ("Large.",)]),
    added=st.decimals(-600_000, 600_000, places=2),
)
contracts = st.builds(
    ContractSigned,
    signed_on=st.none() | days,
    starts_on=st.none() | days,
    ends_on=st.none() | days,
    longest_end=st.none() | days,
    ended_on=st.none() | days,
    amount=money,
    gross=money,
    indicators=st.integers(0, 3),
    changes=st.lists(changes, max_size=2).map(tuple),
)
anything = st.builds(
    NoticeFacts,
    today=days,
    regime=st.sampled_from(["procurement_act", "below_threshold", "psr", "grant"]),
    route=st.sampled_from(
        [
            "open",
            "framework",
            "direct_award",
            "psr_a",
            "psr_c",
            "psr_msp",
            "psr_competitive",
            "other",
        ]
    ),
    light_touch=st.booleans(),
    stage=st.sampled_from(list(STAGES)),
    nation=st.sampled_from(list(NATIONS)),
    central=st.booleans(),
    value=money,
    least=money,
    vat=st.sampled_from(["included", "excluded", "not_stated"]),
    reached=st.dictionaries(st.sampled_from(list(STAGES)), days, max_size=3),
    planned=st.dictionaries(st.sampled_from(list(STAGES)), days, max_size=2),
    decided_on=st.none() | days,
    standstill_ends_on=st.none() | days,
    contracts=st.lists(contracts, max_size=2).map(tuple),
    published=st.lists(st.builds(PublishedNotice, code=codes, on=days), max_size=5).map(
        tuple
    ),
    chosen_by_user=st.booleans(),
    urgent=st.booleans(),
)


@given(anything)
def test_late_always_has_a_day_that_is_past_and_every_row_says_why(told):
    rows = notices_due(told)
    for row in rows:
        assert row.why.endswith(".") or row.why.endswith(").")
        assert row.source
        assert row.sentence.startswith(row.code)
        if row.state == NoticeState.LATE:
            assert row.on is not None
            assert row.published_on is None
        if row.state == NoticeState.PUBLISHED:
            assert row.published_on in told.days_of(row.code) or row.part
    states = [list(NoticeState).index(row.state) for row in rows]
    assert states == sorted(states)


@given(anything)
def test_light_touch_owes_no_performance_and_no_change_notice(told):
    if told.light_touch and told.regime == "procurement_act":
        rows = [r for r in notices_due(told) if r.code in {"UK9", "UK10"}]
        assert {r.state for r in rows} <= {
            NoticeState.NOT_NEEDED,
            NoticeState.PUBLISHED,
        }


@given(anything, st.integers(1, 400))
def test_time_alone_never_makes_a_late_notice_early(told, later):
    before = {
        (r.code, r.about, r.part, r.on)
        for r in notices_due(told)
        if r.state == NoticeState.LATE
    }
    moved = NoticeFacts(
        **{**told.__dict__, "today": told.today + timedelta(days=later)}
    )
    after = {
        (r.code, r.about, r.part, r.on)
        for r in notices_due(moved)
        if r.state == NoticeState.LATE
    }
    assert before <= after
