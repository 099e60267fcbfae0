"""Who decides in Norfordshire: posts, and the people in them."""

from commissioning_portal.demo import portraits
from commissioning_portal.demo.story import BEGINS
from commissions.models import Commissioner, Entry, Kind, Organisation, Post, Tenure

COUNCIL = "norfordshire-county-council"
ICB = "nhs-norfordshire-icb"
PCC = "norfordshire-police-and-crime-commissioner"
FIRE = "norfordshire-fire-and-rescue-service"
EASTMARSH = "eastmarsh-district-council"
WESTHOLT = "westholt-district-council"
PARISH = "little-wenning-parish-council"
DEPARTMENT = "department-for-public-resilience"

PEOPLE = {  # name: what they say, declared interests, details confirmed on day
    "Margaret Adeyemi": (
        "I started as a care worker. If a plan would not have worked on my old "
        "round in Eastmarsh, tell me before we sign it.",
        "Trustee of a hospice outside the county.",
        -20,
    ),
    "Tomasz Wieczorek": (
        "Ring me. I would rather hear on Monday that a visit time is wrong than "
        "read it in a complaint a year later.",
        "None declared.",
        -12,
    ),
    "Helen Pryce": ("", "None declared.", -300),
    "Priya Raghunathan": (
        "Parents of disabled children know where our plans break. I keep Thursday "
        "afternoons free for them.",
        "Her brother is employed by Norfordshire Community Health Partnership. She "
        "takes no part in decisions about it.",
        -41,
    ),
    "Dr Samuel Okonjo": (
        "I publish the figures we worry about, not only those that flatter us.",
        "None declared.",
        -66,
    ),
    "Gareth Llewellyn": (
        "Tell us where the hole is, and I will tell you when it is filled or why not.",
        "Holds 400 shares in a national building firm, which does no work here.",
        -25,
    ),
    "Rosalind Achterberg": ("", "None declared.", -190),
    "Farida Hashemi": (
        "A library that is open when you are at work is a library for somebody else.",
        "None declared.",
        -9,
    ),
    "Peter Szabo": ("", "None declared.", -400),
    "Chidi Nwachukwu": (
        "Nobody in distress should have to explain themselves in a hospital corridor.",
        "Member of the Royal College of Nursing.",
        -33,
    ),
    "Aoife Brennan": (
        "I hold the community health contracts. I was a district nurse for eleven "
        "years.",
        "Her partner is a GP in Westholt.",
        -202,
    ),
    "Sunita Kaur Dhillon": (
        "Victims should find help without having to know who pays for it.",
        "None declared.",
        -15,
    ),
    "Daniel Fairweather": (
        "Crews try every device with gloves on before I sign for it.",
        "None declared.",
        -70,
    ),
    "Lucy Tang": (
        "I have been out on every round we run. Some of them twice.",
        "None declared.",
        -29,
    ),
    "Mohammed Iqbal": (
        "Come and see us before the notice runs out, not after.",
        "Rents a flat to a private tenant in Eastmarsh.",
        -18,
    ),
    "Joan Ottaway": (
        "The office is open on Tuesday mornings and I am in the phone book.",
        "Lives beside the recreation ground.",
        -50,
    ),
    "Hamish Drummond": (
        "One network for every crew in the country, and it has to work in a valley.",
        "None declared.",
        -60,
    ),
    "Cllr Ruth Abernethy": (
        "Leader of the council. I chair the Cabinet and answer for what it decides.",
        "Director of a farm shop in Westholt.",
        -35,
    ),
    "Cllr Dev Patel-Moore": (
        "Cabinet member for adult care and health.",
        "None declared.",
        -35,
    ),
    "Cllr Owen Hartley": (
        "Cabinet member for highways and the environment.",
        "His brother drives for a haulage firm.",
        -35,
    ),
    "Cllr Nadia Rahman": (
        "Leader of the district. I read every comment before the Cabinet meets.",
        "None declared.",
        -44,
    ),
    "Cllr Tom Bexley": ("Cabinet member for streets and bins.", "None declared.", -44),
    "Diane Whitlock": (
        "You elected me to answer for what the police and I spend. Ask me.",
        "Her son is a special constable in another county.",
        -22,
    ),
}

POSTS = [  # organisation, slug, title, team, ceiling in pounds, what it may decide
    (COUNCIL, "director-of-adult-social-care", "Director of Adult Social Care", "Adult Social Care", 5_000_000, "Any contract for adult social care up to £5 million. Above that the Cabinet decides."),
    (COUNCIL, "head-of-adult-commissioning", "Head of Adult Commissioning", "Adult Social Care", 1_000_000, "What is asked for in adult care, and contracts up to £1 million. May extend a contract once, for one year."),
    (COUNCIL, "head-of-childrens-commissioning", "Head of Children’s Commissioning", "Children’s Services", 1_000_000, "What is asked for in children’s services, and contracts up to £1 million."),
    (COUNCIL, "consultant-in-public-health", "Consultant in Public Health", "Public Health", 2_000_000, "How the public health grant is spent, up to £2 million in one contract."),
    (COUNCIL, "head-of-highways", "Head of Highways", "Highways and Transport", 2_000_000, "Which roads are repaired first, and highway contracts up to £2 million."),
    (COUNCIL, "passenger-transport-manager", "Passenger Transport Manager", "Highways and Transport", 500_000, "Bus and school routes, and transport contracts up to £500,000."),
    (COUNCIL, "libraries-and-culture-manager", "Libraries and Culture Manager", "Communities", 250_000, "Opening hours within the budget, and contracts up to £250,000."),
    (COUNCIL, "supported-housing-commissioner", "Supported Housing Commissioner", "Adult Social Care", 500_000, "Which supported housing schemes are paid for, up to £500,000 each."),
    (ICB, "director-of-mental-health-commissioning", "Director of Mental Health Commissioning", "Mental Health", 10_000_000, "Mental health contracts up to £10 million."),
    (ICB, "head-of-community-services", "Head of Community Services", "Primary and Community Care", 2_500_000, "Community health contracts up to £2.5 million."),
    (PCC, "head-of-commissioning", "Head of Commissioning", "Office of the Police and Crime Commissioner", 500_000, "Grants up to £100,000 and contracts up to £500,000. Above that the Commissioner decides in public."),
    (PCC, "police-and-crime-commissioner", "Police and Crime Commissioner", "Office of the Police and Crime Commissioner", None, "Every contract and grant above what the office may commit, in public."),
    (FIRE, "area-manager-assets-and-technology", "Area Manager, Assets and Technology", "Assets and Technology", 750_000, "Vehicles, stations and devices up to £750,000."),
    (EASTMARSH, "head-of-environmental-services", "Head of Environmental Services", "Environment", 500_000, "How waste is collected, and contracts up to £500,000."),
    (WESTHOLT, "housing-options-manager", "Housing Options Manager", "Housing", 2_500_000, "Who is offered temporary housing, and leases of homes up to £2.5 million."),
    (PARISH, "parish-clerk", "Parish Clerk", "", 25_000, "What the parish meeting has agreed, up to £25,000."),
    (DEPARTMENT, "programme-director-emergency-communications", "Programme Director, Emergency Communications", "Shared Services", None, "Call-offs for every emergency service that has joined the programme."),
]  # fmt: skip

DEPUTIES = {  # who answers while a post is empty
    "passenger-transport-manager": "head-of-highways",
    "head-of-adult-commissioning": "director-of-adult-social-care",
    "head-of-highways": "passenger-transport-manager",
}
CONSENTED = {"Mohammed Iqbal": -400}  # named by consent: the post does not require it

TENURES = [  # post, person, first day, day they left
    ("director-of-adult-social-care", "Margaret Adeyemi", -1210, None),
    ("head-of-adult-commissioning", "Helen Pryce", -1500, -236),
    ("head-of-adult-commissioning", "Tomasz Wieczorek", -194, None),
    ("head-of-childrens-commissioning", "Priya Raghunathan", -610, None),
    ("consultant-in-public-health", "Dr Samuel Okonjo", -880, None),
    ("head-of-highways", "Gareth Llewellyn", -2020, None),
    ("passenger-transport-manager", "Rosalind Achterberg", -990, -41),
    ("libraries-and-culture-manager", "Farida Hashemi", -420, None),
    ("supported-housing-commissioner", "Peter Szabo", -1400, -288),
    ("director-of-mental-health-commissioning", "Chidi Nwachukwu", -540, None),
    ("head-of-community-services", "Aoife Brennan", -760, None),
    ("head-of-commissioning", "Sunita Kaur Dhillon", -350, None),
    ("police-and-crime-commissioner", "Diane Whitlock", -930, None),
    ("area-manager-assets-and-technology", "Daniel Fairweather", -1120, None),
    ("head-of-environmental-services", "Lucy Tang", -480, None),
    ("housing-options-manager", "Mohammed Iqbal", -700, None),
    ("parish-clerk", "Joan Ottaway", -3900, None),
    ("programme-director-emergency-communications", "Hamish Drummond", -300, None),
]


def known_as(name):
    """Return a person's slug: their name without titles."""
    plain = name.removeprefix("Dr ").removeprefix("Cllr ")
    return plain.lower().replace(" ", "-")


def load(story):
    """Add people and posts that are not there yet; book who takes what."""
    for name, (statement, interests, confirmed) in PEOPLE.items():
        person(story, name, statement, interests, confirmed)
    fresh = {known[1] for known in POSTS if post(story, *known)}
    for junior, deputy in DEPUTIES.items():
        Post.objects.filter(slug=junior, deputy=None).update(
            deputy=Post.objects.get(slug=deputy)
        )
    for known in TENURES:
        if known[0] in fresh:
            tenure(story, *known)


def person(story, name, statement, interests, confirmed):
    """Add one person with a drawn portrait."""
    if Commissioner.objects.filter(slug=known_as(name)).exists():
        return
    added = Commissioner(
        name=name,
        slug=known_as(name),
        statement=statement,
        interests=interests,
        confirmed_on=story.day(confirmed),
    )
    if name in CONSENTED:
        added.name_consent_on = story.day(CONSENTED[name])
    added.photo = portraits.kept(added.slug)
    added.save()


def post(story, body, slug, title, team, ceiling, may_decide):
    """Add one post; return it, or None where it is there already."""
    body = Organisation.objects.get(slug=body)
    if body.posts.filter(slug=slug).exists():
        return None
    added = Post.objects.create(
        organisation=body,
        slug=slug,
        title=title,
        team=team,
        ceiling=ceiling,
        may_decide=may_decide,
        statutory_basis=f"Scheme of delegation of {body.name}",
        is_decision_level=slug != "housing-options-manager",
        mailbox=f"{slug}@{body.slug}.example",
        phone=f"01632 960{100 + len(slug) * 7 % 900:03}",  # numbers kept for fiction
        postal_address=f"{body.name}\n1 Market Square\nNorford\nNF1 1AA",
        created_on=story.day(-4000),
    )
    story.book(
        BEGINS, Entry.objects.append, Kind.POST_ADDED, added, by=body, title=title
    )
    return added


def tenure(story, slug, name, first, last):
    """Put a person in a post, and book the end if they have left.

    What was before the portal is history, not a public act: no entry.
    """
    post = Post.objects.get(slug=slug)
    who = Commissioner.objects.get(slug=known_as(name))
    body = post.organisation
    if first < BEGINS:
        Tenure.objects.create(post=post, commissioner=who, started_on=story.day(first))
    else:
        story.book(first, post.take, who, on=story.day(first), by=body)
    if last is not None:
        story.book(last, post.vacate, on=story.day(last), by=body)
