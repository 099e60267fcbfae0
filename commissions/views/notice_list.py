"""Notices due and late, over all commissions: for the public and for staff alike."""

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from commissions.lists.chosen import chosen
from commissions.lists.listing import for_robots
from commissions.lists.owed import MOST, OwedFilter
from commissions.lists.paging import turn
from commissions.lists.panel import panel
from commissions.lists.tables import csv_lines, download, files
from commissions.notices_due import State, owed_by_organisation
from commissions.pages.owed import shown

HEADS = [
    "code",
    "notice",
    "contract",
    "state",
    "due_on",
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
        "themselves": themselves(filters),
        "chosen": chosen(request, filters),
        "action": request.path,
        "files": files(request, "notices", {"csv": "CSV"}),
        **page.links(request.GET),
        **for_robots(request),
    }
    return render(request, "commissions/notice_list.html", context)


def counted(rows):
    """Say how many are late and how many are due."""
    late = sum(1 for row in rows if row.due.state == State.LATE)
    return f"{late:,} late, {len(rows) - late:,} due"


def themselves(filters):
    """List what each organisation owes for itself, in the nation of the one asked for."""
    asked = filters.asked.get("organisation", [])
    nation = asked[0].nation if len(asked) == 1 else "england"
    return [shown(due) for due in owed_by_organisation(timezone.localdate(), nation)]


@require_safe
def export(request):
    """Answer with the list as CSV."""
    rows = map(facts, OwedFilter(request.GET).found)
    return download(csv_lines(HEADS, rows), "text/csv", "notices.csv")


def facts(row):
    """Return one notice as the plain values of a file."""
    due = row.due
    path = reverse("commissions:commission-notices", args=[row.reference])
    return {
        "code": due.code,
        "notice": due.name,
        "contract": due.about,
        "state": due.state.value,
        "due_on": due.on,
        "days_left": due.days if due.days is not None and due.days >= 0 else None,
        "days_late": -due.days if due.days is not None and due.days < 0 else None,
        "why": due.why,
        "counting": due.counting,
        "law": due.source,
        "commission": row.reference,
        "title": row.title,
        "organisation": row.organisation,
        "address": f"{settings.PORTAL_ORIGIN}{path}",
    }
