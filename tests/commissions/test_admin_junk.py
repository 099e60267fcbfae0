"""Forged and stale keys, words for numbers, absurd days: a sentence, and never a 500."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.forms import ModelMultipleChoiceField
from django.urls import reverse

from commissions.desk.widgets import KeysOnly
from tests import make

pytestmark = pytest.mark.django_db
KEYS = ["abc", "999999999999999999999", "a\x00b", "٣", "1e400", "-1", "0001-01-01"]
ADMINS = sorted(admin.site._registry.values(), key=lambda each: each.opts.label)
ABSURD = ["0001-01-01", "9999-12-31", "tomorrow", "1971-12-31", "2026-02-30"]


@pytest.fixture
def desk(client):
    client.force_login(make.staff())
    return client


def address(each, page, *args):
    name = f"admin:{each.opts.app_label}_{each.opts.model_name}_{page}"
    return reverse(name, args=args)


@pytest.mark.parametrize("each", ADMINS, ids=lambda each: each.opts.label)
def test_no_list_breaks_on_a_forged_filter_or_key(desk, each):
    relations = [f.name for f in each.model._meta.fields if f.is_relation]
    for key in KEYS:
        for name in (*relations, "q", "p"):
            answer = desk.get(address(each, "changelist"), {name: key})
            assert answer.status_code < 500, (name, key)
        bad = re.sub(r"\x00", "%00", key)
        assert (
            desk.get(address(each, "changelist") + f"{bad}/change/").status_code < 500
        )


@pytest.mark.parametrize("each", ADMINS, ids=lambda each: each.opts.label)
def test_no_new_row_breaks_on_junk_in_any_field(desk, each):
    url = address(each, "add")
    answer = desk.get(url)
    if answer.status_code != 200:
        assert answer.status_code in (302, 403)
        return
    form = answer.context.get("adminform") or answer.context["form"]
    fields = getattr(form, "form", form).fields
    for junk in (*KEYS, *ABSURD):
        assert desk.get(url, dict.fromkeys(fields, junk)).status_code < 500, junk
        assert desk.post(url, dict.fromkeys(fields, junk)).status_code < 500, junk


@pytest.mark.parametrize("key", KEYS)
def test_a_forged_choice_is_said_to_be_none(desk, key):
    commission = make.commission(stage="contract")
    page = desk.post(
        reverse("admin:commissions_contract_add"),
        {"commission": key, "suppliers": [key]},
    )
    errors = page.context["form"].errors
    assert "valid choice" in errors["commission"][0]
    assert "valid choice" in errors["suppliers"][0]
    url = reverse("admin:commission-hand-over", args=[commission.pk])
    page = desk.post(url, {"post": key, "committee": key})
    assert "valid choice" in page.context["form"].errors["post"][0]


def test_a_choice_that_was_deleted_meanwhile_is_said_to_be_none(desk):
    supplier = make.organisation(kind="provider")
    gone = supplier.pk
    supplier.delete()
    page = desk.post(reverse("admin:commissions_contract_add"), {"suppliers": [gone]})
    assert "valid choice" in page.context["form"].errors["suppliers"][0]


def test_every_box_that_chooses_among_rows_takes_keys_only(desk):
    strays = []
    for each in ADMINS:
        answer = desk.get(address(each, "add"))
        if answer.status_code != 200:
            continue
        form = answer.context.get("adminform") or answer.context["form"]
        for name, field in getattr(form, "form", form).fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(field, ModelMultipleChoiceField) and not isinstance(
                widget, KeysOnly
            ):
                strays.append(f"{each.opts.label}.{name}")
    assert strays == []


@pytest.mark.parametrize("asked", ["_to_field=", "_to_field=%00", "_to_field=id"])
@pytest.mark.parametrize("name", ["commissions_commission", "auth_user"])
def test_no_row_breaks_on_an_address_that_names_a_field(desk, name, asked):
    row = make.staff() if name == "auth_user" else make.draft_commission()
    url = reverse(f"admin:{name}_change", args=[row.pk])
    assert desk.get(f"{url}?{asked}").status_code < 500


def test_a_number_beyond_any_column_is_in_no_list():
    staff = make.staff()
    huge = 10**30
    found = User.objects.filter(pk__in=[huge, -huge, staff.pk])
    assert list(found) == [staff]
    assert not User.objects.filter(pk__in=[huge]).exists()
    assert User.objects.exclude(pk__in=[huge]).filter(pk=staff.pk).exists()


@pytest.mark.parametrize("each", ADMINS, ids=lambda each: each.opts.label)
def test_a_list_asked_for_nonsense_is_the_whole_list(desk, each):
    url = address(each, "changelist")
    answer = desk.get(url, {"e": "1", "nonsense__in": "x"})
    if answer.status_code != 403:
        assert (answer.status_code, answer.headers.get("Location")) == (302, url)
