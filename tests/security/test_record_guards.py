"""The database guards the record, whoever asks and past every model."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from commissions.models import Entry, Kind
from commissions.record import triggers
from commissions.record.models import canonical
from tests import make
from tests.conftest import TELLS_OF_NOW

pytestmark = pytest.mark.django_db

BODY = {
    "at": "2026-07-01T10:00:00.000000+00:00",
    "by": "import",
    "facts": {},
    "kind": "notice.received",
    "subject": "commission/1",
}
ROW = {
    "at": "2026-07-01 10:00:00+00:00",
    "kind": "notice.received",
    "subject": "commission/1",
    "commission": "",
    "body": canonical(BODY),
}
if connection.vendor == "sqlite":
    ROW["at"] = "2026-07-01 10:00:00"


def insert(verb="INSERT", **values):
    """Insert an entry in plain SQL, as a shell would."""
    row = ROW | values
    marks = ", ".join(["%s"] * len(row))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"{verb} INTO {triggers.TABLE} ({', '.join(row)}) VALUES ({marks})",
            list(row.values()),
        )


def entry():
    return Entry.objects.append(Kind.COMMISSION_CHANGED, make.commission(), by="import")


def test_an_entry_inserted_in_plain_sql_is_taken_where_it_says_what_it_should():
    insert()
    assert Entry.objects.get().facts == {}


@pytest.mark.sqlite
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_replace_changes_no_entry_whatever_the_connection_is_set_to(recursive):
    kept = entry()
    connection.cursor().execute(f"PRAGMA recursive_triggers={recursive}")
    try:
        with pytest.raises(DatabaseError, match="append-only"):
            insert("REPLACE", id=kept.pk)
        with pytest.raises(DatabaseError, match="append-only"):
            insert("INSERT OR REPLACE", id=kept.pk)
    finally:
        connection.cursor().execute("PRAGMA recursive_triggers=ON")
    assert Entry.objects.get().body == kept.body


@pytest.mark.sqlite
def test_every_connection_sees_what_replace_deletes_and_keeps_the_last_commit():
    with connection.cursor() as cursor:
        for pragma, value in (("recursive_triggers", 1), ("synchronous", 2)):
            cursor.execute(f"PRAGMA {pragma}")
            assert cursor.fetchone() == (value,)


@pytest.mark.parametrize("ahead", [-10, -1, 0, 1, 1_000_000])
def test_an_entry_is_not_numbered_by_hand(ahead):
    """Not before the others, not in the place of one, not far ahead of them."""
    entry(), entry()
    number = Entry.objects.latest("pk").pk
    number = -5 if ahead == -10 else number + ahead + (ahead > 0)
    with pytest.raises(DatabaseError):
        insert(id=number)
    assert Entry.objects.count() == 2


def test_the_time_of_an_entry_is_the_databases_own():
    before = timezone.now() - timedelta(seconds=1)
    recorded = Entry.objects.get(pk=entry().pk).recorded_at
    assert before < recorded < timezone.now() + timedelta(seconds=1)


@pytest.mark.parametrize("days", [-400, -1, 1])
def test_an_entry_cannot_say_when_it_was_put_there(days):
    said = timezone.now() + timedelta(days=days)
    with pytest.raises(DatabaseError, match="dates its entries"):
        insert(recorded_at=said.strftime("%Y-%m-%d %H:%M:%S"))
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "contract.signed"},
        {"subject": "commission/2"},
        {"commission": "2"},
        {"at": "2026-07-02 10:00:00"},
        {"body": "no JSON"},
        {"body": canonical(BODY | {"at": "2026-06-01T10:00:00.000000+00:00"})},
    ],
)
def test_the_columns_of_an_entry_say_what_its_body_says(other):
    with pytest.raises(DatabaseError):
        insert(**other)
    assert not Entry.objects.exists()


@pytest.fixture
def in_use(monkeypatch):
    """Put the rule in place that other tests are spared: an entry tells of now."""
    monkeypatch.setattr(triggers, "PRESENT_ONLY", TELLS_OF_NOW)
    triggers.restore()
    yield
    triggers.run(triggers.drop(TELLS_OF_NOW), triggers.TABLE, "default")


@pytest.mark.usefixtures("in_use")
@pytest.mark.parametrize("hours", [-24 * 400, -2, 2, 24 * 30])
def test_an_entry_is_not_dated_back_or_ahead_by_a_verb(hours):
    commission = make.commission()
    at = timezone.now() + timedelta(hours=hours)
    with pytest.raises(DatabaseError, match="dated back"), transaction.atomic():
        Entry.objects.append(Kind.COMMISSION_CHANGED, commission, by="import", at=at)
    assert not Entry.objects.exists()


@pytest.mark.usefixtures("in_use")
def test_a_demonstration_tells_of_the_past_while_it_loads_and_shows_when_it_did():
    long_ago = timezone.now() - timedelta(days=400)
    commission = make.commission()
    with triggers.past_may_be_told():
        Entry.objects.append(
            Kind.COMMISSION_CHANGED, commission, by="demo", at=long_ago
        )
    told = Entry.objects.get()
    assert json.loads(told.body)["at"] == long_ago.isoformat(timespec="microseconds")
    assert told.recorded_at > timezone.now() - timedelta(minutes=1)
    with pytest.raises(DatabaseError, match="dated back"), transaction.atomic():
        Entry.objects.append(
            Kind.COMMISSION_CHANGED, commission, by="demo", at=long_ago
        )


@pytest.mark.usefixtures("in_use")
def test_many_entries_at_once_are_numbered_and_dated_too():
    acts = [(Kind.COMMISSION_CHANGED, make.commission(), "import", {})] * 3
    Entry.objects.append_all(acts)
    first, second, third = Entry.objects.order_by("pk")
    assert (second.pk, third.pk) == (first.pk + 1, first.pk + 2)
    assert first.recorded_at == third.recorded_at
