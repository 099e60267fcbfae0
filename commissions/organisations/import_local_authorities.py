"""Read the UK's local authorities: their areas as a tree, and the councils themselves.

The file is mySociety's uk_local_authorities_future.csv (CC BY 4.0). A row
gives an area under its county, its combined authority's region or nation, and
an organisation with its register number, GSS code, other names and successor.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.text import slugify

from commissions.organisations.models import (
    Organisation,
    OrganisationIdentifier,
    OtherName,
)
from commissions.places.models import Area, AreaCode, free_slug
from commissions.places.seed_data import ENGLAND, PLACES
from commissions.record.models import Entry, Kind
from commissions.search.index import index_subjects, together
from commissions.text.read_csv import ReadOutcome, rows_of_csv

COLUMNS = (
    "local-authority-code",
    "official-name",
    "nice-name",
    "gss-code",
    "start-date",
    "end-date",
    "replaced-by",
    "nation",
    "region",
    "local-authority-type",
    "county-la",
    "alt-names",
    "former-gss-codes",
)
SCHEMES = {
    "England": "GB-LAE",
    "Scotland": "GB-LAS",
    "Wales": "GB-PLA",
    "Northern Ireland": "GB-LANI",
}
COMBINED = {"COMB", "SRA"}
ORDER = {"COMB": 0, "SRA": 0, "CTY": 1}
BY = "import"


@dataclass
class AuthoritiesReading:
    """One reading of the list: what is there already, and what it came to."""

    outcome: ReadOutcome = field(default_factory=ReadOutcome)
    areas: dict = field(default_factory=dict)
    councils: dict = field(default_factory=dict)

    def area(self, row):
        """Save the area of a row and its former codes; None where it has no code."""
        code = row["gss-code"]
        if not code:
            return None
        kept = Area.objects.filter(code=code).first()
        area = kept or Area(code=code, slug=free_slug(Area, row["nice-name"]))
        columns = {
            "name": row["nice-name"],
            "kind": kind_of_area(row),
            "parent": self.parent(row),
            "ended_on": row["ended_on"],
        }
        self.touched |= self.outcome.saved(area, columns, kept is None, "areas")
        for former in filter(None, row["former-gss-codes"].split(",")):
            self.former(area, former.strip())
        self.areas[row["local-authority-code"]] = area
        return area

    touched = False

    def parent(self, row):
        """Return the area around a row's: its county, region or nation."""
        county = self.areas.get(row["county-la"])
        if county:
            return county
        names = [row["region"].lower(), row["nation"].lower()]
        codes = {place[1].lower(): place[0] for place in PLACES}
        code = next((codes[name] for name in names if name in codes), ENGLAND)
        return Area.objects.get(code=code)

    def former(self, area, code):
        """Save a former code of an area, unless it is another's."""
        _, new = AreaCode.objects.get_or_create(
            scheme="GSS", value=code, defaults={"area": area}
        )
        self.outcome.created["former codes"] += new
        self.touched |= new

    def council(self, row, area):
        """Save the council of a row, found by its number, its GSS code or name."""
        numbers = {SCHEMES[row["nation"]]: row["local-authority-code"]}
        if row["gss-code"]:
            numbers["GSS"] = row["gss-code"]
        kept = self.kept(row, numbers)
        name = row["official-name"]
        council = kept or Organisation(name=name, slug=free_slug(Organisation, name))
        columns = {
            "kind": kind_of_council(row),
            "nation": slugify(row["nation"]).replace("-", "_"),
            "area": area,
            "dissolved_on": row["ended_on"],
            "founded_on": row["began_on"],
        }
        new = kept is None
        self.touched |= self.outcome.saved(council, columns, new, "councils")
        self.number(council, numbers)
        if new:
            facts = {
                "sort": council.kind,
                "identifiers": [f"{k}-{v}" for k, v in numbers.items()],
            }
            Entry.objects.append(Kind.ORGANISATION_ADDED, council, by=BY, **facts)
        self.names(council, row)
        self.councils[row["local-authority-code"]] = council

    def kept(self, row, numbers):
        """Return the council of a row if it is here already."""
        for scheme, value in numbers.items():
            found = Organisation.objects.identified(scheme, value).first()
            if found:
                return found
        bodies = Organisation.objects.commissioning()
        named = bodies.filter(name__iexact=row["official-name"])
        others = named.exclude(identifiers__scheme__in=[*SCHEMES.values(), "GSS"])
        return others.first() if others.count() == 1 else None

    def number(self, council, numbers):
        """Save a council's numbers, unless another body has them."""
        for scheme, value in numbers.items():
            _, new = OrganisationIdentifier.objects.get_or_create(
                scheme=scheme, value=value, defaults={"organisation": council}
            )
            self.outcome.created["identifiers"] += new
            self.touched |= new

    def names(self, council, row):
        """Save a council's other names that differ by more than their case.

        Names wholly in lower case are the list's aids for matching misspellings.
        """
        known = {council.name.casefold()}
        known |= {
            name.casefold()
            for name in council.other_names.values_list("name", flat=True)
        }
        for name in (row["nice-name"], *row["alt-names"].split(",")):
            name = " ".join(name.split())
            if name.lower() != name[:255] and name.casefold() not in known:
                known.add(name.casefold())
                OtherName.objects.create(organisation=council, name=name)
                self.outcome.created["other names"] += 1
                self.touched = True

    def succeed(self, row):
        """Record who took over from a council that has ended."""
        heirs = [
            self.councils[code]
            for code in (each.strip() for each in row["replaced-by"].split(","))
            if code in self.councils
        ]
        council = self.councils[row["local-authority-code"]]
        if not heirs or not row["ended_on"] or council.successor_id:
            return
        if len(heirs) > 1:
            names = ", ".join(heir.name for heir in heirs)
            council.about = council.about or f"Its area was divided between {names}."
            council.save(update_fields=["about"])
        council.succeed(heirs[0], on=row["ended_on"], by=BY)
        self.outcome.changed["successors"] += 1


def kind_of_area(row):
    """Return how large a row's area is."""
    kind = row["local-authority-type"]
    if kind in COMBINED:
        return "combined"
    return "county" if kind == "CTY" else "district"


def kind_of_council(row):
    """Return what sort of council a row is."""
    combined = row["local-authority-type"] in COMBINED
    return "combined_authority" if combined else "local_authority"


def problem_of(row, seen):
    """Say what is wrong with a row, or nothing; read its dates on the way."""
    code = row["local-authority-code"]
    if not code or not row["official-name"] or not row["nice-name"]:
        return "It lacks a code or a name."
    if code in seen:
        return f"{code} is listed twice; the first row was taken."
    if row["nation"] not in SCHEMES:
        return f"“{row['nation'][:40]}” is not a nation of the UK."
    if len(row["official-name"]) > 200 or len(row["gss-code"]) > 20:
        return "Its name or its GSS code is too long."
    return problem_of_dates(row)


def problem_of_dates(row):
    """Read a row's dates; say what is wrong with them, or nothing."""
    try:
        row["began_on"], row["ended_on"] = (
            date.fromisoformat(row[name]) if row[name] else None
            for name in ("start-date", "end-date")
        )
    except ValueError:
        return "One of its dates is not a date such as 2023-04-01."
    if row["began_on"] and row["ended_on"] and row["ended_on"] < row["began_on"]:
        return "It ends before it starts."
    return ""


def county_regions(rows):
    """Put each county in the region of most of its districts.

    The list has Derbyshire and Lincolnshire in a neighbouring region, and
    their districts in the right one.
    """
    for county in rows:
        inside = [
            row["region"]
            for row in rows
            if row["county-la"] == county["local-authority-code"] and row["region"]
        ]
        if inside:
            county["region"] = max(sorted(set(inside)), key=inside.count)


def import_local_authorities(path):
    """Import the local authorities of a file; return the Outcome."""
    reading, good = AuthoritiesReading(), {}
    for number, row in rows_of_csv(path, *COLUMNS):
        problem = problem_of(row, good)
        if problem:
            reading.outcome.refused.append((number, problem))
        else:
            good[row["local-authority-code"]] = row
    rows = sorted(
        good.values(), key=lambda row: ORDER.get(row["local-authority-type"], 2)
    )
    county_regions(rows)
    with transaction.atomic(), together():
        for row in rows:
            reading.touched = False
            reading.council(row, reading.area(row))
            reading.outcome.left_alone += not reading.touched
        for row in rows:
            reading.succeed(row)
        index_subjects(filter(None, reading.areas.values()))
        index_subjects(filter(None, reading.councils.values()))
    return reading.outcome
