"""What every installation starts with: topics, the UK's regions, its bank holidays.

A migration loads them, so that notices find a topic and a place before
anybody has imported a list, and clocks their days off. Loading them again adds
only what is missing.
"""

from commissions.law.holidays.data import HOLIDAYS

TOPICS = {
    "adult-social-care": "Adult social care",
    "children-and-families": "Children and families",
    "public-health": "Public health",
    "health-care": "Health care",
    "mental-health": "Mental health",
    "housing-and-homelessness": "Housing and homelessness",
    "roads-and-transport": "Roads and transport",
    "waste-and-environment": "Waste and environment",
    "schools-and-skills": "Schools and skills",
    "police-and-community-safety": "Police and community safety",
    "fire-and-rescue": "Fire and rescue",
    "libraries-leisure-and-culture": "Libraries, leisure and culture",
    "digital-and-technology": "Digital and technology",
    "buildings-and-grounds": "Buildings and grounds",
    "advice-and-community": "Advice and community",
    "professional-services": "Professional services",
    "other": "Other goods and services",
}

UK = "K02000001"
ENGLAND = "E92000001"

PLACES = [  # GSS code, name, kind, inside, NUTS code of 2016, ITL code of 2021
    (UK, "United Kingdom", "nation", None, "UK", "TL"),
    (ENGLAND, "England", "nation", UK, None, None),
    ("W92000004", "Wales", "nation", UK, "UKL", "TLL"),
    ("S92000003", "Scotland", "nation", UK, "UKM", "TLM"),
    ("N92000002", "Northern Ireland", "nation", UK, "UKN", "TLN"),
    ("E12000001", "North East", "region", ENGLAND, "UKC", "TLC"),
    ("E12000002", "North West", "region", ENGLAND, "UKD", "TLD"),
    ("E12000003", "Yorkshire and the Humber", "region", ENGLAND, "UKE", "TLE"),
    ("E12000004", "East Midlands", "region", ENGLAND, "UKF", "TLF"),
    ("E12000005", "West Midlands", "region", ENGLAND, "UKG", "TLG"),
    ("E12000006", "East of England", "region", ENGLAND, "UKH", "TLH"),
    ("E12000007", "London", "region", ENGLAND, "UKI", "TLI"),
    ("E12000008", "South East", "region", ENGLAND, "UKJ", "TLJ"),
    ("E12000009", "South West", "region", ENGLAND, "UKK", "TLK"),
]
"""GSS codes: ONS register. ITL level 1 is the NUTS level 1 that it replaced."""


def seed(model):
    """Load topics and places; `model` finds a model class by app and name."""
    for slug, name in TOPICS.items():
        model("commissions", "Topic").objects.get_or_create(
            slug=slug, defaults={"name": name}
        )
    for place in PLACES:
        seed_place(model, *place)


def seed_place(model, code, name, kind, inside, nuts, itl):
    """Load one nation or region and the codes by which notices name it."""
    areas = model("commissions", "Area").objects
    parent = areas.filter(code=inside).first()
    area, _ = areas.get_or_create(
        code=code,
        defaults={
            "name": name,
            "slug": name.lower().replace(" ", "-"),
            "kind": kind,
            "parent": parent,
            "path": f"{parent.path if parent else ''}{code}/",
        },
    )
    for scheme, value in (("NUTS", nuts), ("ITL", itl)):
        if value:
            model("commissions", "AreaCode").objects.get_or_create(
                scheme=scheme, value=value, defaults={"area": area}
            )


def seed_holidays(model):
    """Load the bank holidays of 2024 to 2031, by nation, into a table without them."""
    Holiday = model("commissions", "Holiday")
    Holiday.objects.bulk_create(
        Holiday(nation=nation, day=day, name=name)
        for day, name, nations in HOLIDAYS
        for nation in nations
    )
