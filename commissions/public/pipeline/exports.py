"""What is coming as files: exactly the list asked for, and its dates for a calendar."""

from itertools import islice

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from commissions.public.commission.stage_timeline import roughly, span
from commissions.public.listing.csv_json import csv_lines, download, json_lines
from commissions.public.listing.ical import calendar, whole_days
from commissions.public.pipeline.filters import PipelineFilter
from commissions.public.pipeline.rows import described

DATES = 1_000  # dates of a calendar
MOMENTS = {
    "comment": "draft_open",
    "closes": "comment_closes",
    "tender": "tender",
    "award": "award",
    "start": "start",
}
DAYS = [f"{name}_{part}" for name in MOMENTS.values() for part in ("from", "until")]
HEADS = [
    "reference",
    "ocid",
    "title",
    "organisation",
    "holder",
    "stage",
    "next_stage",
    "next_from",
    "next_until",
    "next_moved",
    "date_has_passed",
    *DAYS,
    "value_min_pounds",
    "value_max_pounds",
    "value_vat",
    "over_2_million_pounds_with_vat",
    "regime",
    "address",
]
FORMATS = {"csv": "CSV", "json": "JSON", "ics": "dates for your calendar"}


def address(commission):
    """Return the full address of a commission's page."""
    return f"{settings.PORTAL_ORIGIN}{commission.get_absolute_url()}"


def days(coming):
    """Return the first and last day that each moment may mean; None where unknown."""
    found = {}
    for name, column in MOMENTS.items():
        one = getattr(coming, name)
        found[f"{column}_from"] = one.first if one else None
        found[f"{column}_until"] = one.last if one else None
    return found


def facts(row):
    """Return one row as the plain values of a file."""
    commission, by = row.commission, row.coming.by
    return {
        "reference": commission.reference,
        "ocid": commission.ocid,
        "title": commission.title,
        "organisation": commission.organisation.name,
        "holder": row.holder,
        "stage": commission.stage,
        "next_stage": by.stage if by else "",
        "next_from": by.first if by else None,
        "next_until": by.last if by else None,
        "next_moved": by.moved if by else "",
        "date_has_passed": bool(by and by.late),
        **days(row.coming),
        "value_min_pounds": commission.value_min,
        "value_max_pounds": commission.value_max,
        "value_vat": commission.value_vat,
        "over_2_million_pounds_with_vat": row.above,
        "regime": commission.regime,
        "address": address(commission),
    }


def rows(filters):
    """Read the whole list, a few hundred at a time, as plain values."""
    for page in filters.read().pages():
        yield from map(facts, described(page.rows, filters.today))


def as_csv(filters):
    """Answer with the list as CSV."""
    return download(csv_lines(HEADS, rows(filters)), "text/csv", "pipeline.csv")


def as_json(filters):
    """Answer with the list as JSON."""
    lines = json_lines("pipeline", rows(filters))
    return download(lines, "application/json", "pipeline.json")


def as_ical(filters):
    """Answer with the dates of the list; a rough one lasts as long as it may mean."""
    dates = filters.coming().select_related("commission").order_by("planned_on", "pk")
    found = [] if filters.state == "none" else islice(dates, DATES)
    name = f"What is coming – {settings.PORTAL_NAME}"
    text = calendar(name, [day(date) for date in found])
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


def day(date):
    """Write one date as an event that says how rough it is."""
    commission = date.commission
    first, last = span(date.planned_on, date.precision)
    some = f", some time in {roughly(first, date.precision)}" if first != last else ""
    return whole_days(
        uid=f"{commission.ocid}@{date.stage}",
        first=first,
        last=last,
        now=commission.changed_at,
        title=f"{date.get_stage_display()}{some}: {commission.title}",
        url=address(commission),
    )


ANSWERS = {"csv": as_csv, "json": as_json, "ics": as_ical}


@require_safe
def export(request, ending):
    """Answer with the list in the format that the address ends in."""
    if ending not in ANSWERS:
        raise Http404
    return ANSWERS[ending](PipelineFilter(request.GET))
