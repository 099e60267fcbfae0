"""A command that reads one list, a CSV file, and says what came of it."""

import sys

from django.core.management.base import BaseCommand, CommandError

from commissions.text.read_csv import NotACsvList


class CsvCommand(BaseCommand):
    """Ends with 1 where a row was refused; `read` takes the file's name."""

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")

    def handle(self, *, file, **options):
        try:
            outcome = self.read(file)
        except NotACsvList as error:
            raise CommandError(str(error)) from error
        for line in outcome.lines():
            self.stdout.write(line)
        if outcome.refused:
            sys.exit(1)
