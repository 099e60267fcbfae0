"""Contracts at the desk: signed, completed and changed by acts, refused in words."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from commissions.law.lifecycle.transitions import COMMIT
from commissions.models import Contract, Entry
from tests import make

pytestmark = pytest.mark.django_db
ADD = "admin:commissions_contract_add"
CHANGE = "admin:commissions_contract_change"


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-22 12:00", tick=False)


def act(client, name, contract, **typed):
    """Post one act of a contract and return the page it ends on, as text."""
    url = reverse(f"admin:contract-{name}", args=[contract.pk])
    return client.post(url, typed, follow=True).content.decode()


def newest(contract):
    """Return the newest entry about a contract."""
    return Entry.objects.filter(subject=contract.record_name).first()


def typed(commission, supplier, **fields):
    """Return what the page of a new contract posts."""
    return {
        "commission": commission.pk,
        "suppliers": [supplier.pk],
        "on": "2026-11-20",
        "starts_on": "2027-01-01",
        "ends_on": "2028-12-31",
        "option_1": "2029-12-31",
        "amount": "1.2 million",
        **fields,
    }


def test_a_signed_contract_is_recorded_in_the_name_of_the_post(client, post):
    commission = make.commission(title="Day care", stage="contract")
    supplier = make.organisation(kind="provider")
    response = client.post(reverse(ADD), typed(commission, supplier), follow=True)
    assert "Recorded. Complete what the register asks for" in response.content.decode()
    contract = Contract.objects.get()
    assert (contract.title, contract.amount) == ("Day care", Decimal(1_200_000))
    assert contract.latest_end_on == date(2029, 12, 31)
    assert newest(contract).by == post.record_name
    assert "/contracts/" in response.content.decode()


def test_nobody_records_a_signature_round_a_gate_or_without_the_right_to_sign(
    client, post, without
):
    commission = make.commission()
    supplier = make.organisation(kind="provider")
    page = client.post(reverse(ADD), typed(commission, supplier)).content.decode()
    assert "Publish a draft specification and open it for comment" in page
    without("publisher", COMMIT)
    assert client.post(reverse(ADD), typed(commission, supplier)).status_code == 403
    assert not Contract.objects.exists()


def test_the_page_begins_with_what_the_commission_and_its_award_tell(client, post):
    commission = make.commission(ends_on=date(2029, 1, 1))
    award = commission.awards.create(
        award_id="1", amount=Decimal(50_000), starts_on=date(2027, 2, 1)
    )
    award.suppliers.add(make.organisation(name="Brook CIC", kind="provider"))
    url = f"{reverse(ADD)}?commission={commission.pk}"
    form = client.get(url).context["form"]
    assert form.initial["amount"] == Decimal(50_000)
    assert (form.initial["starts_on"], form.initial["ends_on"]) == (
        date(2027, 2, 1),
        date(2029, 1, 1),
    )
    assert "Brook CIC" in client.get(url).content.decode()


@pytest.mark.parametrize("asked", ["", "?commission=x", "?commission=99999"])
def test_the_page_is_there_without_a_commission_too(client, post, asked):
    assert client.get(reverse(ADD) + asked).status_code == 200


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"suppliers": []}, "Name the supplier with whom it is signed."),
        ({"ends_on": "2026-12-31"}, "The last day must not lie before the first."),
        ({"option_1": "2028-12-31"}, "An extension ends after the last day."),
        ({"option_2": "2029-12-31"}, "Give each extension a day of its own."),
        ({"on": "2026-11-23"}, "Record a signature on the day itself"),
        ({"amount": "lots"}, "Enter pounds in numbers"),
    ],
)
def test_a_refusal_loses_nothing_that_was_typed(client, post, fields, sentence):
    supplier = make.organisation(kind="provider", name="Kept CIC")
    said = typed(make.commission(title="Kept care"), supplier, **fields)
    html = client.post(reverse(ADD), said).content.decode()
    assert sentence in html
    assert "Kept care" in html
    assert "2027-01-01" in html
    assert not Contract.objects.exists()


def test_who_may_only_look_cannot_record_one(client):
    user = User.objects.create_user("lo", is_staff=True)
    client.force_login(user)
    assert client.get(reverse(ADD)).status_code == 403
    url = reverse("admin:contract-end", args=[make.contract().pk])
    assert client.post(url).status_code == 404
    assert client.post(reverse("admin:contract-end", args=[0])).status_code == 404


def test_an_imported_contract_is_completed_and_each_field_is_on_record(client, post):
    contract = make.commission().contracts.create(contract_id="1", status="active")
    url = reverse(CHANGE, args=[contract.pk])
    assert client.get(url).status_code == 200
    said = {"title": "Care", "department": "Adults", "irrecoverable_vat": "0"}
    client.post(url, {**said, "tendered": "true"})
    contract.refresh_from_db()
    assert (contract.department, contract.tendered) == ("Adults", True)
    fields = ["department", "irrecoverable_vat", "tendered", "title"]
    assert newest(contract).facts == {"fields": fields}
    html = client.post(
        url, {**said, "copy_url": "https://a.example/c"}
    ).content.decode()
    assert "Give the address of the copy and the day it was published" in html


def test_whether_it_was_tendered_is_asked_where_the_route_does_not_tell(client, post):
    asked = "Was it tendered?"
    told, untold = (
        make.contract(commission=make.commission(route=route))
        for route in ("open", "framework")
    )
    for contract, shown in ((told, False), (untold, True)):
        html = client.get(reverse(CHANGE, args=[contract.pk])).content.decode()
        assert (asked in html) == shown


def test_an_option_is_used_and_without_one_the_page_says_what_to_do(client, post):
    contract = make.contract(ends_on=date(2027, 1, 1))
    assert "No option to extend is left." in act(client, "extend", contract)
    assert "Added." in act(client, "offer", contract, until="2028-01-01")
    option = contract.extensions.get()
    assert (
        "1 January 2028"
        in client.get(
            reverse("admin:contract-extend", args=[contract.pk])
        ).content.decode()
    )
    said = {"option": option.pk, "on": "2026-11-22", "why": "It goes well."}
    assert "Extended." in act(client, "extend", contract, **said)
    contract.refresh_from_db()
    assert contract.ends_on == date(2028, 1, 1)


def test_a_change_says_at_once_that_a_notice_is_needed_first(client, post):
    contract = make.contract(
        commission=make.commission(regime="procurement_act"), amount=Decimal(100)
    )
    said = {"on": "2026-11-22", "changed": "More.", "reason": "So."}
    html = act(client, "amend", contract, **said, amount="120")
    assert "The value changes by 20%" in html
    assert "a contract change notice (UK10) before such a change" in html
    html = act(client, "amend", contract, **said, amount="£121")
    assert "It is on the record, with the reason." in html
    html = act(client, "amend", contract, **{**said, "reason": ""})
    assert "Write a sentence here. The public reads it." in html
    html = act(client, "amend", contract, **{**said, "on": "2026-11-23"})
    assert "today or earlier" in html
    assert "So." in html


def test_indicators_are_added_and_rated_together(client, post):
    contract = make.contract()
    assert "there is none to rate yet" in act(client, "rate", contract)
    act(client, "measure", contract, title="Visits", target="95%")
    act(client, "measure", contract, title="Calls")
    visits, _ = contract.indicators.all()
    url = reverse("admin:contract-rate", args=[contract.pk])
    form = client.get(url).context["form"]
    period = {"starts_on": date(2026, 7, 1), "ends_on": date(2026, 9, 30)}
    assert {name: form.initial[name] for name in period} == period
    said = {f"level_{visits.pk}": "met", f"note_{visits.pk}": "96%"}
    assert "Published." in act(client, "rate", contract, **period, **said)
    assert newest(contract).facts["ratings"] == [["Visits", "met"]]
    html = act(client, "rate", contract, **period, **said)
    assert "Rated for part of that period already: Visits." in html
    assert "96%" in html
    form = client.get(url).context["form"]
    assert form.initial["ends_on"] == date(2026, 12, 31)
    assert "Rate at least one indicator." in act(client, "rate", contract, **period)


def test_the_end_is_recorded_with_what_follows_from_it(client, post):
    contract = make.contract(
        commission=make.commission(regime="procurement_act"),
        starts_on=date(2025, 1, 1),
        ends_on=date(2027, 1, 1),
    )
    html = act(client, "end", contract, on="2026-11-22", ending="expired")
    assert "has not run its full term" in html
    said = {"on": "2026-11-22", "ending": "agreed", "why": "Both wanted it."}
    html = act(client, "end", contract, **said)
    assert "(UK11) is due by 21 December 2026" in html
    assert "This contract ended on 22 November 2026." in act(client, "amend", contract)


def test_an_end_under_another_law_asks_for_no_such_notice(client, post):
    contract = make.contract()
    html = act(client, "end", contract, on="2026-11-22", ending="expired")
    assert "Recorded. Write down what was learnt" in html
    assert "UK11" not in html


def test_the_list_of_contracts_is_narrowed_by_where_they_stand(client, post):
    soon = make.contract(title="Soon", ends_on=date(2027, 2, 1))
    late = make.contract(title="Late", ends_on=date(2029, 2, 1))
    past = make.contract(title="Past", ends_on=date(2026, 2, 1))
    url = reverse("admin:commissions_contract_changelist")
    found = {
        stands: set(client.get(url, {"stands": stands}).context["cl"].queryset)
        for stands in ("running", "soon", "ended")
    }
    assert found == {"running": {soon, late}, "soon": {soon}, "ended": {past}}
    assert set(client.get(url, {"q": "past"}).context["cl"].queryset) == {past}


def test_what_a_commission_replaces_is_chosen_in_its_form(client, post):
    commission, contract = make.commission(), make.contract(title="Before")
    url = reverse("admin:autocomplete")
    asked = {
        "app_label": "commissions",
        "model_name": "commission",
        "field_name": "replaces",
        "term": "before",
    }
    found = client.get(url, asked).json()["results"]
    assert [row["text"] for row in found] == [str(contract)]
    form = client.get(
        reverse("admin:commissions_commission_change", args=[commission.pk])
    )
    html = form.content.decode()
    assert "Contracts it replaces" in html
    assert f"{reverse(ADD)}?commission={commission.pk}" in html


@pytest.fixture
def proposed():
    """Make a contract that a notice proposed."""
    return make.commission(stage="contract").contracts.create(
        contract_id="1", status="pending"
    )


@pytest.mark.parametrize("name", ["extend", "amend", "offer", "rate", "end"])
def test_an_act_on_a_proposed_contract_says_how_to_sign_it_first(
    client, post, proposed, name
):
    assert "Record its signature first" in act(client, name, proposed)
    assert newest(proposed) is None


def test_the_signature_of_a_proposed_contract_is_recorded_at_the_desk(
    client, post, proposed
):
    page = client.get(reverse(CHANGE, args=[proposed.pk])).content.decode()
    assert "Record its signature" in page
    assert "Record the end" not in page
    assert "today or earlier" in act(client, "signature", proposed, on="2026-11-23")
    assert "Recorded." in act(client, "signature", proposed, on="2026-11-20")
    assert newest(proposed).by == post.record_name
    page = act(client, "signature", proposed, on="2026-11-20")
    assert "This contract is signed already." in page
    assert "Record the end" in page


def test_who_may_not_sign_records_no_signature(client, post, proposed, without):
    without("publisher", COMMIT)
    url = reverse("admin:contract-signature", args=[proposed.pk])
    assert client.post(url, {"on": "2026-11-20"}).status_code == 403
    page = client.get(reverse(CHANGE, args=[proposed.pk])).content.decode()
    assert "Record its signature" not in page


def test_indicators_may_be_set_before_the_signature(client, post, proposed):
    assert "Added. Rate it" in act(client, "measure", proposed, title="Visits on time")
