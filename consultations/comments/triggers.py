"""Triggers that hold comments and questions to what was approved, on both databases.

The database itself refuses a step between states that no verb makes, to make
public what its sender has not confirmed or has withdrawn, and to change approved
words, a name or a file without approving the new form.
"""

from commissions.record import triggers

COMMENT = "consultations_comment"
SUBMISSION = "consultations_submission"
QUESTION = "consultations_question"
STEPS = {
    "unconfirmed": ("awaiting", "published", "withdrawn"),
    "awaiting": ("published", "declined", "withdrawn"),
    "published": ("awaiting", "declined", "withdrawn"),
    "declined": ("awaiting", "withdrawn"),
    "withdrawn": (),
}
"""The states to which a comment may go from each."""

QUESTION_STEPS = {
    **STEPS,
    "published": ("declined", "withdrawn"),
    "declined": ("published", "withdrawn"),
    "unconfirmed": ("awaiting", "withdrawn"),
}
"""The states to which a question may go from each."""

SENDER = ("public_name", "name_withheld", "organisation", "role")
APPROVED = [
    (COMMENT, "approved", ("text", "quote", "stance", "proposed_wording")),
    (SUBMISSION, "approved", SENDER),
    ("consultations_cosignatory", "approved", ("name", "organisation")),
    ("consultations_attachment", "approved", ("name", "content_type", "sha256")),
    (QUESTION, "approved", (*SENDER, "pseudonym")),
    (QUESTION, "words", ("title", "text")),
    (QUESTION, "answer", ("title", "text", "answer_text", "answered_at")),
]
"""The columns of each table that a digest covers, and the name of the digest."""

NO_STEP = "It cannot go from that state to this one."
NOT_SENT = "Only what its sender confirmed, and did not withdraw, can be public."
NOT_APPROVED = "These words were approved as they are: approve the new ones too."


def steps(table):
    """Return the condition under which a change of state is none of a table's."""
    allowed = " OR ".join(
        f"(OLD.state = '{old}' AND NEW.state IN ({listed(new)}))"
        for old, new in table.items()
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


def altered(digest, columns, differs):
    """Return the condition under which approved columns change and the digest stays."""
    changed = " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in columns)
    kept = f"OLD.{digest}_sha256 <> '' AND NEW.{digest}_sha256 = OLD.{digest}_sha256"
    return f"{kept} AND ({changed})"


def guards(differs):
    """Return (table, name, act, condition, refusal) of each guard."""
    return [
        (COMMENT, "step", "UPDATE", steps(STEPS), NO_STEP),
        (QUESTION, "step", "UPDATE", steps(QUESTION_STEPS), NO_STEP),
        (COMMENT, "sent_in", "INSERT", unsent(), NOT_SENT),
        (COMMENT, "sent", "UPDATE", f"NEW.state <> OLD.state AND {unsent()}", NOT_SENT),
        *(
            (table, name, "UPDATE", altered(name, columns, differs), NOT_APPROVED)
            for table, name, columns in APPROVED
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
