"""Filters of lists: what people type, the choices, and the base of every list.

A body or a place is typed, not picked from a list of thousands. A whole name,
a slug or an official code means that one; part of a name means all that have it.
"""

import re
from functools import cached_property, reduce
from operator import or_

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, Q, When
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from commissions.models import Area, Organisation, Topic
from commissions.public.forms import FilterForm
from commissions.public.listing.keyset import Keyset
from commissions.search.words import fold

# The box is above the list, outside the form of the filters that it is part of.
SEARCH_BOX = {"type": "search", "autocomplete": "off", "form": "filters"}
KINDS = [pair for pair in Organisation.Kind.choices if pair[0] != "provider"]
MOST = 50  # where more than this many match, the reader is asked to type more
POUNDS = re.compile(
    r"£?\s*([\d,]+(?:\.\d+)?)\s*(k|m|bn|thousand|million|billion)?", re.I
)
ANY, ORGANISATION = gettext_lazy("Any"), gettext_lazy("Organisation")
UNITS = {"k": 1_000, "t": 1_000, "m": 1_000_000, "b": 1_000_000_000}


class NamedField(forms.CharField):
    """A field that finds rows by name: its value is a list of rows.

    `rows` are those that may be named, `keys` the other fields, besides the
    name, that name one row in full. One query.
    """

    rows, keys = None, ()
    none = gettext_lazy(
        "There is no “{typed}” here. Check the spelling, or type less of the name."
    )
    many = gettext_lazy(
        "More than {n} names have “{typed}” in them. Type more of the name."
    )

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": 200, **kwargs})

    def clean(self, value):
        """Find what is named; raise ValidationError where nothing is, or too much."""
        text = super().clean(value).strip()
        if not text:
            return []
        part = fold(text)
        whole = Q(name__folded=part)
        for key in self.keys:
            whole |= Q(**{f"{key}__iexact": text})
        near = self.rows().annotate(far=Case(When(whole, then=0), default=1))
        found = list(
            near.filter(whole | Q(name__folded__contains=part)).order_by("far")[
                : MOST + 1
            ]
        )
        exact = [row for row in found if row.far == 0]
        if not found:
            raise ValidationError(self.none.format(typed=text))
        if len(found) > MOST and not exact:
            raise ValidationError(self.many.format(n=MOST, typed=text))
        return exact or found


class OrganisationField(NamedField):
    """Public bodies by name or slug."""

    rows, keys = Organisation.objects.commissioning, ("slug",)
    none = gettext_lazy(
        "No organisation here has “{typed}” in its name. Check the spelling, or type "
        "less of the name."
    )
    many = gettext_lazy(
        "More than {n} organisations have “{typed}” in their name. Type more of it."
    )


class SupplierField(NamedField):
    """Bodies of any kind by name or slug: public bodies supply one another too."""

    rows, keys = Organisation.objects.all, ("slug",)
    none = gettext_lazy(
        "No supplier here has “{typed}” in its name. Check the spelling, or type less "
        "of the name."
    )
    many = gettext_lazy(
        "More than {n} suppliers have “{typed}” in their name. Type more of it."
    )


class AreaField(NamedField):
    """Places by name, slug or GSS code."""

    rows, keys = Area.objects.all, ("slug", "code")
    none = gettext_lazy(
        "No place here has “{typed}” in its name. Type a nation, region, county, "
        "district or borough."
    )
    many = gettext_lazy(
        "More than {n} places have “{typed}” in their name. Type more of it."
    )


class PoundsField(forms.DecimalField):
    """Pounds as people write them: 250000, £250,000, 1.2 million, 50k."""

    default_error_messages = {
        "invalid": gettext_lazy(
            "Enter pounds in numbers, such as 250,000 or 1.2 million."
        ),
        "max_digits": gettext_lazy("Enter a smaller number of pounds."),
        "max_decimal_places": gettext_lazy("Enter pounds and pence, such as 99.50."),
        "max_whole_digits": gettext_lazy("Enter a smaller number of pounds."),
    }

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(
            **{"max_digits": 15, "decimal_places": 2, "widget": widget, **kwargs}
        )

    def to_python(self, value):
        """Read what was typed; raise ValidationError where it is no sum of money."""
        if value in self.empty_values:
            return None
        typed = POUNDS.fullmatch(str(value).strip())
        if not typed:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        number = super().to_python(typed[1].replace(",", ""))
        unit = (typed[2] or "").lower()[:1]
        return (number * UNITS[unit]).normalize() if unit else number


class TypedFilter(django_filters.Filter):
    """A filter whose field is given: what people type."""

    def __init__(self, field_class, **kwargs):
        self.field_class = field_class
        super().__init__(**kwargs)


def choice_filter(label, choices=(), *, empty=ANY, **kwargs):
    """Return a choice among codes, whose refusal names what was sent."""
    refusal = gettext_lazy(
        "“%(value)s” is not one of the choices under “{label}”. Choose one from the "
        "list."
    )
    return django_filters.ChoiceFilter(
        label=label,
        choices=list(choices),
        empty_label=empty,
        error_messages={"invalid_choice": format_lazy(refusal, label=label)},
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


def areas_inside(areas):
    """Return these areas and everything inside them."""
    within = Q()
    for area in areas:
        within |= Q(path__startswith=area.path)
    return Area.objects.filter(within)


def words_filter(hint):
    """Return a filter for words, each of which must be there."""
    return TypedFilter(
        forms.CharField,
        label=gettext_lazy("Search"),
        help_text=hint,
        method="by_words",
        max_length=200,
        error_messages={
            "max_length": gettext_lazy("Search for 200 characters or fewer.")
        },
        widget=forms.TextInput(attrs=SEARCH_BOX),
    )


def organisation_filter(field_name="organisation", hint="", label=ORGANISATION):
    """Return a filter for one or more bodies, by all or part of their name."""
    return TypedFilter(
        OrganisationField,
        label=label,
        help_text=hint,
        field_name=field_name,
        lookup_expr="in",
    )


class ListFilter(django_filters.FilterSet):
    """A list that can be filtered.

    `orders` are {code: (label, [Part])}, usual first. `searched` names the fields
    in which a filter `q` looks for words, and `about` the field that leads to the
    topic of a row, for a filter `topic`. `kept_back` names the fields that wait
    under “More filters” until one is in use.
    """

    orders = {}
    offers_orders = True
    kept_back = ()
    searched = ()
    about = "topic"

    class Meta:
        form = FilterForm

    def __init__(self, data, rows):
        data = data.copy()
        self.usual = next(iter(self.orders))
        if data.get("sort") == self.usual:
            data["sort"] = ""
        super().__init__(data, rows)
        if self.offers_orders:
            self.filters["sort"] = self.order_filter()
        if "topic" in self.filters:
            self.topics = topic_tree()
            self.filters["topic"].extra["choices"] = [
                (slug, label) for slug, (label, _) in self.topics.items()
            ]

    def order_filter(self):
        """Return the choice of an order; the usual one is the empty answer.

        A reader who adds words to a list gets its usual order, unless they chose another.
        """
        orders = [
            ("" if code == self.usual else code, order[0])
            for code, order in self.orders.items()
        ]
        order = choice_filter(
            gettext_lazy("Order"),
            orders,
            empty=None,
            method="in_order",
            widget=forms.HiddenInput,
        )
        order.parent = self
        return order

    def has(self, word):
        """Return the condition that a row has a word, which is folded."""
        return reduce(
            or_, (Q((f"{name}__folded__contains", word)) for name in self.searched)
        )

    def by_words(self, rows, name, value):
        """Keep those that have every word."""
        for word in fold(value).split()[:8]:
            rows = rows.filter(self.has(word))
        return rows

    def by_topic(self, rows, name, value):
        """Keep a topic with the topics under it."""
        return rows.filter(**{f"{self.about}__in": self.topics[value][1]})

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

    def narrowed(self):
        """Return the rows that are left."""
        rows = self.queryset
        for name, value in self.asked.items():
            rows = self.filters[name].filter(rows, value)
        return rows

    def read(self):
        """Return the list in its order, ready to be paged."""
        return Keyset(self.narrowed(), self.orders[self.order][1], name=self.order)
