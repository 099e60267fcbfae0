"""What importing writes, changes and leaves alone."""

import json
import zlib
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from commissions.models import (
    Commission,
    Entry,
    Kind,
    Notice,
    Organisation,
    Release,
    StageDateChange,
    Tender,
)
from tests import make
from tests.commissions.ocds.releases import (
    OCID,
    award,
    bring_in,
    party,
    reasons,
    release,
    supplier,
)

pytestmark = pytest.mark.django_db


def everything():
    """Return every row of the importer's tables, to be compared."""
    models = (Commission, Notice, Organisation, Release, Tender, Entry)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_a_release_becomes_a_published_commission_without_a_holder():
    bring_in(release())
    commission = Commission.objects.get()
    assert (commission.reference, commission.ocid) == (OCID, OCID)
    assert commission.title == "Help at home"
    assert commission.published_at == datetime(2026, 1, 10, 9, tzinfo=UTC)
    assert commission.organisation.name == "Durham County Council"
    assert (commission.post, commission.held_since) == (None, None)


def test_importing_twice_changes_nothing_the_second_time():
    sent = [release(), award(supplier(1, "Care Ltd"))]
    bring_in(*sent)
    before = everything()
    importer, _ = bring_in(*sent)
    assert everything() == before
    assert list(importer.totals.lines()) == [
        "Created     nothing",
        "Changed     nothing",
        "Left alone  2 releases",
        "Refused     0 releases",
    ]


def test_a_dry_run_says_the_same_and_writes_nothing():
    sent = [release(), award(supplier(1, "Care Ltd"))]
    dry, _ = bring_in(*sent, dry=True)
    assert everything() == [[], [], [], [], [], []]
    real, _ = bring_in(*sent)
    assert list(dry.totals.lines()) == list(real.totals.lines())


def test_releases_of_one_ocid_are_merged_however_they_arrive():
    first = release(
        tender={"title": "Help at home", "status": "active", "description": "A"}
    )
    later = release(
        id="2", date="2026-03-01T00:00:00Z", tender={"title": "Help for all"}
    )
    bring_in(first, later)
    together = Commission.objects.values("title", "summary", "stage").get()
    assert together == {"title": "Help for all", "summary": "A", "stage": "tender"}


@pytest.mark.parametrize("order", [[0, 1], [1, 0]])
def test_a_later_run_merges_with_what_was_kept(order):
    sent = [
        release(tender={"title": "Old", "description": "A", "status": "active"}),
        release(id="2", date="2026-03-01T00:00:00Z", tender={"title": "New"}),
    ]
    for position in order:
        bring_in(sent[position])
    commission = Commission.objects.get()
    assert (commission.title, commission.summary) == ("New", "A")
    assert commission.published_at == datetime(2026, 1, 10, 9, tzinfo=UTC)
    assert commission.tender.title == "New"


def test_a_release_is_kept_exactly_as_received():
    words = json.dumps(release(extra=[1.50, "é", None]), indent=3)
    odd = f'{{"releases": [{words}]}}'
    bring_in(raw=odd.encode())
    kept = zlib.decompress(Release.objects.get().body).decode()
    assert kept == words


def test_a_release_that_comes_again_with_other_words_is_refused():
    bring_in(release())
    _, plans = bring_in(release(tender={"title": "Something else"}))
    assert reasons(plans) == [
        (
            "1",
            "It was received before under this id with other content. A release never "
            "changes, so the one received first is kept.",
        )
    ]
    assert Commission.objects.get().title == "Help at home"


def test_each_release_appends_one_entry_and_no_entry_names_a_contact():
    buyer = party(
        contactPoint={"name": "Jo Bloggs", "email": "jo.bloggs@durham.gov.uk"}
    )
    bring_in(release(party=buyer), award(supplier(1, "Care Ltd")))
    assert sorted(Entry.objects.values_list("kind", "subject")) == [
        (Kind.COMMISSION_PUBLISHED, f"commission/{OCID}"),
        (Kind.NOTICE_RECEIVED, f"notice/{OCID}/1"),
        (Kind.NOTICE_RECEIVED, f"notice/{OCID}/2"),
        (Kind.ORGANISATION_ADDED, "organisation/care-ltd"),
        (Kind.ORGANISATION_ADDED, "organisation/durham-county-council"),
    ]
    assert "loggs" not in "".join(Entry.objects.values_list("body", flat=True))
    notice = Notice.objects.get(release_id="1")
    assert (notice.contact_name, notice.contact_email) == (
        "Jo Bloggs",
        "jo.bloggs@durham.gov.uk",
    )


def test_a_commission_of_our_own_is_left_as_it_is_and_gets_its_notices():
    own = make.commission(
        ocid=OCID, title="Ours", stage="considering", summary="Our words"
    )
    before = Commission.objects.values().get()
    dates = list(own.stage_dates.values())
    _, plans = bring_in(release(), award(supplier(1, "Care Ltd")))
    assert Commission.objects.values().get() == before
    assert list(own.stage_dates.values()) == dates
    assert own.notices.count() == 2
    assert not Tender.objects.exists()
    assert own.awards.count() == 0
    assert plans[0].remarks == [
        f"2 joins commission {own.reference}, which people hold: 3 changes to confirm."
    ]


def test_an_imported_commission_that_staff_took_up_keeps_their_words():
    bring_in(release())
    commission = Commission.objects.get()
    commission.hold(make.held_post(), since=date(2026, 2, 1), by="import")
    bring_in(release(id="2", date="2026-03-01T00:00:00Z", tender={"title": "New"}))
    commission.refresh_from_db()
    assert commission.title == "Help at home"
    assert commission.notices.count() == 2


def test_a_planned_date_that_moves_keeps_the_old_one_and_the_notice():
    def planned(day):
        return {
            "title": "T",
            "status": "planned",
            "communication": {"futureNoticeDate": day},
        }

    bring_in(release(tag=["planning"], tender=planned("2027-04-01")))
    bring_in(
        release(
            id="2",
            date="2026-02-01T00:00:00Z",
            tag=["planningUpdate"],
            tender=planned("2027-06-01"),
        )
    )
    change = StageDateChange.objects.get()
    assert (change.planned_before, change.planned_after) == (
        date(2027, 4, 1),
        date(2027, 6, 1),
    )
    assert change.reason == "Notice 2 gives this date."


def test_lots_awards_contracts_and_documents_come_with_their_links():
    care = supplier(1, "Care Ltd")
    sent = award(
        care,
        tender={
            "title": "T",
            "status": "complete",
            "value": {"amount": 100000, "amountGross": 120000},
            "lots": [{"id": 1, "title": "North"}, {"id": "2", "title": "South"}],
            "documents": [
                {"id": "1", "url": "https://x.example/a", "title": "Specification"},
                {"id": "1", "url": "https://x.example/b", "title": "Specification two"},
                {"id": "2", "title": "Without an address"},
                {"id": "3", "url": "javascript:alert(1)", "title": "Hostile"},
            ],
        },
        contracts=[{"id": "c1", "awardID": "a1", "dateSigned": "2026-03-01"}],
    )
    sent["awards"][0]["relatedLots"] = ["2"]
    bring_in(sent)
    commission = Commission.objects.get()
    assert [lot.lot_id for lot in commission.tender.lots.all()] == ["1", "2"]
    assert commission.awards.get().lots.get().title == "South"
    contract = commission.contracts.get()
    assert contract.award == commission.awards.get()
    assert contract.suppliers.get().name == "Care Ltd"
    assert sorted(commission.documents.values_list("source_id", "url")) == [
        ("tender/1", "https://x.example/a"),
        ("tender/1#2", "https://x.example/b"),
    ]
    assert (commission.value_max, commission.value_vat) == (Decimal(120000), "included")


def test_topic_and_area_are_found_without_any_list_imported():
    tender = {
        "title": "T",
        "status": "active",
        "classification": {"scheme": "CPV", "id": "85311300"},
        "items": [
            {"id": "1", "deliveryAddresses": [{"region": "UKC21"}, {"region": "UK"}]}
        ],
    }
    bring_in(release(tender=tender))
    commission = Commission.objects.get()
    assert commission.topic.name == "Children and families"
    assert [area.name for area in commission.areas.all()] == ["North East"]


def test_two_ocids_that_differ_in_case_only_have_two_references():
    bring_in(
        release(), release(ocid=OCID.upper(), id="2"), release(ocid="a/b?c", id="3")
    )
    references = sorted(Commission.objects.values_list("reference", flat=True))
    assert len(set(references)) == 3
    assert references[1] == OCID
    assert references[2].startswith(f"{OCID}-")
    assert all("/" not in each and "?" not in each for each in references)


@pytest.mark.parametrize("number", [1, 30])
def test_a_batch_costs_the_same_queries_however_many_releases_it_has(
    number, django_assert_max_num_queries
):
    sent = [
        award(supplier(n, f"Care {n} Ltd"), ocid=f"ocds-x-{n}", id=f"{n}")
        for n in range(number)
    ]
    with django_assert_max_num_queries(85):
        bring_in(*sent)
    assert Notice.objects.count() == number
