"""Every choice made without a competition: the page, and the same list as files."""

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from commissions.public.direct_awards.filters import (
    DirectAwardFilter,
    described,
    unexplained,
)
from commissions.public.listing.csv_json import csv_lines, download, files, json_lines
from commissions.public.listing.views import page_of

FORMATS = {"csv": "CSV", "json": "JSON"}
HEADS = [
    "reference",
    "title",
    "organisation",
    "ground",
    "law",
    "explanation",
    "supplier",
    "value_pounds",
    "value_vat",
    "decided_by",
    "conflicts",
    "conflicts_managed",
    "said_on",
    "representations_until",
    "representations_received",
    "address",
]


@require_safe
def index(request):
    """Show one page of the list."""
    filters = DirectAwardFilter(request.GET)
    return page_of(
        request,
        "commissions/direct_awards/list.html",
        filters,
        names=(
            "Chosen without a competition",
            "choice made without a competition",
            "choices made without a competition",
        ),
        present=described,
        files=files(request, "direct-awards", FORMATS),
        unexplained=[] if request.GET else unexplained(filters.at),
    )


@require_safe
def export(request, ending):
    """Answer with the list in the format that the address ends in."""
    if ending not in FORMATS:
        raise Http404
    rows = listed(DirectAwardFilter(request.GET))
    if ending == "csv":
        return download(csv_lines(HEADS, rows), "text/csv", "direct-awards.csv")
    lines = json_lines("direct_awards", rows)
    return download(lines, "application/json", "direct-awards.json")


def listed(filters):
    """Read the whole list, a few hundred at a time, as plain values."""
    for page in filters.read().pages():
        for award, row in zip(page.rows, described(page.rows), strict=True):
            yield facts(award, row)


def facts(award, row):
    """Return one of them as the plain values of a file."""
    review = getattr(award.commission, "representations", None)
    page = reverse("commissions:award-detail", args=[row["reference"]])
    return {
        "reference": row["reference"],
        "title": row["title"],
        "organisation": row["organisation"],
        "ground": award.ground,
        "law": row["ground"].law,
        "explanation": award.explanation,
        "supplier": row["supplier"],
        "value_pounds": award.amount,
        "value_vat": award.vat,
        "decided_by": row["decided_by"],
        "conflicts": award.conflicts,
        "conflicts_managed": award.conflicts_managed,
        "said_on": timezone.localdate(award.justified_at),
        "representations_until": row["closes_on"],
        "representations_received": review.received if review else None,
        "address": f"{settings.PORTAL_ORIGIN}{page}",
    }
