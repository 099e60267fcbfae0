"""Full-text search of commissions: filling the index, and asking it.

`index` is called by whoever saves, publishes or imports a commission;
`rebuild_search` makes the whole index afresh. What a search means is in
`search_words`, the tables are in `search_tables`. No model class is named
here, so that the models' own verbs can call this module.

Measured at a million commissions: putting every match of a common word in
order of relevance takes up to a second, so only the newest RANKED are ranked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from django.apps import apps
from django.db import connection, transaction
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from commissions.search_tables import COMMISSIONS, TABLE, WORDS
from commissions.search_words import fts5, join, tsquery, whole

BATCH = 500
LONGEST = 50_000  # characters of one text; a tsvector holds 1 MB
RANKED = 2_000  # how many matches are put in order of relevance


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
    """Return the engine of the database in use."""
    return ENGINES[connection.vendor]


# Filling the index


def texts(commission):
    """Return what is indexed of a commission: title, names, body, whole words."""
    bodies = [commission.organisation, *commission.partners.all()]
    tender = getattr(commission, "tender", None)
    topic = commission.topic
    title = join(commission.title)
    names = join(
        commission.reference,
        commission.ocid,
        *(body.name for body in bodies),
        *(other.name for body in bodies for other in body.other_names.all()),
        *((topic.name, topic.parent.name if topic.parent else "") if topic else ()),
        *(area.name for area in commission.areas.all()),
    )
    body = join(
        commission.summary[:LONGEST],
        commission.need[:LONGEST],
        commission.outcomes[:LONGEST],
        *((tender.title, tender.description[:LONGEST]) if tender else ()),
    )[:LONGEST]
    return title, names, body, whole(f"{title} {names} {body}")


def published(pks):
    """Fetch, in seven queries, the published ones of some commissions."""
    commissions = apps.get_model("commissions", "Commission").objects
    return (
        commissions.filter(pk__in=pks, published_at__isnull=False)
        .select_related("organisation", "topic__parent", "tender")
        .prefetch_related("organisation__other_names", "partners__other_names", "areas")
    )


def batches(pks):
    """Cut primary keys into lists of at most BATCH."""
    pks = iter(pks)
    while batch := list(islice(pks, BATCH)):
        yield batch


def index(pks):
    """Index published commissions anew, by primary key; forget the others.

    Call it in the transaction that saved them. A thousand take about a second.
    """
    keep = engine()
    for batch in batches(pks):
        rows = [(found.pk, *texts(found)) for found in published(batch)]
        with transaction.atomic(), connection.cursor() as cursor:
            remove(batch)
            if rows:
                cursor.execute(
                    f"INSERT INTO {TABLE} ({keep.columns}) VALUES "
                    + ", ".join([keep.row] * len(rows)),
                    [value for row in rows for value in row],
                )


def remove(pks):
    """Forget commissions, by primary key; deleting one does so by itself."""
    for batch in batches(pks):
        marks = ", ".join(["%s"] * len(batch))
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {TABLE} WHERE {engine().key} IN ({marks})", batch
            )


def rebuild():
    """Index every commission anew, yielding how many are done after each batch.

    Each batch is a transaction of its own: searches go on meanwhile.
    """
    commissions = apps.get_model("commissions", "Commission").objects.order_by("pk")
    done, last = 0, 0
    while batch := list(
        commissions.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]
    ):
        index(batch)
        done, last = done + len(batch), batch[-1]
        yield done
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {TABLE} WHERE NOT EXISTS (SELECT 1 "
            f"FROM {COMMISSIONS} WHERE {COMMISSIONS}.id = {TABLE}.{engine().key})"
        )


# Asking it


def count_up_to(query, most):
    """Count the rows of the index that match, up to a number."""
    found = f"SELECT 1 FROM {TABLE} WHERE {engine().match} LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM ({found}) AS found", [engine().ask(query), most]
        )
        return cursor.fetchone()[0]


def condition(query):
    """Return, for a queryset's filter, what a search asks of a commission.

    What is wanted is looked up once: asking FTS5 commission by commission
    took a minute at 200,000. Only “not” alone has to be asked of each.
    """
    ask = engine()
    found = f"FROM {TABLE} WHERE {ask.match}"
    expression = [ask.ask(query)]
    if query.wanted:
        return Q(pk__in=RawSQL(f"SELECT {ask.key} {found}", expression))
    has = f"EXISTS (SELECT 1 {found} AND {ask.key} = {COMMISSIONS}.id)"
    return RawSQL(f"NOT {has}", expression, output_field=BooleanField())


def matching(commissions, query):
    """Keep, of a queryset of commissions, those a search finds, in any order."""
    return commissions.filter(condition(query))


def ranked(commissions, query):
    """Return the primary keys of what a search found, best match first.

    `commissions` are those that match. Only the newest RANKED are ranked; the
    others are left out.
    """
    newest = list(commissions.order_by("-pk").values_list("pk", flat=True)[:RANKED])
    if not newest:
        return []
    ask = engine()
    marks = ", ".join(["%s"] * len(newest))
    expression = ask.ask(query)
    with connection.cursor() as cursor:
        cursor.execute(
            # The plus keeps SQLite from asking FTS5 again for every single key.
            f"SELECT {ask.key} FROM {TABLE} WHERE {ask.match} AND {ask.key} >= %s "
            f"AND +{ask.key} IN ({marks}) ORDER BY {ask.rank}, {ask.key} DESC",
            [expression, newest[-1], *newest, *[expression] * ask.rank.count("%s")],
        )
        return [row[0] for row in cursor.fetchall()]
