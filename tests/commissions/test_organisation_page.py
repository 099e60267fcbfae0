"""The page of one organisation."""

from datetime import date

import pytest
from django.utils import timezone

from commissions.models import Award, Contract, OrganisationIdentifier, OtherName
from tests import make
from tests.outline import flat

pytestmark = pytest.mark.django_db


def page(client, organisation, **query):
    """Fetch an organisation's page as the public reads it."""
    response = client.get(organisation.get_absolute_url(), query)
    assert response.status_code == 200
    return flat(response)


def supply(organisation, **fields):
    """Choose an organisation, and sign a contract with it."""
    commission = fields.pop("commission", None) or make.commission()
    n = str(next(make.numbers))
    award = Award.objects.create(commission=commission, award_id=n, amount=45_000)
    award.suppliers.add(organisation)
    contract = Contract.objects.create(
        commission=commission, contract_id=n, signed_on=date(2026, 10, 20)
    )
    contract.suppliers.add(organisation)
    return commission


def test_each_post_shows_the_person_or_the_vacancy(client):
    body = make.organisation()
    deputy = make.held_post(organisation=body, title="Deputy")
    vacant = make.post(organisation=body, title="Director", deputy=deputy)
    make.tenure(post=vacant, ended_on=date(2026, 8, 3))
    make.post(organisation=body, title="Abolished post", ended_on=date(2026, 1, 1))
    html = page(client, body)
    assert "Vacant since 3 August 2026" in html
    name = deputy.named_person.name
    assert (
        f'Covered by <a href="{deputy.named_person.get_absolute_url()}">{name}' in html
    )
    assert "Abolished post" not in html


def test_a_person_who_may_not_be_named_is_not(client):
    post = make.post(title="Quiet post", is_decision_level=False)
    make.tenure(post=post, commissioner=make.commissioner(name="Robin Quiet"))
    html = page(client, post.organisation)
    assert "Quiet post" in html
    assert "Robin" not in html


def test_it_lists_committees_commissions_and_services_that_are_public(client):
    body = make.organisation()
    committee = make.committee(organisation=body, name="Care Committee")
    member = committee.members.get()
    open_, draft = (
        make.commission(organisation=body),
        make.draft_commission(organisation=body),
    )
    make.service(organisation=body, name="Home care")
    make.service(organisation=body, name="Secret service", published_at=None)
    html = page(client, body)
    assert html.index("Care Committee") < html.index(member.get_absolute_url())
    assert open_.get_absolute_url() in html
    assert draft.get_absolute_url() not in html
    assert "Home care" in html
    assert "Secret service" not in html


def test_many_commissions_lead_to_the_list_of_its_own(client):
    body = make.organisation(slug="marlshire")
    for _ in range(11):
        make.commission(organisation=body)
    link = '<a href="/commissions/?organisation=marlshire">See all its commissions</a>'
    assert link in page(client, body)


def test_a_provider_shows_what_it_was_chosen_for_and_who_by(client):
    provider = make.organisation(kind="provider")
    commission = supply(provider)
    draft = supply(provider, commission=make.draft_commission(title="Not public"))
    html = page(client, provider)
    contract = commission.contracts.get()
    assert html.count(commission.get_absolute_url()) == 1
    assert html.count(contract.get_absolute_url()) == 1
    assert commission.organisation.name in html
    assert "£45,000 excluding VAT" in html
    assert "Signed on 20 October 2026" in html
    assert draft.get_absolute_url() not in html
    assert "Who decides</h2>" not in html


def test_identifiers_are_named_by_their_registers_and_other_names_listed(client):
    body = make.organisation()
    for scheme, value in (("GB-LAE", "KEN"), ("XX-NEW", "7")):
        OrganisationIdentifier.objects.create(
            organisation=body, scheme=scheme, value=value
        )
    OtherName.objects.create(organisation=body, name="KENT C C")
    html = page(client, body)
    assert "<dt>Council code, England</dt><dd>KEN</dd>" in html
    assert "<dt>XX-NEW</dt><dd>7</dd>" in html
    assert "<dt>Also called</dt><dd>KENT C C</dd>" in html


def test_a_body_and_its_successor_point_to_each_other(client):
    old, new = make.organisation(name="Old Town"), make.organisation(name="New Shire")
    old.succeed(new, on=date(2023, 4, 1), by="demo")
    link = f'<a href="{new.get_absolute_url()}">New Shire</a>'
    assert f"Old Town became {link} on 1 April 2023." in page(client, old)
    back = f'<a href="{old.get_absolute_url()}">Old Town</a> on 1 April 2023'
    assert back in page(client, new)


def test_a_body_that_ended_without_a_successor_says_when(client):
    body = make.organisation(name="Old Board", dissolved_on=date(2024, 3, 31))
    assert "Old Board ended on 31 March 2024." in page(client, body)


def test_representations_have_an_address_and_a_website_must_be_the_web_s(client):
    body = make.organisation(
        contact_email="say@example.org",
        contact_phone="01632 960 100",
        contact_address="County Hall",
        website="javascript:alert(1)",
    )
    html = page(client, body)
    assert '<a href="mailto:say@example.org">' in html
    assert '<a href="tel:01632960100">' in html
    assert "County Hall" in html
    assert "javascript:" not in html


def test_an_empty_organisation_says_what_is_missing(client):
    html = page(client, make.organisation())
    for words in (
        "No post is recorded here.",
        "No commission is recorded here.",
        "No service is recorded here.",
        "No contact is recorded here.",
    ):
        assert words in html


def test_its_forward_plan_is_there_with_its_feeds(client):
    body = make.organisation(slug="barset")
    make.decision(organisation=body, title="Bridges")
    make.draft_decision(organisation=body, title="Secret")
    html = page(client, body)
    assert "Bridges</a>" in html
    assert "Secret" not in html
    for ending in ("/decisions.atom", "/decisions.ics", "/decisions.csv"):
        assert f'href="{ending}?organisation=barset"' in html


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_much_it_has(
    client, rows, django_assert_num_queries
):
    body = make.organisation()
    for n in range(rows):
        make.post(organisation=body, deputy=make.held_post(organisation=body))
        make.committee(organisation=body)
        make.commission(organisation=body, post=make.held_post(organisation=body))
        make.decision(organisation=body, committee=make.committee())
        elsewhere = make.post(deputy=make.held_post())
        make.decision(organisation=body, post=elsewhere)
        left = make.held_post(organisation=body)
        left.vacate(on=timezone.localdate(), by=body)
        left.take(make.commissioner(), on=timezone.localdate(), by=body)
        make.service(organisation=body)
        supply(body)
        OrganisationIdentifier.objects.create(
            organisation=body, scheme="GB-LAE", value=str(n)
        )
        make.organisation(successor=body, dissolved_on=timezone.localdate())
    with django_assert_num_queries(12):
        html = page(client, body, all="decisions")
    assert html.count("Vacant since") == 2 * rows  # in a post, and of a decision


def test_the_page_sets_no_cookie_and_names_its_own_address(client):
    body = make.organisation()
    response = client.get(body.get_absolute_url())
    url = f"http://127.0.0.1:8000{body.get_absolute_url()}"
    assert f'<link rel="canonical" href="{url}">' in flat(response)
    assert response.cookies == {}
