"""Compute the scorecards anew from the record, and list the entries behind each figure."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from commissions.scorecards.figures import compute_figure, year_period
from commissions.scorecards.measures import MEASURES
from commissions.scorecards.organisation_history import (
    OrganisationHistory,
    merge_histories,
)
from commissions.scorecards.replay import replay_histories
from commissions.text.formats import how_many


class Command(BaseCommand):
    help = "Print the figures of a scorecard for the last 12 months, from the record."

    def add_arguments(self, parser):
        parser.add_argument(
            "--organisation", metavar="SLUG", help="One organisation; else the portal."
        )
        parser.add_argument(
            "--explain",
            action="store_true",
            help="Also print each definition and the entries that were counted.",
        )

    def handle(self, *, organisation, explain, **options):
        known = replay_histories()
        if organisation and organisation not in known:
            raise CommandError(
                f"The record says nothing of “{organisation}”. Give its slug, as in "
                "the address of its page."
            )
        history = (
            known[organisation] if organisation else merge_histories(known.values())
        )
        for measure in MEASURES.values():
            self.show(measure, history, explain)

    def show(self, measure, history: OrganisationHistory, explain):
        """Print one figure, and the rows it counts."""
        period = year_period(timezone.localdate())
        one = compute_figure(measure, history, period)
        share = f"{one.met} of {one.of}" if not one.is_median else f"median of {one.of}"
        self.stdout.write(f"{measure.name}: {one.words} ({share} {measure.of})")
        if not explain:
            return
        self.stdout.write(f"  {measure.definition}")
        for row in measure.rows(history, period):
            counted = (
                how_many(row.value, "day")
                if measure.median
                else "yes"
                if row.met
                else "no"
            )
            self.stdout.write(f"  entry {row.entry}: {row.name}, {row.on}: {counted}")
