"""Asking the search index: what a search finds, how much, and the best of it.

Measured at a million commissions: putting every match of a common word in
order of relevance takes up to a second, so only the newest RANKED are ranked.
"""

from django.db import connection
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from commissions.search.engines import engine
from commissions.search.tables import COMMISSIONS, TABLE

RANKED = 2_000  # how many matches are put in order of relevance


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
