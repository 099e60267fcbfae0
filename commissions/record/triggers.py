"""Triggers that make the public record append-only, on both databases.

An entry may be inserted; the database itself refuses to change or delete one,
whoever asks: the admin, a shell, a faulty migration.
"""

from django.db import connections

TABLE = "commissions_entry"
REFUSAL = "The public record is append-only: add a new entry instead."

INSTALL = {
    "sqlite": [
        f"""
        CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{act.lower()}
        BEFORE {act} ON {TABLE}
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
        """
        for act in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        f"""
        CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger AS $$
        BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'check_violation'; END
        $$ LANGUAGE plpgsql
        """,
        f"""
        CREATE OR REPLACE TRIGGER {TABLE}_append_only
        BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()
        """,
    ],
}
REMOVE = {
    "sqlite": [
        f"DROP TRIGGER IF EXISTS {TABLE}_no_{act}" for act in ("update", "delete")
    ],
    "postgresql": [f"DROP TRIGGER IF EXISTS {TABLE}_append_only ON {TABLE}"],
}


def run(statements, table, using):
    """Run one engine's statements, where the guarded table is there."""
    connection = connections[using]
    if table not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)


def restore(using="default", **signal):
    """Put the guards in place; safe to run again."""
    run(INSTALL, TABLE, using)


def lift(using="default"):
    """Take the guards away, to empty a test database or to remove the table."""
    run(REMOVE, TABLE, using)
