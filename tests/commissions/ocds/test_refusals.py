"""Bad input: refused release by release, in a sentence, with all else imported."""

import copy
import json
import warnings

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commissions.models import Commission, Notice, Organisation
from tests.commissions.ocds.releases import award, bring_in, reasons, release, supplier

pytestmark = pytest.mark.django_db


def tender(**fields):
    return release(id="bad", ocid="bad", tender={"title": "T", **fields})


def without(key):
    return {k: v for k, v in release(id="bad", ocid="bad").items() if k != key}


def deep(levels):
    value = []
    for _ in range(levels):
        value = [value]
    return value


REFUSED = {
    "no ocid": (without("ocid"), "It has no “ocid”, without which"),
    "no date": (without("date"), "It has no “date”, without which"),
    "not an object": ([1], "It is not a JSON object"),
    "nothing in it": (
        {"ocid": "x", "id": "bad", "date": "2026-01-01", "tag": []},
        "It says nothing beyond its id, date and tag.",
    ),
    "no buyer": (
        {**release(id="bad", ocid="bad"), "parties": [], "buyer": None},
        "It names no buyer",
    ),
    "year nought": (
        {**release(id="bad", ocid="bad"), "date": "0000-01-01T00:00:00Z"},
        "“date” is not a date that can be: “0000-01-01T00:00:00Z”. "
        "Days lie between 1972 and 2199.",
    ),
    "tender a list": (
        release(id="bad", ocid="bad", tender=["T"]),
        "“tender” should be an object, and is a list.",
    ),
    "awards a text": (
        release(id="bad", ocid="bad", awards="none"),
        "“awards” should be a list of objects, and is text.",
    ),
    "parties an object": (
        release(id="bad", ocid="bad", parties={"a": 1}),
        "“parties” should be a list of objects, and is an object.",
    ),
    "a long text": (
        tender(description="x" * 10_000_000),
        "One of its texts is 10,000,000 characters long; 1,000,000 is the most.",
    ),
    "a long id": (release(id="b" * 256, ocid="bad"), "“id” is 256 characters long"),
    "NUL": (tender(description="a\0b"), "It contains the character NUL"),
    "half a character": (
        tender(description="\ud800"),
        "It contains half of a character",
    ),
    "deep nesting": (tender(x=deep(100)), "It is nested more than 60 levels deep."),
}

DROPPED = {
    "impossible day": (
        tender(tenderPeriod={"endDate": "2025-02-30T00:00:00Z"}),
        "“tender.tenderPeriod.endDate” is not a date that can be",
    ),
    "lots of numbers": (
        tender(lots=[1]),
        "“tender.lots” should hold objects only; item 1 is a number.",
    ),
    "title an object": (
        release(id="bad", ocid="bad", tender={"title": {"en": "T"}}),
        "“tender.title” should be text, and is an object.",
    ),
    "amount below nothing": (
        tender(value={"amount": -5}),
        "“tender.value.amount” is an amount below nothing: -5.00.",
    ),
    "amount beyond reckoning": (
        tender(value={"amount": 1e300}),
        "“tender.value.amount” is not an amount of money",
    ),
    "amount in words": (
        tender(value={"amount": "lots"}),
        "“tender.value.amount” is not an amount of money",
    ),
    "a long lot id": (
        tender(lots=[{"id": "x" * 300}]),
        "“tender.lots.0.id” is 300 characters long",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_bad_release_is_refused_in_a_sentence_and_its_neighbours_imported(what):
    bad, sentence = REFUSED[what]
    importer, plans = bring_in(release(ocid="a"), bad, release(ocid="z"))
    ((named, reason),) = reasons(plans)
    assert reason.startswith(sentence)
    assert reason.endswith(".")
    assert named in {"bad", "test, release 2", "b" * 120}
    assert sorted(Commission.objects.values_list("ocid", flat=True)) == ["a", "z"]
    assert importer.totals.refused == 1


@pytest.mark.parametrize("what", DROPPED)
def test_a_field_of_no_importance_is_left_out_and_named(what):
    bad, sentence = DROPPED[what]
    _, plans = bring_in(release(ocid="a"), bad)
    assert reasons(plans) == []
    (remark,) = plans[0].remarks
    assert remark.startswith(f"bad: {sentence}")
    assert remark.endswith(" It was left out.")
    assert Commission.objects.count() == 2
    again, plans = bring_in(bad)
    assert (again.totals.left_alone, plans[0].remarks) == (1, [])


def test_a_release_without_an_id_goes_by_its_notice_s_document():
    """Public Contracts Scotland writes them so."""
    document = {"id": "JAN123456", "documentType": "contractNotice"}
    sent = {**without("id"), "ocid": "ocds-r6ebe6-0000123456"}
    sent["tender"] = {**sent["tender"], "documents": [document]}
    nameless = {**sent, "ocid": "ocds-r6ebe6-2", "tender": {"title": "T"}}
    _, plans = bring_in(sent, nameless)
    assert reasons(plans) == []
    assert set(Notice.objects.values_list("platform", "release_id")) == {
        ("Public Contracts Scotland", "JAN123456"),
        ("Public Contracts Scotland", "ocds-r6ebe6-2-2026-01-10T09:00:00Z"),
    }
    again, _ = bring_in(sent, nameless)
    assert (again.totals.left_alone, again.totals.refused) == (2, 0)


def test_ocds_1_0_names_the_buyer_in_the_tender():
    entity = {
        "name": "Durham County Council",
        "identifier": {"scheme": "GB-LAE", "id": "DUR"},
    }
    sent = {k: v for k, v in release().items() if k not in ("buyer", "parties")}
    bring_in({**sent, "tender": {"title": "T", "procuringEntity": entity}})
    body = Commission.objects.get().organisation
    assert (body.name, body.kind) == ("Durham County Council", "local_authority")


def test_an_amount_too_large_for_a_number_is_refused():
    bad = json.dumps(tender(value={"amount": 12345})).replace("12345", "1e400")
    _, plans = bring_in(raw=f'{{"releases": [{bad}]}}'.encode())
    assert reasons(plans) == [
        ("bad", "One of its numbers is too large to be an amount.")
    ]


def test_a_release_that_contradicts_an_earlier_one_is_refused_alone():
    bring_in(release())
    _, plans = bring_in(release(id="2", date="2026-02-01", tender="none"))
    assert reasons(plans) == [("2", "“tender” should be an object, and is text.")]
    assert Notice.objects.count() == 1


def test_an_update_without_a_buyer_joins_the_release_that_named_one():
    update = {
        "ocid": release()["ocid"],
        "id": "2",
        "date": "2026-02-01",
        "tag": ["tenderUpdate"],
        "tender": {"title": "New"},
    }
    _, plans = bring_in(release(), update)
    assert reasons(plans) == []
    assert Commission.objects.get().title == "New"


def test_hostile_markup_is_imported_as_plain_words():
    bring_in(
        release(
            tender={
                "title": "<b>Help</b> <script>alert(1)</script>at home",
                "description": '<p onclick="x()">One</p><p>Two</p>'
                '<a href="javascript:alert(1)">three</a>',
            }
        )
    )
    commission = Commission.objects.get()
    assert commission.title == "Help at home"
    assert commission.summary == "One\nTwo\nthree"


def test_a_long_title_is_cut_at_a_word():
    bring_in(release(tender={"title": "word " * 300, "status": "active"}))
    title = Commission.objects.get().title
    assert len(title) <= 500
    assert title.endswith("word…")


def test_what_is_repeated_is_told_apart():
    care = supplier(1, "Care Ltd")
    sent = award(care, parties=[*release()["parties"], care, care])
    sent["awards"] = sent["awards"] * 2 + [{**sent["awards"][0], "title": "Other"}]
    sent["tender"]["lots"] = [{"id": "1"}, {"id": "1"}, {"id": "1", "title": "Other"}]
    bring_in(sent)
    commission = Commission.objects.get()
    assert [each.award_id for each in commission.awards.all()] == ["a1", "a1#2"]
    assert [each.lot_id for each in commission.tender.lots.all()] == ["1", "1#2"]
    assert Organisation.objects.providers().count() == 1


# Mutations of whole releases: whatever happens to one, it is imported or refused

WHOLE = award(
    supplier(1, "Care Ltd", address={"postalCode": "SM4 5DX", "region": "UKI"}),
    planning={"documents": [{"id": "1", "documentType": "plannedProcurementNotice"}]},
    tender={
        "id": "T1",
        "title": "T",
        "description": "<p>Words</p>",
        "status": "complete",
        "classification": {"scheme": "CPV", "id": "85000000"},
        "items": [{"id": "1", "deliveryAddresses": [{"region": "London"}]}],
        "value": {"amount": 10, "amountGross": 12, "currency": "GBP"},
        "minValue": {"amount": 5},
        "tenderPeriod": {"startDate": "2026-01-10", "endDate": "2026-01-20T12:00:00Z"},
        "contractPeriod": {"startDate": "2026-03-01", "endDate": "2027-03-01"},
        "legalBasis": {"scheme": "UKPGA", "id": "2023/54"},
        "specialRegime": ["lightTouch"],
        "lots": [{"id": "1", "value": {"amount": 10}, "renewal": {"description": "x"}}],
        "documents": [{"id": "1", "url": "https://x.example/", "noticeType": "UK4"}],
        "milestones": [{"id": "1", "type": "engagement", "dueDate": "2026-01-15"}],
    },
    contracts=[{"id": "1", "awardID": "a1", "period": {}, "documents": [{"id": "1"}]}],
)
ODD = st.sampled_from(
    [
        *(None, "", " ", 0, -1, 1.5, 10**30, True, [], {}, [None], [[]], [{}]),
        *("9" * 300, "2026-13-45", "0000-00-00", "<script>", "é" * 600, "\x01"),
        *("GB-COH-", "UK4", {"amount": "x"}, {"id": []}, {"id": {}}),
        [{"id": "1"}, {"id": "1", "x": 2}],
    ]
)


def paths(value, path=()):
    """Yield the path of every value inside a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in inner:
        yield (*path, key)
        if isinstance(each, dict | list):
            yield from paths(each, (*path, key))


PATHS = list(paths(WHOLE))


def changed(changes):
    """Return the whole release with some of its values replaced or taken out."""
    value = copy.deepcopy(WHOLE)
    for path, new, gone in changes:
        place = value
        try:
            for key in path[:-1]:
                place = place[key]
            if gone:
                del place[path[-1]]
            else:
                place[path[-1]] = copy.deepcopy(new)
        except (KeyError, IndexError, TypeError):
            continue
    return value


CHANGES = st.lists(
    st.tuples(st.sampled_from(PATHS), ODD, st.booleans()), min_size=1, max_size=4
)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(first=CHANGES, second=CHANGES)
def test_a_release_changed_anyhow_is_imported_or_refused_in_a_sentence(first, second):
    numbers = iter(range(10**9))
    sent = []
    for changes in (first, second):
        value = changed(changes)
        if isinstance(value.get("id"), str):
            value["id"] = f"{value['id'][:200]}-{next(numbers)}"
        sent.append(value)
    before = Notice.objects.count()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        importer, plans = bring_in(*sent)
    refused = reasons(plans)
    stored = Notice.objects.count() - before
    assert stored + len(refused) + importer.totals.left_alone == len(sent)
    assert all(reason[0].isupper() or reason[0] == "“" for _, reason in refused)
    assert all(reason.endswith(".") for _, reason in refused)
    assert not any("could not keep" in reason for _, reason in refused)
