"""The public bodies of Norfordshire and those who provide its services."""

from commissioning_portal.demo.story import BEGINS
from commissions.models import Area, Entry, Kind, Organisation

OWES_BOTH = {"owes_pipeline_notice": True, "owes_payments_notice": True}
ORGANISATIONS = [
    {
        "slug": "norfordshire-county-council",
        "name": "Norfordshire County Council",
        "kind": "local_authority",
        "area": "E10000901",
        "about": "Runs social care, public health, roads, school transport and "
        "libraries for the 612,000 people of Norfordshire.",
        "identifier": ("GB-LAE", "XNF"),
        **OWES_BOTH,
    },
    {
        "slug": "nhs-norfordshire-icb",
        "name": "NHS Norfordshire Integrated Care Board",
        "kind": "nhs",
        "area": "E10000901",
        "about": "Plans and pays for hospital, community and mental health care in "
        "Norfordshire.",
        "identifier": ("GB-NHS", "QXN"),
        **OWES_BOTH,
    },
    {
        "slug": "norfordshire-police-and-crime-commissioner",
        "name": "Norfordshire Police and Crime Commissioner",
        "kind": "police",
        "area": "E10000901",
        "about": "Holds the police to account, and pays for support to victims and "
        "for work that prevents crime.",
        "identifier": ("GB-LAE", "XNP"),
    },
    {
        "slug": "norfordshire-fire-and-rescue-service",
        "name": "Norfordshire Fire and Rescue Service",
        "kind": "fire",
        "area": "E10000901",
        "about": "Answers fires, crashes and floods from 24 stations, and helps people "
        "to be safe at home.",
        "identifier": ("GB-LAE", "XNR"),
    },
    {
        "slug": "eastmarsh-district-council",
        "name": "Eastmarsh District Council",
        "kind": "local_authority",
        "parent": "norfordshire-county-council",
        "area": "E07000901",
        "about": "Collects the bins, plans for new homes and runs the leisure centres "
        "of Eastmarsh.",
        "identifier": ("GB-LAE", "XEM"),
    },
    {
        "slug": "westholt-district-council",
        "name": "Westholt District Council",
        "kind": "local_authority",
        "parent": "norfordshire-county-council",
        "area": "E07000902",
        "about": "Helps people who have no home, collects the bins and licenses taxis "
        "in Westholt.",
        "identifier": ("GB-LAE", "XWH"),
    },
    {
        "slug": "little-wenning-parish-council",
        "name": "Little Wenning Parish Council",
        "kind": "parish",
        "parent": "westholt-district-council",
        "area": "E07000902",
        "about": "Looks after the recreation ground, the burial ground and the village "
        "hall of Little Wenning.",
        "identifier": ("GB-LAE", "XLW"),
        "owes_pipeline_notice": False,
        "owes_payments_notice": False,
    },
    {
        "slug": "department-for-public-resilience",
        "name": "Department for Public Resilience",
        "kind": "central",
        "area": "E92000001",
        "about": "Buys what every emergency service of the country shares.",
        "identifier": ("GB-GOR", "XD99"),
    },
    {
        "slug": "nhs-norfordshire-ccg",
        "name": "NHS Norfordshire Clinical Commissioning Group",
        "kind": "nhs",
        "area": "E10000901",
        "about": "Planned health care in Norfordshire before the integrated care board.",
        "identifier": ("GB-NHS", "99X"),
    },
]

PROVIDERS = [  # slug, name, what it does, register, number
    ("hearthside-care", "Hearthside Care CIC", "Care at home.", "GB-COH", "X0100001"),
    ("northmere-homecare", "Northmere Homecare Ltd", "Care at home.", "GB-COH", "X0100002"),
    ("willow-gate", "Willow Gate Refuge", "Safe homes and support for people who flee abuse.", "GB-CHC", "X200001"),
    ("brightline-coaches", "Brightline Coaches Ltd", "Coaches, minibuses and school runs.", "GB-COH", "X0100003"),
    ("tarmount-highways", "Tarmount Highways plc", "Repairs and surfaces roads.", "GB-COH", "X0100004"),
    ("open-door-recovery", "Open Door Recovery", "Drug and alcohol treatment.", "GB-CHC", "X200002"),
    ("greenbarrow-waste", "Greenbarrow Waste Services Ltd", "Collects and sorts waste.", "GB-COH", "X0100005"),
    ("lantern-housing", "Lantern Homes", "Homes with support; a housing association.", "GB-CHC", "X200003"),
    ("custodian-health", "Custodian Health Ltd", "Nurses and doctors in police custody.", "GB-COH", "X0100006"),
    ("beacon-youth", "Beacon Youth Trust", "Youth work and mentoring.", "GB-CHC", "X200004"),
    ("norfordshire-community-health", "Norfordshire Community Health Partnership", "District nurses, health visitors and wheelchairs.", "GB-CHC", "X200005"),
    ("norfordshire-night-doctors", "Norfordshire Practices at Night", "Four GP practices, for nights and weekends.", "GB-CHC", "X200007"),
    ("breathe-easy-oxygen", "Breathe Easy Oxygen Ltd", "Oxygen at home.", "GB-COH", "X0100007"),
    ("halden-radio", "Halden Radio Ltd", "Radio sets for emergency crews.", "GB-COH", "X0100008"),
    ("speak-up-norfordshire", "Speak Up Norfordshire", "Independent advocates.", "GB-CHC", "X200006"),
]  # fmt: skip


def load(story):
    """Add each organisation that is not there yet."""
    for known in ORGANISATIONS:
        add(story, **known)
    for slug, name, about, *identifier in PROVIDERS:
        add(
            story,
            slug=slug,
            name=name,
            kind="provider",
            about=about,
            identifier=identifier,
            is_sme="plc" not in name,
            is_vcse="CIC" in name or identifier[0] == "GB-CHC",
        )
    retire(story, "nhs-norfordshire-ccg", "nhs-norfordshire-icb")


def add(story, *, slug, identifier, parent=None, area=None, **fields):
    """Add one organisation with its identifier and its ways to be reached."""
    if Organisation.objects.filter(slug=slug).exists():
        return
    added = Organisation.objects.create(
        slug=slug,
        parent=Organisation.objects.filter(slug=parent).first(),
        area=Area.objects.filter(code=area).first(),
        website=f"https://{slug}.example/",
        contact_email=f"contact@{slug}.example",
        **fields,
    )
    scheme, value = identifier
    added.identifiers.create(scheme=scheme, value=value)
    story.book(
        BEGINS,
        Entry.objects.append,
        Kind.ORGANISATION_ADDED,
        added,
        by="demo",
        name=added.name,
    )


def retire(story, old, new):
    """Let one body take over from another, years before the portal."""
    old, new = (Organisation.objects.get(slug=slug) for slug in (old, new))
    if old.successor_id is None:
        day = story.day(-1600)
        story.book(BEGINS, old.succeed, new, on=day, by="demo")
