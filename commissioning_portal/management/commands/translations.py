"""`manage.py translations`: collect what there is to say, compile the Welsh of it."""

import json

from django.core.management.base import BaseCommand

from commissioning_portal.languages import catalogue


class Command(BaseCommand):
    """Renews the shipped catalogue from templates, code and the names of the law.

    With --missing, writes nothing, and lists what has no Welsh yet as JSON.
    """

    help = "Collect what there is to say in Welsh, and compile it. Needs Babel."

    def add_arguments(self, parser):
        parser.add_argument(
            "--missing",
            nargs="*",
            metavar="FOLDER",
            help="only list what has no Welsh yet, in files that begin so",
        )

    def handle(self, *args, missing, **options):
        known = catalogue.said(catalogue.read()) if catalogue.SOURCE.exists() else {}
        renewed = catalogue.renewed(known)
        lacking = catalogue.missing(renewed)
        if missing is not None:
            self.stdout.write(
                json.dumps(
                    [each.id for each in lacking if is_in(each, missing)],
                    ensure_ascii=False,
                    indent=0,
                )
            )
            return
        catalogue.FOLDER.mkdir(parents=True, exist_ok=True)
        catalogue.SOURCE.write_bytes(catalogue.as_source(renewed))
        catalogue.COMPILED.write_bytes(catalogue.as_compiled(renewed))
        self.stdout.write(f"{len(renewed)} messages, {len(lacking)} without Welsh.")


def is_in(message, folders):
    """Tell whether a message stands in a file of some folders; of none, in any."""
    starts = tuple(folders)
    return not starts or any(name.startswith(starts) for name, _ in message.locations)
