"""Notices due and late, over all commissions and bodies: for public and staff alike."""

from collections import Counter

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commissions.law.notices_due import State, coming_for_organisations
from commissions.public.commission.listing import for_robots
from commissions.public.listing.chosen import chosen
from commissions.public.listing.csv_json import csv_lines, download, files, json_lines
from commissions.public.listing.filter_panel import panel
from commissions.public.listing.keyset import turn
from commissions.public.notices.filters import MOST, OwedFilter
from commissions.public.notices.notices_due import what_is_owed
from commissions.public.notices.notices_due_cache import STANDINGS
from commissions.public.notices.owed import shown

HEADS = [
    "code",
    "notice",
    "contract",
    "state",
    "due_on",
    "published_on",
    "days_left",
    "days_late",
    "why",
    "counting",
    "law",
    "commission",
    "title",
    "organisation",
    "address",
]
FORMATS = {"csv": "CSV", "json": "JSON"}


@require_safe
def index(request):
    """Show one page of what is late and due."""
    filters = OwedFilter(request.GET)
    page, mangled = turn(filters.read(), request.GET)
    context = {
        "title": "Notices late and due",
        "form": filters.form,
        "panel": panel(request, filters, filters.usual),
        "rows": [(row, shown(row.due)) for row in page.rows],
        "mangled": mangled,
        "count": counted(filters.found),
        "whole": filters.whole,
        "most": MOST,
        **themselves(filters),
        "chosen": chosen(request, filters),
        "action": request.path,
        "files": files(request, "notices", FORMATS),
        **page.links(request.GET),
        **for_robots(request),
    }
    return render(request, "commissions/notices/list.html", context)


def counted(rows):
    """Say how many are late and how many are due, or how else they stand."""
    said = Counter(row.standing for row in rows)
    named = [code for code in STANDINGS if said[code]] or ["late", "due"]
    return ", ".join(f"{said[code]:,} {STANDINGS[code].lower()}" for code in named)


def themselves(filters):
    """Return what the one body asked for owes for itself; else what any of them does."""
    asked = filters.asked.get("organisation", [])
    if len(asked) == 1:
        return {"body": asked[0], "themselves": what_is_owed(asked[0])}
    coming = coming_for_organisations(timezone.localdate())
    return {"body": None, "themselves": [shown(due) for due in coming]}


@require_safe
def export(request, ending):
    """Answer with the list in the format that the address ends in."""
    if ending not in FORMATS:
        raise Http404
    rows = map(facts, OwedFilter(request.GET).found)
    if ending == "json":
        lines = json_lines("notices", rows)
        return download(lines, "application/json", "notices.json")
    return download(csv_lines(HEADS, rows), "text/csv", "notices.csv")


def facts(row):
    """Return one notice as the plain values of a file."""
    due = row.due
    return {
        "code": due.code,
        "notice": due.name,
        "contract": due.about,
        "state": row.standing,
        "due_on": due.on,
        "published_on": due.published_on,
        "days_left": due.days if due.state == State.DUE else None,
        "days_late": days_late(due),
        "why": due.why,
        "counting": due.counting,
        "law": due.source,
        "commission": row.reference,
        "title": row.title,
        "organisation": row.organisation,
        "address": f"{settings.PORTAL_ORIGIN}{row.path}",
    }


def days_late(due):
    """Return for how long it is late, or how late it was published; None if neither."""
    if due.state == State.LATE:
        return None if due.days is None else -due.days
    return due.days_late or None
