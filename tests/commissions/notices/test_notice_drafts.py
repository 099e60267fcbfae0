"""Drafts of notices: a checklist of what the law asks for, and a release that is valid."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import jsonschema
import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from commissions.desk.notices.drafts import PLACE_OF, VALUES, checklist, missing_items
from commissions.law.notices import NOTICE_TYPES, codes_for, contents_of
from commissions.law.notices.contents import AUTHORITY
from commissions.models import DirectAward, Document, LinkedOcid, Organisation, Tender
from commissions.ocds.exporting.release import (
    ForeignOcid,
    build_release,
    release_package,
)
from commissions.ocds.exporting.values import without_empty
from tests import make
from tests.outline import flat
from tests.settings import ROOT

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ROUTES = ("open", "competitive_flexible", "framework", "dynamic_market", "direct_award")


# The table of contents


def everything():
    """Yield every field of every notice, under every law and route."""
    for code in NOTICE_TYPES:
        for regime in ("procurement_act", "below_threshold"):
            for route in ROUTES:
                yield from contents_of(code, regime, route)


@pytest.mark.parametrize("code", sorted(NOTICE_TYPES))
def test_every_notice_says_what_it_has_to_hold_and_by_what_law(code):
    fields = contents_of(code, "procurement_act", "open")
    assert fields
    sources = [each.source for each in fields]
    law = "SI 2023/1348" if code.startswith("PSR") else "SI 2024/692, regulation"
    assert all(source.startswith(law) for source in sources)
    assert all(each.label[0].isupper() for each in fields)
    if code[:2] == "UK" and NOTICE_TYPES[code].about != "market":
        assert fields[: len(AUTHORITY)] == AUTHORITY


@pytest.mark.shared
def test_shared_facts_ask_for_no_decision_maker_that_the_table_leaves_out():
    schedules = [n for n in range(3, 15) if n not in (8, 9)]
    for number in schedules:
        keys = {field.key for field in contents_of(f"PSR{number}")}
        assert "deciders" in keys
        assert ("conflicts" in keys) == (number != 5)


def test_every_place_and_every_value_belongs_to_a_field():
    keys = {field.key for field in everything()}
    assert set(PLACE_OF) <= keys
    assert set(VALUES) <= keys


# The checklist


def rich(number=1, **fields):
    """Make a commission about which nearly everything is known."""
    made = make.commission(
        **{
            "regime": "procurement_act",
            "route": "open",
            "summary": "Help at home for older people.",
            "starts_on": date(2027, 4, 1),
            "ends_on": date(2031, 3, 31),
            "extension": "Two years",
            "value_max": Decimal(4_200_000),
            "value_vat": "included",
            **fields,
        }
    )
    body = made.organisation
    body.contact_email, body.contact_address = "buy@council.example", "County Hall"
    body.save()
    body.identifiers.create(scheme="GB-LAE", value=f"NRF{number}")
    body.identifiers.create(scheme="GB-PPON", value=f"PABC-{number}234-DEFG")
    if made.post:
        made.post.mailbox, made.post.postal_address = "care@council.example", "Room 1"
        made.post.save()
    made.partners.add(make.organisation(name="Partner Council"))
    made.areas.add(make.area(name="Eastmarsh"))
    Document.objects.create(
        commission=made,
        title="Specification",
        document_type="technicalSpecifications",
        url="https://council.example/spec",
        published_at=NOW,
    )
    LinkedOcid.objects.create(
        commission=made,
        ocid=f"ocds-h6vhtk-0525b{number + 2}",
        linked_by="import",
        linked_at=NOW,
    )
    return made


def tendered(made):
    """Give a commission a tender with a lot and criteria."""
    tender = Tender.objects.create(
        commission=made,
        title="Help at home",
        category="services",
        cpv="85320000",
        amount=Decimal(3_500_000),
        amount_gross=Decimal(4_200_000),
        closes_at=NOW,
        how_to_bid="On the portal of the council.",
        languages="English",
        conditions="Registered with the regulator.",
        risks="Numbers of people may rise.",
        suits_sme=True,
        suits_vcse=True,
    )
    tender.lots.create(lot_id="1", title="East", amount=Decimal(2_000_000))
    tender.criteria.create(name="Quality", kind="quality", weight=Decimal(60), order=1)
    tender.criteria.create(name="Price", kind="price", weight=Decimal(40), order=2)
    return made


def contracted(made):
    """Give a commission an award and a contract that was measured, changed and ended."""
    supplier = make.organisation(kind=Organisation.Kind.PROVIDER, is_sme=True)
    supplier.identifiers.create(scheme="GB-CHC", value="1234567")
    award = made.awards.create(
        award_id="1",
        status="active",
        decided_on=date(2026, 9, 1),
        reasons="It scored highest.",
        amount=Decimal(3_400_000),
        bids_received=4,
        bids_assessed=3,
        standstill_ends_on=date(2026, 9, 11),
    )
    award.suppliers.add(supplier)
    contract = made.contracts.create(
        contract_id="1",
        award=award,
        title="Help at home",
        status="active",
        signed_on=date(2026, 9, 28),
        starts_on=date(2026, 10, 1),
        ends_on=date(2030, 9, 30),
        amount=Decimal(3_400_000),
    )
    contract.suppliers.add(supplier)
    indicator = contract.indicators.create(title="On time", target="95%")
    indicator.ratings.create(
        starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 31), level="met"
    )
    contract.amendments.create(
        made_on=date(2026, 11, 2), changed="More hours", reason="More people asked."
    )
    return made


def known(made, code):
    """Return what a checklist knows, by key."""
    return {each.field.key: each.value for each in checklist(made, code) if each.value}


@pytest.mark.django_db
def test_checklist_is_filled_with_what_is_known():
    told = known(tendered(rich()), "UK4")
    assert told["authority_address"] == "County Hall\nbuy@council.example"
    assert told["authority_id"] == "PABC-1234-DEFG"
    assert told["contact"].endswith("Room 1\ncare@council.example")
    assert told["procurement_id"] == "ocds-h6vhtk-0525b3"
    assert told["criteria"] == "Quality: 60 per cent\nPrice: 40 per cent"
    assert told["special_regime"] == "No"
    assert told["value"] == "£3.5 million excluding VAT, £4.2 million including VAT"
    assert told["no_lots"] == "It is in lots."
    assert "quantity" not in told


@pytest.mark.django_db
def test_checklist_of_a_contract_knows_its_supplier_its_ratings_and_its_change():
    made = contracted(tendered(rich()))
    details = known(made, "UK7")
    assert details["signed"] == "28 September 2026"
    assert details["indicators"] == "On time"
    assert "GB-CHC 1234567" in details["suppliers"]
    assert known(made, "UK6")["bids"] == "4 received\n3 assessed"
    assert known(made, "UK9")["ratings"] == "On time: Good"
    assert known(made, "UK9")["rated_period"] == "1 October 2026 to 31 October 2026"
    assert known(made, "UK10")["change_planned"] == "2 November 2026"


@pytest.mark.django_db
def test_checklist_of_the_nhs_regime_names_who_decided_and_their_conflicts():
    made = rich(regime="psr", route="psr_c")
    DirectAward.objects.create(
        commission=made,
        ground="psr_c",
        explanation="It does well.",
        post=made.post,
        conflicts="None declared",
        supplier=make.organisation(kind=Organisation.Kind.PROVIDER),
    )
    told = known(made, "PSR3")
    assert told["deciders"] == str(made.post)
    assert told["conflicts_managed"] == "Nothing to manage: None declared"
    assert told["statement"].startswith(
        "The authority intends to award to the existing"
    )
    assert "urgency" not in told


@pytest.mark.django_db
def test_what_is_missing_says_where_to_supply_it():
    bare = make.commission(regime="procurement_act", route="open", post=None)
    items = {each.field.key: each for each in checklist(bare, "UK4")}
    assert items["authority_address"].place == "organisation"
    assert items["criteria"].place == "tender"
    assert items["quantity"].place == ""
    assert items["lots"].state == "maybe"
    assert items["procurement_id"].state == "platform"
    assert "lots" not in {
        each.field.key for each in missing_items(list(items.values()))
    }


# The release


@pytest.fixture(scope="module")
def schema():
    """Return the standard’s schema with the extensions we declare."""
    path = (
        ROOT.parent / "shared" / "data" / "ocds-bundle" / "patched-release-schema.json"
    )
    return jsonschema.Draft4Validator(
        json.loads(path.read_text()), format_checker=jsonschema.FormatChecker()
    )


@pytest.mark.shared
@pytest.mark.django_db
def test_releases_are_valid_whatever_is_known_and_whichever_notice(schema):
    every = [
        make.commission(regime="not_stated", post=None),
        rich(2, regime="psr", route="psr_msp"),
        contracted(tendered(rich(3, light_touch=True))),
    ]
    for made in every:
        for code in codes_for(made.regime):
            told = build_release(made, NOTICE_TYPES[code], NOW)
            problems = [f"{e.json_path}: {e.message}" for e in schema.iter_errors(told)]
            assert problems == [], (made.regime, code)
            assert told["tag"] == list(NOTICE_TYPES[code].first_tags or ["planning"])


@pytest.mark.django_db
def test_release_is_under_our_own_ocid_and_names_the_platforms(settings):
    settings.OCID_PREFIX = "ocds-213czf"
    made = rich()
    told = build_release(made, NOTICE_TYPES["UK4"], NOW)
    assert told["ocid"].startswith("ocds-213czf-")
    assert [each["identifier"] for each in told["relatedProcesses"]] == [
        "ocds-h6vhtk-0525b3"
    ]
    theirs = make.commission(
        ocid="ocds-h6vhtk-04a1b2", reference="ocds-h6vhtk-04a1b2", post=None
    )
    told = build_release(theirs, NOTICE_TYPES["UK4"], NOW)
    assert told["ocid"] == "ocds-213czf-h6vhtk-04a1b2"
    assert told["relatedProcesses"][0]["identifier"] == "ocds-h6vhtk-04a1b2"
    settings.OCID_PREFIX = "ocds-h6vhtk"
    with pytest.raises(ForeignOcid):
        build_release(theirs, NOTICE_TYPES["UK4"], NOW)


@pytest.mark.django_db
def test_release_says_what_the_notice_is_about_and_no_more():
    made = contracted(tendered(rich(light_touch=True)))
    told = {c: build_release(made, NOTICE_TYPES[c], NOW) for c in ("UK4", "UK7", "UK9")}
    assert "contracts" not in told["UK4"]
    assert told["UK4"]["tender"]["specialRegime"] == ["lightTouch"]
    assert told["UK4"]["tender"]["legalBasis"]["id"] == "2023/54"
    assert [body["roles"] for body in told["UK7"]["parties"]] == [
        ["buyer"],
        ["procuringEntity"],
        ["supplier"],
    ]
    [contract] = told["UK7"]["contracts"]
    assert contract["awardID"] == told["UK7"]["awards"][0]["id"]
    assert "implementation" not in contract
    [metric] = told["UK9"]["contracts"][0]["implementation"]["metrics"]
    assert metric["observations"][0]["measureClassification"]["id"] == "met"


@pytest.mark.django_db
def test_release_of_an_award_counts_the_bids_and_one_of_a_tender_does_not():
    made = contracted(tendered(rich()))
    told = build_release(made, NOTICE_TYPES["UK6"], NOW)
    counted = [(each["measure"], each["value"]) for each in told["bids"]["statistics"]]
    assert counted == [("bids", 4), ("finalStageBids", 3)]
    assert "bids" not in build_release(made, NOTICE_TYPES["UK4"], NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("awards", [0, 1])
def test_a_contract_without_an_award_of_its_own_still_names_its_supplier(awards):
    """One that was brought in has none, whether or not another lot had one."""
    made = contracted(tendered(rich()))
    contract = made.contracts.get()
    contract.award = None
    contract.save()
    if not awards:
        made.awards.all().delete()
    for code in ("UK7", "UK9", "UK11"):
        told = build_release(made, NOTICE_TYPES[code], NOW)
        [signed] = told["contracts"]
        [behind] = [each for each in told["awards"] if each["id"] == signed["awardID"]]
        assert [each["id"] for each in behind["suppliers"]] == ["GB-CHC-1234567"]
        assert len(told["awards"]) == 1 + awards
        assert "GB-CHC-1234567" in [each["id"] for each in told["parties"]]


@pytest.mark.django_db
def test_release_says_why_there_are_no_lots_only_where_there_are_none():
    made = tendered(rich())
    made.tender.no_lots_because = "One store serves all."
    told = build_release(made, NOTICE_TYPES["UK4"], NOW)
    assert "lotDetails" not in told["tender"]
    made.tender.lots.all().delete()
    told = build_release(made, NOTICE_TYPES["UK4"], NOW)
    assert told["tender"]["lotDetails"] == {
        "noLotsDivisionRationale": "One store serves all."
    }


def test_what_is_empty_is_left_out():
    assert without_empty(
        {"a": "", "b": [{}], "c": {"d": None}, "e": 0, "f": False}
    ) == {
        "e": 0,
        "f": False,
    }
    wrapped = release_package([{"id": "1"}], uri="u", publisher={"name": "P"}, date="d")
    assert wrapped["version"] == "1.1"
    assert wrapped["releases"] == [{"id": "1"}]


# The desk


@pytest.fixture
def desk(client):
    """Return a commission whose contract details notice is late, staff signed in."""
    client.force_login(make.staff())
    return contracted(tendered(rich()))


@pytest.mark.django_db
def test_desk_lists_what_is_due_with_the_ways_to_draft_and_record(client, desk):
    html = flat(client.get(reverse("admin:commission-notices", args=[desk.pk])))
    assert "UK7 late: due by 27 October 2026" in html
    assert reverse("admin:commission-notice-draft", args=[desk.pk, "UK7"]) in html
    record = reverse("admin:commissions_commission_notice", args=[desk.pk])
    assert f"{record}?code=UK7" in html
    change = reverse("admin:commissions_commission_change", args=[desk.pk])
    assert reverse("admin:commission-notices", args=[desk.pk]) in flat(
        client.get(change)
    )


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["UK1", "UK4", "UK7", "UK10"])
def test_draft_is_a_checklist_with_links_to_what_is_missing(client, desk, code):
    html = flat(
        client.get(reverse("admin:commission-notice-draft", args=[desk.pk, code]))
    )
    assert "Nothing of it is public" in html
    assert "SI 2024/692, regulation 14(1)(e)" in html or code == "UK10"
    assert "Write it on the platform" in html


@pytest.mark.django_db
def test_data_of_a_draft_is_a_package_to_download(client, desk):
    answer = client.get(reverse("admin:commission-notice-data", args=[desk.pk, "UK7"]))
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="')
    body = json.loads(answer.content)
    assert body["releases"][0]["contracts"][0]["title"] == "Help at home"


@pytest.mark.django_db
def test_a_working_draft_has_drafts_of_notices_but_records_none(client):
    client.force_login(make.staff())
    draft = make.draft_commission(regime="procurement_act", route="open")
    html = flat(client.get(reverse("admin:commission-notices", args=[draft.pk])))
    assert "Draft UK4" in html
    assert "record UK4" not in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("commission-notices", ()),
        ("commission-notice-draft", ("UK7",)),
        ("commission-notice-data", ("UK7",)),
    ],
)
def test_drafts_are_for_staff_only(client, name, more):
    made = contracted(rich())
    url = reverse(f"admin:{name}", args=[made.pk, *more])
    assert client.get(url).status_code == 302
    stranger = User.objects.create_user("stranger", is_staff=True)
    client.force_login(make.role(stranger, make.organisation(), "publisher"))
    assert client.get(url).status_code == 404
    client.force_login(make.role(stranger, made.organisation, "editor"))
    assert client.get(url).status_code == 200
    client.force_login(make.staff())
    assert client.get(url).status_code == 200
    wrong = reverse("admin:commission-notice-draft", args=[made.pk, "PSR2"])
    assert client.get(wrong).status_code == 404
