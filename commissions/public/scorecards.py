"""Scorecards: how each body did, as pages and as files."""

from dataclasses import replace

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from commissions.models import Organisation
from commissions.public import panels
from commissions.public.listing.exports import Column, Export
from commissions.scorecards.figures import (
    compute_figure,
    compute_scorecard,
    peers_of,
    year_period,
)
from commissions.scorecards.measures import MEASURES
from commissions.scorecards.organisation_history import (
    OrganisationHistory,
    merge_histories,
)
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


def scorecard_rows(asked):
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


EXPORT = Export("scorecards", COLUMNS, scorecard_rows)
export = EXPORT.view(Asked)


A_PAGE = 50
PAGES = {
    "commission": "commissions:commission-detail",
    "decision": "commissions:decision-detail",
    "post": "commissions:organisation-detail",
    "organisation": "commissions:organisation-detail",
}


@require_safe
def index(request):
    """Show the figures of the whole portal, and whose scorecards there are."""
    bodies = replay_histories()
    own = {slug: body for slug, body in bodies.items() if body.commissions}
    pages = Paginator(organisations_in_record(own), A_PAGE)
    return render(
        request,
        "commissions/scorecards/index.html",
        {
            "results": compute_scorecard(
                merge_histories(bodies.values()), [], timezone.localdate()
            ),
            "organisations": pages.get_page(request.GET.get("page")),
            "organisation": None,
        },
    )


@require_safe
def detail(request, slug):
    """Show the scorecard of one organisation beside its past and its kind."""
    organisation = get_object_or_404(Organisation.objects.commissioning(), slug=slug)
    bodies = replay_histories()
    kinds = {slug: kind for slug, _, kind in organisations_in_record(bodies)}
    results = compute_scorecard(
        bodies.get(slug, OrganisationHistory(slug)),
        peers_of(slug, bodies, kinds) if slug in kinds else [],
        timezone.localdate(),
    )
    noticed = organisation.commissions.published().known_from_notices()
    return render(
        request,
        "commissions/scorecards/organisation.html",
        {"organisation": organisation, "results": results, "noticed": noticed.count()},
    )


@require_safe
def rows(request, measure, slug=""):
    """List the rows behind one figure, with the entry of the record for each."""
    if measure not in MEASURES:
        raise Http404("There is no such measure.")
    organisation = slug and get_object_or_404(Organisation, slug=slug)
    bodies = replay_histories()
    body = (
        bodies.get(slug, OrganisationHistory(slug))
        if slug
        else merge_histories(bodies.values())
    )
    counted, period = MEASURES[measure], year_period(timezone.localdate())
    found = sorted(counted.rows(body, period), key=lambda row: (row.on, row.entry))
    page = Paginator(found[::-1], A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "commissions/scorecards/entries.html",
        {
            "organisation": organisation,
            "measure": counted,
            "figure": compute_figure(counted, body, period),
            "page": page,
            "rows": [
                (row, "" if row.name in body.hidden else scorecard_address(row))
                for row in (page if organisation else with_owners(page))
            ],
        },
    )


def with_owners(rows):
    """Name the organisation in each row that is about one itself, in one query."""
    kind = "organisation/"
    slugs = {row.name.removeprefix(kind) for row in rows if row.name.startswith(kind)}
    bodies = Organisation.objects.filter(slug__in=slugs) if slugs else []
    names = {body.record_name: body.name for body in bodies}
    return [
        replace(row, title=f"{row.title}: {names[row.name]}")
        if row.name in names
        else row
        for row in rows
    ]


def scorecard_address(row):
    """Return the page of what a row counts: what its record name names."""
    kind, _, key = row.name.partition("/")
    if kind == "comment":
        return panels.link(kind, row.within.partition("/")[2], key)
    key = key.split("/")[0]
    return reverse(PAGES[kind], args=[key]) if kind in PAGES else panels.link(kind, key)
