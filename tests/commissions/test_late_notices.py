"""The measure of statutory notices published late, from the record alone."""

from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from commissions.models import Entry, Notice
from commissions.scorecards.figures import compute_figure, year_period
from commissions.scorecards.measures import MEASURES
from commissions.scorecards.replay import Replay, replay_histories
from tests import make

TODAY = date(2026, 11, 22)
LATE = MEASURES["late-notices"]
PLACE = "https://www.find-tender.service.gov.uk/Notice/"


def noticed(at, due, *, subject="organisation/kent", code="UK17"):
    """Return the entry of a notice published at a time (ISO)."""
    facts = {"code": code, "published": at, "due": due}
    commission = "" if subject.startswith("organisation/") else "1"
    return (date.fromisoformat(at[:10]), "notice.published", subject, commission, facts)


def counted(*entries):
    """Return (met, of) of the measure in the last 12 months, of Kent."""
    numbered = [(n, *entry) for n, entry in enumerate(entries, 1)]
    body = Replay().read(numbered)["kent"]
    found = compute_figure(LATE, body, year_period(TODAY))
    return found.met, found.of


def test_a_notice_counts_as_late_the_day_after_the_last():
    assert counted(
        noticed("2026-10-29T22:00:00+00:00", "2026-10-29"),
        noticed("2026-10-30T09:00:00+00:00", "2026-10-29"),
        noticed("2026-05-26T22:59:00+00:00", "2026-05-26", code="UK1"),
        noticed("2026-05-26T23:30:00+00:00", "2026-05-26", code="UK1"),  # 27 May here
    ) == (2, 4)


def test_a_notice_without_a_day_by_law_or_of_another_time_is_not_counted():
    assert counted(
        noticed("2026-10-30T09:00:00+00:00", None),
        noticed("2025-10-30T09:00:00+00:00", "2025-10-29"),
    ) == (0, 0)


def test_a_notice_of_a_commission_counts_for_the_body_that_leads_it():
    facts = {"title": "Help at home", "organisation": "organisation/kent"}
    facts["holder"] = "post/kent/head"
    intention = (TODAY, "commission.published", "commission/1", "1", facts)
    subject = "notice/ocds-x-1/000001-2026"
    out = noticed(
        "2026-10-30T09:00:00+00:00", "2026-10-27", subject=subject, code="UK7"
    )
    body = Replay().read([(1, *intention), (2, *out)])["kent"]
    [row] = LATE.rows(body, year_period(TODAY))
    assert (row.name, row.title, row.met, row.entry) == (
        "commission/1",
        "Help at home: contract details notice (UK7)",
        True,
        2,
    )
    assert "" not in Replay().read([(1, *out)])  # whose it is, the record knows not


@pytest.fixture
def body(db, time_machine):
    """Make a council with one notice late and one on time."""
    time_machine.move_to(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False)
    made = make.organisation(name="Kent", slug="kent")
    days = (datetime(2026, 11, 3, 9, tzinfo=UTC), datetime(2026, 4, 20, 9, tzinfo=UTC))
    for number, at in enumerate(days, 1):
        Notice.publish(
            made,
            code="UK17",
            platform="Find a Tender",
            reference=f"00000{number}-2026",
            url=f"{PLACE}00000{number}-2026",
            published_at=at,
            by="demo",
        )
    return made


def test_the_command_explains_it_and_the_record_alone_gives_the_same(body):
    out = StringIO()
    call_command("scorecards", organisation="kent", explain=True, stdout=out)
    said = out.getvalue()
    assert "Statutory notices published late: 50% (1 of 2 notices)" in said
    first = Entry.objects.order_by("pk").first().pk
    assert f"entry {first}: organisation/kent, 2026-11-03: yes" in said
    assert f"entry {first + 1}: organisation/kent, 2026-04-20: no" in said
    Notice.objects.all().delete()
    assert (
        compute_figure(LATE, replay_histories()["kent"], year_period(TODAY)).words
        == "50%"
    )


def test_the_rows_lead_to_the_list_of_notices(client, body):
    url = reverse("commissions:scorecard-rows", args=["kent", "late-notices"])
    html = client.get(url).content.decode()
    assert "Payments compliance notice (UK17)" in html
    assert f'href="{body.get_absolute_url()}"' in html
    assert 'href="/notices/?state=published_late&amp;organisation=kent"' in html
    card = client.get(reverse("commissions:scorecard-detail", args=["kent"]))
    assert "Statutory notices published late" in card.content.decode()


def test_among_all_organisations_a_notice_of_a_body_itself_names_the_body(client, body):
    url = reverse("commissions:scorecards-rows", args=["late-notices"])
    html = client.get(url).content.decode()
    assert html.count(f">Payments compliance notice (UK17): {body.name}</a>") == 2


@pytest.mark.django_db
def test_a_commission_s_notice_carries_the_day_that_its_contract_gave(time_machine):
    time_machine.move_to(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False)
    made = make.commission(regime="procurement_act", route="open", stage="delivery")
    for n in (1, 2):
        made.contracts.create(
            contract_id=str(n),
            reference=f"{made.reference}-{n}",
            status="active",
            signed_on=date(2026, 9, 26 + n),
        )
    make.notice(
        commission=made, code="UK6", published_at=datetime(2026, 8, 1, tzinfo=UTC)
    )
    notice = Notice.publish(
        made,
        code="UK7",
        platform="Find a Tender",
        reference="900007-2026",
        url=f"{PLACE}900007-2026",
        published_at=datetime(2026, 11, 3, 9, tzinfo=UTC),
        by="demo",
    )
    assert notice.last_day() == date(2026, 10, 27)
    assert Entry.objects.get().facts["due"] == "2026-10-27"
