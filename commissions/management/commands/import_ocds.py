"""Read OCDS notices into the portal."""

import sys
import time

from django.core.management.base import BaseCommand, CommandError

from commissions.ocds.importing.find_a_tender import (
    BASE,
    FindATender,
    Stopped,
    day_of_page,
)
from commissions.ocds.importing.importer import Importer
from commissions.ocds.importing.releases import Unreadable, releases
from commissions.ocds.importing.sources import (
    FetchLimits,
    expand_sources,
    open_source,
    shown_source,
)
from commissions.scheduled import close_bids, start_and_end_contracts


class Command(BaseCommand):
    help = (
        "Import notices: OCDS release packages, record packages, releases and JSON "
        "Lines, plain or gzipped. Safe to run again. Ends with 0 if everything was "
        "imported or known, 1 if a release was refused, 2 if a source could not be "
        "read or not to its end by Find a Tender."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "sources",
            nargs="*",
            metavar="SOURCE",
            help="A file, a pattern such as 'notices/*.json', an http(s) address, or "
            "- for standard input.",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Say what would be done; write nothing.",
        )
        parser.add_argument(
            "--allow-private",
            action="store_true",
            help="Read from addresses on this machine or your own network too.",
        )
        parser.add_argument(
            "--find-a-tender",
            action="store_true",
            help="Follow Find a Tender's API, from where the last run stopped.",
        )
        parser.add_argument("--updated-from", type=self.date, metavar="DATE")
        parser.add_argument("--updated-to", type=self.date, metavar="DATE")
        parser.add_argument("--find-a-tender-base", default=BASE, metavar="ADDRESS")

    def date(self, text):
        """Read a date or time of the command line."""
        try:
            return day_of_page(text)
        except ValueError:
            raise CommandError(
                f"Give a date such as 2026-11-22, not “{text}”."
            ) from None

    def handle(self, *, sources, **options):
        self.must_be_asked(sources, options)
        self.unread, self.progress = 0, Progress(self.stderr)
        importer = Importer(
            dry=options["dry_run"], say=self.say, step=self.progress.show
        )
        if options["find_a_tender"]:
            self.follow(importer, options)
        for source in expand_sources(sources):
            self.read(source, importer, FetchLimits(private=options["allow_private"]))
        self.progress.clear()
        if not importer.dry:
            close_bids()
            start_and_end_contracts()
        self.conclude(importer)

    def must_be_asked(self, sources, options):
        """Refuse a command line that asks for nothing, or for half."""
        if not sources and not options["find_a_tender"]:
            raise CommandError("Name at least one source, or give --find-a-tender.")
        if options["find_a_tender"] and not options["updated_from"]:
            raise CommandError("Say from when: --updated-from 2026-11-01.")

    def read(self, source, importer, limits):
        """Import one source; say so if it cannot be read."""
        try:
            with open_source(source, limits) as stream:
                importer.take(releases(stream, shown_source(source)))
        except Unreadable as error:
            self.unreadable(error)

    def follow(self, importer, options):
        """Import what Find a Tender published."""
        private = options["allow_private"]
        platform = FindATender(
            options["updated_from"],
            options["updated_to"] or "",
            options["find_a_tender_base"],
            FetchLimits(64 * 1024**2, seconds=60, in_all=300, private=private),
            say=self.stderr.write,
        )
        try:
            platform.run(importer)
        except Stopped as error:
            self.unreadable(error)

    def unreadable(self, error):
        """Say that a source could not be read, and remember it."""
        self.progress.clear()
        self.unread += 1
        self.stdout.write(f"Not read: {error}")

    def say(self, plan):
        """Print what of a plan needs a person's eyes, before it is applied."""
        if plan.refused or plan.remarks:
            self.progress.clear()
        for refused in plan.refused:
            self.stdout.write(f"Refused: {refused}")
        for remark in plan.remarks:
            self.stdout.write(f"Note: {remark}")

    def conclude(self, importer):
        """Print the totals and end with the status they call for."""
        if importer.dry:
            self.stdout.write("Dry run: nothing was written. It would be:")
        for line in importer.totals.lines():
            self.stdout.write(line)
        if self.unread:
            sys.exit(2)
        if importer.totals.refused:
            sys.exit(1)


class Progress:
    """One line on the terminal, or a line every few seconds elsewhere."""

    EVERY = 10  # seconds, where there is no terminal

    def __init__(self, stream):
        self.stream, self.begun = stream, time.monotonic()
        self.said = self.begun
        self.terminal = stream.isatty()

    def show(self, totals):
        """Say how many releases were read so far, and how fast."""
        now = time.monotonic()
        if not self.terminal and now - self.said < self.EVERY:
            return
        self.said = now
        read = totals.read()
        words = (
            f"{read:,} releases, {read / max(now - self.begun, 0.001):,.0f} a second"
        )
        self.stream.write(
            f"\r{words}" if self.terminal else words,
            ending="" if self.terminal else "\n",
        )
        self.stream.flush()

    def clear(self):
        """Take the line off the terminal."""
        if self.terminal:
            self.stream.write("\r\033[K", ending="")
