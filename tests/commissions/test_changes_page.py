"""The page that sets the tender beside what people were asked about."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from commissions.commission.snapshots import MOST, stated_facts
from commissions.models import AwardCriterion, Entry, Kind, Lot, Proposal, Tender
from commissions.public.changes.comparison import ComparedRow, compare_day
from commissions.public.changes.views import draw_shifts
from tests import make

pytestmark = pytest.mark.django_db
NEXT_YEAR = date(2027, 4, 1)


def page(client, commission):
    """Return the page of a commission, as text."""
    url = reverse("commissions:commission-changes", args=[commission.reference])
    return client.get(url).content.decode()


def asked(**fields):
    """Make a commission whose draft was announced for comment by its verb."""
    given = {"value_max": 8_600_000, "value_vat": "excluded", "starts_on": NEXT_YEAR}
    commission = make.commission(**{**given, **fields})
    draft = make.draft(specification=make.specification(commission=commission))
    now = timezone.now()
    consultation = make.consultation(
        draft=draft,
        commission=commission,
        title="Tell us",
        published_at=None,
        opens_at=now,
        closes_at=now + timedelta(days=40),
    )
    consultation.publish(by=commission.post)
    return commission


def tendered(commission, lots=2):
    """Ask for bids with lots and criteria."""
    tender = Tender.objects.create(
        commission=commission, title="Help at home", amount=9_800_000
    )
    for number in range(lots):
        Lot.objects.create(tender=tender, lot_id=str(number), title=f"Lot {number}")
        AwardCriterion.objects.create(
            tender=tender, name=f"Quality {number}", weight=10
        )
    return tender


def test_the_tender_stands_beside_what_people_were_asked(client):
    commission = asked()
    tendered(commission)
    dates = commission.stage_dates.filter(stage="tender")
    dates.update(planned_on=date(2027, 5, 31), precision="day")
    shown = page(client, commission)
    assert "£8.6 million" in shown
    assert "£1.2 million more, 14%" in shown
    assert "31 days later" in shown
    reference = commission.consultations.get().reference
    url = reverse("consultations:consultation-detail", args=[reference])
    assert f'<a href="{url}">Tell us</a>' in shown
    assert "It was about version 1 of the draft." in shown
    assert '<svg height="' in shown


def test_the_same_is_there_as_data(client):
    commission = asked()
    url = reverse("commissions:commission-changes-export", args=[commission.reference])
    assert client.get(url).json()["tendered"] is None
    tendered(commission, lots=1)
    said = client.get(url).json()
    assert said["consultation"] == commission.consultations.get().reference
    assert said["consulted_on"]["value"] == [None, "8600000.00", "excluded"]
    assert said["tendered"]["tender"]["amount"] == "9800000.00"
    assert said["differences"][0] == {
        "group": "money",
        "what": "Value",
        "consulted_on": "Up to £8.6 million excluding VAT",
        "tendered": "£9.8 million excluding VAT",
        "state": "different",
        "difference": "£1.2 million more, 14%, than the highest value",
    }


def test_what_is_changed_afterwards_does_not_change_what_was_asked(client):
    commission = asked()
    commission.value_max = 1
    commission.save()
    tendered(commission)
    assert "£8.6 million" in page(client, commission)


def test_without_a_consultation_it_stands_beside_the_intention(client):
    commission = make.draft_commission(value_max=100, value_vat="excluded")
    commission.publish(by=commission.post)
    tendered(commission, lots=0)
    shown = page(client, commission)
    assert "There was no consultation here before the tender." in shown
    assert "£9.80 million" not in shown
    assert "£9.8 million" in shown


def test_before_a_tender_the_page_says_what_it_will_show(client):
    assert "No one has been invited to bid for this here." in page(client, asked())


def test_an_entry_without_a_statement_leaves_nothing_to_compare_with(client):
    commission = make.commission()
    Entry.objects.append(Kind.COMMISSION_PUBLISHED, commission, by="demo", title="x")
    tendered(commission, lots=0)
    assert "the record does not say what was stated" in page(client, commission)
    silent = make.commission()
    tendered(silent, lots=0)
    assert "the record does not say what was stated" in page(client, silent)


def test_where_nothing_differs_the_page_says_so(client):
    commission = asked(value_max=9_800_000, value_min=9_800_000)
    tendered(commission, lots=0)
    assert "Nothing that both sides state is different." in page(client, commission)


def test_a_notice_that_waits_is_told_to_the_public_and_no_more_of_it(client):
    commission = asked()
    tendered(commission)
    assert "not confirmed it yet" not in page(client, commission)
    notice = make.notice(commission=commission)
    changes = {"value": [[None, None, "not_stated"], ["7", "7", "included"]]}
    Proposal.objects.create(
        commission=commission, notice=notice, ocid=notice.ocid, changes=changes
    )
    shown = page(client, commission)
    assert "The people responsible have not confirmed it yet." in shown
    assert "£7" not in shown


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_however_many_lots(
    client, number, django_assert_num_queries
):
    commission = asked()
    tendered(commission, lots=number)
    with django_assert_num_queries(5):
        page(client, commission)


def test_a_draft_has_no_such_page_and_no_tender_no_link(client):
    draft = make.draft_commission()
    url = reverse("commissions:commission-changes", args=[draft.reference])
    assert client.get(url).status_code == 404
    commission = asked()
    url = reverse("commissions:commission-changes", args=[commission.reference])
    assert url not in client.get(commission.get_absolute_url()).content.decode()
    tendered(commission)
    assert url in client.get(commission.get_absolute_url()).content.decode()


def test_a_statement_fits_the_record_however_many_lots_there_are():
    commission = make.commission()
    tender = tendered(commission, lots=1)
    Lot.objects.bulk_create(
        Lot(tender=tender, lot_id=f"x{n}", title="é" * 500) for n in range(MOST + 50)
    )
    said = stated_facts(commission)
    assert len(said["lots"]) == MOST
    Entry.objects.append(Kind.COMMISSION_CHANGED, commission, by="demo", stated=said)


def test_the_picture_shows_rough_spans_and_thins_its_years():
    near = compare_day("A", ["2027-04-01", "month"], ["2027-06-01", "day"])
    picture = draw_shifts([near, ComparedRow("Words", "a", "b", "same")])
    (shift,) = picture.rows
    assert shift.rough
    assert shift.before < shift.until < shift.after
    far = compare_day("B", ["2027-04-01", "day"], ["2060-06-01", "day"])
    ticks = draw_shifts([far]).ticks
    assert len(ticks) <= 8
    assert {month for _, month, _ in ticks} == {""}
    assert draw_shifts([]) is None
