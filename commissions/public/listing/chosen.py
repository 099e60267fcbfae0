"""The filters now on, in words, each with the link that takes it off."""

from decimal import Decimal

from commissions.templatetags.portal import query_without
from commissions.text.formats import money


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
