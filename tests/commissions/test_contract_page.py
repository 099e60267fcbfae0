"""The page of one contract."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from commissions.models import Commission, Contract, Lesson, Notice
from tests import make
from tests.outline import Outline

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-22 12:00", tick=False)


def page(client, contract):
    """Return the response and its HTML."""
    response = client.get(contract.get_absolute_url())
    assert response.status_code == 200
    return response, response.content.decode()


def full(**fields):
    """Sign a contract to which everything has happened."""
    supplier = make.organisation(
        name="Brook Care CIC", kind="provider", is_sme=True, is_vcse=True
    )
    supplier.identifiers.create(scheme="GB-PPON", value="AAAA-1111-BBBB")
    supplier.identifiers.create(scheme="GB-COH", value="01234567")
    commission = make.commission(regime="procurement_act", route="open")
    contract = make.contract(
        commission=commission,
        title="Care by the brook",
        suppliers=[supplier],
        on=date(2025, 12, 1),
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 6, 30),
        options=[date(2028, 6, 30), date(2029, 6, 30)],
        amount=Decimal(6_000_000),
        amount_gross=Decimal(7_200_000),
        post=make.held_post(
            title="Contract manager", organisation=commission.organisation
        ),
        **fields,
    )
    visits = contract.measure("Visits on time", target="95%", by="t")
    calls = contract.measure("Calls answered", by="t")
    for quarter, level in (("2026-01-01", "met"), ("2026-04-01", "below")):
        starts = date.fromisoformat(quarter)
        ends = starts.replace(month=starts.month + 3) - timedelta(days=1)
        rows = [(visits, level, "91%")]
        rows += [(calls, "met", "")] if level == "met" else []
        contract.rate(rows, starts_on=starts, ends_on=ends, by="t")
    contract.extend(contract.extensions.first(), why="It goes well.", by="t")
    contract.amend(
        changed="One more ward.",
        reason="More people.",
        amount=Decimal(7_000_000),
        by="t",
    )
    Lesson.objects.create(commission=commission, learnt="A draft of a lesson.")
    Notice.objects.create(
        commission=commission,
        ocid=commission.ocid,
        release_id="000001-2026",
        code="UK7",
        platform="Find a Tender",
        tags="award,contract",
        url="https://find-a-tender.example/1",
        published_at=timezone.now(),
    )
    Lesson(commission=commission, learnt="Ask sooner.", next_time="Ask in May.").enter(
        by="t"
    )
    return contract


def test_a_full_contract_says_all_of_it(client, django_assert_max_num_queries):
    contract = full()
    following = make.commission(title="Care by the river")
    following.replaces.add(contract)
    cancelled = make.commission(title="Care by the lake", stage="cancelled")
    cancelled.replaces.add(contract)
    make.draft_commission(title="Care by the sea").replaces.add(contract)
    with django_assert_max_num_queries(12):
        response, html = page(client, contract)
    for words in (
        "Care by the brook",
        "Brook Care CIC",
        "Companies House number 01234567",
        "Small or medium-sized firm",
        "Voluntary, community or social enterprise",
        "£7 million excluding VAT",
        "Yes: bids or quotes were invited. Open procedure",
        "Manages the contract",
        "1 December 2025",
        "End as first agreed",
        "30 June 2028",
        "Extended, as the contract allows.",
        "Why: It goes well.",
        "One more ward.",
        "£6 million to £7 million (+16.7%)",
        "The value changes by 16.7%: more than 10% for goods or services.",
        "Visits on time",
        "Requires improvement",
        "Worse than the rating before.",
        "No rating published",
        "January to March 2026",
        "Contract details notice",
        "Care by the river",
        "Ask sooner.",
        "Contract signed on 1 December 2025",
    ):
        assert words in html, words
    assert "A draft of a lesson." not in html
    assert "Care by the lake" not in html
    assert "Care by the sea" not in html
    numbers = response.context["page"].suppliers[0]["numbers"]
    assert numbers[0] == "Companies House number 01234567"


def test_a_contract_known_from_a_notice_alone_says_what_is_not_stated(client):
    commission = make.commission(post=None, committee=None)
    contract = commission.contracts.create(contract_id="1")
    _, html = page(client, contract)
    for words in (
        "Not recorded here.",
        "Not recorded here: this contract is known from notices.",
        "No change is recorded here.",
        "No performance indicator is recorded here.",
        "No notice about this contract is recorded here.",
        "comes from published notices",
    ):
        assert words in html, words
    assert "planned to replace" not in html
    assert "<svg" not in html.split("<main")[1].split("</main")[0].replace(
        '<svg class="avatar"', ""
    )


def test_a_contract_of_a_working_draft_or_of_nobody_is_not_there(client):
    contract = make.contract()
    Commission.objects.update(published_at=None)
    assert client.get(contract.get_absolute_url()).status_code == 404
    assert client.get("/contracts/2026-NOSUCH-1/").status_code == 404


def test_a_proposed_contract_says_that_it_is_not_signed(client):
    contract = make.commission().contracts.create(contract_id="1", status="pending")
    _, html = page(client, contract)
    assert "Proposed, not signed" in html


def test_an_ended_contract_says_why_and_asks_for_no_copy_of_a_small_one(client):
    contract = make.contract(
        commission=make.commission(regime="procurement_act"),
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 1, 1),
        amount=Decimal(100),
    )
    contract.end(on=TODAY, ending="agreed", why="Both wanted it.", by="t")
    _, html = page(client, contract)
    assert "Both sides agreed to end it early, on 22 November 2026." in html
    assert "Why: Both wanted it." in html
    assert "Nothing has been recorded yet." in html
    assert "The law asks for a copy of contracts worth more than £5 million" in html


def test_a_contract_that_ends_within_a_year_with_nothing_planned_says_so(client):
    warning = "This contract ends within a year, and nothing is planned to replace it."
    soon = make.contract(ends_on=date(2027, 11, 22))
    later = make.contract(ends_on=date(2027, 11, 24))
    assert warning in page(client, soon)[1]
    assert warning not in page(client, later)[1]
    make.commission().replaces.add(soon)
    assert warning not in page(client, soon)[1]


def test_a_copy_is_linked_and_an_overdue_one_is_late(client):
    large = {
        "commission": make.commission(regime="procurement_act"),
        "amount_gross": Decimal("5000000.01"),
        "on": date(2026, 3, 27),
    }
    contract = make.contract(**large)
    _, html = page(client, contract)
    assert '<strong class="tag red">Late</strong>' in html
    assert "It was due by 24 June 2026." in html
    contract.complete(
        copy_url="https://council.example/copy.pdf",
        copy_published_on=date(2026, 7, 1),
        by="t",
    )
    _, html = page(client, contract)
    assert "published on 1 July 2026" in html
    assert "Late" not in html


def test_a_change_of_a_large_contract_asks_for_a_copy_of_it_as_changed(client):
    contract = make.contract(
        commission=make.commission(regime="procurement_act"),
        amount=Decimal(6_000_000),
        on=date(2026, 1, 5),
        starts_on=date(2026, 2, 1),
        ends_on=date(2030, 1, 31),
    )
    said = {"changed": "More homes.", "reason": "More people need it.", "by": "t"}
    contract.amend(amount=Decimal(6_100_000), on=date(2026, 2, 2), **said)
    assert "as changed" not in page(client, contract)[1]
    contract.amend(amount=Decimal(9_000_000), on=date(2026, 3, 27), **said)
    _, html = page(client, contract)
    row = html[html.index("<dt>Copy of the contract as changed") :]
    row = row[: row.index("</div>")]
    assert '<strong class="tag red">Late</strong> Not published yet.' in row
    assert "By 24 June 2026." in row
    assert "The contract was changed on 27 March 2026" in row
    assert "section 77" in row
    contract.complete(
        changed_copy_url="https://council.example/changed.pdf",
        changed_copy_published_on=date(2026, 6, 20),
        by="t",
    )
    _, html = page(client, contract)
    assert '<a href="https://council.example/changed.pdf">Read the contract as' in html
    assert "published on 20 June 2026" in html


@pytest.mark.parametrize(
    "fields",
    [{"regime": "psr"}, {"regime": "below_threshold"}, {"light_touch": True}],
    ids=str,
)
def test_no_copy_as_changed_is_asked_where_the_law_asks_for_none(client, fields):
    commission = make.commission(**{"regime": "procurement_act", **fields})
    contract = make.contract(commission=commission, amount=Decimal(6_000_000))
    contract.amend(
        amount=Decimal(9_000_000), changed="a", reason="b", on=date(2026, 3, 27), by="t"
    )
    assert "as changed" not in page(client, contract)[1]


def test_a_large_contract_without_indicators_says_that_the_law_asks_for_them(client):
    commission = make.commission(regime="procurement_act")
    contract = make.contract(commission=commission, amount=Decimal(9_000_000))
    assert "The law asks for at least three" in page(client, contract)[1]
    contract.complete(no_indicators_because="One payment, at once.", by="t")
    assert "One payment, at once." in page(client, contract)[1]
    Commission.objects.filter(pk=commission.pk).update(light_touch=True)
    other = make.contract(
        commission=Commission.objects.get(pk=commission.pk), amount=Decimal(9_000_000)
    )
    assert "No performance indicator is recorded here" in page(client, other)[1]


def test_very_long_words_and_many_ratings_still_make_a_light_page(client):
    contract = make.contract(
        title="A" * 490, description="B " * 2000, amount=Decimal("999999999999.99")
    )
    indicators = [
        contract.measure(f"{n} {'C' * 190}", target="D" * 300, by="t") for n in range(4)
    ]
    for month in range(1, 13):
        contract.rate(
            [(i, "other", "E" * 100) for i in indicators],
            starts_on=date(2025, month, 1),
            ends_on=date(2025, month, 28),
            by="t",
        )
    response, html = page(client, contract)
    assert len(response.content) < 45_000
    assert html.count('class="other"') == 4 * 8


def test_the_table_of_ratings_begins_with_the_newest_period(client):
    contract = make.contract()
    visits = contract.measure("Visits", target="9 of 10", by="t")
    for month, level in ((1, "below"), (2, "met")):
        first, last = date(2026, month, 1), date(2026, month, 28 if month == 2 else 31)
        contract.rate([(visits, level, "")], starts_on=first, ends_on=last, by="t")
    words = Outline(page(client, contract)[1]).text
    table = words[words.index("Every rating") :]
    assert "Indicator February 2026 January 2026 Visits Good Requires" in table


@pytest.mark.parametrize(
    ("status", "starts", "said"),
    [
        ("active", date(2026, 1, 1), "Running"),
        ("active", date(2027, 1, 1), "Signed, not started"),
        ("pending", date(2026, 1, 1), "Proposed, not signed"),
        ("terminated", date(2026, 1, 1), "Ended"),
    ],
)
def test_a_contract_stands_in_the_same_words_on_its_commission_s_page(
    client, status, starts, said
):
    contract = make.contract(starts_on=starts)
    signed_on = None if status == "pending" else contract.signed_on
    Contract.objects.update(status=status, signed_on=signed_on)
    _, html = page(client, contract)
    assert f">{said}<" in html
    html = client.get(contract.commission.get_absolute_url()).content.decode()
    assert f"<li>{said}</li>" in html
