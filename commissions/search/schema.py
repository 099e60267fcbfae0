"""Where the words of commissions are kept for searching, on both databases.

Beside the models' tables stands one that Django does not manage:
`commissions_search`, an FTS5 table on SQLite, a tsvector with a GIN index on
PostgreSQL. Application code fills it (`commissions.search`); a trigger on
DELETE empties it, so that no row outlives its commission, in tests as in use.
SQLite drops triggers when it rebuilds a table: `restore` puts them back after
every migration.

Both engines stem with Porter's algorithm and know no stop words, so that the
same search finds the same commissions on either.
"""

from django.db import connections

COMMISSIONS = "commissions_commission"
TABLE = "commissions_search"
WORDS = "commissions_words"  # PostgreSQL's text search configuration

CREATE = {
    "sqlite": [
        f"""
        CREATE VIRTUAL TABLE {TABLE} USING fts5(
            title, names, body, whole,
            tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3')
        """
    ],
    "postgresql": [
        f"""
        CREATE TEXT SEARCH DICTIONARY {WORDS} (TEMPLATE = snowball, LANGUAGE = porter)
        """,
        f"CREATE TEXT SEARCH CONFIGURATION {WORDS} (COPY = simple)",
        f"""
        ALTER TEXT SEARCH CONFIGURATION {WORDS}
        ALTER MAPPING REPLACE simple WITH {WORDS}
        """,
        f"CREATE TABLE {TABLE} (commission_id bigint PRIMARY KEY, words tsvector NOT NULL)",
        f"CREATE INDEX {TABLE}_words ON {TABLE} USING gin (words) WITH (fastupdate = off)",
    ],
}
DROP = {
    "sqlite": [f"DROP TABLE {TABLE}"],
    "postgresql": [
        f"DROP TABLE {TABLE}",
        f"DROP TEXT SEARCH CONFIGURATION {WORDS}",
        f"DROP TEXT SEARCH DICTIONARY {WORDS}",
    ],
}
RESTORE = {
    "sqlite": [
        f"""
        CREATE TRIGGER IF NOT EXISTS {TABLE}_forget AFTER DELETE ON {COMMISSIONS}
        BEGIN DELETE FROM {TABLE} WHERE rowid = OLD.id; END
        """
    ],
    "postgresql": [
        f"""
        CREATE OR REPLACE FUNCTION {TABLE}_forget() RETURNS trigger AS $$
        BEGIN DELETE FROM {TABLE} WHERE commission_id = OLD.id; RETURN NULL; END
        $$ LANGUAGE plpgsql
        """,
        f"""
        CREATE OR REPLACE FUNCTION {TABLE}_forget_all() RETURNS trigger AS $$
        BEGIN TRUNCATE {TABLE}; RETURN NULL; END
        $$ LANGUAGE plpgsql
        """,
        f"""
        CREATE OR REPLACE TRIGGER {TABLE}_forget AFTER DELETE ON {COMMISSIONS}
        FOR EACH ROW EXECUTE FUNCTION {TABLE}_forget()
        """,
        f"""
        CREATE OR REPLACE TRIGGER {TABLE}_forget_all AFTER TRUNCATE ON {COMMISSIONS}
        FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_forget_all()
        """,
    ],
}
LIFT = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {TABLE}_forget"],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS {TABLE}_forget ON {COMMISSIONS}",
        f"DROP TRIGGER IF EXISTS {TABLE}_forget_all ON {COMMISSIONS}",
    ],
}


def run_sql(statements, connection):
    """Run one engine's statements."""
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)


def create_search_tables(apps, schema_editor):
    """Make the table, empty, with its trigger (a step of a migration)."""
    run_sql(CREATE, schema_editor.connection)
    run_sql(RESTORE, schema_editor.connection)


def drop_search_tables(apps, schema_editor):
    """Remove the table and what belongs to it (a step of a migration)."""
    run_sql(LIFT, schema_editor.connection)
    run_sql(DROP, schema_editor.connection)


def restore_search_tables(using="default", **signal):
    """Put the trigger in place, where both tables are there; safe to run again."""
    connection = connections[using]
    if {COMMISSIONS, TABLE} <= set(connection.introspection.table_names()):
        run_sql(RESTORE, connection)
