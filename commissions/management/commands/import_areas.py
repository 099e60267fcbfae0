"""Read the local authorities into the portal."""

from commissions.management import CsvCommand
from commissions.organisations.import_local_authorities import import_local_authorities


class Command(CsvCommand):
    help = "Import the UK's local authorities as areas and councils, from mySociety's uk_local_authorities_future.csv. Safe to run again."
    read = staticmethod(import_local_authorities)
