"""Triggers that let nobody change an act of staff, nor delete one before its time."""

from commissioning_portal.staff_trail.models import KEPT_FOR, StaffAct
from commissions.record import triggers

TABLE = "commissioning_portal_staffact"
REFUSAL = "What staff did is kept as it was, and as long as the privacy page says."
DAYS = KEPT_FOR.days

MADE = {
    "sqlite": [
        f"""
        CREATE TRIGGER IF NOT EXISTS {TABLE}_no_update BEFORE UPDATE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
        """,
        f"""
        CREATE TRIGGER IF NOT EXISTS {TABLE}_no_delete BEFORE DELETE ON {TABLE}
        WHEN JULIANDAY(OLD.at) > JULIANDAY('NOW') - {DAYS}
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
        """,
    ],
    "postgresql": [
        f"""
        CREATE OR REPLACE FUNCTION {TABLE}_kept() RETURNS trigger AS $$
        BEGIN
          IF TG_OP = 'UPDATE' OR OLD.at > NOW() - INTERVAL '{DAYS} days' THEN
            RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'check_violation';
          END IF;
          RETURN OLD;
        END
        $$ LANGUAGE plpgsql
        """,
        f"""
        CREATE OR REPLACE TRIGGER {TABLE}_kept BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION {TABLE}_kept()
        """,
    ],
}
REMOVED = {
    "sqlite": [
        f"DROP TRIGGER IF EXISTS {TABLE}_no_update",
        f"DROP TRIGGER IF EXISTS {TABLE}_no_delete",
    ],
    "postgresql": [f"DROP TRIGGER IF EXISTS {TABLE}_kept ON {TABLE}"],
}


def restore(using="default", **signal):
    """Put the guards in place; safe to run again."""
    triggers.run(MADE, StaffAct._meta.db_table, using)


def lift(using="default"):
    """Take the guards away, to empty a test database."""
    triggers.run(REMOVED, StaffAct._meta.db_table, using)
