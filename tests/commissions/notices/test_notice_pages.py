"""The pages of notices: what is late is said, what is public is shown, at a fixed cost."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.cache import caches
from django.urls import reverse

from commissions.models import Commission, Entry, Kind, Notice, Organisation
from commissions.public.notices import filters as notices_filters
from commissions.public.notices import notices_due
from commissions.record import triggers
from tests import make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)
    notices_filters.rows_kept.cache_clear()  # entries of another test may have the same number
    caches["notices"].clear()


def commission(**fields):
    """Make a commission under the Act, open procedure, in delivery."""
    return make.commission(
        **{
            "regime": "procurement_act",
            "route": "open",
            "stage": "delivery",
            "published_at": NOW - timedelta(days=400),
            **fields,
        }
    )


def sign(commission, on, **fields):
    """Give a commission a contract signed on a day."""
    made = commission.contracts.create(
        contract_id=str(commission.contracts.count() + 1),
        title="Help at home",
        status="active",
        signed_on=on,
        starts_on=on,
        ends_on=on + timedelta(days=1460),
        amount=Decimal(900_000),
        **fields,
    )
    made.suppliers.add(make.organisation(kind=Organisation.Kind.PROVIDER))
    return made


def late(**fields):
    """Make a commission whose contract details notice is 26 days late."""
    made = commission(**fields)
    sign(made, date(2026, 9, 28))
    return made


def page(client, commission):
    """Return the page of a commission’s notices."""
    return client.get(
        reverse("commissions:commission-notices", args=[commission.reference])
    )


def test_late_notice_is_shown_with_its_day_its_counting_and_its_law(client):
    made = late()
    html = page(client, made).content.decode()
    assert "UK7 late: due by 27 October 2026, 26 days ago" in html
    assert (
        "Day 1 is Monday 28 September 2026, the day the contract is entered into"
        in html
    )
    assert "Procurement Act 2023, section 53(1)(b)" in html
    assert "Today, 22 November 2026: <strong>2 late</strong>." in html  # UK6 too
    assert reverse("commissions:commission-notices", args=[made.reference]) in (
        client.get(made.get_absolute_url()).content.decode()
    )


def test_published_notice_says_where_it_is_and_how_late_it_was(client):
    made = late()
    make.notice(
        commission=made,
        code="UK7",
        release_id="012345-2026",
        url="https://www.find-tender.service.gov.uk/Notice/012345-2026",
        published_at=NOW - timedelta(days=20),
        contact_email="care@council.example",
    )
    html = page(client, made).content.decode()
    assert "Published late" in html
    assert "Reference 012345-2026" in html
    assert "https://www.find-tender.service.gov.uk/Notice/012345-2026" in html
    assert "care@council.example" in html
    assert "UK7 late" not in html


def test_what_is_not_needed_says_why(client):
    html = page(client, commission(light_touch=True)).content.decode()
    assert "A light touch contract needs none." in html
    html = page(client, commission(regime="grant")).content.decode()
    assert "It is a grant." in html
    assert 'id="others"' not in html


def test_contracts_of_which_a_notice_says_the_same_are_named_together(client):
    made = commission()
    for number in range(5):
        sign(made, date(2026, 9, 28), description=str(number))
    made.contracts.update(copy_url="https://a.example", copy_published_on="2026-10-01")
    made.contracts.update(amount=Decimal(9_000_000))
    answer = page(client, made)
    [details] = [n for n in answer.context["page"].pressing if n["code"] == "UK7"]
    assert (
        details["about"]
        == "Help at home; Help at home; Help at home; and 2 more contracts"
    )
    [copy] = [
        n for n in answer.context["page"].left if n["name"] == "Copy of the contract"
    ]
    assert copy["tag"] == "Published"


def test_many_notices_are_shown_in_part(client):
    made = commission()
    for _ in range(27):
        make.notice(commission=made, code="", title="Update", published_at=NOW)
    answer = page(client, made)
    assert len(answer.context["page"].published.rows) == 25
    url = reverse("commissions:commission-notices", args=[made.reference])
    assert len(client.get(f"{url}?all=published").context["page"].published.rows) == 27


def test_a_draft_has_no_page_of_notices(client):
    assert page(client, make.draft_commission()).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_page_costs_the_same_however_much_happened(
    client, rows, django_assert_num_queries
):
    made = commission()
    for number in range(rows):
        contract = sign(made, date(2026, 9, 28) + timedelta(days=number))
        contract.indicators.create(title="On time")
        make.notice(commission=made, code="UK4", published_at=NOW - timedelta(days=90))
    with django_assert_num_queries(8):
        assert page(client, made).status_code == 200


# The list


def listed(client, **asked):
    """Return (reference, code, tag) of each row of the list."""
    answer = client.get(reverse("commissions:notice-list"), asked)
    assert answer.status_code == 200
    return [
        (row.reference, n["code"], n["tag"]) for row, n in answer.context["page"].rows
    ]


def test_list_has_the_late_first_and_leaves_out_what_nobody_here_answers_for(client):
    overdue = late(reference="A")
    due = commission(reference="B", light_touch=True)
    sign(due, date(2026, 9, 28))
    make.notice(commission=due, code="UK6", published_at=NOW - timedelta(days=90))
    late(reference="C", post=None)
    hidden = make.draft_commission(regime="procurement_act", stage="delivery")
    sign(hidden, date(2026, 9, 28))
    assert listed(client) == [
        ("A", "UK6", "Late"),
        ("A", "UK7", "Late"),
        ("B", "UK7", "Due"),
    ]
    assert listed(client, state="due") == [("B", "UK7", "Due")]
    assert listed(client, code="UK6") == [("A", "UK6", "Late")]
    assert listed(client, organisation=overdue.organisation.slug, state="late") == [
        ("A", "UK6", "Late"),
        ("A", "UK7", "Late"),
    ]


def test_refused_filter_says_so_and_shows_the_rest(client):
    late(reference="A")
    answer = client.get(reverse("commissions:notice-list"), {"code": "UK99"})
    assert "is not one of the choices" in answer.content.decode()
    assert len(answer.context["page"].rows) == 2


def test_list_is_paged_by_position(client, monkeypatch):
    for number in range(14):
        late(reference=f"R{number:02}")
    first = client.get(reverse("commissions:notice-list"))
    assert len(first.context["page"].rows) == 25
    second = client.get(
        reverse("commissions:notice-list") + first.context["page"].next_url
    )
    assert len(second.context["page"].rows) == 3
    back = client.get(
        reverse("commissions:notice-list") + second.context["page"].previous_url
    )
    assert back.context["page"].rows == first.context["page"].rows
    mangled = client.get(reverse("commissions:notice-list"), {"after": "x"})
    assert mangled.context["page"].mangled


def test_list_says_when_there_are_too_many_to_count(client, monkeypatch):
    monkeypatch.setattr("commissions.public.notices.filters.MOST", 1)
    late(reference="A")
    late(reference="B")
    answer = client.get(reverse("commissions:notice-list"))
    assert len(answer.context["page"].rows) == 2
    assert "choose an organisation" in answer.content.decode()


def test_list_is_counted_again_once_the_record_grows(client):
    made = late(reference="A")
    made.record_changes(["title"], by="demo")
    assert len(listed(client)) == 2
    for code, number, days in (("UK4", "000004-2026", 90), ("UK6", "000006-2026", 80)):
        Notice.publish(
            made,
            code=code,
            platform="Find a Tender",
            reference=number,
            url=f"https://www.find-tender.service.gov.uk/Notice/{number}",
            published_at=NOW - timedelta(days=days),
            by="demo",
        )
    assert listed(client) == [("A", "UK7", "Late")]


def seen(commission, number):
    """Put an entry under a number of its own: others may have higher ones by now."""
    entry = Entry.about(Kind.COMMISSION_CHANGED, commission, by="demo", facts={})
    entry.pk = number
    triggers.lift()  # the database numbers entries: here it is done as two at once do it
    entry.save(force_insert=True)
    triggers.restore()


def test_of_two_acts_at_once_the_one_that_is_seen_last_counts_too(client):
    first, second = late(reference="A"), commission(reference="B")
    seen(first, 2_000_010)
    assert {row[0] for row in listed(client)} == {"A"}
    sign(second, date(2026, 9, 28))
    seen(second, 2_000_009)
    assert {row[0] for row in listed(client)} == {"A", "B"}


def test_one_act_has_one_commission_counted_again(client, monkeypatch):
    for reference in "ABC":
        late(reference=reference).record_changes(["title"], by="demo")
    asked = []
    count = notices_due.count_notices_owed
    monkeypatch.setattr(
        notices_due,
        "count_notices_owed",
        lambda keys, on: asked.append(keys) or count(keys, on),
    )
    assert len(listed(client)) == 6
    made = Commission.objects.get(reference="B")
    made.record_changes(["title"], by="demo")
    assert len(listed(client)) == 6
    assert len(asked[0]) == 3
    assert asked[1:] == [[made.pk]]


def test_what_a_commission_owes_follows_the_day_and_its_organisation(
    client, time_machine
):
    made = commission(reference="A")
    sign(made, date(2026, 11, 3))
    made.record_changes(["title"], by="demo")
    assert ("A", "UK7", "Due") in listed(client)
    time_machine.move_to(NOW + timedelta(days=11), tick=False)
    assert ("A", "UK7", "Late") in listed(client)
    Organisation.objects.filter(pk=made.organisation.pk).update(name="Renamed")
    make.commission().record_changes(["title"], by="demo")
    rows = client.get(reverse("commissions:notice-list")).context["page"].rows
    assert {row.organisation for row, _ in rows} == {"Renamed"}


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_however_long_it_is(
    client, rows, django_assert_num_queries
):
    for _ in range(rows):
        late()
    with django_assert_num_queries(12):
        assert len(listed(client)) == 2 * rows


def test_file_holds_the_list_that_is_shown(client):
    made = late(reference="A", title="=Benches")
    answer = client.get(reverse("commissions:notice-export", args=["csv"]))
    lines = b"".join(answer).decode().splitlines()
    assert (
        lines[0].removeprefix("\ufeff").startswith("code,notice,contract,state,due_on")
    )
    assert lines[2].startswith("UK7,Contract details notice,,late,2026-10-27,,,26,")
    assert f"A,'=Benches,{made.organisation.name}," in lines[2]
    assert len(lines) == 3


def test_each_body_sees_what_it_owes_for_itself(client):
    html = client.get(reverse("commissions:notice-list")).content.decode()
    assert "By 29 April 2027" in html
    assert "Pipeline notice (UK1)" in html


def test_the_list_is_kept_apart_for_each_language(client):
    made = late()
    Entry.objects.append(Kind.COMMISSION_CHANGED, made, by="tests", fields=["title"])
    url = reverse("commissions:notice-list")
    english = client.get(url).content.decode()
    welsh = client.get(f"/cy{url}").content.decode()
    assert "27 October 2026" in english
    assert "27 Hydref 2026" in welsh
    assert "27 October 2026" not in welsh
    assert client.get(url).content.decode() == english
