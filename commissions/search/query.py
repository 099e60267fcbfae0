"""Asking the search index: what a search finds, how much, and the best of it.

Measured at a million commissions: putting every match of a common word in
order of relevance takes up to a second, so only the newest RANKED are ranked.
PostgreSQL weighs by itself whether to begin with the words or with the other
filters. SQLite does not, so `condition` weighs it: by how common the words are
and how much the other filters leave.
"""

import json
from dataclasses import replace

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.expressions import RawSQL

from commissions.search.backends import engine
from commissions.search.parser import SearchQuery
from commissions.search.schema import TABLE

RANKED = 2_000  # how many matches are put in order of relevance
COMMON = 2_000  # a last word found more often than this is taken as it stands
MANY = 10_000  # more matches than this are not collected, only walked or probed
HANDFUL = 200  # rows so few that each is asked by itself
FEW = 5_000  # rows left by other filters that are looked up among the matches


def count_up_to(query, most):
    """Count the rows of the index that match, up to a number."""
    found = f"SELECT 1 FROM {TABLE} WHERE {engine().match} LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM ({found}) AS found", [engine().ask(query), most]
        )
        return cursor.fetchone()[0]


def settle_query(query):
    """Weigh a search: is its last word finished, and does it find too much?

    A last word that is common as it stands is taken as finished. Completing it would collect every place of every word it begins: at 200,000
    commissions that cost half a second for “care”, and found little more.
    """
    if query.unfinished:
        last = SearchQuery(wanted=query.wanted[-1:])
        if count_up_to(last, COMMON + 1) <= COMMON:
            return query
        query = replace(query, unfinished=False)
    sqlite = connection.vendor == "sqlite"
    many = sqlite and bool(query.wanted) and count_up_to(query, MANY + 1) > MANY
    return replace(query, many=many)


def search_condition(query, others=None, *, recent=False):
    """Return, for a queryset's filter, what a search asks of a commission.

    `others` are the commissions that the other filters leave: few of them are
    looked up among the matches. `recent` is for counting and ranking, where the
    newest MANY matches will do.
    """
    if not query.wanted:
        return ~probe_condition(query)
    if query.many and others is not None:
        left = list(others.order_by().values_list("pk", flat=True)[: FEW + 1])
        if len(left) <= HANDFUL:
            return Q(pk__in=keys_subquery(left)) & Q(probe_condition(query))
        if len(left) <= FEW:
            return Q(pk__in=found_among(query, left))
        if not recent:
            return Q(probe_condition(query))
    return Q(pk__in=found_subquery(query, recent=recent and query.many))


def found_subquery(query, *, recent):
    """Return, as a subquery, what a search finds, or only the newest MANY of it."""
    ask = engine()
    found = f"SELECT {ask.key} FROM {TABLE} WHERE {ask.match}"
    if recent:
        found += f" ORDER BY {ask.key} DESC LIMIT {MANY}"
    return RawSQL(found, [ask.ask(query)])


def found_among(query, keys):
    """Return, as a subquery, which of some primary keys a search finds.

    Every match is passed by once, which is quick; the plus keeps SQLite from
    asking FTS5 again for every single key.
    """
    found = (
        f"SELECT rowid FROM {TABLE} WHERE {engine().match} "
        "AND +rowid IN (SELECT value FROM json_each(%s))"
    )
    with connection.cursor() as cursor:
        cursor.execute(found, [engine().ask(query), json.dumps(keys)])
        matched = [row[0] for row in cursor.fetchall()]
    return keys_subquery(matched)


def keys_subquery(keys):
    """Write primary keys as a subquery of SQLite with one parameter."""
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(keys)])


def probe_condition(query):
    """Ask one commission after the other whether a search finds it.

    Its key is named by the query that asks, so that it may stand in a subquery.
    """
    ask = engine()
    before, after = ask.match.split("%s")
    return Func(
        Value(ask.ask(query)),
        F("pk"),
        template=f"EXISTS (SELECT 1 FROM {TABLE} WHERE {before}%(expressions)s)",
        arg_joiner=f"{after} AND {ask.key} = ",
        output_field=BooleanField(),
    )


def matching_commissions(commissions, query):
    """Keep, of a queryset of commissions, those a search finds, in any order."""
    return commissions.filter(search_condition(query))


def ranked_keys(commissions, query):
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
