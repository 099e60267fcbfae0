"""A new type of notice is one row of the table: everything else asks it."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command

from commissions.commission import gates
from commissions.commission.standstill import standstill_of
from commissions.law import language
from commissions.law.notices import (
    NOTICE_TYPES,
    FiledNotice,
    NoticeEffect,
    NoticeField,
    NoticeLevel,
    NoticeType,
    notice_problems,
)
from commissions.law.notices.contents import CONTENTS
from commissions.models import Notice
from tests import make

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
KNOWN = frozenset(language.MARKED)
UK18 = NoticeType(
    "UK18",
    "Choice notice",
    "An Act of 2026, section 1",
    "Regulations of 2026, regulation 1",
    "Before the contract is entered into.",
    effect=NoticeEffect.AWARDS,
    level=NoticeLevel.AWARDS,
    stage="standstill",
    regimes=("procurement_act", "below_threshold"),
    section="awards",
    document_type="awardNotice",
    tags=("award",),
    status="active",
)
language.MARKED.intersection_update(KNOWN)  # nobody translates what only a test says


@pytest.fixture(autouse=True)
def row(monkeypatch):
    """Put the row into the table, and its contents beside those of the others."""
    monkeypatch.setattr(language, "MARKED", set(language.MARKED))
    monkeypatch.setitem(NOTICE_TYPES, "UK18", UK18)
    content = (NoticeField("title", "Title of what is chosen", "regulation 1(2)(a)"),)
    monkeypatch.setitem(CONTENTS, "UK18", content)


def test_its_release_is_imported_as_a_notice_of_the_act(client, tmp_path):
    url = "https://www.find-tender.service.gov.uk/Notice/081234-2026"
    document = {
        "id": "081234-2026",
        "documentType": "awardNotice",
        "noticeType": "UK18",
        "url": url,
        "datePublished": "2026-11-02T09:00:00+00:00",
    }
    buyer = {"id": "GB-PPON-PABC-1234-DEFG", "name": "Leafy Council"}
    release = {
        "ocid": "ocds-h6vhtk-0a1234",
        "id": "081234-2026",
        "date": "2026-11-02T09:00:00+00:00",
        "tag": ["award"],
        "buyer": buyer,
        "parties": [{**buyer, "roles": ["buyer"]}],
        "tender": {"id": "t", "title": "Bus shelters", "status": "complete"},
        "awards": [{"id": "1", "status": "active", "documents": [document]}],
    }
    package = {
        "version": "1.1",
        "uri": "https://www.find-tender.service.gov.uk/package",
        "publishedDate": "2026-11-02T09:00:00+00:00",
        "publisher": {"name": "Find a Tender"},
        "license": "https://www.nationalarchives.gov.uk/doc/open-government-licence/",
        "releases": [release],
    }
    path = tmp_path / "package.json"
    path.write_text(json.dumps(package))
    call_command("import_ocds", str(path))
    notice = Notice.objects.get()
    assert (notice.code, notice.url) == ("UK18", url)
    made = notice.commission
    assert (made.regime, made.stage) == ("procurement_act", "standstill")
    page = client.get(made.get_absolute_url()).content.decode()
    assert "Choice notice" in page
    for family in ("award", "notices"):
        html = client.get(f"{made.get_absolute_url()}{family}/").content.decode()
        assert "Choice notice" in html, family


def test_it_starts_a_standstill():
    made = make.commission(
        stage="evaluation",
        regime="procurement_act",
        route="open",
        published_at=AT,
    )
    make.notice(commission=made, code="UK18", published_at=AT)
    with time_machine.travel(AT + timedelta(days=1)):
        assert standstill_of(made).last == date(2026, 11, 11)


def test_it_is_chosen_recorded_and_drafted_at_the_desk(admin_client):
    made = make.commission(
        regime="below_threshold", route="open", title="Shelters", published_at=AT
    )
    known = FiledNotice(
        "UK18",
        "Find a Tender",
        "081234-2026",
        "https://www.find-tender.service.gov.uk/Notice/081234-2026",
        AT,
        regime="below_threshold",
    )
    assert notice_problems(known, [], AT + timedelta(days=1)) == {}
    add = admin_client.get(f"/admin/commissions/commission/{made.pk}/notice/")
    assert "UK18: choice notice" in add.content.decode()
    drafts = admin_client.get(f"/admin/commissions/commission/{made.pk}/notices/")
    assert "Choice notice" in drafts.content.decode()
    stem = f"/admin/commissions/commission/{made.pk}/notices/UK18"
    assert "Title of what is chosen" in admin_client.get(f"{stem}/").content.decode()
    [release] = admin_client.get(f"{stem}.json").json()["releases"]
    assert release["tag"] == ["award"]


def test_a_gate_waits_for_it_where_the_law_asks_for_no_other():
    made = make.commission(
        stage="evaluation",
        regime="below_threshold",
        route="open",
        value_max=900_000,
        published_at=AT,
    )
    assert "UK18" in [gap.notice for gap in gates.gaps(made, "contract")]
    make.notice(commission=made, code="UK18", published_at=AT)
    assert "UK18" not in [gap.notice for gap in gates.gaps(made, "contract")]
