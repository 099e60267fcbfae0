"""What templates need: money, days and people in words; links between pages."""

import re

from django import template
from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from commissions.public.people.holders import stale
from commissions.text.formats import at_time, for_days, in_days, money, on_day

register = template.Library()

for say in (money, on_day, at_time, for_days, in_days):
    register.filter(say)

TITLES = {
    *("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame"),
    *("lord", "lady", "baroness", "rev", "reverend", "cllr", "councillor"),
    *("alderman", "hon", "the", "rt"),
}
CURSORS = ("after", "before")  # keyset paging: a changed filter starts at page one


@register.filter
def unconfirmed(on):
    """Tell whether details confirmed on a day are too old to be relied on."""
    return stale(on)


@register.simple_tag
def report(name):
    """Link to the form on which anybody says that something here is wrong."""
    url = f"/report/?{urlencode({'about': name})}"
    return format_html(
        '<p class="small"><a href="{}">Something here is wrong? Tell us</a></p>', url
    )


@register.simple_tag
def follow(name, what="this"):
    """Link to the form with which anybody follows something by email."""
    url = f"/alerts/follow/?{urlencode({'what': name})}"
    return format_html('<p><a href="{}">Follow {} by email</a></p>', url, what)


@register.simple_tag(takes_context=True)
def follow_search(context):
    """Link to that form for the search that a list shows, from its first page."""
    asked = context["request"].GET.copy()
    for name in (*CURSORS, "sort"):
        asked.pop(name, None)
    asked["what"] = "search"
    return format_html(
        '<p><a href="/alerts/follow/?{}">Get this search by email</a></p>',
        asked.urlencode(),
    )


@register.filter
def initials(name):
    """Return the first and last initial of a name without its titles: AO."""
    words = re.findall(r"[^\W\d_][\w'’-]*", name or "")
    words = [word for word in words if word.lower() not in TITLES] or words
    return "".join(word[0].upper() for word in words[:1] + words[1:][-1:])


def query_without(query, name, value=None):
    """Return a query string without one filter (or one of its values) or a cursor.

    `query` is the page's query string; the answer starts with "?" so that it
    is a link by itself, back to the unfiltered page when nothing is left.
    """
    left = QueryDict(query, mutable=True)
    left.setlist(name, [v for v in left.getlist(name) if value and v != str(value)])
    for key in CURSORS:
        left.pop(key, None)
    return f"?{left.urlencode()}"


@register.simple_tag(takes_context=True)
def without(context, name, value=None):
    """Link to this page with one filter taken off: {% without "stage" "tender" %}."""
    return query_without(context["request"].META.get("QUERY_STRING", ""), name, value)


@register.inclusion_tag("components/_nav_link.html", takes_context=True)
def nav_link(context, name, label):
    """Show one link of the service navigation, marked when the reader is in it."""
    url = reverse(name)
    path = getattr(context.get("request"), "path", "")
    current = "page" if path == url else "true" if path.startswith(url) else ""
    return {"url": url, "label": label, "current": current}


@register.inclusion_tag("components/_breadcrumbs.html")
def breadcrumbs(*pairs):
    """Show the way back: {% breadcrumbs "Commissions" list_url %}; Home comes first."""
    trail = zip(pairs[::2], pairs[1::2], strict=True)
    return {"trail": [{"label": label, "url": url} for label, url in trail]}


@register.simple_tag
def portal_name():
    """Name the portal where a page has no context: the 400 and 500 pages."""
    return settings.PORTAL_NAME


@register.simple_tag
def contact_email():
    """Give the contact address where a page has no context."""
    return settings.PORTAL_CONTACT_EMAIL
