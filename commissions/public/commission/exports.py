"""The list of commissions as files: exactly the list asked for, in its order."""

from itertools import islice

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from commissions.people.holdings import holder_in_words
from commissions.public.commission.filters import CommissionFilter
from commissions.public.commission.rows import FROM_NOTICES, read_holders_and_places
from commissions.public.listing.exports import (
    Column,
    Export,
    address_of_row,
    all_rows,
    iso_value,
    same_value,
)
from commissions.public.listing.feeds import AtomFeed, ical_calendar, ical_event
from commissions.text.labels import notice_in_full

FEED = 100  # entries of a feed
DATES = 1_000  # dates of a calendar


def export_rows(filters):
    """Yield the whole list, a few hundred at a time."""
    return all_rows(
        filters, lambda page: read_holders_and_places(page, "notices", "tender__lots")
    )


def seen(commission):
    """Return the newest notice seen of a commission known from notices: name, day."""
    notice = None if commission.kept_here else commission.latest_notice
    if notice is None:
        return "", None
    return notice_in_full(notice.code, notice.tags, notice.form), timezone.localdate(
        notice.published_at
    )


def of_tender(name):
    """Read from the tender of a commission; nothing where there is none."""
    asked = Column(name, name)
    return lambda c: asked.of(c.tender) if hasattr(c, "tender") else None


def lots(commission):
    """Name the lots of its tender."""
    found = commission.tender.lots.all() if hasattr(commission, "tender") else ()
    return "; ".join(lot.title for lot in found)


TENDER = (
    *("own_reference", "category", "cpv", "other_cpv", "status", "method_details"),
    *("reserved_for", "reserved_place", "suits_sme", "suits_vcse"),
    *("conditions", "options", "risks", "no_lots_because"),
    *("platform_url", "languages", "award_expected_on"),
)
"""What a tender says beside its times and value: each a column of the same name."""

COLUMNS = [
    *same_value("reference", "ocid", "title"),
    Column("organisation", "organisation.name"),
    Column("stage", "stage"),
    Column("holder", lambda c: holder_in_words(c)[0]),
    Column(
        "has_named_holder", lambda c: not holder_in_words(c)[1] if c.kept_here else None
    ),
    Column("known_from", lambda c: "kept here" if c.kept_here else "notices"),
    Column("stage_in_words", lambda c: c.get_stage_display()),
    Column("latest_notice_seen", lambda c: seen(c)[0]),
    Column("latest_notice_on", lambda c: seen(c)[1]),
    Column("open_for", "window_for"),
    Column("opens_at", lambda c: iso_value(c.window_opens_at)),
    Column("closes_at", lambda c: iso_value(c.window_closes_at)),
    Column("value_min_pounds", "value_min"),
    Column("value_max_pounds", "value_max"),
    *same_value("value_vat", "regime"),
    Column("topic", lambda c: c.topic.name if c.topic else ""),
    Column("places", lambda c: "; ".join(sorted(a.name for a in c.areas.all()))),
    *(Column(f"tender_{name}", of_tender(name)) for name in TENDER),
    Column("tender_lots", lots),
    Column("published_at", lambda c: iso_value(c.published_at)),
    Column("address", address_of_row),
]


def who(commission):
    """Say who holds it, or that it is known from notices only."""
    return holder_in_words(commission)[0] if commission.kept_here else FROM_NOTICES


def as_atom(filters):
    """Answer with the first of the list as an Atom feed."""
    feed = AtomFeed(
        title=f"{gettext('Commissions')} – {settings.PORTAL_NAME}",
        link=f"{settings.PORTAL_ORIGIN}/commissions/",
        description="",
    )
    for commission in read_holders_and_places(filters.read().page(size=FEED).rows):
        stage = commission.get_stage_display()
        feed.add_item(
            title=commission.title,
            link=address_of_row(commission),
            description=f"{stage}. {commission.organisation}. {who(commission)}.",
            pubdate=commission.published_at,
            updateddate=commission.changed_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def as_ical(filters):
    """Answer with the closing dates to come of the list as a calendar."""
    coming = filters.narrowed().filter(window_closes_at__gt=filters.at)
    events = [
        ical_event(
            uid=f"{commission.ocid}@closes",
            at=commission.window_closes_at,
            now=commission.changed_at,
            title=gettext("Closes: {title}").format(title=commission.title),
            url=address_of_row(commission),
        )
        for commission in islice(coming.order_by("window_closes_at", "pk"), DATES)
    ]
    name = f"{gettext('Closing dates')} – {settings.PORTAL_NAME}"
    text = ical_calendar(name, events)
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


EXPORT = Export(
    "commissions",
    COLUMNS,
    export_rows,
    also={
        "atom": (gettext_lazy("Atom feed"), as_atom),
        "ics": (gettext_lazy("closing dates"), as_ical),
    },
)
export = EXPORT.view(CommissionFilter)
