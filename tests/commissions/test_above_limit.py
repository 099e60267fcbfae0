"""Whose decision it is where a commission is worth more than its holder may commit."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from commissions.models import Handover
from tests import make

pytestmark = pytest.mark.django_db
OURS = "This is worth more than £1 million excluding VAT, the spending limit"


def large(**fields):
    post = make.held_post(title="Head of Care", ceiling=1_000_000)
    return make.commission(
        **{"post": post, "value_max": 2_000_000, "value_min": 2_000_000, **fields}
    )


def page(client, commission):
    return client.get(commission.get_absolute_url()).content.decode()


def test_without_a_decision_the_page_says_that_none_is_recorded_and_the_desk_asks(
    client, admin_client
):
    commission = large()
    html = page(client, commission)
    assert OURS in html
    assert "Who has to take the decision is not recorded yet." in html
    desk = reverse("admin:commissions_commission_change", args=[commission.pk])
    assert (
        "Announce the decision, and who takes it"
        in admin_client.get(desk).content.decode()
    )


def test_once_it_is_signed_nobody_has_to_decide_and_the_desk_does_not_ask(
    client, admin_client
):
    commission = large(stage="delivery")
    html = page(client, commission)
    assert "Who took the decision is not recorded here." in html
    assert "Who has to take the decision" not in html
    desk = reverse("admin:commissions_commission_change", args=[commission.pk])
    assert "who takes it" not in admin_client.get(desk).content.decode()


def test_the_decision_of_somebody_who_may_is_named_and_no_other(client, admin_client):
    commission = large()
    body = commission.organisation
    small = make.held_post(organisation=body, title="Officer", ceiling=10)
    shown = {"commission": commission, "organisation": body}
    make.decision(**shown, post=small, title="Which paint?")
    make.decision(**shown, post=commission.post, title="Which room?")
    assert "not recorded yet." in page(client, commission)
    cabinet = make.committee(organisation=body, name="Cabinet")
    made = make.decision(**shown, committee=cabinet, post=None, title="Award it?")
    html = page(client, commission)
    assert "Cabinet has to decide:" in html
    assert f'<a href="{made.get_absolute_url()}">Award it?</a>' in html
    desk = reverse("admin:commissions_commission_change", args=[commission.pk])
    assert (
        "Announce the decision, and who takes it"
        not in admin_client.get(desk).content.decode()
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"value_max": 1_000_000},
        {"value_max": 1_200_000, "value_vat": "included"},
        {"value_max": None, "value_min": None},
        {"stage": "cancelled"},
    ],
    ids=str,
)
def test_within_the_limit_or_without_a_value_nothing_is_said(client, fields):
    assert OURS not in page(client, large(**{"value_min": None, **fields}))


def test_what_a_committee_or_only_notices_hold_has_no_such_limit(client):
    for held in ({"committee": make.committee(), "post": None}, {"post": None}):
        assert not large(**held).exceeds_limit


def test_the_preview_shows_an_announced_hand_over_as_the_public_sees_it(
    client, admin_client
):
    commission = make.commission()
    heir = make.held_post(organisation=commission.organisation, title="Next holder")
    since = timezone.localdate() + timedelta(days=20)
    Handover.announce(commission, heir, since=since, why="She leaves.", by=heir)
    preview = reverse("admin:commission-preview", args=[commission.pk])
    for html in (
        page(client, commission),
        admin_client.get(preview).content.decode(),
    ):
        assert "<strong>Next holder</strong>" in html
