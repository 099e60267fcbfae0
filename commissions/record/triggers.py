"""Triggers that make the public record append-only, on both databases.

An entry may be inserted, at the end and now; the database itself refuses to
change, replace or delete one, to number one by hand, to date one back, or to
let its columns say anything but its body, whoever asks: the admin, a shell, a
faulty migration.

An entry has two times. `at`, in its body, is when the act was done, as the verb
says. `recorded_at` is the database's own clock as the row came, and no one else
may give it. They differ by an hour at most (a long import is one transaction),
but while a demonstration is loaded, which tells of acts long past: see
`past_may_be_told`. There `recorded_at` still says when it was told.

What SQLite cannot stop: somebody who may open the file can drop a trigger. On
PostgreSQL the portal runs under a role that cannot: see `record.roles`.
"""

from contextlib import contextmanager

from django.db import connections

TABLE = "commissions_entry"
REFUSAL = "The public record is append-only: add a new entry instead."
NUMBERED = "The public record is append-only: the database numbers its entries."
DATED = "The public record is append-only: the database dates its entries."
AGREES = "An entry of the public record says in its columns what its body says."
PRESENT = "An entry of the public record tells of now: it is not dated back or ahead."
APART = 3_600  # seconds between an act and its entry

COLUMNS = ("kind", "subject", "commission")  # beside the body, and in it


def sqlite(name, when, refused, says):
    """Return SQLite's trigger for one rule, with the name it goes by."""
    return (
        f"{TABLE}_{name}",
        f"""
        CREATE TRIGGER IF NOT EXISTS {TABLE}_{name} {when} ON {TABLE} WHEN {refused}
        BEGIN SELECT RAISE(ABORT, '{says}'); END
        """,
    )


def postgresql(name, when, refused, says, each="ROW"):
    """Return PostgreSQL's function and trigger for one rule, with its name."""
    return (
        f"{TABLE}_{name}",
        f"""
        CREATE OR REPLACE FUNCTION {TABLE}_{name}() RETURNS trigger AS $$
        BEGIN
          IF {refused} THEN
            RAISE EXCEPTION '{says}' USING ERRCODE = 'check_violation';
          END IF;
          RETURN NEW;
        END
        $$ LANGUAGE plpgsql;
        CREATE OR REPLACE TRIGGER {TABLE}_{name} {when} ON {TABLE}
        FOR EACH {each} EXECUTE FUNCTION {TABLE}_{name}()
        """,
    )


def disagrees(said, at):
    """Return the condition that a column says something else than the body."""
    others = (f"NEW.{name} <> COALESCE({said.format(name)}, '')" for name in COLUMNS)
    return " OR ".join([*others, at])


ALWAYS = {
    "sqlite": [
        sqlite("no_update", "BEFORE UPDATE", "TRUE", REFUSAL),
        sqlite("no_delete", "BEFORE DELETE", "TRUE", REFUSAL),
        # REPLACE deletes without asking, unless recursive_triggers is on, which a
        # shell may leave off: so the row that would be replaced is looked for.
        sqlite(
            "no_replace",
            "BEFORE INSERT",
            f"EXISTS (SELECT 1 FROM {TABLE} e WHERE e.id = NEW.id)",
            REFUSAL,
        ),
        # Numbers have no gaps here: what is rolled back gives its number back.
        sqlite(
            "numbered",
            "AFTER INSERT",
            f"NEW.id < 1 OR EXISTS (SELECT 1 FROM {TABLE} e WHERE e.id > NEW.id) OR "
            f"NEW.id <> 1 + COALESCE((SELECT MAX(id) FROM {TABLE} e WHERE e.id < NEW.id),"
            f" (SELECT seq FROM sqlite_sequence WHERE name = '{TABLE}'), 0)",
            NUMBERED,
        ),
        # The clock stands still while a statement runs.
        sqlite(
            "dated",
            "BEFORE INSERT",
            "NEW.recorded_at IS NOT STRFTIME('%Y-%m-%d %H:%M:%f', 'NOW')",
            DATED,
        ),
        sqlite(
            "agrees",
            "BEFORE INSERT",
            disagrees(
                "JSON_EXTRACT(NEW.body, '$.{}')",
                "JULIANDAY(NEW.at) IS NOT JULIANDAY(JSON_EXTRACT(NEW.body, '$.at'))",
            ),
            AGREES,
        ),
    ],
    "postgresql": [
        postgresql(
            "append_only",
            "BEFORE UPDATE OR DELETE OR TRUNCATE",
            "TRUE",
            REFUSAL,
            each="STATEMENT",
        ),
        postgresql(
            "numbered",
            "BEFORE INSERT",
            f"NEW.id <> CURRVAL(PG_GET_SERIAL_SEQUENCE('{TABLE}', 'id'))",
            NUMBERED,
        ),
        postgresql(
            "dated",
            "BEFORE INSERT",
            "NEW.recorded_at IS DISTINCT FROM STATEMENT_TIMESTAMP()",
            DATED,
        ),
        postgresql(
            "agrees",
            "BEFORE INSERT",
            disagrees(
                "NEW.body::json ->> '{}'",
                "NEW.at IS DISTINCT FROM (NEW.body::json ->> 'at')::timestamptz",
            ),
            AGREES,
        ),
    ],
}
"""Each engine's rules, as (name, what puts it in place)."""

PRESENT_ONLY = {
    "sqlite": [
        sqlite(
            "tells_of_now",
            "BEFORE INSERT",
            f"ABS(JULIANDAY(NEW.at) - JULIANDAY('NOW')) > {APART} / 86400.0",
            PRESENT,
        )
    ],
    "postgresql": [
        postgresql(
            "tells_of_now",
            "BEFORE INSERT",
            f"ABS(EXTRACT(EPOCH FROM NEW.at - STATEMENT_TIMESTAMP())) > {APART}",
            PRESENT,
        )
    ],
}
"""The rule that is lifted while a demonstration is loaded, alone."""


def run(statements, table, using):
    """Run one engine's statements, where the guarded table is there."""
    connection = connections[using]
    if table not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)


def put(rules):
    """Return what puts rules in place, by engine."""
    return {vendor: [rule for _, rule in each] for vendor, each in rules.items()}


def drop(rules):
    """Return what takes rules away, by engine."""
    ends = {"sqlite": "", "postgresql": f" ON {TABLE}"}
    return {
        vendor: [f"DROP TRIGGER IF EXISTS {name}{ends[vendor]}" for name, _ in each]
        for vendor, each in rules.items()
    }


def restore(using="default", **signal):
    """Put the guards in place; safe to run again."""
    for rules in (ALWAYS, PRESENT_ONLY):
        run(put(rules), TABLE, using)


def lift(using="default"):
    """Take the guards away, to empty a test database or to remove the table."""
    for rules in (ALWAYS, PRESENT_ONLY):
        run(drop(rules), TABLE, using)


@contextmanager
def past_may_be_told(using="default"):
    """Let verbs say that they were done long ago: a demonstration tells of years.

    For who owns the table alone, inside a transaction. `recorded_at` stays the
    database's, so that what was told afterwards can always be known.
    """
    run(drop(PRESENT_ONLY), TABLE, using)
    try:
        yield
    finally:
        run(put(PRESENT_ONLY), TABLE, using)
