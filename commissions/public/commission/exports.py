"""The list of commissions as files: exactly the list asked for, in its order."""

from itertools import islice

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from commissions.public.commission.filters import Listing
from commissions.public.commission.rows import light, noted
from commissions.public.listing.atom import Feed
from commissions.public.listing.csv_json import csv_lines, download, json_lines
from commissions.public.listing.ical import calendar, event
from commissions.public.people.holders import holder

FEED = 100  # entries of a feed
DATES = 1_000  # dates of a calendar


def facts(commission):
    """Return one commission as the plain values of a file."""
    held_by, vacant = holder(commission)
    return {
        "reference": commission.reference,
        "ocid": commission.ocid,
        "title": commission.title,
        "organisation": commission.organisation.name,
        "stage": commission.stage,
        "holder": held_by,
        "has_named_holder": not vacant,
        "open_for": commission.window_for,
        "opens_at": iso(commission.window_opens_at),
        "closes_at": iso(commission.window_closes_at),
        "value_min_pounds": commission.value_min,
        "value_max_pounds": commission.value_max,
        "value_vat": commission.value_vat,
        "regime": commission.regime,
        "topic": commission.topic.name if commission.topic else "",
        "places": "; ".join(sorted(area.name for area in commission.areas.all())),
        "published_at": iso(commission.published_at),
        "address": address(commission),
    }


HEADS = [
    "reference",
    "ocid",
    "title",
    "organisation",
    "stage",
    "holder",
    "has_named_holder",
    "open_for",
    "opens_at",
    "closes_at",
    "value_min_pounds",
    "value_max_pounds",
    "value_vat",
    "regime",
    "topic",
    "places",
    "published_at",
    "address",
]


def iso(moment):
    """Write a moment as ISO 8601; None stays None."""
    return moment.isoformat() if moment else None


def address(commission):
    """Return the full address of a commission's page."""
    return f"{settings.PORTAL_ORIGIN}{commission.get_absolute_url()}"


def rows(listing):
    """Read the whole list, a few hundred at a time, as plain values."""
    for page in listing.read(light).pages():
        yield from map(facts, noted(page.rows))


def as_csv(listing):
    """Answer with the list as CSV."""
    return download(csv_lines(HEADS, rows(listing)), "text/csv", "commissions.csv")


def as_json(listing):
    """Answer with the list as JSON."""
    lines = json_lines("commissions", rows(listing))
    return download(lines, "application/json", "commissions.json")


def as_atom(listing):
    """Answer with the first of the list as an Atom feed."""
    feed = Feed(
        title=f"Commissions – {settings.PORTAL_NAME}",
        link=f"{settings.PORTAL_ORIGIN}/commissions/",
        description="",
    )
    for commission in noted(listing.read(light).page(size=FEED).rows):
        stage = commission.get_stage_display()
        feed.add_item(
            title=commission.title,
            link=address(commission),
            description=f"{stage}. {commission.organisation}. {holder(commission)[0]}.",
            pubdate=commission.published_at,
            updateddate=commission.changed_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def as_ical(listing):
    """Answer with the closing dates to come of the list as a calendar."""
    coming = listing.rows.filter(window_closes_at__gt=listing.at)
    events = [
        event(
            uid=f"{commission.ocid}@closes",
            at=commission.window_closes_at,
            now=commission.changed_at,
            title=f"Closes: {commission.title}",
            url=address(commission),
        )
        for commission in islice(coming.order_by("window_closes_at", "pk"), DATES)
    ]
    text = calendar(f"Closing dates – {settings.PORTAL_NAME}", events)
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


ANSWERS = {"csv": as_csv, "json": as_json, "atom": as_atom, "ics": as_ical}
FORMATS = {"csv": "CSV", "json": "JSON", "atom": "Atom feed", "ics": "closing dates"}


@require_safe
def export(request, ending):
    """Answer with the list in the format that the address ends in."""
    if ending not in ANSWERS:
        raise Http404
    return ANSWERS[ending](Listing(request.GET))
