"""Asking the search index: what a search finds, how much, and the best of it.

Measured at a million commissions: putting every match of a common word in
order of relevance takes up to a second, so only the newest RANKED are ranked.
PostgreSQL weighs whether to begin with the words or with the other filters, but
collects every match of a common word: few rows are asked one by one. SQLite does not
weigh, so `search_condition` does: by how common the words are and how much the other
filters leave.
"""

import json
from collections import Counter
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.expressions import RawSQL

from commissions.search.backends import engine
from commissions.search.index import LIVE, SOURCES
from commissions.search.models import KIND, Findable
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
    return count_each([query], most)[0]


def count_each(queries, most):
    """Count, in one statement, the rows that match each of some searches."""
    ask = engine()
    found = f"SELECT 1 FROM {TABLE} WHERE {ask.match} LIMIT {most}"
    select = f"SELECT count(*) FROM ({found}) AS found"
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"SELECT {n}, ({select})" for n in range(len(queries))),
            [ask.ask(query) for query in queries],
        )
        return [count for _, count in sorted(cursor.fetchall())]


def settle_query(query):
    """Weigh a search: is its last word finished, and does it find too much?

    A last word that is common as it stands is taken as finished. Completing it would
    collect every place of every word it begins: at 200,000 commissions that cost half
    a second for “care”, and found little more.
    """
    if query.unfinished:
        last = SearchQuery(wanted=query.wanted[-1:])
        if count_up_to(last, COMMON + 1) <= COMMON:
            return replace(query, common=False)
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
    if others is not None:
        weigh = few_on_sqlite if connection.vendor == "sqlite" else few_on_postgresql
        if condition := weigh(query, others, recent, source):
            return condition
    return Q(pk__in=found_subquery(query, source, recent=recent and query.many))


def few_on_sqlite(query, others, recent, source):
    """Return how to ask for a common word among what other filters leave, or nothing."""
    if not query.many:
        return None
    left = list(others.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(left) <= HANDFUL:
        return Q(pk__in=keys_subquery(left)) & Q(probe_condition(query, source))
    if len(left) <= FEW:
        return Q(pk__in=found_among(query, left, source))
    return None if recent else Q(probe_condition(query, source))


def few_on_postgresql(query, others, recent, source):
    """Return how to ask one by one what other filters leave, where it is little."""
    if not query.common:
        return None
    left = list(others.order_by().values_list("pk", flat=True)[: RANKED + 1])
    if len(left) > RANKED:
        return None
    # No key is 0: an empty list could not be written as a part of a larger query.
    return Q(pk__in=left or [0]) & Q(probe_condition(query, source))


def of_kind(source):
    """Write the condition that a row of the index is of a kind."""
    return f"{engine().key} BETWEEN {source.first} AND {source.last}"


def key_of(source):
    """Write the primary key of a row; as it is where they are the same, for its index."""
    return f"{engine().key} - {source.first}" if source.first else engine().key


def found_subquery(query, source, *, recent):
    """Return, as a subquery, what a search finds, or only the newest MANY of it."""
    ask = engine()
    found = (
        f"SELECT {key_of(source)} FROM {TABLE} WHERE {ask.match} AND {of_kind(source)}"
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
        arg_joiner=f"{after} AND {ask.key} = "
        + (f"{source.first} + " if source.first else ""),
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
    "organisation": 0.2,
    "person": 0.2,
    "place": 0.38,
    "consultation": 0.3,
    "decision": 0.25,
    "post": 0.25,
    "contract": 0.15,
    "tender": 0.1,
    "section": 0.1,
    "question": 0.1,
}
"""How much sooner a kind is shown than another whose title fits as well."""


NAMES, NAME = ("organisation", "person"), 0.38
"""Kinds whose title is a name, and how soon one is shown of which half was typed."""


@dataclass(frozen=True)
class Findings:
    """All that a search found: rows of the index, the best first, and counts by kind.

    A kind is counted up to one more than `most`.
    """

    numbers: list
    counts: dict
    most: int


def finish(query):
    """Take a last word that is common as it stands for finished: see `settle_query`."""
    last = SearchQuery(wanted=query.wanted[-1:])
    if query.unfinished and count_up_to(last, COMMON + 1) > COMMON:
        return replace(query, unfinished="")
    return query


def newest_of_kinds(asked, sources, most):
    """List, in one query, the newest that match of each kind, up to a number of each."""
    ask = engine()
    selects = [
        f"SELECT * FROM (SELECT {ask.key} FROM {TABLE} WHERE {ask.match} "
        f"AND {of_kind(each)} ORDER BY {ask.key} DESC LIMIT {most}) AS newest"
        for each in sources
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(selects * len(asked)),
            [one for one in asked for _ in selects],
        )
        return [row[0] for row in cursor.fetchall()]


def find(query, typed, kind=""):
    """Find everything of all kinds, or of one; the best first.

    Of a kind with more matches than are looked at, those are looked at first that
    have the words in their title, and of these what is not over.
    """
    if not query.wanted:
        return Findings([], {}, SHOWN)
    query = query if query.any else finish(query)
    sources = [SOURCES[kind]] if kind else list(SOURCES.values())
    most = OF_ONE if kind else SHOWN
    pool = set(newest_of_kinds([engine().ask(query)], sources, most + 1))
    counts = count_kinds(pool)
    many = [each for each in sources if counts.get(each.kind, 0) > most]
    if many:
        title = engine().ask(query, EDGE)
        live = engine().dialect.with_word(title, LIVE)
        pool.update(newest_of_kinds([title, live], many, most))
    return Findings(in_order(pool, query, typed, sources), counts, most)


def counts_by_kind(query):
    """Count what a search finds of each kind, up to one more than SHOWN."""
    asked = [engine().ask(finish(query))]
    return count_kinds(newest_of_kinds(asked, SOURCES.values(), SHOWN + 1))


def count_kinds(numbers):
    """Count rows of the index by kind."""
    by_number = Counter(number >> KIND for number in numbers)
    return {
        kind: by_number[source.number]
        for kind, source in SOURCES.items()
        if by_number[source.number]
    }


def spelt_otherwise(reference, kind):
    """Return the reference of a kind that somebody wrote in another way, or nothing."""
    exact = squeeze(reference)
    found = (
        Findable.objects.filter(squeezed_reference=exact, kind=kind) if exact else ()
    )
    return next((row.reference for row in found if row.reference != reference), "")


COLUMNS = ("pk", "kind", "title", "live", "squeezed_reference", "squeezed_title")


def in_order(pool, query, typed, sources):
    """Put rows of the index in order: what somebody meant first, what is over last.

    What has a reference or a whole title that was typed is among them.
    """
    exact = squeeze(typed)
    asked = Q(pk__in=pool)
    if exact:
        named = Q(squeezed_reference=exact) | Q(squeezed_title=exact[:100])
        asked |= named & Q(kind__in=[each.kind for each in sources])
    rows = list(Findable.objects.filter(asked).values_list(*COLUMNS, named=True))
    fits = {row.pk: fit(row, query, exact) for row in rows}
    weigh_texts(fits, [row for row in rows if not fits[row.pk][1]], query, typed)
    return sorted(fits, key=lambda number: (*fits[number], number), reverse=True)


def fit(row, query, exact):
    """Weigh a row by its title: [exact, in the title, not over, close, in the text]."""
    named = row.squeezed_title == exact[:100]
    same = 2 if row.squeezed_reference == exact else 1 if named else 0
    close = closeness(row.title, query)
    weight = NAME if row.kind in NAMES and close >= 0.5 else WEIGHT.get(row.kind, 0)
    return [
        same if exact else 0,
        close > 0,
        row.live,
        round(close + weight, 2) if close else 0,
        0,
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
    typed = " ".join(each for term in query.wanted for each in term.said[0].stems)
    in_order = " " in typed and f" {typed} " in f" {' '.join(of_title)} "
    return max(min(share / max(len(of_title), 1), 1), 0.01) + 0.1 * in_order


def way_in_title(term, there, start):
    """Return for how many words of a title a term counts; other ways of saying it less."""
    for at, said in enumerate(term.said):
        if there.issuperset(said.stems):
            return len(said.stems) * (1 if at == 0 else 0.5)
    if start and any(word.startswith(start) for word in there):
        return len(term.said[0].stems) * 0.5
    return 0


def weigh_texts(fits, rows, query, typed):
    """Weigh what has the words in its text only: how often, and whether as typed."""
    rows.sort(key=lambda row: (row.live, WEIGHT.get(row.kind, 0)), reverse=True)
    pks = [row.pk for row in rows[: WEIGHED * 5 if query.any else WEIGHED]]
    asked = [said.stems for term in query.wanted for said in term.said[:2]]
    whole = " ".join(words(typed))
    for row in Findable.objects.filter(pk__in=pks).only(*WEIGHED_COLUMNS):
        text = " ".join(plain(f"{row.title}\n{row.names}\n{row.text}").split())
        often = sum(min(text.count(stems[0]), 5) for stems in asked)
        often += 20 * (whole in text) if " " in whole else 0
        weight = often / (5 + len(text) ** 0.5) + WEIGHT.get(row.kind, 0)
        if query.any:
            weight += 10 * sum(has_term(term, text) for term in query.wanted)
        fits[row.pk][4] = round(weight, 3)


WEIGHED_COLUMNS = ("title", "names", "text", "kind")


def has_term(term, text):
    """Tell whether a text has the words of a term, roughly: as the start of a word."""
    return any(
        all(f" {each}" in f" {text}" for each in said.stems) for said in term.said
    )


def ranked(numbers, query):
    """Put rows of the index in order of the database's own measure, best first."""
    ask, expression = engine(), engine().ask(query)
    marks = ", ".join(["%s"] * len(numbers))
    # The plus keeps SQLite from asking FTS5 again for every single key.
    plus = "+" if connection.vendor == "sqlite" else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {ask.key} FROM {TABLE} WHERE {ask.match} "
            f"AND {ask.key} BETWEEN %s AND %s "
            f"AND {plus}{ask.key} IN ({marks}) ORDER BY {ask.rank}, {ask.key} DESC",
            [expression, min(numbers), max(numbers), *numbers]
            + [expression] * ask.rank.count("%s"),
        )
        return [row[0] for row in cursor.fetchall()]
