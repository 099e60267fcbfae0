"""Triggers that freeze a published draft, on both databases.

Comments are tied to the words they were made on, so the database itself
refuses to change or delete a published version or any of its sections.
"""

from commissions.record import triggers

DRAFT = "consultations_draft"
TEXT = "consultations_sectiontext"
REFUSAL = "A published draft is frozen: publish a new version instead."

PUBLISHED = {
    DRAFT: "OLD.published_at IS NOT NULL",
    TEXT: f"(SELECT published_at FROM {DRAFT} WHERE id = OLD.draft_id) IS NOT NULL",
}


def sqlite(table):
    """Return SQLite's triggers for one table."""
    return [
        f"""
        CREATE TRIGGER IF NOT EXISTS {table}_frozen_{act.lower()}
        BEFORE {act} ON {table} WHEN {PUBLISHED[table]}
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
        """
        for act in ("UPDATE", "DELETE")
    ]


def postgresql(table):
    """Return PostgreSQL's trigger for one table."""
    return [
        f"""
        CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger AS $$
        BEGIN
          IF {PUBLISHED[table]} THEN
            RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'check_violation';
          END IF;
          IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
          RETURN NEW;
        END
        $$ LANGUAGE plpgsql
        """,
        f"""
        CREATE OR REPLACE TRIGGER {table}_frozen
        BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_refuse()
        """,
    ]


INSTALL = {
    "sqlite": sqlite(DRAFT) + sqlite(TEXT),
    "postgresql": postgresql(DRAFT) + postgresql(TEXT),
}
REMOVE = {
    "sqlite": [
        f"DROP TRIGGER IF EXISTS {table}_frozen_{act}"
        for table in (DRAFT, TEXT)
        for act in ("update", "delete")
    ],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS {table}_frozen ON {table}" for table in (DRAFT, TEXT)
    ],
}


def restore(using="default", **signal):
    """Put the guards in place; safe to run again."""
    triggers.run(INSTALL, TEXT, using)


def lift(using="default"):
    """Take the guards away, to empty a test database."""
    triggers.run(REMOVE, TEXT, using)
