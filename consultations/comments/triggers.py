"""Triggers that hold comments to what was approved, on both databases.

The database itself refuses a step between states that no verb makes, to make
public what its sender has not confirmed or has withdrawn, and to change approved
words, a name or a file without approving the new form.
"""

from commissions.record import triggers

COMMENT = "consultations_comment"
SUBMISSION = "consultations_submission"
STEPS = {
    "unconfirmed": ("awaiting", "published", "withdrawn"),
    "awaiting": ("published", "declined", "withdrawn"),
    "published": ("awaiting", "declined", "withdrawn"),
    "declined": ("awaiting", "withdrawn"),
    "withdrawn": (),
}
"""The states to which a comment may go from each."""

APPROVED = {
    COMMENT: ("text", "quote", "stance", "proposed_wording"),
    SUBMISSION: ("public_name", "name_withheld", "organisation", "role"),
    "consultations_cosignatory": ("name", "organisation"),
    "consultations_attachment": ("name", "content_type", "sha256"),
}
"""The columns of each table that a digest covers."""

NO_STEP = "A comment cannot go from that state to this one."
NOT_SENT = "Only what its sender confirmed, and did not withdraw, can be public."
NOT_APPROVED = "These words were approved as they are: approve the new ones too."


def steps():
    """Return the condition under which a change of state is none that a verb makes."""
    allowed = " OR ".join(
        f"(OLD.state = '{old}' AND NEW.state IN ({listed(new)}))"
        for old, new in STEPS.items()
        if new
    )
    return f"NEW.state <> OLD.state AND NOT ({allowed})"


def listed(values):
    return ", ".join(f"'{value}'" for value in values)


def unsent():
    """Return the condition under which a public comment's sender did not confirm it."""
    return f"""NEW.state IN ('awaiting', 'published') AND NOT EXISTS (
        SELECT 1 FROM {SUBMISSION} WHERE id = NEW.submission_id
        AND confirmed_at IS NOT NULL AND withdrawn_at IS NULL
        AND erased_at IS NULL)"""


def altered(table, differs):
    """Return the condition under which approved columns change and the digest stays."""
    changed = " OR ".join(
        f"NEW.{name} {differs} OLD.{name}" for name in APPROVED[table]
    )
    return (
        "OLD.approved_sha256 <> '' AND NEW.approved_sha256 = OLD.approved_sha256 "
        f"AND ({changed})"
    )


def guards(differs):
    """Return (table, name, act, condition, refusal) of each guard."""
    return [
        (COMMENT, "step", "UPDATE", steps(), NO_STEP),
        (COMMENT, "sent_in", "INSERT", unsent(), NOT_SENT),
        (COMMENT, "sent", "UPDATE", f"NEW.state <> OLD.state AND {unsent()}", NOT_SENT),
        *(
            (table, "approved", "UPDATE", altered(table, differs), NOT_APPROVED)
            for table in APPROVED
        ),
    ]


def sqlite(table, name, act, condition, refusal):
    return [
        f"""
        CREATE TRIGGER IF NOT EXISTS {table}_{name}
        BEFORE {act} ON {table} WHEN {condition}
        BEGIN SELECT RAISE(ABORT, '{refusal}'); END
        """
    ]


def postgresql(table, name, act, condition, refusal):
    return [
        f"""
        CREATE OR REPLACE FUNCTION {table}_{name}() RETURNS trigger AS $$
        BEGIN
          IF {condition} THEN
            RAISE EXCEPTION '{refusal}' USING ERRCODE = 'check_violation';
          END IF;
          RETURN NEW;
        END
        $$ LANGUAGE plpgsql
        """,
        f"""
        CREATE OR REPLACE TRIGGER {table}_{name}
        BEFORE {act} ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_{name}()
        """,
    ]


INSTALL = {
    "sqlite": [line for guard in guards("IS NOT") for line in sqlite(*guard)],
    "postgresql": [
        line for guard in guards("IS DISTINCT FROM") for line in postgresql(*guard)
    ],
}


def restore(using="default", **signal):
    """Put the guards in place; safe to run again."""
    triggers.run(INSTALL, COMMENT, using)
