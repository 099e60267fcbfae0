"""Scorecards: how each body did, as pages and as files."""

from dataclasses import replace
from functools import cached_property

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
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
WHOLE = gettext_lazy("All organisations")


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


class ScorecardPage:
    """The figures of one body, or of all together, beside their past and their kind."""

    def __init__(self, organisation=None, number=None):
        self.organisation, self.number = organisation, number
        self.bodies = replay_histories()

    @cached_property
    def results(self):
        """Each measure: now, before, its trend, and the median of the body's kind."""
        today = timezone.localdate()
        if self.organisation is None:
            return compute_scorecard(merge_histories(self.bodies.values()), [], today)
        slug = self.organisation.slug
        kinds = {slug: kind for slug, _, kind in organisations_in_record(self.bodies)}
        body = self.bodies.get(slug, OrganisationHistory(slug))
        peers = peers_of(slug, self.bodies, kinds) if slug in kinds else []
        return compute_scorecard(body, peers, today)

    @cached_property
    def noticed(self):
        """How many of its commissions are known from notices only, and not measured."""
        if self.organisation is None:
            return 0
        return self.organisation.commissions.published().known_from_notices().count()

    @cached_property
    def organisations(self):
        """Whose scorecards there are, A to Z, a page of them."""
        own = {slug: body for slug, body in self.bodies.items() if body.commissions}
        return Paginator(organisations_in_record(own), A_PAGE).get_page(self.number)


class FigurePage:
    """The rows behind one figure of a body, or of all together, newest first."""

    def __init__(self, measure, organisation=None, number=None):
        self.measure, self.organisation, self.number = measure, organisation, number
        bodies = replay_histories()
        self.period = year_period(timezone.localdate())
        self.body = (
            bodies.get(organisation.slug, OrganisationHistory(organisation.slug))
            if organisation
            else merge_histories(bodies.values())
        )

    @cached_property
    def figure(self):
        return compute_figure(self.measure, self.body, self.period)

    @cached_property
    def listed(self):
        """One page of what was counted."""
        rows = self.measure.rows(self.body, self.period)
        found = sorted(rows, key=lambda row: (row.on, row.entry), reverse=True)
        return Paginator(found, A_PAGE).get_page(self.number)

    @cached_property
    def rows(self):
        """Each with the page of what it counts, where that may be shown."""
        rows = self.listed if self.organisation else with_owners(self.listed)
        return [
            (row, "" if row.name in self.body.hidden else scorecard_address(row))
            for row in rows
        ]


@require_safe
def index(request):
    """Show the figures of the whole portal, and whose scorecards there are."""
    page = ScorecardPage(number=request.GET.get("page"))
    return render(request, "commissions/scorecards/index.html", {"page": page})


@require_safe
def detail(request, slug):
    """Show the scorecard of one organisation beside its past and its kind."""
    organisation = get_object_or_404(Organisation.objects.commissioning(), slug=slug)
    page = ScorecardPage(organisation)
    return render(request, "commissions/scorecards/organisation.html", {"page": page})


@require_safe
def rows(request, measure, slug=""):
    """List the rows behind one figure, with the entry of the record for each."""
    if measure not in MEASURES:
        raise Http404("There is no such measure.")
    organisation = get_object_or_404(Organisation, slug=slug) if slug else None
    page = FigurePage(MEASURES[measure], organisation, request.GET.get("page"))
    return render(request, "commissions/scorecards/entries.html", {"page": page})


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
