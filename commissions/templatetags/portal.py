"""Say money, days and people as the portal's pages say them; link between pages.

The filters are pure functions of their arguments: days are those of
Europe/London whatever the server's clock says, pounds are rounded half up.
None gives an empty string, so a page can leave out what is not known.
"""

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode

from commissions.pages.staleness import stale

register = template.Library()

LONDON = ZoneInfo("Europe/London")
TITLES = {
    *("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame"),
    *("lord", "lady", "baroness", "rev", "reverend", "cllr", "councillor"),
    *("alderman", "hon", "the", "rt"),
}
CURSORS = ("after", "before")  # keyset paging: a changed filter starts at page one


def rounded(amount, places="1"):
    """Round a Decimal half up, as people do, not to even, as Python does."""
    return amount.quantize(Decimal(places), rounding=ROUND_HALF_UP)


@register.filter
def money(pounds):
    """Write pounds: £0, £12.50, £135,018, £1.2 million, £3.05 billion.

    Whole pounds from £1,000 up; from a million, at most two decimals.
    """
    if pounds is None:
        return ""
    amount = Decimal(str(pounds))
    sign, amount = ("−" if amount < 0 else ""), abs(amount)
    if rounded(amount) >= 1_000_000:
        share, unit = rounded(amount / 1_000_000, "0.01"), "million"
        if share >= 1000:
            share, unit = rounded(share / 1000, "0.01"), "billion"
        return f"{sign}£{share.normalize():f} {unit}"
    pence = rounded(amount, "0.01")
    if pence < 1000 and pence % 1:
        return f"{sign}£{pence}"
    return f"{sign}£{rounded(amount):,}"


def london(value):
    """Return an aware datetime as it reads on a clock in London; a date as it is."""
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        return value.astimezone(LONDON)
    return value


@register.filter
def on_day(value):
    """Write a date or datetime as a day in London: 3 November 2026."""
    if value is None:
        return ""
    day = london(value)
    return f"{day.day} {day:%B} {day.year}"


def clock(moment):
    """Write a time of day: midnight, midday, 5pm, 5:30pm."""
    if moment.minute == 0 and moment.hour in {0, 12}:
        return "midday" if moment.hour else "midnight at the start"
    minutes = f":{moment:%M}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{'pm' if moment.hour >= 12 else 'am'}"


@register.filter
def at_time(value):
    """Write a moment in London: 5pm on Friday 18 December 2026.

    A date without a time is written with its weekday only.
    """
    if value is None:
        return ""
    moment = london(value)
    day = f"{moment:%A} {on_day(moment)}"
    if not isinstance(moment, datetime.datetime):
        return day
    time = clock(moment)
    return f"{time} {'of' if time.startswith('midnight') else 'on'} {day}"


@register.filter
def for_days(value, today=None):
    """Write how long something has lasted: for 1 day, for 288 days; nothing on day one."""
    days = ((today or timezone.localdate()) - london(value)).days
    if days < 1:
        return ""
    return "for 1 day" if days == 1 else f"for {days:,} days"


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


@register.filter
def in_days(value, today=None):
    """Write how far off a day is: today, tomorrow, in 26 days, 3 days ago.

    Counts calendar days in London from `today` (a date; now when not given).
    """
    if value is None:
        return ""
    day = london(value)
    day = day.date() if isinstance(day, datetime.datetime) else day
    days = (day - (today or timezone.now().astimezone(LONDON).date())).days
    named = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return named.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")


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
