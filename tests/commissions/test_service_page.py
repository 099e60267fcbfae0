"""The page of one service."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from commissions.law.lifecycle import STAGES
from commissions.text.formats import how_far
from tests import make

pytestmark = pytest.mark.django_db


def page(client, service):
    """Fetch a service's page as the public reads it."""
    response = client.get(service.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 22), "today"),
        (date(2026, 11, 23), "in 1 day"),
        (date(2027, 1, 21), "in 60 days"),
        (date(2027, 1, 22), "in 2 months"),
        (date(2027, 6, 30), "in 7 months"),
        (date(2028, 11, 21), "in 23 months"),
        (date(2028, 11, 22), "in 2 years"),
        (date(2026, 11, 12), "10 days ago"),
        (date(2024, 1, 1), "2 years ago"),
    ],
)
def test_distance_is_in_the_unit_people_would_use(day, words):
    assert how_far(day, date(2026, 11, 22)) == words


def test_page_says_what_it_is_who_provides_it_and_when_the_contract_ends(client):
    service = make.service(
        name="Home care",
        summary="Carers who come to your home.",
        who_uses_it="3,100 adults in a year.",
        contract_ends_on=date(2027, 6, 30),
        yearly_spend=28_400_000,
        topic=make.topic(name="Care at home"),
        published_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    provider = make.organisation(name="Bright Care CIC", kind="provider")
    service.providers.add(provider)
    service.areas.add(make.area(name="Marlshire", slug="marlshire"))
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False):
        html = page(client, service)
    for words in (
        "Carers who come to your home.",
        "3,100 adults in a year.",
        f'<a href="{provider.get_absolute_url()}">Bright Care CIC</a>',
        "<dd>30 June 2027, in 7 months</dd>",
        "£28.4 million excluding VAT",
        "Care at home",
        '<a href="/commissions/?area=marlshire">Marlshire</a>',
        "No commission for this service is planned or open now.",
    ):
        assert words in html


def test_a_contract_that_has_ended_says_ended(client):
    html = page(client, make.service(contract_ends_on=date(2024, 1, 1)))
    assert "<dt>Contract ended</dt>" in html


@pytest.mark.parametrize("stage", STAGES)
def test_a_commission_is_planned_until_a_contract_is_signed(client, stage):
    service = make.service()
    commission = make.commission(stage=stage)
    commission.services.add(service)
    html = page(client, service)
    after = {"contract", "mobilisation", "delivery", "review", "closed", "cancelled"}
    planned = html[html.index('id="planned"') :].split('id="about"')[0]
    assert (commission.get_absolute_url() in planned) is (stage not in after)
    assert commission.get_absolute_url() in html


def test_it_begins_with_who_is_responsible_for_what_is_planned(client):
    service = make.service()
    past, planned = make.held_post(title="Before"), make.held_post(title="Now")
    make.commission(post=planned).services.add(service)
    make.commission(stage="closed", post=past).services.add(service)
    first = page(client, service).partition('id="planned"')[0]
    assert planned.named_person.get_absolute_url() in first
    assert past.named_person.get_absolute_url() not in first


def test_working_drafts_are_not_shown(client):
    service = make.service()
    draft = make.draft_commission()
    draft.services.add(service)
    assert draft.get_absolute_url() not in page(client, service)


def test_a_service_that_is_not_public_is_not_found(client):
    service = make.service(published_at=None)
    assert client.get(service.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_much_it_lists(
    client, rows, django_assert_num_queries
):
    service = make.service()
    for _ in range(rows):
        commission = make.commission()
        commission.services.add(service)
        make.contract(commission=commission)
        service.providers.add(make.organisation(kind="provider"))
        service.areas.add(make.area())
    with django_assert_num_queries(8):
        html = page(client, service)
    assert html.count("/commissions/2026-") == rows
    assert html.count("/contracts/2026-") == rows


def test_the_contracts_under_which_it_runs_are_named_and_past_ones_are_not(client):
    service = make.service()
    now = make.contract(title="Now", ends_on=date(2099, 1, 1))
    before = make.contract(title="Before", ends_on=date(2026, 1, 1))
    hidden = make.contract(title="Hidden", ends_on=date(2099, 1, 1))
    make.contract(title="Elsewhere", ends_on=date(2099, 1, 1))
    for each in (now, before, hidden):
        each.commission.services.add(service)
    hidden.commission.published_at = None
    hidden.commission.save()
    html = page(client, service)
    assert html.count("/contracts/2026-") == 1
    assert f'<a href="{now.get_absolute_url()}">Now</a>' in html


def test_the_page_sets_no_cookie_and_names_its_own_address(client):
    service = make.service()
    response = client.get(service.get_absolute_url())
    url = f"http://127.0.0.1:8000{service.get_absolute_url()}"
    assert f'<link rel="canonical" href="{url}">' in response.content.decode()
    assert response.cookies == {}
