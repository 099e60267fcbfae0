"""What templates need: money, days and people in words; links between pages."""

import re

from django import template
from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from commissions.people.holdings import is_unconfirmed
from commissions.public import panels
from commissions.public.sharing.head import head_tags
from commissions.text import languages
from commissions.text.formats import (
    at_time,
    by_time,
    for_days,
    in_days,
    money,
    on_day,
    web_address,
)

register = template.Library()

for say in (money, on_day, at_time, by_time, for_days, in_days, web_address):
    register.filter(say)

TITLES = {
    *("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame"),
    *("lord", "lady", "baroness", "rev", "reverend", "cllr", "councillor"),
    *("alderman", "hon", "the", "rt"),
}
CURSORS = ("after", "before")  # keyset paging: a changed filter starts at page one


register.simple_tag(head_tags, takes_context=True, name="share")


@register.filter
def unconfirmed(on):
    """Tell whether details confirmed on a day are too old to be relied on."""
    return is_unconfirmed(on)


@register.simple_tag
def report(name):
    """Link to the form on which anyone says that something here is wrong."""
    return paragraph(
        panels.link("report", about=name),
        gettext("Report something wrong on this page"),
        "small",
    )


@register.simple_tag
def follow(name, what=""):
    """Link to the form with which anyone follows something by email."""
    said = gettext("Follow this by email")
    if what:
        said = gettext("Follow {what} by email").format(what=what)
    return paragraph(panels.link("follow", what=name), said)


@register.simple_tag(takes_context=True)
def follow_search(context):
    """Link to that form for the search that a list shows, from its first page."""
    asked = context["request"].GET.copy()
    for name in (*CURSORS, "sort"):
        asked.pop(name, None)
    asked["what"] = "search"
    return paragraph(panels.link("follow", asked), gettext("Get this search by email"))


def paragraph(url, words, look=""):
    """Write a link as a paragraph; nothing where it leads nowhere."""
    if not url:
        return ""
    look = format_html(' class="{}"', look) if look else ""
    return format_html('<p{}><a href="{}">{}</a></p>', look, url, words)


@register.simple_tag
def link(name, *args):
    """Return the address of a page of an app above: {% link "consultation" key as url %}."""
    return panels.link(name, *args)


@register.simple_tag(takes_context=True)
def panels_after(context, added, part):
    """Show what apps above add after a part of a page: {% panels_after panels "who" %}."""
    engine = context.template.engine
    return mark_safe(
        "\n".join(
            engine.get_template(panel.template).render(context.new(built))
            for panel, built in added.after(part)
        )
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


register.filter(languages.said)


@register.simple_tag
def tongue(thing=None, field=""):
    """Mark words that are English on a Welsh page: <p{% tongue commission "summary" %}>."""
    return mark_safe(languages.tongue(thing, field))


@register.simple_tag
def page_language():
    """Name the language of the page as HTML does."""
    return languages.WELSH if languages.is_welsh() else "en-GB"


@register.inclusion_tag("components/_language.html", takes_context=True)
def language_switch(context):
    """Lead to the same page in the other language, with what was asked of it."""
    request = context.get("request")
    if not request or not getattr(request, "resolver_match", None):
        return {}
    other = languages.in_english if languages.is_welsh() else languages.in_welsh
    asked = request.GET.urlencode()
    url = other(request.path) + (f"?{asked}" if asked else "")
    name, tag = ("English", "en-GB") if languages.is_welsh() else ("Cymraeg", "cy")
    return {"url": url, "name": name, "tag": tag}


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
