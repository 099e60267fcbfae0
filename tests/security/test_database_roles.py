"""Under the role that serves the portal, nobody lifts the guard of the record."""

from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from commissions.models import Entry, Kind
from commissions.record import triggers
from tests import make

ROLE = "portal_serves_in_tests"


@pytest.fixture
def lesser(db):
    """Make the role, as README.md says, and grant it what it needs."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DO $$ BEGIN CREATE ROLE {ROLE} NOLOGIN; EXCEPTION WHEN duplicate_object "
            "THEN NULL; END $$"
        )
    call_command("grant_role", ROLE, verbosity=0)


@contextmanager
def serving():
    """Act as the role that serves the portal."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {ROLE}")
        try:
            yield cursor
        finally:
            cursor.execute("RESET ROLE")


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "act",
    [
        f"UPDATE {triggers.TABLE} SET kind = 'contract.signed'",
        f"DELETE FROM {triggers.TABLE}",
        f"TRUNCATE {triggers.TABLE}",
        f"TRUNCATE {triggers.TABLE} CASCADE",
        f"DROP TRIGGER {triggers.TABLE}_append_only ON {triggers.TABLE}",
        f"ALTER TABLE {triggers.TABLE} DISABLE TRIGGER ALL",
        f"ALTER TABLE {triggers.TABLE} ALTER COLUMN recorded_at DROP DEFAULT",
        f"DROP TABLE {triggers.TABLE}",
        f"""CREATE OR REPLACE FUNCTION {triggers.TABLE}_append_only() RETURNS trigger
        AS 'BEGIN RETURN NEW; END' LANGUAGE plpgsql""",
        f"SELECT SETVAL(PG_GET_SERIAL_SEQUENCE('{triggers.TABLE}', 'id'), 1)",
        f"ALTER SEQUENCE {triggers.TABLE}_id_seq RESTART WITH 1",
        "SET session_replication_role = 'replica'",
        "CREATE TABLE public.another (id int)",
        "DELETE FROM django_migrations",
        "ALTER TABLE consultations_sectiontext DISABLE TRIGGER ALL",
        "TRUNCATE consultations_draft CASCADE",
    ],
)
def test_the_role_that_serves_cannot_lift_the_guard(lesser, act):
    kept = Entry.objects.append(Kind.COMMISSION_CHANGED, make.commission(), by="import")
    refused = pytest.raises(DatabaseError, match=r"permission denied|must be owner")
    with serving() as cursor, refused, transaction.atomic():
        cursor.execute(act)
    assert Entry.objects.get() == kept


@pytest.mark.postgresql
def test_the_role_that_serves_is_no_member_of_the_one_that_owns(lesser):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(%s, tableowner, 'MEMBER') FROM pg_tables "
            "WHERE tablename = %s",
            [ROLE, triggers.TABLE],
        )
        assert cursor.fetchone() == (False,)


@pytest.mark.postgresql
def test_the_role_that_serves_publishes_reads_and_erases(lesser, client):
    commission = make.draft_commission()
    with serving():
        commission.publish(by=commission.post)
        assert client.get(commission.get_absolute_url()).status_code == 200
        assert client.get("/readyz").status_code == 200
        call_command("worker", once=True)
        call_command("rebuild_search", verbosity=0)
    assert Entry.objects.filter(kind=Kind.COMMISSION_PUBLISHED).exists()


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("role", "why"), [("postgres", "superuser"), ("nobody_of_this_name", "no role")]
)
def test_a_role_that_cannot_be_bound_is_refused(db, role, why):
    with pytest.raises(CommandError, match=why):
        call_command("grant_role", role)


@pytest.mark.sqlite
def test_on_sqlite_there_are_no_roles(db):
    with pytest.raises(CommandError, match="Only PostgreSQL"):
        call_command("grant_role", "portal")
