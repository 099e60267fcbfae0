"""Scorecards as files: each measure of the whole portal, and of each body."""

from django.utils import timezone

from commissions.public.listing.exports import Column, Export
from commissions.scorecards.figures import compute_figure, year_period
from commissions.scorecards.measures import MEASURES
from commissions.scorecards.organisation_history import merge_histories
from commissions.scorecards.replay import organisations_in_record, replay_histories

COLUMNS = [  # of (body's slug, its name, measure, figure, period)
    Column("organisation", lambda row: row[0]),
    Column("organisation_name", lambda row: row[1]),
    Column("measure", lambda row: row[2].code),
    Column("name", lambda row: row[2].name),
    Column("counted_as_yes", lambda row: None if row[3].is_median else row[3].met),
    Column("counted_in_all", lambda row: row[3].of),
    Column("of", lambda row: row[2].of),
    Column(
        "per_cent",
        lambda row: None if row[3].is_median else rounded(row[3].value),
    ),
    Column("median_days", lambda row: row[3].value if row[3].is_median else None),
    Column("from", lambda row: row[4].first),
    Column("until", lambda row: row[4].last),
    Column("definition", lambda row: row[2].definition),
    Column("cannot_know", lambda row: row[2].unknown),
]
WHOLE = "All organisations"


def rounded(value):
    return None if value is None else round(value, 1)


class Asked:
    """Whose figures are asked for: of one body by its slug, else of all."""

    def __init__(self, data):
        self.slug = data.get("organisation", "")


def rows(asked):
    """Yield the figures of the last 12 months; those of the portal first."""
    bodies, period = replay_histories(), year_period(timezone.localdate())
    listed = [("", WHOLE, merge_histories(bodies.values()))]
    listed += [
        (slug, name, bodies[slug])
        for slug, name, _ in organisations_in_record(bodies)
        if bodies[slug].commissions
    ]
    for slug, name, body in listed:
        if asked.slug in ("", slug):
            for measure in MEASURES.values():
                yield slug, name, measure, compute_figure(measure, body, period), period


EXPORT = Export("scorecards", COLUMNS, rows)
export = EXPORT.view(Asked)
