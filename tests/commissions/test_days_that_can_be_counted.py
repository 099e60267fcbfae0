"""No row holds a day that no clock can count, and none such stops a page."""

import contextlib
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import DateField, DateTimeField

from commissions.fields import YEARS, Countable
from commissions.law.deadlines import RULES, Holidays, UncountableDate, count
from commissions.models import Tender
from tests import make
from tests.crawl import crawl, route_of

ABSURD = [date(1, 1, 1), date(1971, 12, 31), date(2200, 1, 1), date(9999, 12, 31)]
SHOWN_ONLY = {
    "commissions.Area.ended_on",
    "commissions.Organisation.founded_on",
    "commissions.Organisation.dissolved_on",
}
"""Days that no clock counts from: a council may be older than 1972."""
OURS = [
    model
    for app in ("commissions", "consultations")
    for model in apps.get_app_config(app).get_models()
]
DATED = [
    field
    for model in OURS
    for field in model._meta.fields
    if isinstance(field, Countable)
]


def named(field):
    return f"{field.model._meta.label}.{field.name}"


def test_every_day_that_people_or_notices_give_is_one_that_can_be_counted():
    days = [
        named(field)
        for model in OURS
        for field in model._meta.fields
        if isinstance(field, DateField) and not isinstance(field, DateTimeField)
    ]
    assert set(days) - SHOWN_ONLY == {
        named(f) for f in DATED if not isinstance(f, DateTimeField)
    }


@pytest.mark.parametrize("field", DATED, ids=named)
@pytest.mark.django_db
def test_the_column_refuses_it_and_the_form_says_so(field):
    for day in ABSURD:
        value = day
        if isinstance(field, DateTimeField):
            value = datetime(day.year, day.month, day.day, tzinfo=UTC)
        with pytest.raises(ValidationError) as refusal:
            field.run_validators(value)
        assert refusal.value.messages == [YEARS]
    with connection.cursor() as cursor:
        table = field.model._meta.db_table
        kept = connection.introspection.get_constraints(cursor, table)
    assert {field.column} in [set(c["columns"]) for c in kept.values() if c["check"]]


ROWS = {
    "commission": (make.commission, ("starts_on", "ends_on", "window_closes_at")),
    "contract": (
        make.contract,
        ("signed_on", "starts_on", "ends_on", "latest_end_on", "review_on"),
    ),
    "decision": (make.decision, ("due_on", "due_until", "second_notice_on")),
    "consultation": (make.consultation, ("opens_at", "closes_at", "response_due_on")),
    "notice": (make.notice, ("published_at",)),
}


@pytest.mark.parametrize(("noun", "name"), [(n, f) for n in ROWS for f in ROWS[n][1]])
@pytest.mark.parametrize("day", [ABSURD[0], ABSURD[-1]], ids=str)
@pytest.mark.django_db
def test_the_database_refuses_it_in_a_row_that_is_there(noun, name, day):
    row = ROWS[noun][0]()
    if isinstance(row._meta.get_field(name), DateTimeField):
        day = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**{name: day})


@pytest.mark.parametrize("rule", sorted(RULES))
@pytest.mark.parametrize("day", ABSURD, ids=str)
def test_a_clock_says_from_which_day_it_cannot_count(rule, day):
    with pytest.raises(UncountableDate, match=f"cannot count from {day}: give a day"):
        count(rule, day, Holidays("england", frozenset()))


@pytest.mark.parametrize("rule", sorted(RULES))
@pytest.mark.parametrize("day", [date(1972, 1, 1), date(2199, 12, 31)], ids=str)
def test_every_clock_counts_from_the_first_and_the_last_day(rule, day):
    assert count(rule, day, Holidays("england", frozenset())).date


def move(row, day):
    """Move every day of a row to the edge, as far as its rules let it."""
    for field in row._meta.fields:
        if isinstance(field, Countable) and field.name != "published_at":
            value = day
            if isinstance(field, DateTimeField):
                value = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
            with contextlib.suppress(IntegrityError), transaction.atomic():
                type(row).objects.filter(pk=row.pk).update(**{field.name: value})


@pytest.mark.parametrize("day", [date(1972, 1, 1), date(2199, 12, 31)], ids=str)
@pytest.mark.parametrize("law", ["procurement_act", "psr"])
@pytest.mark.django_db
def test_a_row_at_the_edge_stops_no_page_list_file_or_feed(client, law, day):
    commission = make.commission(regime=law, route="psr_c" if law == "psr" else "open")
    make.contract(
        commission=commission,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        options=[date(2027, 12, 31)],
        amount=9_000_000,
    ).measure("Visits on time", by="tests")
    commission.awards.create(award_id="1", decided_on=day, standstill_ends_on=day)
    Tender.objects.create(commission=commission, title="Care").lots.create(lot_id="1")
    make.notice(commission=commission)
    make.decision(committee=make.committee(), post=None)
    make.consultation(
        draft=make.draft(specification=make.specification(commission=commission))
    )
    make.service()
    for model in OURS:
        for row in model.objects.all():
            move(row, day)

    def visit(url):
        answer = client.get(url)
        body = b"".join(answer.streaming_content if answer.streaming else answer)
        page = "html" in answer.get("Content-Type", "")
        return answer, body.decode() if page else None

    answers = crawl(visit, most=1)
    assert len(answers) > 80
    assert {
        url: a.status_code for url, a in answers.items() if a.status_code > 499
    } == {}
    assert any("/contracts/" in url and route_of(url) for url in answers)
