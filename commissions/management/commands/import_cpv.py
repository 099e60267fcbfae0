"""Read the CPV list into the portal."""

from commissions.classification.import_cpv import import_cpv
from commissions.management import CsvCommand


class Command(CsvCommand):
    help = "Import the Common Procurement Vocabulary from a CSV of code, description and parent. Safe to run again."
    read = staticmethod(import_cpv)
