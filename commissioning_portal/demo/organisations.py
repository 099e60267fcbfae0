"""Where the story happens, its public bodies and providers, and what they answer for."""

import shutil
from datetime import date, timedelta

from django.conf import settings
from django.utils.text import slugify

from commissioning_portal.demo.reading import DATA, Row, create, takes
from commissioning_portal.demo.story import BEGINS
from commissions.law.notices_due import last_day_of_notice
from commissions.models import (
    Area,
    Barrier,
    Entry,
    Kind,
    Notice,
    Organisation,
    Service,
    Topic,
)
from commissions.places.import_postcodes import (
    DEMONSTRATION,
    PostcodeReading,
    keep_postcodes,
)

OUTLINES = "outlines.geojson"
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"  # those that end postcodes
PLATFORM = "Find a Tender (fictional)"
PLACE = "https://find-a-tender.example/Notice/"


def add_area(story, *, code, name, kind, within: Area = None):
    """Add an area within another."""
    defaults = {"name": name, "slug": slugify(name), "kind": kind, "parent": within}
    Area.objects.get_or_create(code=code, defaults=defaults)


def add_postcodes(story, *, towns: list[Row]):
    """Add fictional postcodes, beside real ones, and outlines for maps if none are here."""
    reading = PostcodeReading(DEMONSTRATION)
    for town in towns:
        town.call(add_town, reading)
    keep_postcodes(reading)
    if not settings.PUBLIC and not (kept := settings.DATA_DIR / OUTLINES).exists():
        shutil.copyfile(DATA / OUTLINES, kept)


def add_town(reading, *, area: Area, outward, sectors, easting, northing, ended=""):
    """Add the postcodes of a town, in rows of 20 streets, a hundred metres apart.

    `ended` is the year and month in which they went out of use.
    """
    codes = (area.code, area.parent.code)
    for sector in sectors:
        for row, first in enumerate(LETTERS, -10):
            for column, second in enumerate(LETTERS, -10):
                reading.add(
                    f"{outward} {sector}{first}{second}",
                    codes,
                    ended=ended,
                    easting=easting + 100 * column,
                    northing=northing + 100 * row,
                )


def add_topic(story, *, name, narrower=(), parent=None):
    """Add a topic and the narrower ones in it."""
    defaults = {"slug": slugify(name), "parent": parent}
    added, _ = Topic.objects.get_or_create(name=name, defaults=defaults)
    for child in narrower:
        add_topic(story, name=child, parent=added)


@takes(Organisation)
def add(story, *, slug, name, scheme, identifier, **fields):
    """Add one organisation with its identifier and its ways to be reached."""
    if Organisation.objects.filter(slug=slug).exists():
        return
    added = Organisation.objects.create(
        slug=slug,
        name=name,
        website=f"https://{slug}.example/",
        contact_email=f"contact@{slug}.example",
        **fields,
    )
    added.identifiers.create(scheme=scheme, value=identifier)
    enter, kind = Entry.objects.append, Kind.ORGANISATION_ADDED
    story.book(BEGINS, enter, kind, added, by="demo", name=name)


def succeed(story, *, organisation: Organisation, successor: Organisation, on: date):
    """Let one body have taken over from another, years before the portal."""
    if organisation.successor_id is None:
        story.book(BEGINS, organisation.succeed, successor, on=on, by="demo")


@takes(Service)
def add_service(story, *, slug, organisation: Organisation, **fields):
    """Add one service with those who provide it now, and book its publication."""
    if not Service.objects.filter(slug=slug).exists():
        added = create(Service, slug=slug, organisation=organisation, **fields)
        story.book(BEGINS, added.publish, by=organisation)


@takes(Barrier)
def add_barrier(story, *, slug, organisation: Organisation, published, **fields):
    """Add one barrier with the commissions that met it, and book its publication."""
    if not Barrier.objects.filter(slug=slug).exists():
        added = create(Barrier, slug=slug, organisation=organisation, **fields)
        story.book(published, added.publish, by=organisation)


def add_notices(story, *, organisation: Organisation, code, title, days_after):
    """Book each notice that a body owes for itself in the time of the story."""
    if organisation.notices.filter(code=code).exists():
        return
    days = (story.today - timedelta(days=back) for back in range(0, -BEGINS, 30))
    for last in sorted({on for day in days if (on := last_day_of_notice(code, day))}):
        offset = (last - story.today).days + days_after
        if BEGINS < offset < 0:
            story.book(offset, publish, organisation, organisation, code, title)


def publish(about, by, code, title, *, at, published_at=None, **more):
    """Record a notice that the fictional platform published then."""
    number = f"DEMO{Notice.objects.count() + 1:03}-{at.year}"
    Notice.publish(
        about,
        code=code,
        title=title,
        platform=PLATFORM,
        reference=number,
        url=f"{PLACE}{number}",
        published_at=published_at or at,
        by=by,
        at=at,
        **more,
    )
