"""Filling the search index with the public words of published commissions.

`index` is called by whoever saves, publishes or imports a commission, or
renames what it is found by; `rebuild_search` makes the whole index afresh. No
model class is named here, so that the models' own verbs can call this module.
"""

from itertools import islice

from django.apps import apps
from django.db import connection, transaction

from commissions.search.backends import engine
from commissions.search.parser import join, whole_words
from commissions.search.schema import COMMISSIONS, TABLE

BATCH = 500
LONGEST = 50_000  # characters of one text; a tsvector holds 1 MB


def index_texts(commission):
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
    return title, names, body, whole_words(f"{title} {names} {body}")


def published_commissions(pks):
    """Fetch, in seven queries, the published ones of some commissions."""
    commissions = apps.get_model("commissions", "Commission").objects
    return (
        commissions.filter(pk__in=pks, published_at__isnull=False)
        .select_related("organisation", "topic__parent", "tender")
        .prefetch_related("organisation__other_names", "partners__other_names", "areas")
    )


def index_batches(pks):
    """Cut primary keys into lists of at most BATCH."""
    pks = iter(pks)
    while batch := list(islice(pks, BATCH)):
        yield batch


def index(pks):
    """Index published commissions anew, by primary key; forget the others.

    Call it in the transaction that saved them. A thousand take about a second.
    """
    keep = engine()
    for batch in index_batches(pks):
        rows = [
            (found.pk, *index_texts(found)) for found in published_commissions(batch)
        ]
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
    for batch in index_batches(pks):
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
