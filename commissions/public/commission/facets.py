"""How many commissions each answer to a filter would leave, in one query.

A facet counts with the other filters applied. Facets nobody has chosen from
share one count; each that has been chosen from needs one without it: all are
parts of one query. At most SCANNED commissions are counted in each, so that a
list of a million costs what one of ten thousand costs; `whole` then is false,
and the page says so.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Case, F, Q, Value, When

from commissions.search import query as search_query
from commissions.text.formats import how_many

SCANNED = 1_000
FACETS = ("stage", "topic", "kind", "regime", "open")
COLUMNS = ("stage", "topic_id", "organisation__kind", "regime", "opened")


@dataclass
class Counts:
    """Counts by facet and code, of all that is left, and whether they are whole."""

    by: dict = field(default_factory=dict)
    total: int = 0
    whole: bool = True
    most: int = 0

    @property
    def more(self):
        return self.total > self.most

    @property
    def said(self):
        """Say how many commissions are left."""
        if self.more:
            return f"More than {self.most:,} commissions"
        return how_many(self.total, "commission")

    @property
    def limit(self):
        """Say up to how many are counted."""
        return f"{self.most:,}"


def opened(at):
    """Return what a commission is open for at a time; empty where nothing is."""
    now = Q(window_closes_at__gt=at) & (
        Q(window_opens_at__isnull=True) | Q(window_opens_at__lte=at)
    )
    return Case(When(now, then=F("window_for")), default=Value(""))


def some(rows, most, *columns):
    """Write, as SQL and its parameters, the first rows of a queryset."""
    return rows.order_by().values_list(*columns)[:most].query.sql_with_params()


def together(selects):
    """Run several (SQL, parameters) as one query of UNION ALL; return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(sql for sql, params in selects),
            [value for sql, params in selects for value in params],
        )
        return cursor.fetchall()


def grouped(filters, without):
    """Write one count by every facet's column, with one filter left out."""
    rows = filters.narrowed(without=without, recent=True).annotate(
        opened=opened(filters.at)
    )
    sql, params = some(rows, SCANNED + 1, *COLUMNS)
    return (
        f"SELECT %s AS without, {', '.join(COLUMNS)}, count(*) "
        f"FROM ({sql}) AS found GROUP BY {', '.join(COLUMNS)}",
        [without, *params],
    )


def count(filters):
    """Count what every answer to every facet would leave: see Counts."""
    chosen = [name for name in FACETS if name in filters.asked]
    counts = Counts(by={name: Counter() for name in FACETS}, most=SCANNED)
    scanned = Counter()
    for without, *codes, number in together(
        [grouped(filters, without) for without in ("", *chosen)]
    ):
        scanned[without] += number
        for name, code in zip(FACETS, codes, strict=True):
            if without == (name if name in chosen else ""):
                counts.by[name][code] += number
    counts.total = scanned[""]
    counts.whole = max(scanned.values(), default=0) <= SCANNED
    if counts.total <= SCANNED and cut_short(filters):
        counts.whole, counts.most = False, max(counts.total - 1, 0)
    return counts


def cut_short(filters):
    """Tell whether only the newest that the search finds were looked at."""
    if "q" not in filters.asked or not filters.words.many:
        return False
    others = filters.narrowed(without="q").order_by()[: search_query.FEW + 1]
    return others.count() > search_query.FEW


def label(filters, counts):
    """Write the counts beside the choices of the form; drop those that lead nowhere.

    What is chosen stays, whatever it leaves.
    """
    topics = counts.by["topic"]
    counts.by["topic"] = {
        slug: sum(topics[key] for key in keys)
        for slug, (name, keys) in filters.topics.items()
    }
    for name in FACETS:
        field, by = filters.form.fields[name], counts.by[name]
        chosen = filters.data.get(name, "")
        field.choices = [
            (code, f"{words} ({by.get(code, 0):,})")
            for code, words in filters.filters[name].extra["choices"]
            if by.get(code) or code == chosen or not counts.whole
        ]


def widened(filters, most):
    """Count, up to a number, what taking each filter off would leave, best first.

    Returns (name of the filter, count) for those that leave anything.
    """
    selects = []
    for name in filters.asked:
        sql, params = some(filters.narrowed(without=name), most, "pk")
        selects.append((f"SELECT %s, count(*) FROM ({sql}) AS found", [name, *params]))
    found = [(name, number) for name, number in together(selects) if number]
    return sorted(found, key=lambda pair: -pair[1])
