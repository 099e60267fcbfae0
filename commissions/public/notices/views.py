"""Notices due and late, over all commissions and bodies: for public and staff alike."""

from collections import Counter

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commissions.law.notices_due import NO_NOTICES, State, coming_for_organisations
from commissions.models import Commission
from commissions.public.commission.filters import for_robots
from commissions.public.commission.page import show_notice
from commissions.public.commission.page import shown as listed
from commissions.public.listing.csv_json import csv_lines, download, files, json_lines
from commissions.public.listing.excerpts import excerpt
from commissions.public.listing.filter_panel import chosen, panel
from commissions.public.listing.keyset import turn
from commissions.public.notices.filters import MOST, OwedFilter
from commissions.public.notices.notices_due import (
    doubt,
    owed,
    shown,
    what_is_owed,
    with_notices,
)
from commissions.public.notices.notices_due_cache import STANDINGS

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


# The notices of one commission: published, due, late, and not needed with the reason.


PRESSING = (State.LATE, State.DUE)
NAMED = 3  # contracts of which a notice says the same
LEFT = (State.UNRECORDED, State.NOT_YET, State.NOT_NEEDED)


@require_safe
def of_commission(request, reference):
    """Show what was published about one public commission, and what it owes."""
    public = with_notices(Commission.objects.published())
    commission = get_object_or_404(public, reference=reference)
    rows, asked = owed(commission), request.GET.get("all", "")
    context = {
        "commission": commission,
        "today": timezone.localdate(),
        "counts": counts(rows, commission),
        "pressing": together(due for due in rows if due.state in PRESSING),
        "left": together(due for due in rows if due.state in LEFT or is_copy(due)),
        "published": published(commission, rows, asked),
        "doubt": doubt(commission),
        "without": NO_NOTICES.get(commission.regime, ""),
    }
    return render(request, "commissions/notices/commission.html", context)


def is_copy(due):
    """Tell whether it is a published copy of a contract, which is no notice itself."""
    return due.state == State.PUBLISHED and bool(due.part)


def counts(rows, commission):
    """Say how many are late, due, and published, in words; empty where none is."""
    said = Counter(due.state for due in rows)
    words = (
        (said[State.LATE], "late"),
        (said[State.DUE], "due"),
        (len(commission.notices.all()), "published"),
    )
    return ", ".join(f"{number} {word}" for number, word in words if number)


def together(rows):
    """Present notices, those of several contracts that say the same as one."""
    found = {}
    for due in rows:
        one = shown(due)
        same = (one["code"], one["name"], one["sentence"], one["why"])
        found.setdefault(same, {**one, "about": []})["about"].append(due.about)
    return [{**one, "about": named(one["about"])} for one in found.values()]


def named(contracts):
    """Name the contracts, the first three of many."""
    names = [name for name in contracts if name]
    more = len(names) - NAMED
    said = "; ".join(names[:NAMED])
    return f"{said}; and {more} more contracts" if more > 0 else said


def published(commission, rows, asked):
    """List every notice recorded here, newest first, with how late each was.

    A code that the rules know has one row for each contract or year; the day
    of publication tells which of them a notice is.
    """
    told = {(due.code, due.published_on): due for due in rows if not due.part}

    def show(notice):
        due = told.get((notice.code, timezone.localdate(notice.published_at)))
        return {**show_notice(notice), "due": due and shown(due)}

    newest = list(reversed(commission.notices.all()))
    return listed(excerpt(newest, "published", first=25, asked=asked), show)
