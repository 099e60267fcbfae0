"""A list as a page: its rows, its filters as links, and what was asked for wrongly."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django import forms
from django.conf import settings
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from commissions.public.listing.keyset import SIZE, turn_page
from commissions.templatetags.portal import query_without
from commissions.text.formats import money
from commissions.text.languages import is_welsh

MOST_ROWS = 500  # rows shown even when a reader asks for all of one list


@dataclass(frozen=True)
class Excerpt:
    """Some rows of a list; `more` when others were left out, `whole` when asked for."""

    name: str
    rows: list
    more: bool
    whole: bool


def excerpt(rows, name, *, first, asked=""):
    """Take the first rows of a query, or up to MOST_ROWS where `asked` names the list.

    Reads one row too many, in place of a count, to know whether there are more.
    """
    whole = asked == name
    limit = MOST_ROWS if whole else first
    found = list(rows[: limit + 1])
    return Excerpt(name, found[:limit], len(found) > limit, whole)


COUNTED = 1_000  # rows are counted up to here
LONGEST = 60  # characters of a refused answer that are shown back


def show_refused(form):
    """Keep a refused choice in its box, so that it can be seen and mended."""
    for bound in form.visible_fields():
        asked = (form.data.get(bound.name) or "")[:LONGEST]
        if bound.errors and isinstance(bound.field, forms.ChoiceField):
            bound.field.choices = [
                *bound.field.choices,
                (
                    form.data[bound.name],
                    gettext("“{asked}” (not a choice)").format(asked=asked),
                ),
            ]


def filter_panel(request, filters):
    """Return {form, search, first, more, more_open, sort, orders} for the template.

    The search box (`q`) has a place of its own above the list. `sort` is what the
    form must send to stay in the order it is in, empty for the usual one.
    """
    form = filters.form
    show_refused(form)
    fields = [field for field in form.visible_fields() if field.name != "q"]
    more = [field for field in fields if field.name in filters.kept_back]
    return {
        "form": form,
        "search": form["q"] if "q" in form.fields else None,
        "first": [field for field in fields if field not in more],
        "more": more,
        "more_open": any(form.data.get(field.name) for field in more),
        "sort": "" if filters.order == filters.usual else filters.order,
        "orders": order_links(request, filters),
    }


def order_links(request, filters):
    """List {label, url, on} of the orders a list can be in; none where it has one."""
    sort = filters.filters.get("sort")
    here = query_without(request.META.get("QUERY_STRING", ""), "sort")
    return [
        {
            "label": label,
            "url": f"{here}{'&' if here[1:] else ''}sort={code}" if code else here,
            "on": filters.order == (code or filters.usual),
        }
        for code, label in (sort.extra["choices"] if sort else ())
    ]


def filter_words(filters, name, value):
    """Say the value of one filter as the reader knows it."""
    if isinstance(value, list):
        names = [str(row) for row in value]
        more = len(names) - 3
        first = ", ".join(names[:3])
        if more <= 0:
            return first
        return gettext("{names} and {n} more").format(names=first, n=more)
    if isinstance(value, Decimal):
        return money(value)
    choices = dict(filters.filters[name].extra.get("choices", ()))
    return choices.get(value, value).removeprefix("– ")


def chosen_filters(request, filters):
    """List {key, name, label, url} of each filter that is on."""
    query = request.META.get("QUERY_STRING", "")
    return [
        {
            "key": name,
            "name": filters.filters[name].label,
            "label": filter_words(filters, name, value),
            "url": query_without(query, name),
        }
        for name, value in filters.asked.items()
    ]


def how_many(filters, in_words):
    """Say how many rows are left, in one query that stops at COUNTED.

    `in_words` says a number of them.
    """
    number = filters.narrowed().order_by()[: COUNTED + 1].count()
    if number > COUNTED:
        return gettext("More than {rows}").format(rows=in_words(COUNTED))
    return in_words(number)


class ListPage:
    """One page of a list, as `commissions/listing/list.html` shows it.

    A list names its `filter_set`, `template`, `title`, the `export` it can be had as
    (an `Export`), and in `present` what a row shows. `counted` says a number of rows,
    by `ngettext_lazy` with the key "number"; or `noun` and `nouns` name them.
    """

    filter_set = None
    template = ""
    title = caption = noun = nouns = ""
    counted = None
    export = None
    size = SIZE

    def __init__(self, request):
        self.request = request

    @cached_property
    def filters(self):
        """The filters, with what was asked."""
        return self.filter_set(self.request.GET)

    @property
    def form(self):
        return self.filters.form

    @cached_property
    def panel(self):
        """The filters and orders as they stand around the list."""
        return filter_panel(self.request, self.filters)

    @cached_property
    def turned(self):
        """The rows asked for, and whether the cursor that asked was mangled."""
        return turn_page(self.filters.read(), self.request.GET, self.size)

    @property
    def mangled(self):
        """Whether the place in the list could not be read, so that this is its first."""
        return self.turned[1]

    @cached_property
    def rows(self):
        """The rows of this page, as the template shows them."""
        return self.present(self.turned[0].rows)

    def present(self, rows):
        """Return what the template shows of rows, read in as many queries for all."""
        return rows

    @cached_property
    def count(self):
        """How many rows are left, in words."""
        return how_many(self.filters, self.rows_in_words)

    def rows_in_words(self, number):
        """Say a number of rows: 3 commissions."""
        said = f"{number:,}"
        if self.counted:
            return self.counted.format(n=said, number=number)
        one = number == 1 or is_welsh()  # Welsh counts in the singular
        return f"{said} {gettext(self.noun if one else self.nouns)}"

    @cached_property
    def chosen(self):
        return chosen_filters(self.request, self.filters)

    @property
    def action(self):
        """The address of the list, with nothing asked."""
        return self.request.path

    @property
    def clear_url(self):
        """Where all filters are off; empty where none is on."""
        return "?" if self.chosen else ""

    @property
    def files(self):
        """The same list as files."""
        return self.export.links(self.request.GET) if self.export else []

    @property
    def previous_url(self):
        """The address of the page before; empty where there is none."""
        return self.turned[0].beside(self.request.GET, "before")

    @property
    def next_url(self):
        """The address of the page after; empty where there is none."""
        return self.turned[0].beside(self.request.GET, "after")

    @property
    def canonical(self):
        """The address that search engines keep."""
        return f"{settings.PORTAL_ORIGIN}{self.request.path}"

    @property
    def filtered(self):
        """Whether it is only a part of the list: followed but not indexed."""
        return bool(self.request.GET)


def clean_address(request):
    """Return the address of a page without the filters left empty; None where it is so."""
    asked = request.GET.copy()
    for name in request.GET:
        asked.setlist(name, [each for each in asked.getlist(name) if each.strip()])
    if asked.urlencode() == request.GET.urlencode():
        return None
    return f"{request.path}?{asked.urlencode()}".rstrip("?")


def list_view(page_class):
    """Return the view of a list; what the address names is given to the page.

    A form sends its empty fields too: an address has only what was asked.
    """

    @require_safe
    def index(request, **named):
        if address := clean_address(request):
            return redirect(address)
        page = page_class(request, **named)
        return render(request, page.template, {"page": page})

    return index
