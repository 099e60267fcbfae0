"""How fast notices are imported on SQLite, and in how much memory.

    python -m tests.benchmarks.import_ocds [RELEASES]

Makes a gzipped package of synthetic releases (100,000, unless said) and a new
database in a folder of its own, imports the package twice, and prints the
releases a second and the peak of memory. Nothing else is touched.
"""

import gzip
import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path


def write(path, number):
    """Write a package of synthetic releases."""
    from tests.benchmarks.synthetic import releases  # noqa: PLC0415 - Django first

    with gzip.open(path, "wt", compresslevel=1) as file:
        file.write('{"publisher": {"name": "Synthetic"}, "releases": [')
        for position, release in enumerate(releases(number)):
            file.write(("," if position else "") + json.dumps(release))
        file.write("]}")


def peak():
    """Return the most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(path, number, say):
    """Import the package twice and say how long each took."""
    from commissions.ocds.importing.importer import Importer  # noqa: PLC0415 - Django first
    from commissions.ocds.importing.releases import releases  # noqa: PLC0415

    for which in ("first", "second"):
        importer, begun, busy = Importer(), time.perf_counter(), time.process_time()
        with open(path, "rb", buffering=0) as stream:
            importer.take(releases(stream, path.name))
        took, busy = time.perf_counter() - begun, time.process_time() - busy
        say(f"{which} time: {number:,} releases in {took:,.1f} s, ")
        say(f"{number / took:,.0f} a second ")
        say(f"({number / busy:,.0f} a second of processor time); ")
        say(f"peak memory {peak():,.0f} MB\n")
        for line in importer.totals.lines():
            say(f"    {line}\n")


def main(number):
    """Measure in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.pop("DATABASE_URL", None)
        os.environ["PORTAL_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "commissioning_portal.settings"
        import django  # noqa: PLC0415 - after the folder is chosen
        from django.core.management import call_command  # noqa: PLC0415

        django.setup()
        call_command("migrate", verbosity=0, skip_checks=True)
        path = Path(folder) / "synthetic.json.gz"
        write(path, number)
        measure(path, number, sys.stdout.write)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
