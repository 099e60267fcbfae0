"""What the shorter lists share: filters kept, orders, keyset pages, counts, files."""

from functools import cached_property, reduce
from operator import or_

import django_filters
from django import forms
from django.db.models import Q
from django.shortcuts import render

from commissions.public.commission.filters import (
    SEARCH_BOX,
    TypedFilter,
    choice,
    for_robots,
    topic_tree,
)
from commissions.public.forms import FilterForm
from commissions.public.listing.csv_json import files
from commissions.public.listing.fields import OrganisationField
from commissions.public.listing.filter_panel import chosen, panel
from commissions.public.listing.keyset import SIZE, Keyset, turn

COUNTED = 1_000  # rows are counted up to here


def words_filter(hint):
    """Return a filter for words, each of which must be there."""
    return TypedFilter(
        forms.CharField,
        label="Search",
        help_text=hint,
        method="by_words",
        max_length=200,
        error_messages={"max_length": "Search for 200 characters or fewer."},
        widget=forms.TextInput(attrs=SEARCH_BOX),
    )


def organisation_filter(field_name="organisation", hint="", label="Organisation"):
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
    topic of a row, for a filter `topic`.
    """

    orders = {}
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
        self.filters["sort"] = order = choice(
            "Order",
            [
                ("" if code == self.usual else code, o[0])
                for code, o in self.orders.items()
            ],
            empty=None,
            method="in_order",
            widget=forms.HiddenInput,
        )
        order.parent = self
        if "topic" in self.filters:
            self.topics = topic_tree()
            self.filters["topic"].extra["choices"] = [
                (slug, label) for slug, (label, _) in self.topics.items()
            ]

    def has(self, word):
        """Return the condition that a row has a word."""
        return reduce(or_, (Q((f"{name}__icontains", word)) for name in self.searched))

    def by_words(self, rows, name, value):
        """Keep those that have every word."""
        for word in value.split()[:8]:
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


def how_many(filters, noun, nouns):
    """Say how many rows are left, in one query that stops at COUNTED."""
    number = filters.narrowed().order_by()[: COUNTED + 1].count()
    if number > COUNTED:
        return f"More than {COUNTED:,} {nouns}"
    return f"{number:,} {noun if number == 1 else nouns}"


def page_of(
    request, template, filters, *, names, present, formats=None, size=SIZE, **more
):
    """Answer with one page of a list.

    `names` are its title, the noun and its plural; `present` turns the rows of
    a page into what the template shows; `more` is further context.
    """
    title, noun, nouns = names
    page, mangled = turn(filters.read(), request.GET, size)
    context = {
        "title": title,
        "form": filters.form,
        "panel": panel(request, filters, filters.order),
        "rows": present(page.rows),
        "mangled": mangled,
        "count": how_many(filters, noun, nouns),
        "chosen": chosen(request, filters),
        "action": request.path,
        "files": files(request, nouns, formats) if formats else [],
        **page.links(request.GET),
        **for_robots(request),
        **more,
    }
    return render(request, template, context)
