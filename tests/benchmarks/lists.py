"""Show that the lists cost the same however many commissions there are.

    python -m tests.benchmarks.lists --small 10000 --large 1000000

makes both, each in a SQLite database in a folder that is removed (or, with
--postgres URL, in a database named there whose commissions may be replaced),
asks for the same pages of both, and prints the ratio of the times: 1.0 is flat,
1.5 the most allowed.
"""

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commissioning_portal.settings")
django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from commissions.models import Commission, Findable, Stage
from commissions.search import index as search_index
from commissions.search import schema as search_schema
from commissions.search.backends import engine
from tests import make

PAGES = {
    "first page": "",
    "newest": "sort=newest",
    "highest value": "sort=value",
    "stage": "stage=tender",
    "rare stage": "stage=review",
    "topic and stage": "topic=topic-3&stage=delivery",
    "kind": "kind=nhs&sort=newest",
    "rare kind": "kind=fire&sort=newest",
    "organisation": "organisation=body-17",
    "place": "area=district-40",
    "wide place": "area=anyland",
    "open for comment": "open=comment",
    "closing": "closing=14",
    "value": "value_from=900000&value_to=1m&sort=newest",
    "regime": "regime=grant&sort=newest",
    "no named holder": "holder=no",
    "named holder": "holder=yes",
    "common word": "q=care",
    "middling word": "q=hydrotherapy",
    "rare word": "q=xenolith",
    "two words": "q=care+garden",
    "common word, newest": "q=care&sort=newest",
    "middling word, closing": "q=hydrotherapy&sort=closing",
    "phrase": "q=%22care+home%22",
    "word and filter": "q=care&stage=review",
    "nothing found": "q=care&stage=review&closing=7&holder=no&open=bids",
    "search: common word": "/search/?q=care",
    "search: two common words": "/search/?q=care+garden",
    "search: middling word": "/search/?q=hydrotherapy",
    "search: rare word": "/search/?q=xenolith",
    "search: phrase": "/search/?q=%22care+home%22",
    "search: one kind": "/search/?q=care&kind=commission",
    "search: reference": "/search/?q=2026+0000017",
    "search: misspelt": "/search/?q=hydrotherpy",
    "search: nothing found": "/search/?q=qqqqq",
    "search: body": "/search/?q=body+17",
}
COMMON = [
    "care",
    "home",
    "garden",
    "school",
    "road",
    "clinic",
    "night",
    "day",
    "older",
    "young",
    "people",
    "support",
    "family",
    "travel",
    "repair",
    "advice",
    "housing",
    "health",
    "park",
    "library",
]


SEED = 10_000  # rows made one by one; the rest are copies of them, made in SQL


def multiply(rows, seed):
    """Copy the seed until there are so many rows; what is open is not copied."""
    meta = Commission._meta
    changed = {
        "id": "id + %s",
        "reference": "reference || %s",
        "ocid": "ocid || %s",
        "window_for": "''",
        "window_opens_at": "NULL",
        "window_closes_at": "NULL",
    }
    columns = [field.column for field in meta.concrete_fields]
    chosen = [changed.get(column, column) for column in columns]
    words, key = search_schema.TABLE, engine().key
    found = {"id": "id + %s", "squeezed_title": "squeezed_title || %s"}
    said = [field.column for field in Findable._meta.concrete_fields]
    kept = "words" if connection.vendor == "postgresql" else "title, names, body, whole"
    copies = [
        (meta.db_table, ", ".join(columns), ", ".join(chosen), "id"),
        (words, f"{key}, {kept}", f"{key} + %s, {kept}", key),
        (
            search_schema.FOUND,
            ", ".join(said),
            ", ".join(found.get(column, column) for column in said),
            "id",
        ),
        (
            Commission.areas.through._meta.db_table,
            "commission_id, area_id",
            "commission_id + %s, area_id",
            "commission_id",
        ),
    ]
    for offset in range(seed, rows, seed):
        for table, into, select, key in copies:
            marks = [
                offset if mark == "+ %s" else f"-{offset}"
                for mark in re.findall(r"(?:\+|\|\|) %s", select)
            ]
            with connection.cursor() as cursor:
                cursor.execute(
                    f"INSERT INTO {table} ({into}) SELECT {select} FROM {table} "
                    f"WHERE {key} <= %s",
                    [*marks, min(seed, rows - offset)],
                )


def fill(rows):
    """Make so many commissions with all that lists look at: the same every time."""
    seed = min(rows, SEED)
    seed_rows(seed)
    multiply(rows, seed)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as after a bulk load


def seed_rows(rows):
    """Make commissions one by one, as unlike each other as real ones."""
    dice = random.Random(1)
    nation = make.area(name="Anyland", slug="anyland", kind="nation")
    districts = [
        make.area(name=f"Area {n}", slug=f"district-{n}", parent=nation)
        for n in range(300)
    ]
    topics = [make.topic(name=f"Topic {n}", slug=f"topic-{n}") for n in range(12)]
    kinds = ["local_authority"] * 30 + ["nhs"] * 8 + ["police"] * 2 + ["fire"]
    bodies = [
        make.organisation(
            name=f"Body {n}", slug=f"body-{n}", kind=kinds[n % len(kinds)]
        )
        for n in range(400)
    ]
    posts = [
        make.held_post(organisation=body) if n % 9 else make.post(organisation=body)
        for n, body in enumerate(bodies)
    ]
    stages = (
        ["delivery"] * 60 + ["tender"] * 15 + ["contract"] * 14 + list(Stage.values)
    )
    regimes = ["procurement_act"] * 20 + ["psr"] * 6 + list(Commission.Regime.values)
    now = timezone.now()

    def one(n):
        place = dice.randrange(len(bodies))
        words = dice.sample(COMMON, 5)
        words += ["hydrotherapy"] * (dice.random() < 0.02) + ["xenolith"] * (
            n % 5000 == 0
        )
        words += [f"w{dice.randrange(20_000)}" for _ in range(12)]
        opened = dice.random() < 120 / rows  # what is open does not grow with history
        held = n % 7 > 0
        return Commission(
            reference=f"2026-{n:07}",
            ocid=f"ocds-bench-{n:07}",
            title=" ".join(words[:6]).capitalize(),
            need=" ".join(words[6:]),
            summary=" ".join(dice.choices(COMMON, k=30)),
            organisation=bodies[place],
            post=posts[place] if held else None,
            held_since=now.date() if held else None,
            stage=dice.choice(stages),
            regime=dice.choice(regimes),
            topic=dice.choice(topics),
            value_max=dice.randrange(1_000, 5_000_000),
            window_for=dice.choice(Commission.Window.values) if opened else "",
            window_closes_at=now + timedelta(days=dice.randrange(1, 60))
            if opened
            else None,
            published_at=now - timedelta(minutes=dice.randrange(1, 5_000_000)),
        )

    through = Commission.areas.through
    for start in range(0, rows, 5_000):
        made = Commission.objects.bulk_create(
            [one(n) for n in range(start, min(start + 5_000, rows))]
        )
        through.objects.bulk_create(
            through(commission=each, area=dice.choice(districts)) for each in made
        )
    for _ in search_index.rebuild():
        pass


def clock():
    """Return milliseconds: this process's own where it does all the work."""
    seconds = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    return seconds() * 1000


def measure(rows, times):
    """Make the rows and time every page: {name: median milliseconds}."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    started = time.perf_counter()
    if Commission.objects.count() != rows:
        fill(rows)
    sys.stderr.write(f"{rows:,} rows in {time.perf_counter() - started:.0f} s\n")
    client, found = Client(headers={"host": "127.0.0.1"}), {name: [] for name in PAGES}
    for turn in range(times + 1):
        for name, query in PAGES.items():
            began = clock()
            address = query if query[:1] == "/" else f"/commissions/?{query}"
            response = client.get(address)
            if turn:  # the first turn warms up
                found[name].append(clock() - began)
            if response.status_code != 200:
                sys.exit(f"{name}: {response.status_code}")
    return {name: statistics.median(ms) for name, ms in found.items()}


def apart(rows, options):
    """Measure in a process of its own, on a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        folder = os.path.join(options.keep, str(rows)) if options.keep else folder
        surroundings = {**os.environ, "PORTAL_DATA": folder}
        if options.postgres:
            surroundings["DATABASE_URL"] = f"{options.postgres}_{rows}"
        told = subprocess.run(
            [
                sys.executable,
                "-m",
                __spec__.name,
                "--rows",
                str(rows),
                "--times",
                str(options.times),
            ],
            env=surroundings,
            stdout=subprocess.PIPE,
            check=True,
        )
        return json.loads(told.stdout)


def main():
    """Read the options; compare, or (with --rows) measure one size."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("--small", type=int, default=10_000)
    asked.add_argument("--large", type=int, default=1_000_000)
    asked.add_argument("--times", type=int, default=7, help="how often each is asked")
    asked.add_argument("--keep", help="a folder in which the databases stay")
    asked.add_argument("--postgres", help="a database URL; _ROWS is added to it")
    asked.add_argument("--rows", type=int, help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.rows:
        sys.stdout.write(json.dumps(measure(options.rows, options.times)))
        return
    small, large = apart(options.small, options), apart(options.large, options)
    for name in PAGES:
        ratio = large[name] / small[name]
        sys.stdout.write(
            f"{name:25}{small[name]:8.1f} ms{large[name]:8.1f} ms"
            f"  x {ratio:5.2f}{'' if ratio <= 1.5 else '  grows'}\n"
        )


if __name__ == "__main__":
    main()
