"""Read the local authorities into the portal."""

import sys

from django.core.management.base import BaseCommand, CommandError

from commissions.organisations.import_local_authorities import import_local_authorities
from commissions.text.csv_rows import NotAList


class Command(BaseCommand):
    help = "Import the UK's local authorities as areas and councils, from mySociety's uk_local_authorities_future.csv. Safe to run again."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")

    def handle(self, *, file, **options):
        try:
            outcome = import_local_authorities(file)
        except NotAList as error:
            raise CommandError(str(error)) from error
        for line in outcome.lines():
            self.stdout.write(line)
        if outcome.refused:
            sys.exit(1)
