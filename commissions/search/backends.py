"""All that differs between SQLite and PostgreSQL in keeping and finding words."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection

from commissions.search.parser import fts5, tsquery
from commissions.search.schema import TABLE, WORDS


@dataclass(frozen=True)
class Engine:
    """How one database keeps and finds words: all that differs between them."""

    ask: Callable
    key: str
    match: str
    rank: str
    columns: str
    row: str


ENGINES = {
    "sqlite": Engine(
        ask=fts5,
        key="rowid",
        match=f"{TABLE} MATCH %s",
        rank=f"bm25({TABLE}, 8.0, 4.0, 1.0, 0.1)",
        columns="rowid, title, names, body, whole",
        row="(%s, %s, %s, %s, %s)",
    ),
    "postgresql": Engine(
        ask=tsquery,
        key="commission_id",
        match=f"words @@ to_tsquery('{WORDS}', %s)",
        rank=f"-ts_rank(words, to_tsquery('{WORDS}', %s))",
        columns="commission_id, words",
        row=f"(%s, setweight(to_tsvector('{WORDS}', %s), 'A')"
        f" || setweight(to_tsvector('{WORDS}', %s), 'B')"
        f" || setweight(to_tsvector('{WORDS}', %s), 'C')"
        " || to_tsvector('simple', %s))",
    ),
}


def engine():
    return ENGINES[connection.vendor]
