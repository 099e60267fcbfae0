"""What stands around a list to ask it for more: filters, most used first; orders.

The search box (`q`) has a place of its own above the list. A filter set names
in `kept_back` the fields that wait under “More filters” until one is in use.
"""

from decimal import Decimal

from django import forms

from commissions.templatetags.portal import query_without
from commissions.text.formats import money

LONGEST = 60  # characters of a refused answer that are shown back


def show_refused(form):
    """Keep a refused choice in its box, so that it can be seen and mended."""
    for bound in form.visible_fields():
        asked = (form.data.get(bound.name) or "")[:LONGEST]
        if bound.errors and isinstance(bound.field, forms.ChoiceField):
            bound.field.choices = [
                *bound.field.choices,
                (form.data[bound.name], f"“{asked}” (not a choice)"),
            ]


def panel(request, filters, order):
    """Return {form, search, first, more, more_open, sort, orders} for the template.

    `order` is the code of the order the list is in; `sort` is what the form
    must send to stay in it, empty for the usual one.
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
        "sort": "" if order == filters.usual else order,
        "orders": orders(request, filters, order),
    }


def orders(request, filters, order):
    """List {label, url, on} of the orders a list can be in; none where it has one."""
    sort = filters.filters.get("sort")
    here = query_without(request.META.get("QUERY_STRING", ""), "sort")
    return [
        {
            "label": label,
            "url": f"{here}{'&' if here[1:] else ''}sort={code}" if code else here,
            "on": order == (code or filters.usual),
        }
        for code, label in (sort.extra["choices"] if sort else ())
    ]


# The filters now on, in words, each with the link that takes it off.


def words(filters, name, value):
    """Say the value of one filter as the reader knows it."""
    if isinstance(value, list):
        names = [str(row) for row in value]
        more = len(names) - 3
        return ", ".join(names[:3]) + (f" and {more} more" if more > 0 else "")
    if isinstance(value, Decimal):
        return money(value)
    choices = dict(filters.filters[name].extra.get("choices", ()))
    return choices.get(value, value).removeprefix("– ")


def chosen(request, filters):
    """List {key, name, label, url} of each filter that is on."""
    query = request.META.get("QUERY_STRING", "")
    return [
        {
            "key": name,
            "name": filters.filters[name].label,
            "label": words(filters, name, value),
            "url": query_without(query, name),
        }
        for name, value in filters.asked.items()
    ]
