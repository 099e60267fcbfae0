"""The services of Norfordshire: what is commissioned again and again."""

from commissioning_portal.demo.people import COUNCIL, EASTMARSH, ICB, PCC
from commissioning_portal.demo.story import BEGINS
from commissions.models import Area, Organisation, Service, Topic

SERVICES = [
    {
        "slug": "home-care",
        "name": "Home care",
        "organisation": COUNCIL,
        "topic": "Care at home",
        "summary": "Help with washing, dressing, meals and medicines for people who "
        "live in their own homes.",
        "who_uses_it": "About 3,150 adults each week, most of them over 75.",
        "providers": ["hearthside-care", "northmere-homecare"],
        "contract_ends": 520,
        "yearly_spend": 27_400_000,
    },
    {
        "slug": "supported-housing",
        "name": "Supported housing",
        "organisation": COUNCIL,
        "topic": "Supported housing",
        "summary": "Homes with somebody on hand, for people who are not ready to live "
        "alone after hospital, prison or sleeping rough.",
        "who_uses_it": "188 people in 14 houses, most for six to eighteen months.",
        "providers": ["lantern-housing"],
        "contract_ends": 300,
        "yearly_spend": 2_950_000,
    },
    {
        "slug": "school-transport",
        "name": "Home to school transport",
        "organisation": COUNCIL,
        "topic": "School transport",
        "summary": "Free travel to school for children who live too far away to walk "
        "or who cannot go alone because of a disability.",
        "who_uses_it": "5,420 pupils, of whom 1,310 have special educational needs.",
        "providers": ["brightline-coaches"],
        "contract_ends": 275,
        "yearly_spend": 15_200_000,
    },
    {
        "slug": "short-breaks",
        "name": "Short breaks for disabled children",
        "organisation": COUNCIL,
        "topic": "Disabled children",
        "summary": "A few hours, a day or a weekend of fun for a disabled child, and "
        "rest for the family.",
        "who_uses_it": "412 children and their families.",
        "providers": ["beacon-youth"],
        "contract_ends": 210,
        "yearly_spend": 1_420_000,
    },
    {
        "slug": "drug-and-alcohol-recovery",
        "name": "Drug and alcohol recovery",
        "organisation": COUNCIL,
        "topic": "Drugs and alcohol",
        "summary": "Treatment, prescribing and support to stop or cut down, in four "
        "towns and by telephone.",
        "who_uses_it": "2,240 adults and 130 young people in treatment last year.",
        "providers": ["open-door-recovery"],
        "contract_ends": 330,
        "yearly_spend": 6_100_000,
    },
    {
        "slug": "road-maintenance",
        "name": "Road and pothole repairs",
        "organisation": COUNCIL,
        "topic": "Road maintenance",
        "summary": "Finding and filling potholes, resurfacing, drains and gritting on "
        "2,960 miles of road.",
        "who_uses_it": "Everybody who walks, cycles, drives or takes a bus.",
        "providers": ["tarmount-highways"],
        "contract_ends": 410,
        "yearly_spend": 18_300_000,
    },
    {
        "slug": "libraries",
        "name": "Public libraries",
        "organisation": COUNCIL,
        "topic": "Libraries",
        "summary": "31 libraries, two mobile libraries and books by post.",
        "who_uses_it": "94,000 people borrowed something last year.",
        "yearly_spend": 4_870_000,
    },
    {
        "slug": "household-waste-collection",
        "name": "Household waste and recycling collection",
        "organisation": EASTMARSH,
        "topic": "Waste and recycling",
        "summary": "Bins, recycling and food waste from every home in Eastmarsh.",
        "who_uses_it": "58,600 households.",
        "areas": ["E07000901"],
        "providers": ["greenbarrow-waste"],
        "contract_ends": 190,
        "yearly_spend": 5_700_000,
    },
    {
        "slug": "domestic-abuse-support",
        "name": "Domestic abuse refuge and support",
        "organisation": COUNCIL,
        "topic": "Domestic abuse",
        "summary": "Safe places to stay, advice at court and counselling for people "
        "who flee abuse at home.",
        "who_uses_it": "96 households in refuge and 1,480 people supported last year.",
        "providers": ["willow-gate"],
        "contract_ends": 365,
        "yearly_spend": 1_880_000,
    },
    {
        "slug": "custody-health-care",
        "name": "Health care in police custody",
        "organisation": PCC,
        "topic": "Police custody",
        "summary": "Nurses and doctors for people held at the county’s three custody "
        "suites, day and night.",
        "who_uses_it": "About 11,200 people detained each year.",
        "providers": ["custodian-health"],
        "contract_ends": 150,
        "yearly_spend": 2_600_000,
    },
    {
        "slug": "wheelchairs",
        "name": "Wheelchair service",
        "organisation": ICB,
        "topic": "Community health",
        "summary": "Wheelchairs and special seating, measured, supplied and repaired.",
        "who_uses_it": "7,900 people, 640 of them children.",
        "providers": ["norfordshire-community-health"],
        "contract_ends": 120,
        "yearly_spend": 3_100_000,
    },
]


def load(story):
    """Add each service that is not there yet and book its publication."""
    for known in SERVICES:
        if not Service.objects.filter(slug=known["slug"]).exists():
            add(story, **known)


def add(
    story,
    *,
    organisation,
    topic,
    contract_ends=None,
    areas=("E10000901",),
    providers=(),
    **fields,
):
    """Add one service with those who provide it now."""
    body = Organisation.objects.get(slug=organisation)
    added = Service.objects.create(
        organisation=body,
        topic=Topic.objects.get(name=topic),
        contract_ends_on=contract_ends and story.day(contract_ends),
        **fields,
    )
    added.areas.set(Area.objects.filter(code__in=areas))
    added.providers.set(Organisation.objects.filter(slug__in=providers))
    story.book(BEGINS, added.publish, by=body)
