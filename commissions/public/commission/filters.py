"""The filters of the list of commissions: what may be asked, and what it keeps.

Each filter can be left out of the others (`narrowed`), since a facet counts
with the other filters applied. An answer that makes no sense is refused in a
sentence and left out; the rest still narrows the list.
"""

from datetime import timedelta
from functools import cached_property

import django_filters
from django import forms
from django.conf import settings
from django.db import connection
from django.db.models import DateTimeField, DecimalField, Exists, OuterRef, Q
from django.utils import timezone

from commissions.models import Area, Commission, Organisation, Stage, Topic
from commissions.public.forms import FilterForm
from commissions.public.listing.fields import AreaField, OrganisationField, PoundsField
from commissions.public.listing.keyset import Keyset, Part, Ranking
from commissions.search import query as search_query
from commissions.search.parser import parse

# The box stands above the list, outside the form of the filters that it is part of.
SEARCH_BOX = {"type": "search", "autocomplete": "off", "form": "filters"}
WIDE = 5_000  # from this many commissions on, SQLite asks each in turn
KINDS = [pair for pair in Organisation.Kind.choices if pair[0] != "provider"]
HOLDER = {"yes": "Somebody is named", "no": "Nobody is named"}
WITHIN = {"7": "7 days", "14": "14 days", "28": "28 days"}
SORTS = {
    "relevance": "Best match",
    "closing": "Closing soonest",
    "newest": "Newest",
    "value": "Highest value",
}


class TypedFilter(django_filters.Filter):
    """A filter whose field is given: what people type, read by `typed`."""

    def __init__(self, field_class, **kwargs):
        self.field_class = field_class
        super().__init__(**kwargs)


def choice(label, choices=(), *, empty="Any", **kwargs):
    """Return a choice among codes, whose refusal names what was sent."""
    refusal = f"“%(value)s” is not one of the choices under “{label}”."
    return django_filters.ChoiceFilter(
        label=label,
        choices=list(choices),
        empty_label=empty,
        error_messages={"invalid_choice": f"{refusal} Choose one from the list."},
        **kwargs,
    )


def topic_tree():
    """Read the topics, children after their parent: {slug: (label, keys included)}."""
    rows = list(Topic.objects.values_list("pk", "slug", "name", "parent_id"))
    tree = {}
    for pk, slug, name, parent in rows:
        if parent is None:
            below = [row for row in rows if row[3] == pk]
            tree[slug] = (name, {pk, *(row[0] for row in below)})
            tree.update({row[1]: (f"– {row[2]}", {row[0]}) for row in below})
    return tree


def inside(areas):
    """Return these areas and everything inside them."""
    within = Q()
    for area in areas:
        within |= Q(path__startswith=area.path)
    return Area.objects.filter(within)


def few(rows):
    """Tell whether rows are few enough for SQLite to begin with them."""
    return rows.order_by()[:WIDE].count() < WIDE


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


class CommissionFilter(django_filters.FilterSet):
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
    stage = choice("Stage", Stage.choices)
    topic = choice("Topic", method="by_topic")
    area = TypedFilter(
        AreaField,
        label="Place",
        help_text="A nation, region, county or district.",
        method="by_area",
    )
    organisation = TypedFilter(
        OrganisationField,
        label="Organisation",
        help_text="All or part of its name.",
        field_name="organisation",
        lookup_expr="in",
    )
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
    sort = choice(  # links beside the list: see `panel.orders`
        "Order",
        SORTS.items(),
        empty=None,
        method="in_order",
        widget=forms.HiddenInput,
    )
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
        self.usual = "relevance" if self.query.wanted else "closing"
        if data.get("sort") == "relevance" or data.get("sort") == self.usual:
            data["sort"] = ""
        super().__init__(data, self.listed())

    def listed(self):
        """Return all that this list is about, before anything is asked."""
        return Commission.objects.published(self.at)

    def get_form_class(self):
        """Return the form, with the topics of the database and the orders there are."""
        self.filters["topic"].extra["choices"] = [
            (slug, label) for slug, (label, keys) in self.topics.items()
        ]
        if "sort" in self.filters:
            self.offer_orders()
        return super().get_form_class()

    def offer_orders(self):
        """Offer the orders there are.

        The usual order is the empty answer: whoever adds words to a list gets
        the best match first, unless they chose otherwise.
        """
        orders = [
            pair for pair in SORTS.items() if pair[0] not in {"relevance", self.usual}
        ]
        self.filters["sort"].extra["choices"] = [("", SORTS[self.usual]), *orders]

    @cached_property
    def topics(self):
        """The topics there are: see `topic_tree`."""
        return topic_tree()

    @cached_property
    def asked(self):
        """What was asked and makes sense: {name: cleaned value}, without the order."""
        self.form.is_valid()
        return {
            name: value
            for name, value in self.form.cleaned_data.items()
            if name != "sort" and value not in (None, "", [])
        }

    @cached_property
    def order(self):
        """The order asked for, or the usual one."""
        self.form.is_valid()
        return self.form.cleaned_data.get("sort") or self.usual

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
        """The search as it is made: see `asking.settled`."""
        return search_query.settled(self.query)

    def by_words(self, rows, name, value):
        """Leave the words to `narrowed`, which applies them after all the rest."""
        return rows

    def by_open(self, rows, name, value):
        """Keep what is open now, for this."""
        return rows.open(self.at).filter(window_for=value)

    def by_closing(self, rows, name, value):
        """Keep what is open now and closes within so many days."""
        by = self.at + timedelta(days=int(value))
        return rows.open(self.at).filter(window_closes_at__lte=by)

    def by_topic(self, rows, name, value):
        """Keep a topic with its children."""
        return rows.filter(topic__in=self.topics[value][1])

    def by_kind(self, rows, name, value):
        """Keep what organisations of one kind lead."""
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
        """Keep what somebody is named for, or what nobody is."""
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


# The list of commissions as asked for: filtered, in order, page by page.


NEWEST = Part("published_at", DateTimeField(), down=True)
VALUE = DecimalField(max_digits=18, decimal_places=2)


def parts(order, at):
    """Return the parts of the list in an order, at a time."""
    if order == "closing":
        # Few things are open at a time: SQLite is told to begin with those, and
        # not with all of a stage.
        closing = Commission.objects.filter(window_closes_at__gt=at)
        to_come = Q(window_closes_at__gt=at)
        first = to_come & Q(pk__in=closing.values("pk"))
        return [
            Part("window_closes_at", DateTimeField(), where=first),
            Part("published_at", DateTimeField(), down=True, where=~to_come),
        ]
    if order == "value":
        known = Q(value_max__isnull=False)
        return [
            Part("value_max", VALUE, down=True, where=known),
            Part("published_at", DateTimeField(), down=True, where=~known),
        ]
    return [NEWEST]


class Listing:
    """What a query string asks of the list of commissions."""

    def __init__(self, data):
        self.filters = CommissionFilter(data)
        self.form = self.filters.form
        self.at = self.filters.at

    @cached_property
    def rows(self):
        """Return all that is left, in no order."""
        return self.filters.narrowed()

    @cached_property
    def order(self):
        """The order the list is in; a refused search has no best match."""
        order = self.filters.order
        return order if order != "relevance" or "q" in self.filters.asked else "closing"

    def read(self, fetched):
        """Return the list ready to be paged; `fetched` adds what rows need."""
        if self.order == "relevance":
            rows = self.filters.narrowed(recent=True)
            keys = search_query.ranked(rows, self.filters.words)
            return Ranking(fetched(self.filters.queryset), keys)
        return Keyset(fetched(self.rows), parts(self.order, self.at), name=self.order)


def for_robots(request):
    """Return what a list tells search engines: its address, and whether it is all.

    A filtered list, or a page of one, is followed but not indexed.
    """
    return {
        "canonical": f"{settings.PORTAL_ORIGIN}{request.path}",
        "filtered": bool(request.GET),
    }
