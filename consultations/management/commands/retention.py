"""Erase what is kept no longer, as the privacy page says; or say what is kept."""

from django.core.management.base import BaseCommand

from consultations import retention


class Command(BaseCommand):
    help = (
        "Erase what is kept no longer, by the rules that the privacy page shows. The "
        "worker does the same. --list shows the rules and erases nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--list",
            action="store_true",
            dest="only_list",
            help="show the rules",
        )

    def handle(self, *, only_list, **options):
        if only_list:
            for row in retention.ROWS:
                self.stdout.write(f"{row.what}\n    {row.kept}. {row.why}.\n")
            return
        erased = retention.apply()
        for what, number in erased.items():
            self.stdout.write(f"Erased {number}: {what}")
        if not erased:
            self.stdout.write("Nothing is kept longer than the rules say.")
