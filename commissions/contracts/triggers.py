"""Triggers for rules across rows, which no constraint of one row can hold.

The weights of one set of award criteria come to 100 per cent at most; no two
ratings of one indicator cover the same day; a contract that was only proposed
is neither changed nor rated nor ended. The model and the verb say so in a
sentence first: these speak only where somebody goes round them, or is second.

They are sound under many writers. On SQLite one transaction writes at a time.
On PostgreSQL each takes the row above (the tender, the indicator, the contract)
before it looks, so that the second waits, and then sees what the first committed
(in READ COMMITTED, in which the portal runs).

SQLite asks after each row, not after each statement: who shifts weight from one
criterion to another in one statement takes the weights away first
(`ocds.applying`). A trigger that names another table stops SQLite from
rebuilding that table, so all are lifted before a migration and put back after.
"""

from dataclasses import dataclass

from commissions.contracts.models import UNSIGNED
from commissions.procurement.tender import WHOLE
from commissions.record import triggers

CONTRACT = "commissions_contract"
STATES = ", ".join(f"'{state}'" for state in sorted(UNSIGNED))
PROPOSED = "A contract that is only proposed is signed before anything else happens."


@dataclass(frozen=True)
class TriggerRule:
    """One trigger: on what, before or after which act, and what it refuses.

    `refused` is a condition on NEW (and OLD) in the SQL that both engines know;
    `above` is the table and the key of the row that is taken first.
    """

    name: str
    table: str
    when: str
    refused: str
    says: str
    above: tuple[str, str]


def unsigned_contract(key):
    """Return the condition that a contract was never signed."""
    return (
        f"EXISTS (SELECT 1 FROM {CONTRACT} c WHERE c.id = {key} "
        f"AND c.signed_on IS NULL AND c.status IN ({STATES}))"
    )


RULES = (
    *(
        TriggerRule(
            f"criteria_weigh_100_per_cent_at_most_{number}",
            "commissions_awardcriterion",
            f"AFTER {act}",
            "(SELECT ROUND(SUM(weight), 2) FROM commissions_awardcriterion r "
            "WHERE r.tender_id = NEW.tender_id "
            f"AND COALESCE(r.lot_id, 0) = COALESCE(NEW.lot_id, 0)) > {WHOLE}",
            "The criteria of one set weigh 100 per cent at most.",
            ("commissions_tender", "NEW.tender_id"),
        )
        for number, act in enumerate(("INSERT", "UPDATE OF weight, lot_id, tender_id"))
    ),
    *(
        TriggerRule(
            f"rated_periods_do_not_overlap_{number}",
            "commissions_rating",
            f"AFTER {act}",
            "EXISTS (SELECT 1 FROM commissions_rating r "
            "WHERE r.indicator_id = NEW.indicator_id AND r.id <> NEW.id "
            "AND r.starts_on <= NEW.ends_on AND r.ends_on >= NEW.starts_on)",
            "An indicator is rated once for each day.",
            ("commissions_indicator", "NEW.indicator_id"),
        )
        for number, act in enumerate(
            ("INSERT", "UPDATE OF starts_on, ends_on, indicator_id")
        )
    ),
    TriggerRule(
        "rating_is_of_a_signed_contract",
        "commissions_rating",
        "BEFORE INSERT",
        unsigned_contract(
            "(SELECT contract_id FROM commissions_indicator i "
            "WHERE i.id = NEW.indicator_id)"
        ),
        PROPOSED,
        ("commissions_indicator", "NEW.indicator_id"),
    ),
    TriggerRule(
        "amendment_is_of_a_signed_contract",
        "commissions_amendment",
        "BEFORE INSERT",
        unsigned_contract("NEW.contract_id"),
        PROPOSED,
        (CONTRACT, "NEW.contract_id"),
    ),
    TriggerRule(
        "extension_used_is_of_a_signed_contract",
        "commissions_extension",
        "BEFORE UPDATE OF used_on",
        f"NEW.used_on IS NOT NULL AND {unsigned_contract('NEW.contract_id')}",
        PROPOSED,
        (CONTRACT, "NEW.contract_id"),
    ),
    TriggerRule(
        "contract_that_ended_was_signed",
        CONTRACT,
        "BEFORE UPDATE OF ended_on",
        "NEW.ended_on IS NOT NULL AND OLD.signed_on IS NULL "
        f"AND OLD.status IN ({STATES})",
        PROPOSED,
        (CONTRACT, "OLD.id"),
    ),
)


def sqlite(rule):
    """Return SQLite's trigger for a rule."""
    return [
        f"CREATE TRIGGER IF NOT EXISTS {rule.name} {rule.when} ON {rule.table} "
        f"WHEN {rule.refused} BEGIN SELECT RAISE(ABORT, '{rule.says}'); END"
    ]


def postgresql(rule):
    """Return PostgreSQL's function and trigger for a rule."""
    table, key = rule.above
    return [
        f"""
        CREATE OR REPLACE FUNCTION {rule.name}() RETURNS trigger AS $$
        BEGIN
          PERFORM 1 FROM {table} a WHERE a.id = {key} FOR NO KEY UPDATE;
          IF {rule.refused} THEN
            RAISE EXCEPTION '{rule.says}' USING ERRCODE = 'check_violation';
          END IF;
          RETURN NEW;
        END
        $$ LANGUAGE plpgsql
        """,
        f"CREATE OR REPLACE TRIGGER {rule.name} {rule.when} ON {rule.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {rule.name}()",
    ]


def create_trigger(rule):
    """Return what puts one rule in place, by engine."""
    return {"sqlite": sqlite(rule), "postgresql": postgresql(rule)}


def drop_trigger(rule):
    """Return what takes one rule away, by engine."""
    name = f"DROP TRIGGER IF EXISTS {rule.name}"
    return {"sqlite": [name], "postgresql": [f"{name} ON {rule.table}"]}


def restore(using="default", **signal):
    """Put the triggers in place; safe to run again."""
    for rule in RULES:
        triggers.run(create_trigger(rule), rule.table, using)


def lift(using="default", **signal):
    """Take the triggers away, so that a migration may rebuild their tables."""
    for rule in RULES:
        triggers.run(drop_trigger(rule), rule.table, using)
