"""Read the CPV list into the portal."""

import sys

from django.core.management.base import BaseCommand, CommandError

from commissions.places.import_cpv import import_cpv
from commissions.text.csv_rows import NotAList


class Command(BaseCommand):
    help = "Import the Common Procurement Vocabulary from a CSV of code, description and parent. Safe to run again."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")

    def handle(self, *, file, **options):
        try:
            outcome = import_cpv(file)
        except NotAList as error:
            raise CommandError(str(error)) from error
        for line in outcome.lines():
            self.stdout.write(line)
        if outcome.refused:
            sys.exit(1)
