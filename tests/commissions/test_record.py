"""The public record: append-only, canonical, without names."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from commissions.models import Entry, Kind
from tests import make

pytestmark = pytest.mark.django_db


def append(**facts):
    return Entry.objects.append(
        Kind.COMMISSION_CHANGED, make.commission(), by="import", **facts
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda: Entry.objects.update(kind="notice.received"),
        lambda: Entry.objects.all()._raw_delete("default"),
        lambda: connection.cursor().execute("DELETE FROM commissions_entry"),
    ],
)
def test_database_refuses_to_change_or_delete_an_entry(change):
    append()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change()
    assert Entry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_record_still_refuses_after_a_test_database_was_emptied():
    append()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.update(kind="notice.received")


def test_entry_is_canonical_json_that_repeats_its_columns():
    commission = make.commission(reference="2026-0007")
    entry = Entry.objects.append(
        Kind.COMMISSION_CHANGED, commission, by="import", title="Café", fields=["need"]
    )
    assert entry.body == (
        f'{{"at":"{entry.at.isoformat(timespec="microseconds")}","by":"import",'
        '"commission":"2026-0007","facts":{"fields":["need"],"title":"Café"},'
        '"kind":"commission.changed","subject":"commission/2026-0007"}'
    )
    assert (entry.subject, entry.commission) == ("commission/2026-0007", "2026-0007")


def test_entry_names_a_post_and_never_the_person_in_it():
    tenure = make.tenure()
    person = tenure.commissioner
    tenure.post.vacate(on=tenure.started_on.replace(year=2026), by=tenure.post)
    body = Entry.objects.get().body
    assert json.loads(body)["by"] == tenure.post.record_name
    assert person.name not in body
    assert person.slug not in body


def test_staff_account_is_never_named_in_an_entry():
    user = make.staff(username="jo.bloggs@example.org")
    entry = Entry.objects.append(Kind.COMMISSION_CHANGED, make.commission(), by=user)
    assert entry.by == "staff"
    assert "bloggs" not in entry.body


def test_entry_too_long_for_a_bundle_is_refused_in_a_sentence():
    with pytest.raises(ValidationError, match="too long for the public record"):
        append(reason="é" * 33_000)
    assert Entry.objects.count() == 0
