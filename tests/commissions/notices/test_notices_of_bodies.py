"""Notices about a public body itself: recorded, shown, drafted, told to followers."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from commissions.models import Entry, Kind, Notice, NotReady, Overtaken, StageDate
from commissions.public.notices import filters as notices_filters
from tests import make
from tests.commissions.ocds.releases import bring_in, reasons, release
from tests.outline import flat

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PLACE = "https://www.find-tender.service.gov.uk/Notice/"
SPRING, AUTUMN = (
    datetime(2026, 5, 20, 9, tzinfo=UTC),
    datetime(2026, 11, 3, 9, tzinfo=UTC),
)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)
    notices_filters.rows_kept.cache_clear()  # entries of another test may have the same number


def council(**fields):
    """Make a council that says it owes both notices, with a post that answers."""
    body = make.organisation(
        **{"owes_pipeline_notice": True, "owes_payments_notice": True, **fields}
    )
    make.held_post(organisation=body)
    return body


def publish(body, code="UK1", number="000001-2026", **fields):
    """Record a notice of a body’s own."""
    return Notice.publish(
        body,
        **{
            "code": code,
            "platform": "Find a Tender",
            "reference": number,
            "url": f"{PLACE}{number}",
            "published_at": SPRING,
            "by": "demo",
            **fields,
        },
    )


# The verb, and what the database says


def test_recording_adds_one_entry_about_the_organisation():
    body = council()
    notice = publish(body)
    entry = Entry.objects.get()
    assert (entry.kind, entry.subject, entry.commission) == (
        Kind.NOTICE_PUBLISHED,
        body.record_name,
        "",
    )
    assert entry.facts["reference"] == "000001-2026"
    assert entry.facts["due"] == "2026-05-26"
    assert (notice.organisation, notice.commission, notice.ocid) == (body, None, "")


@pytest.mark.parametrize(
    ("code", "at", "due"),
    [
        ("UK17", AUTUMN, "2026-10-29"),
        ("UK17", datetime(2025, 10, 20, 9, tzinfo=UTC), None),  # before the law
    ],
)
def test_the_entry_says_by_which_day_the_law_wanted_it(code, at, due):
    publish(council(), code, published_at=at)
    assert Entry.objects.get().facts["due"] == due


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"code": "UK4"}, "Choose the pipeline notice .UK1. or the payments"),
        ({"code": ""}, "Choose the pipeline notice"),
        ({"platform": "Contracts Finder"}, "is published on Find a Tender first"),
        ({"reference": "7"}, "six digits, a hyphen and the year"),
        ({"url": "https://council.example/1"}, "is not on find-tender.service.gov.uk"),
        ({"published_at": NOW + timedelta(hours=1)}, "is still to come"),
        ({"published_at": None}, "Give the day and the time"),
    ],
)
def test_a_notice_that_is_amiss_is_refused_in_a_sentence(fields, said):
    with pytest.raises(NotReady, match=said):
        publish(council(), **fields)
    assert (Notice.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_provider_owes_none():
    with pytest.raises(NotReady, match="only a public body does"):
        publish(make.organisation(kind="provider"))


def test_one_reference_is_recorded_once_for_bodies_and_commissions():
    body = council(name="Barset")
    publish(body)
    with pytest.raises(Overtaken, match="recorded already, on “Barset”"):
        publish(council())
    commission = make.commission(regime="procurement_act", route="open")
    with pytest.raises(Overtaken, match="recorded already, on “Barset”"):
        publish(commission, "UK4")


@pytest.mark.parametrize("about", ["both", "neither"])
def test_the_database_keeps_a_notice_to_one_commission_or_one_body(about):
    both = about == "both"
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(
            commission=make.commission() if both else None,
            organisation=make.organisation() if both else None,
            code="UK1",
            release_id="1",
            platform="Somewhere",
            url=PLACE,
            published_at=NOW,
        )


def test_the_database_keeps_each_code_where_the_law_has_it():
    with pytest.raises(IntegrityError), transaction.atomic():
        publish_row(organisation=make.organisation(), code="UK4")
    with pytest.raises(IntegrityError), transaction.atomic():
        publish_row(commission=make.commission(), code="UK17")
    assert publish_row(commission=make.commission(), code="UK1").pk


def publish_row(**fields):
    """Save a notice past its verb."""
    return Notice.objects.create(
        release_id="1", platform="Somewhere", url=PLACE, published_at=NOW, **fields
    )


# What the public sees


def page(client, body):
    """Return the public page of a body."""
    return flat(client.get(body.get_absolute_url()))


def test_the_page_of_a_body_says_what_is_done_due_and_late(client):
    body = council(name="Barset")
    publish(body, title="Pipeline 2026")
    html = page(client, body)
    assert "UK1 published on 20 May 2026. It lists contracts" in html
    assert "UK1 due by 26 May 2027, in" in html
    assert "UK17 late: due by 29 October 2026, 24 days ago" in html
    assert 'Pipeline notice (UK1)</a></h3> <p class="quiet">20 May 2026' in html
    assert f"{PLACE}000001-2026" in html
    publish(body, "UK17", "000002-2026", published_at=AUTUMN)
    assert "UK17 published on 3 November 2026, 5 days late" in page(client, body)


def test_a_body_that_has_not_said_is_not_known_and_a_provider_has_no_such_part(client):
    html = page(client, make.held_post().organisation)
    assert "UK1 not known: due by 26 May 2026 if the law asks it of this body" in html
    assert " late: due by" not in html
    assert "Notices it has to publish" not in page(
        client, make.organisation(kind="provider")
    )
    assert "Notices it has to publish" not in page(
        client, make.organisation()
    )  # keeps no post here


def test_a_pipeline_notice_on_its_commission_counts_as_the_body_s(client):
    body = council()
    led = make.commission(organisation=body, regime="procurement_act")
    publish(led)
    hidden = council()
    draft = make.draft_commission(organisation=hidden)
    make.notice(commission=draft, code="UK1", published_at=SPRING)
    assert "UK1 published on 20 May 2026" in page(client, body)
    assert "UK1 late" in page(client, hidden)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_many_notices_it_has(
    client, rows, django_assert_num_queries
):
    body = council()
    for number in range(rows):
        publish(body, number=f"00000{number}-2026")
    with django_assert_num_queries(12):
        page(client, body)


def listed(client, **asked):
    """Return (title, code, tag) of each row of the list of notices."""
    answer = client.get(reverse("commissions:notice-list"), asked)
    assert answer.status_code == 200
    return [(row.title, n["code"], n["tag"]) for row, n in answer.context["page"].rows]


def test_the_list_has_what_bodies_owe_and_every_way_it_can_stand(client):
    a, b = council(name="A"), council(name="B", owes_pipeline_notice=None)
    publish(a)
    publish(a, "UK17", "000002-2026", published_at=AUTUMN)
    nobody = make.organisation(owes_pipeline_notice=True)
    council(name="C", owes_pipeline_notice=False, owes_payments_notice=False)
    assert listed(client) == [("B", "UK17", "Late")]
    assert listed(client, state="published_on_time") == [("A", "UK1", "Published")]
    assert listed(client, state="published_late") == [("A", "UK17", "Published late")]
    assert listed(client, state="not_known") == [("B", "UK1", "Not known")]
    assert listed(client, code="UK1", state="late") == []
    assert listed(client, organisation=nobody.slug) == []
    answer = client.get(reverse("commissions:notice-list"), {"organisation": b.slug})
    html = flat(answer)
    assert f'href="{b.get_absolute_url()}#owed"' in html
    assert "What B has to publish for itself" in html


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_many_bodies_there_are(
    client, rows, django_assert_num_queries
):
    for number in range(rows):
        publish(council(), number=f"00000{number}-2026")
    with django_assert_num_queries(4):
        assert len(listed(client)) == rows


def test_files_hold_what_bodies_owe(client):
    body = council(name="Barset")
    publish(body, "UK17", published_at=AUTUMN)
    asked = {"state": "published_late"}
    answer = client.get(reverse("commissions:notice-export", args=["csv"]), asked)
    lines = b"".join(answer).decode().splitlines()
    assert lines[1].startswith(
        "UK17,Payments compliance notice,,published_late,2026-10-29,2026-11-03,,5,"
    )
    assert lines[1].endswith(f",,Barset,Barset,http://127.0.0.1:8000{body_part(body)}")
    answer = client.get(reverse("commissions:notice-export", args=["json"]), asked)
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    [row] = json.loads(b"".join(answer))["notices"]
    assert (row["organisation"], row["days_late"], row["commission"]) == (
        "Barset",
        5,
        "",
    )
    assert client.get("/notices.xml").status_code == 404


def body_part(body):
    """Return the place on the page of a body where its notices stand."""
    return f"{body.get_absolute_url()}#owed"


# The desk


@pytest.fixture
def desk(client):
    """Sign in, and return a body."""
    client.force_login(make.staff())
    return council(name="Barset", contact_email="hello@barset.example")


def typed(**fields):
    """Return the form as staff fill it."""
    return {
        "code": "UK17",
        "platform": "Find a Tender",
        "reference": "012345-2026",
        "url": f"{PLACE}012345-2026",
        "published_at_0": "2026-10-20",
        "published_at_1": "09:30",
        **fields,
    }


def test_staff_come_from_the_form_of_the_body_to_record_its_notice(client, desk):
    form = reverse("admin:commissions_organisation_change", args=[desk.pk])
    notices = reverse("admin:organisation-notices", args=[desk.pk])
    record = reverse("admin:organisation-notice", args=[desk.pk])
    assert notices in flat(client.get(form))
    html = flat(client.get(notices))
    assert "UK17 late: due by 29 October 2026" in html
    assert f"{record}?code=UK17" in html
    asked = flat(client.get(f"{record}?code=UK17"))
    assert '<option value="UK17" selected>' in asked
    assert "UK4" not in asked
    assert client.post(record, typed()).url == notices
    assert "UK17 published on 20 October 2026" in flat(client.get(notices))


def test_what_is_amiss_is_said_beside_its_field_and_nothing_typed_is_lost(client, desk):
    record = reverse("admin:organisation-notice", args=[desk.pk])
    answer = client.post(record, typed(reference="12"))
    assert "“12” is not a reference of Find a Tender" in flat(answer)
    assert 'value="12"' in flat(answer)
    publish(desk, number="012345-2026")
    answer = client.post(record, typed())
    assert "Notice 012345-2026 is recorded already, on “Barset”." in (flat(answer))


def test_a_pipeline_draft_lists_the_contracts_to_come(client, desk):
    def to_come(title, on, **fields):
        made = make.commission(title=title, organisation=desk, **fields)
        StageDate.objects.filter(commission=made, stage="tender").update(planned_on=on)
        return made

    included = {"value_vat": "included"}
    big = to_come("Big", date(2027, 3, 1), value_max=2_000_001, **included)
    to_come("Edge", date(2027, 3, 1), value_max=2_000_000, **included)
    to_come("Perhaps", date(2027, 3, 1), value_max=1_900_000)
    to_come("Later", date(2027, 10, 1), value_max=9_000_000)
    to_come("Begun", date(2027, 3, 1), value_max=9_000_000, stage="tender")
    draft = reverse("admin:organisation-notice-draft", args=[desk.pk, "UK1"])
    answer = client.get(draft)
    window = answer.context["window"]
    assert ([c.title for c in window.listed], [c.title for c in window.unsure]) == (
        ["Big"],
        ["Perhaps"],
    )
    html = flat(answer)
    assert "Contracts to come, from 1 April 2026 to 30 September 2027" in html
    assert reverse("admin:commission-notice-draft", args=[big.pk, "UK1"]) in html
    data = client.get(
        reverse("admin:organisation-notice-data", args=[desk.pk, "UK1"])
    ).json()
    [told] = data["releases"]
    assert (told["tender"]["title"], told["tag"]) == ("Big", ["planning"])


def test_a_payments_draft_says_what_is_known_and_has_no_data(client, desk):
    draft = reverse("admin:organisation-notice-draft", args=[desk.pk, "UK17"])
    html = flat(client.get(draft))
    assert "1 April 2026 to 30 September 2026" in html
    assert "Average days to pay; shares paid within 30, 60 and more days" in html
    for name, code in (("data", "UK17"), ("draft", "UK4"), ("data", "UK4")):
        url = reverse(f"admin:organisation-notice-{name}", args=[desk.pk, code])
        assert client.get(url).status_code == 404


# Imports


def test_the_release_of_a_body_s_notice_tells_which_contract_it_is_about(client):
    body = council(slug="durham")
    kept = publish(body)
    bring_in(release(ocid="ocds-h6vhtk-1", id="000001-2026", tag=["planning"]))
    kept.refresh_from_db()
    assert (kept.organisation, kept.commission.ocid) == (None, "ocds-h6vhtk-1")
    assert kept.release
    assert Notice.objects.count() == 1


def test_a_release_that_calls_itself_a_payments_notice_keeps_no_such_code():
    paper = {"id": "1", "noticeType": "UK17", "url": f"{PLACE}000001-2026"}
    bring_in(release(planning={"documents": [paper]}))
    assert Notice.objects.get().code == ""


@pytest.mark.parametrize("named", ["UK4", ""])
def test_a_release_under_the_number_of_a_payments_notice_does_not_take_it(named):
    kept = publish(council(name="Kent {x}"), "UK17", published_at=AUTUMN)
    paper = {"id": "1", "noticeType": named, "url": f"{PLACE}000001-2026"}
    tender = {"title": "T", "status": "active", "documents": [paper]}
    taking = release(ocid="ocds-h6vhtk-1", id="000001-2026", tender=tender)
    _, plans = bring_in(taking, release(ocid="ocds-h6vhtk-2", id="000002-2026"))
    [(number, reason)] = reasons(plans)
    assert number == "000001-2026"
    assert "recorded here already, on Kent {x} as its own notice UK17" in reason
    assert [n.release_id for n in Notice.objects.filter(organisation=None)] == [
        "000002-2026"
    ]
    kept.refresh_from_db()
    assert (kept.code, str(kept.organisation)) == ("UK17", "Kent {x}")
