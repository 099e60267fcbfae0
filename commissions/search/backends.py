"""All that differs between SQLite and PostgreSQL in keeping and finding words."""

from dataclasses import dataclass

from django.db import connection
from django.db.backends.signals import connection_created
from django.db.models import CharField, TextField, Transform

from commissions.search.parser import FTS5, TSQUERY, Dialect
from commissions.search.schema import TABLE
from commissions.search.words import APOSTROPHES, HYPHENS, fold


@dataclass(frozen=True)
class Engine:
    """How one database keeps and finds words: all that differs between them."""

    dialect: Dialect
    key: str
    match: str
    rank: str
    columns: str
    row: str

    def ask(self, query, mark=""):
        """Write a query as this database reads it."""
        return self.dialect.write(query, mark)


ENGINES = {
    "sqlite": Engine(
        dialect=FTS5,
        key="rowid",
        match=f"{TABLE} MATCH %s",
        rank=f"bm25({TABLE}, 8.0, 4.0, 1.0, 0.1)",
        columns="rowid, title, names, body, whole",
        row="(%s, %s, %s, %s, %s)",
    ),
    "postgresql": Engine(
        dialect=TSQUERY,
        key="id",
        match="words @@ to_tsquery('simple', %s)",
        rank="-ts_rank(words, to_tsquery('simple', %s))",
        columns="id, words",
        row="(%s, setweight(to_tsvector('simple', %s), 'A')"
        " || setweight(to_tsvector('simple', %s), 'B')"
        " || setweight(to_tsvector('simple', %s), 'C')"
        " || to_tsvector('simple', %s))",
    ),
}


def engine():
    return ENGINES[connection.vendor]


# Filters that look into a column itself compare it as `words.fold` writes it.


def add_fold(sender, connection, **signal):
    """Let SQLite fold a column as Python does."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            "portal_fold", 1, lambda text: text and fold(text), deterministic=True
        )


connection_created.connect(add_fold, dispatch_uid="portal_fold")


@CharField.register_lookup
@TextField.register_lookup
class Folded(Transform):
    """A column without accents, capitals, apostrophes, hyphens and stops.

    `name__folded__contains=fold("king's")` finds King’s Lynn.
    """

    lookup_name = "folded"
    function = "portal_fold"
    output_field = TextField()

    def as_postgresql(self, compiler, db_connection):
        """Fold it there: letters taken apart, their accents and marks left out."""
        sql, params = compiler.compile(self.lhs)
        left_out = "[\u0300-\u036f]"
        marks = (APOSTROPHES + HYPHENS + ".\xad").replace("'", "''")
        return (
            f"translate(regexp_replace(normalize(lower({sql}), NFKD), "
            f"'{left_out}', '', 'g'), 'øłđð{marks}', 'oldd')",
            params,
        )
