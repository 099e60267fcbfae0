"""Triggers that freeze a published draft, on both databases.

Comments are tied to the words they were made on, so the database itself
refuses to change or delete a published version, and to add, change, move or
delete any of its sections, what they came from, and what it left out.
"""

from commissions.record import triggers

DRAFT = "consultations_draft"
TEXT = "consultations_sectiontext"
ORIGIN = "consultations_sectiontext_came_from"
REMOVED = "consultations_removedsection"
REFUSAL = "A published draft is frozen: publish a new version instead."

DRAFT_OF = {
    DRAFT: "{}.id",
    TEXT: "{}.draft_id",
    ORIGIN: f"(SELECT t.draft_id FROM {TEXT} t WHERE t.id = {{}}.from_sectiontext_id)",
    REMOVED: "{}.draft_id",
}
"""Where each guarded table names its draft, in OLD or NEW."""

ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


def guarded(table):
    """Return each act that is refused on a table, with the rows it touches.

    A draft itself may be made public, in one act with its words or after them.
    """
    if table == DRAFT:
        return {"UPDATE": ("OLD",), "DELETE": ("OLD",)}
    return ROWS


def is_frozen(table, rows):
    """Return the condition that one of the rows is of a published draft."""
    drafts = ", ".join(DRAFT_OF[table].format(row) for row in rows)
    return (
        f"EXISTS (SELECT 1 FROM {DRAFT} d WHERE d.id IN ({drafts}) "
        "AND d.published_at IS NOT NULL)"
    )


def sqlite(table):
    """Return SQLite's triggers for one table."""
    return [
        f"""
        CREATE TRIGGER IF NOT EXISTS {table}_frozen_{act.lower()}
        BEFORE {act} ON {table} WHEN {is_frozen(table, rows)}
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
        """
        for act, rows in guarded(table).items()
    ]


def postgresql(table):
    """Return PostgreSQL's triggers for one table.

    A writer of sections takes the draft first, so that it waits for who is just
    publishing it, and then sees that it is public.
    """
    made = []
    for act, rows in guarded(table).items():
        drafts = ", ".join(DRAFT_OF[table].format(row) for row in rows)
        wait = f"PERFORM 1 FROM {DRAFT} d WHERE d.id IN ({drafts}) FOR SHARE;"
        name = f"{table}_frozen_{act.lower()}"
        made += [
            f"""
            CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$
            BEGIN
              {wait if table != DRAFT else ""}
              IF {is_frozen(table, rows)} THEN
                RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'check_violation';
              END IF;
              RETURN {"OLD" if act == "DELETE" else "NEW"};
            END
            $$ LANGUAGE plpgsql
            """,
            f"""
            CREATE OR REPLACE TRIGGER {name} BEFORE {act} ON {table}
            FOR EACH ROW EXECUTE FUNCTION {name}()
            """,
        ]
    return [*made, *never_emptied(table)]


def never_emptied(table):
    """Return PostgreSQL's trigger against TRUNCATE, which asks no row."""
    return [
        f"""
        CREATE OR REPLACE FUNCTION {table}_frozen_truncate() RETURNS trigger AS $$
        BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'check_violation'; END
        $$ LANGUAGE plpgsql
        """,
        f"""
        CREATE OR REPLACE TRIGGER {table}_frozen_truncate BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION {table}_frozen_truncate()
        """,
    ]


def removed(table):
    """Return what takes the triggers of one table away, by engine."""
    drop = [f"DROP TRIGGER IF EXISTS {table}_frozen_{act.lower()}" for act in ROWS]
    truncate = f"DROP TRIGGER IF EXISTS {table}_frozen_truncate"
    return {
        "sqlite": drop,
        "postgresql": [f"{one} ON {table}" for one in [*drop, truncate]],
    }


def restore(using="default", **signal):
    """Put the guards in place; safe to run again."""
    for table in DRAFT_OF:
        made = {"sqlite": sqlite(table), "postgresql": postgresql(table)}
        triggers.run(made, table, using)


def lift(using="default"):
    """Take the guards away, to empty a test database."""
    for table in DRAFT_OF:
        triggers.run(removed(table), table, using)
