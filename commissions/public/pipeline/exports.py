"""What is coming as files: exactly the list asked for, and its dates for a calendar."""

from itertools import islice

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext, gettext_lazy

from commissions.public.listing.exports import Column, Export, address_of_row, all_rows
from commissions.public.listing.feeds import ical_calendar, whole_days
from commissions.public.pipeline.filters import PipelineFilter
from commissions.public.pipeline.rows import describe_pipeline
from commissions.text.formats import roughly, span

DATES = 1_000  # dates of a calendar
MOMENTS = {
    "comment": "draft_open",
    "closes": "comment_closes",
    "tender": "tender",
    "award": "award",
    "start": "start",
}


COLUMNS = [
    Column("reference", "commission.reference"),
    Column("ocid", "commission.ocid"),
    Column("title", "commission.title"),
    Column("organisation", "commission.organisation.name"),
    Column("holder", "holder"),
    Column("stage", "commission.stage"),
    Column("stage_in_words", lambda row: row.commission.get_stage_display()),
    Column(
        "known_from", lambda row: "kept here" if row.commission.kept_here else "notices"
    ),
    Column("next_stage", lambda row: row.coming.by.stage if row.coming.by else ""),
    Column("next_from", "coming.by.first"),
    Column("next_until", "coming.by.last"),
    Column("next_moved", lambda row: row.coming.by.moved if row.coming.by else ""),
    Column("date_has_passed", lambda row: bool(row.coming.by and row.coming.by.late)),
    *(
        Column(f"{heading}_{end}", f"coming.{name}.{day}")
        for name, heading in MOMENTS.items()
        for end, day in (("from", "first"), ("until", "last"))
    ),
    Column("value_min_pounds", "commission.value_min"),
    Column("value_max_pounds", "commission.value_max"),
    Column("value_vat", "commission.value_vat"),
    Column("over_2_million_pounds_with_vat", "above"),
    Column("regime", "commission.regime"),
    Column("address", lambda row: address_of_row(row.commission)),
]


def export_rows(filters):
    return all_rows(filters, lambda page: describe_pipeline(page, filters.today))


def as_ical(filters):
    """Answer with the dates of the list; a rough one lasts as long as it may mean."""
    dates = filters.coming().select_related("commission").order_by("planned_on", "pk")
    found = [] if filters.state == "none" else islice(dates, DATES)
    name = f"{gettext('What is coming')} – {settings.PORTAL_NAME}"
    text = ical_calendar(name, [export_day(date) for date in found])
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


def export_day(date):
    """Write one date as an event that says how rough it is."""
    commission = date.commission
    first, last = span(date.planned_on, date.precision)
    title = "{stage}: {title}"
    if first != last:
        title = gettext("{stage}, some time in {time}: {title}")
    return whole_days(
        uid=f"{commission.ocid}@{date.stage}",
        first=first,
        last=last,
        now=commission.changed_at,
        title=title.format(
            stage=date.get_stage_display(),
            time=roughly(first, date.precision),
            title=commission.title,
        ),
        url=address_of_row(commission),
    )


EXPORT = Export(
    "pipeline",
    COLUMNS,
    export_rows,
    also={"ics": (gettext_lazy("dates for your calendar"), as_ical)},
)
export = EXPORT.view(PipelineFilter)
