"""The filters of the list of commissions: what may be asked, and what it keeps.

Each filter can be left out of the others (`narrowed`), since a facet counts
with the other filters applied. An answer that makes no sense is refused in a
sentence and left out; the rest still narrows the list.
"""

from datetime import timedelta
from functools import cached_property

from django import forms
from django.db import connection
from django.db.models import DateTimeField, DecimalField, Exists, OuterRef, Q
from django.utils import timezone

from commissions.law.lifecycle import stated_name
from commissions.models import Commission, Organisation, Stage
from commissions.public.commission.rows import light
from commissions.public.forms import FilterForm
from commissions.public.listing.filters import (
    KINDS,
    SEARCH_BOX,
    AreaField,
    ListFilter,
    PoundsField,
    TypedFilter,
    choice,
    inside,
    organisation_filter,
)
from commissions.public.listing.keyset import Keyset, Part, Positions
from commissions.search import query as search_query
from commissions.search.parser import parse

WIDE = 5_000  # from this many commissions on, SQLite asks each in turn
HOLDER = {
    "yes": "Somebody is named",
    "no": "The post is vacant",
    "notices": "Not recorded here: known from notices",
}
WITHIN = {"7": "7 days", "14": "14 days", "28": "28 days"}


def few(rows):
    """Tell whether rows are few enough for SQLite to begin with them."""
    return rows.order_by()[:WIDE].count() < WIDE


def named(stage):
    """Name a stage, and what it is called where it is known from notices only."""
    label, told = Stage(stage).label, stated_name(stage)
    return label if label == told else f"{label}, or {told.lower()}"


class SearchForm(FilterForm):
    """The filters as a form; checks what no field can check alone."""

    def clean(self):
        """Refuse a range of values that is upside down."""
        asked = super().clean()
        low, high = asked.get("value_from"), asked.get("value_to")
        if low is not None and high is not None and low > high:
            self.add_error(
                "value_to", "The highest value must be at least the lowest value."
            )
        return asked


class CommissionFilter(ListFilter):
    """The list of commissions, narrowed by what a reader asked."""

    q = TypedFilter(
        forms.CharField,
        label="Search",
        method="by_words",
        max_length=500,
        error_messages={"max_length": "Search for 500 characters or fewer."},
        widget=forms.TextInput(attrs=SEARCH_BOX),
    )
    open = choice("Open now", Commission.Window.choices, method="by_open")
    closing = choice("Closes within", WITHIN.items(), method="by_closing")
    stage = choice("Stage", [(code, named(code)) for code in Stage.values])
    topic = choice("Topic", method="by_topic")
    area = TypedFilter(
        AreaField,
        label="Place",
        help_text="A nation, region, county or district.",
        method="by_area",
    )
    organisation = organisation_filter(hint="All or part of its name.")
    kind = choice("Kind of organisation", KINDS, method="by_kind")
    holder = choice("Named holder", HOLDER.items(), method="by_holder")
    value_from = TypedFilter(
        PoundsField,
        label="Value from",
        help_text="In pounds: 250,000 or 1.2 million.",
        field_name="value_max",
        lookup_expr="gte",
    )
    value_to = TypedFilter(
        PoundsField, label="Value to", field_name="value_max", lookup_expr="lte"
    )
    regime = choice("Law it runs under", Commission.Regime.choices)
    kept_back = (
        "stage",
        "organisation",
        "kind",
        "holder",
        "value_from",
        "value_to",
        "regime",
    )

    class Meta:
        form = SearchForm

    def __init__(self, data, *, at=None):
        self.at = at or timezone.now()
        data = data.copy()
        self.query = parse(data.get("q", "")[:1000])
        self.orders = orders(self.at, ranked=self.query.wanted)
        if data.get("sort") == "relevance":
            data["sort"] = ""
        super().__init__(data, self.listed())

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
            rows = rows.filter(search_query.condition(self.words, rows, recent=recent))
        return rows

    @cached_property
    def words(self):
        """The search as it is made: see `commissions.search.query.settled`."""
        return search_query.settled(self.query)

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
        if narrow or few(theirs):
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
            area__in=inside(self.asked["area"])
        )
        if connection.vendor == "postgresql" or few(there):
            return Q(pk__in=there.values("commission"))
        return Exists(there.filter(commission=OuterRef("pk")))

    def by_area(self, rows, name, value):
        """Keep what is in one of these places, or in a place inside one."""
        return rows.filter(self.place)

    def read(self, fetched=light):
        """Return the list ready to be paged; `fetched` adds what rows need."""
        if self.order == "relevance":
            keys = search_query.ranked(self.narrowed(recent=True), self.words)
            rows = fetched(self.queryset)
            return Positions(keys, "relevance", lambda keys: by_key(rows, keys))
        parts = self.orders[self.order][1]
        return Keyset(fetched(self.narrowed()), parts, name=self.order)


def by_key(rows, keys):
    """Read the rows of these keys, in their order; one that is gone is left out."""
    found = rows.in_bulk(keys)
    return [found[key] for key in keys if key in found]


NEWEST = Part("published_at", DateTimeField(), down=True)
VALUE = DecimalField(max_digits=18, decimal_places=2)


def orders(at, *, ranked):
    """Return the orders of the list at a time; words are `ranked` by the search."""
    # Few things are open at a time: SQLite is told to begin with those, and
    # not with all of a stage.
    closing = Commission.objects.filter(window_closes_at__gt=at)
    to_come, known = Q(window_closes_at__gt=at), Q(value_max__isnull=False)
    first = to_come & Q(pk__in=closing.values("pk"))
    found = {
        "closing": (
            "Closing soonest",
            [
                Part("window_closes_at", DateTimeField(), where=first),
                Part("published_at", DateTimeField(), down=True, where=~to_come),
            ],
        ),
        "newest": ("Newest", [NEWEST]),
        "value": (
            "Highest value",
            [
                Part("value_max", VALUE, down=True, where=known),
                Part("published_at", DateTimeField(), down=True, where=~known),
            ],
        ),
    }
    return {"relevance": ("Best match", []), **found} if ranked else found
