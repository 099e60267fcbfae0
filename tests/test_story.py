"""The story that the demonstration tells: whole, in order, true to its own law.

Each test reads it or adds to it, and then takes back what it did.
"""

import json
import os
from decimal import Decimal

import pytest
from django.contrib.auth import authenticate
from django.utils import timezone

from commissioning_portal.demo import loading
from commissions.law.lifecycle import ROUTES, STAGES, path
from commissions.models import (
    Award,
    Commission,
    Committee,
    Decision,
    Entry,
    Post,
    StageDate,
)
from commissions.public.commission.stages import lagging_commissions
from tests import make
from tests.demonstration import demo


@pytest.fixture
def story(demonstration_copy, db):
    """Give a test the demonstration, in a transaction of its own."""


@pytest.mark.usefixtures("story")
def test_story_is_told_at_every_stage_and_under_every_law():
    commissions = Commission.objects.all()
    assert set(commissions.values_list("stage", flat=True)) == set(STAGES)
    # Norfordshire is in England: the laws of Wales and Scotland cannot be told there.
    elsewhere = {"psr_wales", "scotland", "scotland_utilities", "scotland_concessions"}
    assert set(commissions.values_list("regime", flat=True)) == (
        set(Commission.Regime.values) - elsewhere
    )
    found = set(commissions.values_list("regime", "stage"))
    for regime in ("procurement_act", "psr", "grant", "in_house"):
        stages = {"cancelled"}.union(
            *(path(regime, route) for route in ROUTES.get(regime, ("not_decided",)))
        )
        assert {(regime, stage) for stage in stages} <= found
    routes = {(law, way) for law in ("procurement_act", "psr") for way in ROUTES[law]}
    assert routes <= set(commissions.values_list("regime", "route"))
    assert commissions.filter(published_at=None).count() == 0
    windows = commissions.open().values_list("window_for", flat=True)
    assert set(windows) == set(Commission.Window.values)
    vacant = Post.objects.vacant()
    assert {bool(post.deputy) for post in vacant} == {True, False}
    assert StageDate.objects.filter(changes__isnull=False).exists()


WAITS_TO_BE_MOVED = "NORF-1013"
"""Its award notice came in this morning: the desk says that the standstill began."""


@pytest.mark.usefixtures("story")
def test_no_commission_stands_where_the_facts_have_left_it_but_the_one_that_shows_it():
    lags = lagging_commissions(Commission.objects.all())
    assert [(each.reference, shown.stage) for each, shown in lags] == [
        (WAITS_TO_BE_MOVED, "standstill")
    ]


def cost(commission):
    """Return the most that a commission may cost: pounds, excluding VAT."""
    most = Decimal(commission.value_max or 0)
    return most / Decimal("1.2") if commission.value_vat == "included" else most


def decider(commission):
    """Return who may decide on all that a commission may cost.

    The holder, where its ceiling is not passed; else the body's committee, or the
    one who was elected.
    """
    holder = commission.post or commission.committee
    ceiling = getattr(holder, "ceiling", None)
    if ceiling is None or cost(commission) <= ceiling:
        return holder
    body = commission.organisation
    elected = body.posts.filter(slug="police-and-crime-commissioner").first()
    return elected or Committee.objects.get(organisation=body)


@pytest.mark.usefixtures("story")
def test_awards_of_the_story_name_the_decision_that_made_them():
    linked = Award.objects.filter(decision__isnull=False)
    assert {award.commission.reference for award in linked} == {
        "NORF-1006",
        "NORF-1007",
        "NORF-1012",
        "NORF-1023",
    }
    for award in linked:
        assert award.decision.commission == award.commission
        assert award.decision.decided_on == award.decided_on
        assert award.decision.holder == decider(award.commission)


@pytest.mark.usefixtures("story")
def test_nobody_goes_ahead_or_awards_above_their_own_ceiling():
    taken = Decision.objects.filter(reference__regex="-(GO|AWARD)$")
    alone = taken.filter(post__ceiling__isnull=False).select_related("commission")
    assert alone.exists()
    assert taken.filter(post=None).exists()
    assert [
        decision.reference
        for decision in alone.select_related("post")
        if cost(decision.commission) > decision.post.ceiling
    ] == []


@pytest.mark.usefixtures("story")
def test_record_tells_the_story_in_the_order_of_its_days():
    told = list(Entry.objects.order_by("pk").values_list("at", flat=True))
    days = [timezone.localdate(at) for at in told]
    assert days == sorted(days)
    assert max(told) <= timezone.now()
    assert len(days) > 200


@pytest.mark.usefixtures("story")
def test_loading_again_changes_nothing():
    before = [list(model.objects.values()) for model in (Entry, Commission, StageDate)]
    assert loading.load() == 0
    after = [list(model.objects.values()) for model in (Entry, Commission, StageDate)]
    assert before == after


@pytest.mark.usefixtures("story")
def test_staff_accounts_are_printed_alike_each_time_and_work(demo_folder):
    first, second = demo(), demo()
    assert first.splitlines()[1:] == second.splitlines()[1:]
    assert second.startswith("Nothing new to load.")
    kept = json.loads((demo_folder / "demonstration").read_text())
    assert os.stat(demo_folder / "demonstration").st_mode & 0o077 == 0
    for username, password in kept.items():
        assert password in first
        assert authenticate(username=username, password=password).is_staff
    commissioner = authenticate(
        username="tomasz.wieczorek", password=kept["tomasz.wieczorek"]
    )
    assert not commissioner.is_superuser
    assert commissioner.has_perm("commissions.add_commission")
    assert commissioner.commissioner.name == "Tomasz Wieczorek"


@pytest.mark.usefixtures("story")
def test_changed_password_is_put_back_to_the_one_printed(demo_folder):
    demo()
    kept = json.loads((demo_folder / "demonstration").read_text())
    user = authenticate(username="administrator", password=kept["administrator"])
    user.set_password("another")
    user.save()
    demo()
    assert authenticate(username="administrator", password=kept["administrator"])


@pytest.mark.usefixtures("story")
def test_real_notices_may_join_a_demonstration(demo_folder):
    make.organisation(name="A real council")
    assert demo().startswith("Nothing new to load.")


@pytest.mark.usefixtures("story")
def test_of_what_is_above_a_limit_it_is_told_who_decides():
    above = [c for c in Commission.objects.published() if c.exceeds_limit]
    assert len(above) > 20
    assert [
        commission.reference
        for commission in above
        if not (commission.is_signed or commission.decision_above_limit())
        and commission.stage != "cancelled"
    ] == []
