"""The filters of the list of commissions, and the counts beside their choices (facets).

Each filter can be left out of the others (`narrowed`), since a facet counts
with the other filters applied. An answer that makes no sense is refused in a
sentence and left out; the rest still narrows the list.

Facets nobody has chosen from share one count; each that has been chosen from needs
one without it: all are parts of one query. At most SCANNED commissions are counted
in each, so that a list of a million costs what one of ten thousand costs; `whole`
then is false, and the page says so.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from django import forms
from django.db import connection
from django.db.models import (
    Case,
    DateTimeField,
    DecimalField,
    Exists,
    F,
    OuterRef,
    Q,
    Value,
    When,
)
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext, gettext_lazy, ngettext

from commissions.law.lifecycle import stated_name
from commissions.models import Commission, Organisation, Stage, Tender
from commissions.public.commission.rows import without_long_texts
from commissions.public.forms import FilterForm
from commissions.public.listing.filters import (
    KINDS,
    SEARCH_BOX,
    AreaField,
    ListFilter,
    PoundsField,
    TypedFilter,
    areas_inside,
    choice_filter,
    organisation_filter,
)
from commissions.public.listing.keyset import Keyset, KeysetPart, Positions
from commissions.search import query as search_query
from commissions.search.parser import parse
from commissions.text.labels import RESERVED

WIDE = 5_000  # from this many commissions on, SQLite asks each in turn
HOLDER = {
    "yes": gettext_lazy("Someone is responsible"),
    "no": gettext_lazy("The post is vacant"),
    "notices": gettext_lazy("Not recorded here: known from notices"),
}
WITHIN = {
    "7": gettext_lazy("7 days"),
    "14": gettext_lazy("14 days"),
    "28": gettext_lazy("28 days"),
}


def are_few(rows):
    """Tell whether rows are few enough for SQLite to begin with them."""
    return rows.order_by()[:WIDE].count() < WIDE


def stage_and_other_name(stage):
    """Name a stage, and what it is called where it is known from notices only."""
    label, stated = str(Stage(stage).label), str(stated_name(stage))
    if label == stated:
        return label
    return gettext("{stage}, or {other}").format(stage=label, other=stated.lower())


named = lazy(stage_and_other_name, str)


class SearchForm(FilterForm):
    """The filters as a form; checks what no field can check alone."""

    def clean(self):
        """Refuse a range of values that is upside down."""
        asked = super().clean()
        low, high = asked.get("value_from"), asked.get("value_to")
        if low is not None and high is not None and low > high:
            self.add_error(
                "value_to",
                gettext("The highest value must be at least the lowest value."),
            )
        return asked


class CommissionFilter(ListFilter):
    """The list of commissions, narrowed by what a reader asked."""

    q = TypedFilter(
        forms.CharField,
        label=gettext_lazy("Search the commissions"),
        method="by_words",
        max_length=500,
        error_messages={
            "max_length": gettext_lazy("Search for 500 characters or fewer.")
        },
        widget=forms.TextInput(attrs=SEARCH_BOX),
    )
    open = choice_filter(
        gettext_lazy("Open now"), Commission.Window.choices, method="by_open"
    )
    closing = choice_filter(
        gettext_lazy("Closes within"), WITHIN.items(), method="by_closing"
    )
    stage = choice_filter(
        gettext_lazy("Stage"), [(code, named(code)) for code in Stage.values]
    )
    topic = choice_filter(gettext_lazy("Topic"), method="by_topic")
    area = TypedFilter(
        AreaField,
        label=gettext_lazy("Place"),
        help_text=gettext_lazy("A nation, region, county or district."),
        method="by_area",
    )
    organisation = organisation_filter(hint=gettext_lazy("All or part of its name."))
    kind = choice_filter(gettext_lazy("Kind of organisation"), KINDS, method="by_kind")
    holder = choice_filter(
        gettext_lazy("Who is responsible"), HOLDER.items(), method="by_holder"
    )
    value_from = TypedFilter(
        PoundsField,
        label=gettext_lazy("Value from"),
        help_text=gettext_lazy("In pounds: 250,000 or 1.2 million."),
        field_name="value_max",
        lookup_expr="gte",
    )
    value_to = TypedFilter(
        PoundsField,
        label=gettext_lazy("Value to"),
        field_name="value_max",
        lookup_expr="lte",
    )
    regime = choice_filter(gettext_lazy("Which law applies"), Commission.Regime.choices)
    reserved = choice_filter(
        gettext_lazy("Reserved for"), RESERVED.items(), method="by_reserved"
    )
    kept_back = (
        "stage",
        "organisation",
        "kind",
        "holder",
        "value_from",
        "value_to",
        "regime",
        "reserved",
    )

    class Meta:
        form = SearchForm

    def __init__(self, data, *, at=None):
        self.at = at or timezone.now()
        data = data.copy()
        self.query = parse(data.get("q", "")[:1000])
        self.orders = list_orders(self.at, ranked=self.query.wanted)
        if data.get("sort") == "relevance":
            data["sort"] = ""
        super().__init__(data, self.listed())

    def by_reserved(self, rows, _, value):
        """Keep those whose bids are reserved: a place counts as local suppliers."""
        tenders = Tender.objects.filter(commission=OuterRef("pk"))
        asked = Q(reserved_for__icontains=value)
        if value == "local":
            asked |= ~Q(reserved_place="")
        return rows.filter(Exists(tenders.filter(asked)))

    def listed(self):
        return Commission.objects.published(self.at)

    @cached_property
    def order(self):
        """The order asked for, or the usual one; a refused search has no best match."""
        order = super().order
        return order if order != "relevance" or "q" in self.asked else "closing"

    def narrowed(self, *, without="", recent=False):
        """Return the commissions that are left, with one filter left out.

        With `recent`, of a search for common words, only of the newest it finds.
        """
        rows = self.queryset
        for name, value in self.asked.items():
            if name not in ("q", without):
                rows = self.filters[name].filter(rows, value)
        if self.query and "q" in self.asked and without != "q":
            rows = rows.filter(self.searched_for(rows, without, recent))
        return rows

    def searched_for(self, rows, without, recent):
        """Return what the search asks of the rows that the other filters leave.

        On PostgreSQL it is the same for counting and for reading: it is asked once.
        """
        if connection.vendor == "sqlite":
            return search_query.search_condition(self.words, rows, recent=recent)
        others = rows if len(self.asked) > 1 and not without else None
        if others is None:
            return search_query.search_condition(self.words)
        if self.among_others is None:
            self.among_others = search_query.search_condition(self.words, others)
        return self.among_others

    among_others = None

    @cached_property
    def words(self):
        """The search as it is made: see `commissions.search.query.settle_query`."""
        return search_query.settle_query(self.query)

    def by_words(self, rows, name, value):
        """Leave the words to `narrowed`, which applies them after all the rest."""
        return rows

    def by_open(self, rows, name, value):
        return rows.open(self.at).filter(window_for=value)

    def by_closing(self, rows, name, value):
        """Keep what is open now and closes within so many days."""
        by = self.at + timedelta(days=int(value))
        return rows.open(self.at).filter(window_closes_at__lte=by)

    def by_kind(self, rows, name, value):
        return rows.filter(self.led)

    @cached_property
    def led(self):
        """The kind of organisation asked for, as a condition."""
        bodies = Organisation.objects.filter(kind=self.asked["kind"])
        theirs = Commission.objects.filter(organisation__in=bodies)
        narrow = connection.vendor == "postgresql" or "organisation" in self.asked
        if narrow or are_few(theirs):
            return Q(organisation__in=bodies)
        return Q(Exists(bodies.filter(pk=OuterRef("organisation"))))

    def by_holder(self, rows, name, value):
        """Keep what somebody is named for, what is vacant, or what nobody keeps here."""
        if value == "notices":
            return rows.known_from_notices()
        return (
            rows.with_named_holder() if value == "yes" else rows.without_named_holder()
        )

    @cached_property
    def place(self):
        """The places asked for and all inside them, as a condition."""
        there = Commission.areas.through.objects.filter(
            area__in=areas_inside(self.asked["area"])
        )
        if connection.vendor == "postgresql" or are_few(there):
            return Q(pk__in=there.values("commission"))
        return Exists(there.filter(commission=OuterRef("pk")))

    def by_area(self, rows, name, value):
        """Keep what is in one of these places, or in a place inside one."""
        return rows.filter(self.place)

    def read(self, fetched=without_long_texts):
        """Return the list ready to be paged; `fetched` adds what rows need."""
        if self.order == "relevance":
            keys = search_query.ranked_keys(self.narrowed(recent=True), self.words)
            rows = fetched(self.queryset)
            return Positions(keys, "relevance", lambda keys: rows_by_key(rows, keys))
        parts = self.orders[self.order][1]
        return Keyset(fetched(self.narrowed()), parts, name=self.order)


def rows_by_key(rows, keys):
    """Read the rows of these keys, in their order; one that is gone is left out."""
    found = rows.in_bulk(keys)
    return [found[key] for key in keys if key in found]


NEWEST = KeysetPart("published_at", DateTimeField(), down=True)
VALUE = DecimalField(max_digits=18, decimal_places=2)


def list_orders(at, *, ranked):
    """Return the orders of the list at a time; words are `ranked` by the search."""
    # Few things are open at a time: SQLite is told to begin with those, and
    # not with all of a stage.
    closing = Commission.objects.filter(window_closes_at__gt=at)
    to_come, known = Q(window_closes_at__gt=at), Q(value_max__isnull=False)
    first = to_come & Q(pk__in=closing.values("pk"))
    found = {
        "closing": (
            gettext_lazy("Closing soonest"),
            [
                KeysetPart("window_closes_at", DateTimeField(), where=first),
                KeysetPart("published_at", DateTimeField(), down=True, where=~to_come),
            ],
        ),
        "newest": (gettext_lazy("Newest"), [NEWEST]),
        "value": (
            gettext_lazy("Highest value"),
            [
                KeysetPart("value_max", VALUE, down=True, where=known),
                KeysetPart("published_at", DateTimeField(), down=True, where=~known),
            ],
        ),
    }
    return {"relevance": (gettext_lazy("Best match"), []), **found} if ranked else found


SCANNED = 1_000


FACETS = ("stage", "topic", "kind", "regime", "open")


COLUMNS = ("stage", "topic_id", "organisation__kind", "regime", "opened")


@dataclass
class FacetCounts:
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
            most = f"{self.most:,}"
            return gettext("More than {n} commissions").format(n=most)
        return commissions_in_words(self.total)

    @property
    def limit(self):
        """Say up to how many are counted."""
        return f"{self.most:,}"


def commissions_in_words(number):
    """Say a number of commissions."""
    said = ngettext("{n} commission", "{n} commissions", number)
    return said.format(n=f"{number:,}")


def open_window_code(at):
    """Return what a commission is open for at a time; empty where nothing is."""
    now = Q(window_closes_at__gt=at) & (
        Q(window_opens_at__isnull=True) | Q(window_opens_at__lte=at)
    )
    return Case(When(now, then=F("window_for")), default=Value(""))


def first_rows_as_sql(rows, most, *columns):
    """Write, as SQL and its parameters, the first rows of a queryset."""
    return rows.order_by().values_list(*columns)[:most].query.sql_with_params()


def run_as_one_query(selects):
    """Run several (SQL, parameters) as one query of UNION ALL; return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(sql for sql, params in selects),
            [value for sql, params in selects for value in params],
        )
        return cursor.fetchall()


def facet_counts_as_sql(filters, without):
    """Write one count by every facet's column, with one filter left out."""
    rows = filters.narrowed(without=without, recent=True).annotate(
        opened=open_window_code(filters.at)
    )
    sql, params = first_rows_as_sql(rows, SCANNED + 1, *COLUMNS)
    return (
        f"SELECT %s AS without, {', '.join(COLUMNS)}, count(*) "
        f"FROM ({sql}) AS found GROUP BY {', '.join(COLUMNS)}",
        [without, *params],
    )


def count_facets(filters):
    """Count what every answer to every facet would leave: see Counts."""
    chosen = [name for name in FACETS if name in filters.asked]
    counts = FacetCounts(by={name: Counter() for name in FACETS}, most=SCANNED)
    scanned = Counter()
    for without, *codes, number in run_as_one_query(
        [facet_counts_as_sql(filters, without) for without in ("", *chosen)]
    ):
        scanned[without] += number
        for name, code in zip(FACETS, codes, strict=True):
            if without == (name if name in chosen else ""):
                counts.by[name][code] += number
    counts.total = scanned[""]
    counts.whole = max(scanned.values(), default=0) <= SCANNED
    if counts.total <= SCANNED and search_is_cut_short(filters):
        counts.whole, counts.most = False, max(counts.total - 1, 0)
    return counts


def search_is_cut_short(filters):
    """Tell whether only the newest that the search finds were looked at."""
    if "q" not in filters.asked or not filters.words.many:
        return False
    others = filters.narrowed(without="q").order_by()[: search_query.FEW + 1]
    return others.count() > search_query.FEW


def label_choices(filters, counts):
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


def count_without_each_filter(filters, most):
    """Count, up to a number, what taking each filter off would leave, best first.

    Returns (name of the filter, count) for those that leave anything.
    """
    selects = []
    for name in filters.asked:
        sql, params = first_rows_as_sql(filters.narrowed(without=name), most, "pk")
        selects.append((f"SELECT %s, count(*) FROM ({sql}) AS found", [name, *params]))
    found = [(name, number) for name, number in run_as_one_query(selects) if number]
    return sorted(found, key=lambda pair: -pair[1])
