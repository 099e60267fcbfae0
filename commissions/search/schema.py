"""Where the words of public things are kept for searching, on both databases.

Beside the models' tables stands one that Django does not manage:
`commissions_search`, an FTS5 table on SQLite, a tsvector with a GIN index on
PostgreSQL. Its rows are those of `Findable`. Application code fills both
(`commissions.search.index`); a trigger on DELETE of each table that is searched
empties them, so that no row outlives what it tells of. SQLite drops triggers when
it rebuilds a table: `restore` puts them back after every migration.

Words are stemmed before they get here, so that the same search finds the same on
either database.
"""

from django.db import connections

from commissions.search.models import KIND

TABLE = "commissions_search"
FOUND = "commissions_findable"

CREATE = {
    "sqlite": [
        f"""
        CREATE VIRTUAL TABLE {TABLE} USING fts5(
            title, names, body, whole,
            tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3 4')
        """
    ],
    "postgresql": [
        f"CREATE TABLE {TABLE} (id bigint PRIMARY KEY, words tsvector NOT NULL)",
        f"CREATE INDEX {TABLE}_words ON {TABLE} USING gin (words) WITH (fastupdate = off)",
    ],
}
DROP = {engine: [f"DROP TABLE {TABLE}"] for engine in CREATE}


def trigger_sql(vendor, table, number):
    """Write what empties both tables of a kind's row when that row is deleted."""
    gone = f"OLD.id + {number << KIND}"
    name = f"{TABLE}_forget_{number}"
    if vendor == "sqlite":
        return [
            f"""
            CREATE TRIGGER IF NOT EXISTS {name} AFTER DELETE ON {table} BEGIN
            DELETE FROM {TABLE} WHERE rowid = {gone};
            DELETE FROM {FOUND} WHERE id = {gone}; END
            """
        ]
    between = f"id >= {number << KIND} AND id < {(number + 1) << KIND}"
    return [
        f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN
        DELETE FROM {TABLE} WHERE id = {gone};
        DELETE FROM {FOUND} WHERE id = {gone}; RETURN NULL; END
        $$ LANGUAGE plpgsql
        """,
        f"""
        CREATE OR REPLACE FUNCTION {name}_all() RETURNS trigger AS $$ BEGIN
        DELETE FROM {TABLE} WHERE {between};
        DELETE FROM {FOUND} WHERE {between}; RETURN NULL; END
        $$ LANGUAGE plpgsql
        """,
        f"""
        CREATE OR REPLACE TRIGGER {name} AFTER DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {name}()
        """,
        f"""
        CREATE OR REPLACE TRIGGER {name}_all AFTER TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION {name}_all()
        """,
    ]


def run_sql(statements, connection):
    """Run one engine's statements."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def create_search_tables(apps, schema_editor):
    """Make the table, empty (a step of a migration)."""
    connection = schema_editor.connection
    run_sql(CREATE[connection.vendor], connection)


def drop_search_tables(apps, schema_editor):
    """Remove the table (a step of a migration)."""
    connection = schema_editor.connection
    run_sql(DROP[connection.vendor], connection)


def restore_triggers(tables, using="default"):
    """Put the triggers in place; `tables` are {name: number of the kind}."""
    connection = connections[using]
    there = set(connection.introspection.table_names())
    if not {TABLE, FOUND} <= there:
        return
    for table, number in tables.items():
        if table in there:
            run_sql(trigger_sql(connection.vendor, table, number), connection)
