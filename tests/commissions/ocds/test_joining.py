"""A release of a commission that people hold: it joins, proposes, and moves nothing."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from commissions.models import (
    Commission,
    Entry,
    Exemption,
    Kind,
    LinkedOcid,
    Notice,
    NotReady,
    Overtaken,
    Proposal,
    StageDate,
    StageDateChange,
)
from commissions.ocds.importing.existing import Gazetteer
from commissions.ocds.importing.match import OrganisationRegister
from commissions.ocds.importing.planner import ImportPlanner
from tests import make
from tests.commissions.ocds.releases import award, bring_in, reasons, release, supplier
from tests.conftest import SHARED

PLATFORM = "ocds-h6vhtk-0abc01"
REAL = SHARED / "data" / "uk-ocds-real"
CARE = supplier(1, "Care Ltd")

pytestmark = pytest.mark.django_db


def held(**fields):
    """Make a commission that people hold, at “Decided”, free to go on to tender."""
    given = {
        "stage": "decided",
        "regime": "procurement_act",
        "route": "open",
        "value_max": 100_000,
    }
    made = make.commission(**{**given, **fields})
    for gate in ("holder", "draft_open", "decision"):
        Exemption.objects.create(
            commission=made,
            gate=gate,
            legal_ground="An Act",
            reason="So that the test can move it.",
            approver=made.post,
            state="approved",
            answered_at=timezone.now(),
        )
    return made


def tender(**fields):
    """Make a tender notice of Find a Tender that closes in 2099."""
    return release(
        **{
            "ocid": PLATFORM,
            "id": "000001-2026",
            "tender": {
                "title": "Help at home",
                "status": "active",
                "value": {"amount": 120000},
                "tenderPeriod": {"endDate": "2099-01-05T12:00:00Z"},
                "lots": [{"id": "1", "title": "North"}, {"id": "2", "title": "South"}],
                "procurementMethod": "open",
                "documents": [
                    {
                        "id": "1",
                        "noticeType": "UK4",
                        "url": "https://x.example/Notice/1",
                    }
                ],
            },
            **fields,
        }
    )


def chosen(**fields):
    """Make the award notice that follows."""
    given = {"ocid": PLATFORM, "id": "000002-2026", "tender": {}}
    paper = {"id": "1", "noticeType": "UK6", "url": "https://x.example/Notice/2"}
    made = award(CARE, **{**given, **fields})
    made["awards"][0]["documents"] = [paper]
    return made


def told(commission):
    """Return the kinds of entries about a commission, oldest first."""
    entries = Entry.objects.filter(commission=commission.reference)
    return list(entries.order_by("pk").values_list("kind", flat=True))


# Joining


def test_an_ocid_that_staff_linked_joins_its_releases_to_the_commission():
    ours = held()
    LinkedOcid.link(ours, f" {PLATFORM} ", by=ours.post)
    bring_in(tender())
    assert Commission.objects.get() == ours
    assert Notice.objects.get().commission == ours
    link = LinkedOcid.objects.get()
    assert (link.ocid, link.linked_by) == (PLATFORM, ours.post.record_name)
    assert told(ours) == [Kind.OCID_LINKED, Kind.NOTICE_RECEIVED]


def test_a_notice_that_staff_recorded_joins_its_release_and_links_its_ocid():
    ours = held()
    recorded = make.notice(
        commission=ours, release_id="000001-2026", code="UK4", url="https://x.example/"
    )
    other = make.commission(post=None)
    make.notice(commission=other, release_id="000001-2026", platform="Sell2Wales")
    bring_in(tender())
    recorded.refresh_from_db()
    assert (recorded.commission, recorded.ocid, recorded.code) == (
        ours,
        PLATFORM,
        "UK4",
    )
    assert recorded.release.digest
    assert Notice.objects.count() == 2
    assert LinkedOcid.objects.get().linked_by == "import"
    bring_in(chosen())
    assert ours.notices.count() == 2


@pytest.mark.parametrize(
    ("relation", "joins"),
    [(["planning"], True), ([], True), (["framework"], False), (["prior"], False)],
)
def test_a_release_that_names_ours_as_its_planning_process_joins_it(relation, joins):
    ours = held(organisation=make.organisation(name="Durham County Council"))
    process = {"id": "1", "scheme": "ocid", "identifier": ours.ocid}
    process |= {"relationship": relation} if relation else {}
    bring_in(tender(relatedProcesses=[process]))
    assert ours.notices.exists() is joins
    assert Commission.objects.count() == (1 if joins else 2)


def test_a_body_cannot_join_its_notice_to_what_another_body_holds():
    ours = held(organisation=make.organisation(moved_by_notices=True))
    theirs = make.commission(post=None, ocid="ocds-b5fd17-1", reference="ocds-b5fd17-1")
    for number, known in enumerate((ours, theirs), 5):
        process = {"id": "1", "scheme": "ocid", "identifier": known.ocid}
        ocid = f"{PLATFORM}{number}"
        bring_in(
            tender(ocid=ocid, id=f"00000{number}-2026", relatedProcesses=[process])
        )
        assert not known.notices.exists()
        assert Notice.objects.get(ocid=ocid).commission.ocid == ocid
    assert not Proposal.objects.exists()
    assert not LinkedOcid.objects.exists()
    theirs.refresh_from_db()
    assert theirs.title != "Help at home"


@pytest.mark.parametrize(
    "processes", ["x", [3], [{"scheme": "ocid", "identifier": 3}], [{"scheme": None}]]
)
def test_odd_related_processes_join_nothing(processes):
    held()
    bring_in(tender(relatedProcesses=processes))
    assert Commission.objects.count() == 2


@pytest.mark.parametrize("ocid", ["", "h6vhtk-1", "ocds-", "ocds-h6vhtk", "ocds-a-b c"])
def test_what_is_no_ocid_is_refused_with_an_example(ocid):
    with pytest.raises(NotReady, match="for example ocds-h6vhtk-0525b3"):
        LinkedOcid.link(make.commission(), ocid, by="demo")


def test_a_draft_is_linked_only_once_it_is_public():
    with pytest.raises(NotReady, match="Publish the intention first"):
        LinkedOcid.link(make.draft_commission(), PLATFORM, by="demo")


def test_an_ocid_means_one_commission():
    bring_in(tender())
    stranger, ours, other = Commission.objects.get(), held(), held()
    with pytest.raises(
        NotReady, match=f"belongs to “Help at home” .{stranger}|{PLATFORM}"
    ):
        LinkedOcid.link(ours, PLATFORM, by="demo")
    LinkedOcid.link(ours, "ocds-b5fd17-x", by="demo")
    with pytest.raises(NotReady, match="join this commission already"):
        LinkedOcid.link(ours, "ocds-b5fd17-x", by="demo")
    with pytest.raises(NotReady, match=ours.reference):
        LinkedOcid.link(other, "ocds-b5fd17-x", by="demo")
    assert LinkedOcid.objects.count() == 1


# Proposing


def test_an_award_for_a_commission_we_know_moves_nothing_and_asks():
    ours = held(ocid=PLATFORM)
    before = Commission.objects.values().get()
    importer, _ = bring_in(tender(), chosen())
    assert Commission.objects.values().get() == before
    assert ours.awards.count() == 0
    assert not hasattr(ours, "tender")
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.notice.release_id) == ("waiting", "000002-2026")
    assert sorted(proposal.changes) == [
        "award/a1",
        "lot/1",
        "lot/2",
        "stage",
        "tender",
        "value",
    ]
    assert proposal.changes["stage"] == ["decided", "standstill"]
    assert proposal.changes["value"] == [
        [None, "100000.00", "not_stated"],
        ["120000.00", "120000.00", "not_stated"],
    ]
    assert proposal.changes["award/a1"][1]["suppliers"] == ["care-ltd"]
    assert proposal.came == {"tender": "2026-01-10", "standstill": "2026-02-01"}
    assert "Proposed    1 set of changes, for people to confirm" in list(
        importer.totals.lines()
    )


@pytest.mark.parametrize("known", [True, False])
def test_a_day_that_staff_gave_or_moved_stays_and_the_notice_is_asked_about(known):
    planned = {"contractPeriod": {"startDate": "2027-03-01T00:00:00Z"}}
    first = release(tender={"title": "Help", **(planned if known else {})})
    bring_in(first)
    ours = Commission.objects.get()
    StageDate.plan(ours, "delivery", date(2027, 9, 1), by="staff", reason="More time.")
    planned["contractPeriod"]["startDate"] = "2027-06-01T00:00:00Z"
    bring_in(release(id="2", date="2026-02-10T09:00:00Z", tender=planned))
    row = ours.stage_dates.get(stage="delivery")
    assert (row.planned_on, row.changes.count()) == (date(2027, 9, 1), int(known))
    assert Proposal.objects.count() == 1


def test_importing_twice_asks_once_and_a_dry_run_asks_nobody():
    held(ocid=PLATFORM)
    importer, _ = bring_in(tender(), dry=True)
    assert importer.totals.proposed == 1
    assert not Proposal.objects.exists()
    bring_in(tender())
    importer, _ = bring_in(tender())
    assert importer.totals.proposed == 0
    assert Proposal.objects.count() == 1


def test_a_newer_release_replaces_what_waits_and_asks_for_both():
    held(ocid=PLATFORM)
    bring_in(tender())
    bring_in(chosen())
    older, newer = Proposal.objects.order_by("pk")
    assert (older.state, newer.state) == ("superseded", "waiting")
    assert {"tender", "award/a1"} < set(newer.changes)
    with pytest.raises(Overtaken):
        older.accept(["tender"], by="demo")


def test_what_was_decided_once_is_not_asked_again():
    ours = held(ocid=PLATFORM)
    bring_in(tender())
    Proposal.objects.get().decline("The value is a typing error.", by=ours.post)
    bring_in(chosen())
    assert sorted(Proposal.objects.waiting().get().changes) == ["award/a1", "stage"]


def test_a_release_that_says_what_we_say_asks_nothing():
    ours = held(ocid=PLATFORM)
    bring_in(tender())
    first = Proposal.objects.get()
    first.accept(first.changes, by=ours.post)
    bring_in(tender(id="000003-2026", date="2026-01-11T09:00:00Z"))
    assert not Proposal.objects.waiting().exists()


def test_a_stage_that_lies_behind_ours_is_not_proposed():
    held(ocid=PLATFORM, stage="delivery")
    bring_in(tender())
    assert "stage" not in Proposal.objects.get().changes


# Confirming


def test_confirming_takes_what_was_ticked_and_leaves_the_rest():
    ours = held(ocid=PLATFORM)
    bring_in(tender())
    proposal = Proposal.objects.get()
    proposal.accept(["tender", "lot/1", "stage", "closes_at"], by=ours.post)
    ours.refresh_from_db()
    assert (ours.stage, ours.value_max) == ("tender", Decimal(100_000))
    assert ours.window_for == "bids"
    assert ours.window_closes_at == datetime(2099, 1, 5, 12, tzinfo=UTC)
    assert ours.tender.amount == Decimal(120_000)
    assert [lot.title for lot in ours.tender.lots.all()] == ["North"]
    assert ours.stage_dates.get(stage="tender").actual_on == date(2026, 1, 10)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == (
        "accepted",
        ours.post.record_name,
    )
    entry = Entry.objects.get(kind=Kind.NOTICE_CONFIRMED)
    assert entry.facts == {
        "fields": ["stage", "closes_at", "tender", "lot/1"],
        "left": ["plan/evaluation", "value", "lot/2"],
    }
    assert entry.subject == "notice/ocds-h6vhtk-0abc01/000001-2026"


def test_an_award_is_taken_by_way_of_the_stages_before_it():
    ours = held(ocid=PLATFORM)
    invited = tender()
    invited["tender"]["tenderPeriod"]["endDate"] = "2026-01-30T12:00:00Z"
    bring_in(invited, chosen())
    proposal = Proposal.objects.get()
    proposal.accept(proposal.changes, by=ours.post)
    ours.refresh_from_db()
    assert ours.stage == "standstill"
    assert ours.awards.get().suppliers.get().slug == "care-ltd"
    stages = [
        entry.facts["stage"]
        for entry in Entry.objects.filter(kind=Kind.STAGE_REACHED).order_by("pk")
    ]
    assert stages == ["tender", "evaluation", "standstill"]


def test_a_standstill_passed_on_the_way_to_a_contract_begins_with_its_own_notice():
    ours = held(ocid=PLATFORM)
    invited = tender()
    invited["tender"]["tenderPeriod"]["endDate"] = "2026-01-30T12:00:00Z"
    signed = release(
        ocid=PLATFORM,
        id="000003-2026",
        date="2026-03-05T09:00:00Z",
        tag=["contract"],
        tender={},
        contracts=[
            {
                "id": "c1",
                "awardID": "a1",
                "status": "active",
                "dateSigned": "2026-02-20T00:00:00Z",
                "documents": [
                    {
                        "id": "1",
                        "noticeType": "UK7",
                        "url": "https://x.example/Notice/3",
                    }
                ],
            }
        ],
    )
    bring_in(invited, chosen(), signed)
    proposal = Proposal.objects.get()
    proposal.accept(proposal.changes, by=ours.post)
    days = dict(ours.stage_dates.values_list("stage", "actual_on"))
    assert (days["standstill"], days["contract"]) == (
        date(2026, 2, 2),
        date(2026, 2, 20),
    )


def test_a_gate_that_refuses_leaves_everything_as_it_was():
    ours = make.commission(ocid=PLATFORM, stage="decided")
    bring_in(tender())
    proposal = Proposal.objects.get()
    with pytest.raises(NotReady, match="Publish a draft specification"):
        proposal.accept(proposal.changes, by=ours.post)
    proposal = Proposal.objects.get()
    ours.refresh_from_db()
    assert (proposal.state, ours.stage) == ("waiting", "decided")
    assert not hasattr(ours, "tender")
    proposal.accept(["tender"], by=ours.post)
    assert Commission.objects.get().tender.title == "Help at home"


def test_a_planned_day_that_moves_keeps_the_old_one_and_names_the_notice():
    ours = held(ocid=PLATFORM)
    planned = {"title": "T", "status": "planned"}
    planned["communication"] = {"futureNoticeDate": "2099-06-01"}
    bring_in(tender(tag=["planning"], tender=planned))
    proposal = Proposal.objects.get()
    assert proposal.changes["plan/tender"] == ["2027-04-01", "2099-06-01"]
    proposal.accept(["plan/tender"], by=ours.post)
    assert StageDateChange.objects.get().reason == (
        "Notice 000001-2026 gives this date."
    )


def test_nothing_is_confirmed_or_declined_without_saying_what_or_why():
    ours = held(ocid=PLATFORM)
    bring_in(tender())
    proposal = Proposal.objects.get()
    with pytest.raises(NotReady, match="Tick what is right"):
        proposal.accept(["nothing of this"], by=ours.post)
    with pytest.raises(NotReady, match="Say why"):
        proposal.decline("  ", by=ours.post)
    proposal.decline("Another council's notice.", by=ours.post)
    assert Entry.objects.get(kind=Kind.NOTICE_DECLINED).facts["reason"] == (
        "Another council's notice."
    )
    with pytest.raises(Overtaken):
        Proposal.objects.get().accept(["tender"], by=ours.post)


@pytest.mark.parametrize(
    "columns",
    [
        {"decided_by": "staff"},
        {"state": "accepted"},
        {"state": "declined", "decided_by": "staff", "decided_at": datetime.now(UTC)},
    ],
)
def test_the_database_keeps_who_when_and_why_together(columns):
    held(ocid=PLATFORM)
    bring_in(tender())
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(**columns)


# Where the organisation lets its notices move its commissions


def test_an_organisation_may_let_notices_move_its_commissions():
    ours = held(ocid=PLATFORM)
    ours.organisation.moved_by_notices = True
    ours.organisation.save()
    importer, _ = bring_in(tender())
    ours.refresh_from_db()
    assert (ours.stage, ours.tender.amount) == ("tender", Decimal(120_000))
    assert Proposal.objects.get().decided_by == "import"
    assert list(importer.totals.lines())[2] == (
        "Proposed    1 set of changes, for people to confirm, 1 taken over at once"
    )


def test_a_gate_that_refuses_leaves_it_to_people_even_then():
    ours = make.commission(ocid=PLATFORM, stage="decided")
    ours.organisation.moved_by_notices = True
    ours.organisation.save()
    bring_in(tender())
    ours.refresh_from_db()
    assert ours.stage == "decided"
    assert Proposal.objects.get().state == "waiting"


# As it really is


@pytest.mark.shared
def test_real_notices_join_a_commission_of_ours_by_its_linked_ocid():
    path = REAL / "fts-uk7-record-trimmed-ocds-h6vhtk-0525b3.json"
    ours = held(title="Ours", route="open")
    LinkedOcid.link(ours, "ocds-h6vhtk-0525b3", by=ours.post)
    bring_in(raw=path.read_bytes())
    assert Commission.objects.get().title == "Ours"
    record = json.loads(path.read_text())["records"][0]
    assert ours.notices.count() >= 1
    assert {n.ocid for n in ours.notices.all()} == {record["ocid"]}
    proposal = Proposal.objects.get()
    proposal.accept([w for w in proposal.changes if w != "stage"], by=ours.post)
    ours = Commission.objects.get()
    assert ours.awards.count() == len(record["compiledRelease"]["awards"])
    assert ours.contracts.count() == len(record["compiledRelease"]["contracts"])


@pytest.mark.shared
def test_every_real_notice_can_be_taken_over_and_then_has_nothing_more_to_say():
    files = [path.read_bytes() for path in REAL.glob("*.json")]
    found = {each["ocid"] for each in map(json.loads, files) for each in of(each)}
    body, post = make.organisation(), make.held_post()
    for ocid in found:
        ours = make.commission(organisation=body, post=post, stage="decided")
        LinkedOcid.link(ours, ocid, by="demo")
    for raw in files:
        bring_in(raw=raw)
    for proposal in Proposal.objects.waiting():
        taken = set(proposal.changes) - {"stage", "closes_at"}
        proposal.accept(taken, by="demo")
    assert Proposal.objects.filter(state="accepted").count() == len(found)
    Proposal.objects.all().delete()
    planner = ImportPlanner(OrganisationRegister(), Gazetteer(), timezone.now())
    left = [
        what
        for ocid in found
        for proposal in planner.propose_again(ocid).create[Proposal]
        for what in proposal.changes
    ]
    assert set(left) == {"stage"}


def of(package):
    """Return the releases or records of a real package."""
    return package.get("releases") or package["records"]


@pytest.mark.parametrize("number", [1, 12])
def test_asking_costs_the_same_queries_however_many_commissions_are_held(
    number, django_assert_max_num_queries
):
    for n in range(number):
        make.commission(ocid=f"ocds-h6vhtk-{n}", stage="decided")
    sent = [
        award(CARE, ocid=f"ocds-h6vhtk-{n}", id=f"{n}", tag=["award"])
        for n in range(number)
    ]
    with django_assert_max_num_queries(70):
        bring_in(*sent)
    assert Proposal.objects.count() == number


def test_a_proposal_cannot_be_valid_without_its_parts():
    with pytest.raises(ValidationError):
        Proposal().full_clean()


# One reference names one notice


def recorded(commission, **fields):
    """Record by hand the notice of which `tender` is the release."""
    return make.notice(commission=commission, release_id="000001-2026", **fields)


def refusals(result):
    """Return why releases were refused, of what `bring_in` returns."""
    return [f"{name}: {reason}" for name, reason in reasons(result[1])]


def test_a_number_that_another_commission_has_is_refused_and_the_rest_comes_in():
    ours, other = held(), make.commission(title="Benches")
    LinkedOcid.link(ours, PLATFORM, by=ours.post)
    recorded(other)
    result = bring_in(tender(), tender(ocid="ocds-h6vhtk-2", id="000002-2026"))
    assert refusals(result) == [
        "000001-2026: Find a Tender has one notice 000001-2026, and it is recorded "
        f"here already, on commission {other.reference} (“Benches”). If both are the "
        f"same notice, link the OCID {PLATFORM} to that commission and import it "
        "again; otherwise ask whoever publishes the release."
    ]
    assert Notice.objects.filter(release_id="000001-2026").count() == 1
    assert Notice.objects.get(release_id="000002-2026").release


def test_a_received_number_is_refused_under_another_ocid_now_and_later():
    sent = [tender(), tender(ocid="ocds-h6vhtk-2")]
    at_once = bring_in(*sent)
    assert "on the commission of OCID ocds-h6vhtk-0abc01" in refusals(at_once)[0]
    later = bring_in(*sent)
    assert later[0].totals.left_alone == 1
    assert len(refusals(later)) == 1
    assert [notice.ocid for notice in Notice.objects.all()] == [PLATFORM]


def test_what_another_body_names_is_refused_where_staff_recorded_its_number():
    ours = held(organisation=make.organisation(moved_by_notices=True))
    kept = recorded(ours)
    process = {"id": "1", "scheme": "ocid", "identifier": ours.ocid}
    result = bring_in(tender(relatedProcesses=[process]))
    assert f"on commission {ours.reference}" in refusals(result)[0]
    assert Notice.objects.get() == kept
    assert Commission.objects.get() == ours


def test_two_platforms_may_use_the_same_number():
    ours = held()
    kept = {"commission": ours, "release_id": "NOV123456"}
    make.notice(**kept, platform="Sell2Wales")
    make.notice(**kept, platform="Public Contracts Scotland")
    assert ours.notices.count() == 2


def test_an_unlisted_publisher_may_number_each_process_from_one():
    sent = [release(ocid=f"ocds-abcdef-{n}", id="1") for n in range(2)]
    assert refusals(bring_in(*sent)) == []
    assert Notice.objects.count() == 2


def test_the_database_itself_refuses_a_reference_on_a_second_commission():
    recorded(held())
    with pytest.raises(IntegrityError), transaction.atomic():
        recorded(held())


@pytest.mark.parametrize(
    ("ours", "stated", "asked"),
    [
        ((6_000_000, 7_400_000, "excluded"), 7_400_000, False),
        ((6_000_000, 7_400_000, "excluded"), 6_000_000, True),
        ((52_000_000, 52_000_000, "included"), 43_333_333, False),
        ((52_000_000, 52_000_000, "included"), 43_000_000, True),
        ((52_000_000, 52_000_000, "excluded"), 43_333_333, True),
    ],
)
def test_a_value_that_says_nothing_new_is_not_asked_about(ours, stated, asked):
    least, most, vat = ours
    held(ocid=PLATFORM, value_min=least, value_max=most, value_vat=vat)
    bring_in(
        release(
            ocid=PLATFORM,
            tender={
                "title": "T",
                "status": "active",
                "value": {"amount": stated, "currency": "GBP"},
            },
        )
    )
    assert ("value" in Proposal.objects.get().changes) is asked


def test_a_document_that_is_listed_here_already_is_not_asked_about():
    ours = held(ocid=PLATFORM)
    url = "https://example.org/you-said"
    ours.documents.create(title="You said, we did", url=url)
    papers = [
        {"id": "1", "title": "You said, we did", "url": url},
        {"id": "2", "title": "New", "url": "https://example.org/new"},
    ]
    bring_in(
        release(
            ocid=PLATFORM,
            tender={"title": "T", "status": "active", "documents": papers},
        )
    )
    _, new = Proposal.objects.get().changes["documents"]
    assert [each["title"] for each in new.values()] == ["New"]
