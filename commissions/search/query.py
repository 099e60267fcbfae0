"""Asking the search index: what a search finds, how much, and the best of it.

Measured at a million commissions: putting every match of a common word in
order of relevance takes up to a second, so only the newest RANKED are ranked.
PostgreSQL weighs by itself whether to begin with the words or with the other
filters. SQLite does not, so `search_condition` weighs it: by how common the words
are and how much the other filters leave.
"""

import json
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.expressions import RawSQL

from commissions.search.backends import engine
from commissions.search.index import LIVE, SOURCES
from commissions.search.models import Findable
from commissions.search.parser import SearchQuery
from commissions.search.schema import TABLE
from commissions.search.words import EDGE, joined_words, plain, squeeze, stem, words

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

    A last word that is common as it stands is taken as finished. Completing it would
    collect every place of every word it begins: at 200,000 commissions that cost half
    a second for “care”, and found little more.
    """
    if query.unfinished:
        last = SearchQuery(wanted=query.wanted[-1:])
        if count_up_to(last, COMMON + 1) <= COMMON:
            return query
        query = replace(query, unfinished="")
    sqlite = connection.vendor == "sqlite"
    many = sqlite and bool(query.wanted) and count_up_to(query, MANY + 1) > MANY
    return replace(query, many=many)


# Lists of one kind: their words narrow what other filters leave.


def search_condition(query, others=None, *, recent=False, kind="commission"):
    """Return, for a queryset's filter, what a search asks of a thing of a kind.

    `others` are the rows that the other filters leave: few of them are looked up
    among the matches. `recent` is for counting and ranking, where the newest MANY
    matches will do.
    """
    source = SOURCES[kind]
    if not query.wanted:
        return ~probe_condition(query, source)
    if query.many and others is not None:
        left = list(others.order_by().values_list("pk", flat=True)[: FEW + 1])
        if len(left) <= HANDFUL:
            return Q(pk__in=keys_subquery(left)) & Q(probe_condition(query, source))
        if len(left) <= FEW:
            return Q(pk__in=found_among(query, left, source))
        if not recent:
            return Q(probe_condition(query, source))
    return Q(pk__in=found_subquery(query, source, recent=recent and query.many))


def of_kind(source):
    """Write the condition that a row of the index is of a kind."""
    return f"{engine().key} BETWEEN {source.first} AND {source.last}"


def found_subquery(query, source, *, recent):
    """Return, as a subquery, what a search finds, or only the newest MANY of it."""
    ask = engine()
    found = (
        f"SELECT {ask.key} - {source.first} FROM {TABLE} "
        f"WHERE {ask.match} AND {of_kind(source)}"
    )
    if recent:
        found += f" ORDER BY {ask.key} DESC LIMIT {MANY}"
    return RawSQL(found, [ask.ask(query)])


def found_among(query, keys, source):
    """Return, as a subquery, which of some primary keys a search finds.

    Every match is passed by once, which is quick; the plus keeps SQLite from
    asking FTS5 again for every single key.
    """
    found = (
        f"SELECT rowid - {source.first} FROM {TABLE} WHERE {engine().match} "
        f"AND +rowid - {source.first} IN (SELECT value FROM json_each(%s))"
    )
    with connection.cursor() as cursor:
        cursor.execute(found, [engine().ask(query), json.dumps(keys)])
        matched = [row[0] for row in cursor.fetchall()]
    return keys_subquery(matched)


def keys_subquery(keys):
    """Write primary keys as a subquery of SQLite with one parameter."""
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(keys)])


def probe_condition(query, source):
    """Ask one row after the other whether a search finds it.

    Its key is named by the query that asks, so that it may stand in a subquery.
    """
    ask = engine()
    before, after = ask.match.split("%s")
    return Func(
        Value(ask.ask(query)),
        F("pk"),
        template=f"EXISTS (SELECT 1 FROM {TABLE} WHERE {before}%(expressions)s)",
        arg_joiner=f"{after} AND {ask.key} = {source.first} + ",
        output_field=BooleanField(),
    )


def matching(rows, query, kind="commission"):
    """Keep, of a queryset of things of a kind, those a search finds, in any order."""
    return rows.filter(search_condition(query, kind=kind))


def ranked_keys(commissions, query):
    """Return the primary keys of what a search found, best match first.

    `commissions` are those that match. Only the newest RANKED are ranked; the
    others are left out.
    """
    newest = list(commissions.order_by("-pk").values_list("pk", flat=True)[:RANKED])
    if not newest:
        return []
    first = SOURCES["commission"].first
    numbers = [first + key for key in newest]
    return [number - first for number in ranked(numbers, query)]


# Everything: what is found of each kind, the best of it first.

SHOWN = 100  # matches of a kind are counted up to here
OF_ONE = 1_000  # and up to here where a reader asks for one kind
WEIGHED = 60  # matches whose whole text is weighed

WEIGHT = {
    "service": 0.4,
    "commission": 0.38,
    "organisation": 0.38,
    "person": 0.38,
    "place": 0.38,
    "consultation": 0.3,
    "decision": 0.25,
    "post": 0.25,
    "tender": 0.1,
    "contract": 0.15,
    "section": 0.1,
    "question": 0.1,
}
"""How much sooner a kind is shown than another whose title fits as well."""


@dataclass(frozen=True)
class Hit:
    """A row of the index that a search found, and how well it fits: more is better."""

    number: int
    kind: str
    fits: tuple


@dataclass(frozen=True)
class Findings:
    """All that a search found: the best first, and how many of each kind."""

    hits: list
    counts: dict
    most: int


def matches_by_kind(asked, sources, most):
    """List (number of the row) for each kind: the newest that match, up to a number."""
    ask = engine()
    one = (
        f"SELECT {ask.key} FROM {TABLE} WHERE {ask.match} AND {{}} "
        f"ORDER BY {ask.key} DESC LIMIT {most}"
    )
    selects = [f"SELECT * FROM ({one.format(of_kind(each))}) AS k" for each in sources]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects), [asked] * len(sources))
        numbers = [row[0] for row in cursor.fetchall()]
    return {
        each.kind: [n for n in numbers if each.first <= n <= each.last]
        for each in sources
    }


def find(query, typed, kind=""):
    """Find everything of all kinds, or of one; the best first.

    Of a kind with more matches than are looked at, those count first that have the
    words in their title, and of these what is not over.
    """
    sources = [SOURCES[kind]] if kind else list(SOURCES.values())
    most = OF_ONE if kind else SHOWN
    found = matches_by_kind(engine().ask(query), sources, most + 1)
    counts = {name: len(numbers) for name, numbers in found.items() if numbers}
    pool = {number for numbers in found.values() for number in numbers}
    many = [each for each in sources if counts.get(each.kind, 0) > most]
    if many and query.wanted:
        title = engine().ask(query, EDGE)
        live = engine().dialect.with_word(title, LIVE)
        for asked in (title, live):
            for numbers in matches_by_kind(asked, many, most).values():
                pool.update(numbers)
    return Findings(in_order(pool, query, typed, kind), counts, most)


def in_order(pool, query, typed, kind):
    """Put rows of the index in order: what somebody meant first, what is over last."""
    exact = squeeze(typed)
    rows = list(
        Findable.objects.filter(
            Q(pk__in=pool) | (Q(reference=exact) | Q(squeezed=exact[:100]))
            if exact
            else Q(pk__in=pool)
        ).values_list(
            "pk", "kind", "title", "live", "reference", "squeezed", named=True
        )
    )
    if kind:
        rows = [row for row in rows if row.kind == kind]
    fits = {row.pk: fit(row, query, exact) for row in rows}
    weigh_texts(fits, [row for row in rows if not fits[row.pk][1]], query, typed)
    best = sorted(rows, key=lambda row: (fits[row.pk], -row.pk % 1), reverse=True)
    return [Hit(row.pk, row.kind, tuple(fits[row.pk])) for row in best]


def fit(row, query, exact):
    """Weigh a row by its title: [exactness, in the title, live, closeness, text, newest]."""
    same = 2 if row.reference == exact else 1 if row.squeezed == exact[:100] else 0
    close = closeness(row.title, query) if query.wanted else 0
    return [
        same if exact else 0,
        close > 0,
        row.live,
        round(close + WEIGHT.get(row.kind, 0), 2) if close else 0,
        0,
        row.pk & ((1 << 40) - 1),
    ]


def closeness(title, query):
    """Return how much of a title is what was asked, from 0 to 1; 0 unless all is in it."""
    of_title = [stem(word) for word in words(title)]
    also = {stem(word) for word in joined_words(title)}
    there, share = {*of_title, *also}, 0
    for at, term in enumerate(query.wanted):
        start = query.unfinished if at == len(query.wanted) - 1 else ""
        way = way_in_title(term, there, start)
        if not way:
            return 0
        share += way
    return max(min(share / max(len(of_title), 1), 1), 0.01)


def way_in_title(term, there, start):
    """Return for how many words of a title a term counts; other ways of saying it less."""
    for at, said in enumerate(term.said):
        if there.issuperset(said.stems):
            return len(said.stems) * (1 if at == 0 else 0.8)
    if start and any(word.startswith(start) for word in there):
        return len(term.said[0].stems) * 0.5
    return 0


def weigh_texts(fits, rows, query, typed):
    """Weigh what has the words in its text only: how often, and whether as typed."""
    rows.sort(key=lambda row: (row.live, WEIGHT.get(row.kind, 0)), reverse=True)
    pks = [row.pk for row in rows[:WEIGHED]]
    asked = [said.stems for term in query.wanted for said in term.said[:2]]
    whole = " ".join(words(typed))
    for row in Findable.objects.filter(pk__in=pks).only("names", "text", "kind"):
        text = plain(f"{row.names}\n{row.text}")
        often = sum(min(text.count(stems[0]), 5) for stems in asked)
        often += 20 * (whole in text) if " " in whole else 0
        fits[row.pk][4] = round(often / (5 + len(text) ** 0.5), 3) + WEIGHT.get(
            row.kind, 0
        )


def ranked(numbers, query):
    """Put rows of the index in order of the database's own measure, best first."""
    ask, expression = engine(), engine().ask(query)
    marks = ", ".join(["%s"] * len(numbers))
    with connection.cursor() as cursor:
        cursor.execute(
            # The plus keeps SQLite from asking FTS5 again for every single key.
            f"SELECT {ask.key} FROM {TABLE} WHERE {ask.match} "
            f"AND {ask.key} BETWEEN %s AND %s "
            f"AND +{ask.key} IN ({marks}) ORDER BY {ask.rank}, {ask.key} DESC",
            [expression, min(numbers), max(numbers), *numbers]
            + [expression] * ask.rank.count("%s"),
        )
        return [row[0] for row in cursor.fetchall()]
