"""The parties of a release: who buys, who supplies, by which numbers known.

Imports no models. A party's identifiers are looked for in `identifier`, in
`additionalIdentifiers` and in its own id, which the UK's platforms write as
scheme and number ("GB-PPON-PJJX-1133-JRGV").
"""

import re
from dataclasses import dataclass, field

from commissions.ocds.importing.mapping.json_reader import plain_text, shorten_text

SCHEME_AND_NUMBER = re.compile(r"^([A-Z]{2}-[A-Z]{2,6})-(\S.*)$", re.DOTALL)
NOT_A_NUMBER = {"", "na", "none", "null", "tbc", "tba", "unknown", "notapplicable"}
SHAPES = {
    "GB-COH": re.compile(r"^[A-Z0-9]{2}\d{6}$|^[A-Z]{2}\d{5}[A-Z]$"),
    "GB-PPON": re.compile(r"^[A-Z]{4}-\d{4}-[A-Z]{4}$"),
}
ACCOUNTS = {"GB-CFS", "GB-SRS", "GB-FTS"}
"""Schemes that number accounts on a platform: one body can have several."""

REGISTERED_NAME = re.compile(
    r"\b(ltd|limited|plc|llp|c\.?i\.?c|cyf|cyfyngedig|ccc)\.?$", re.IGNORECASE
)
"""A company's name is its alone while it is registered (Companies Act 2006 s.66)."""

SIZES = {"micro": True, "small": True, "medium": True, "sme": True, "large": False}
"""Whether a firm of an OCDS scale is small or medium-sized."""

BUYING = {"buyer"}
REVIEWING = {"reviewBody", "mediationBody", "reviewContactPoint"}


@dataclass
class Party:
    """One organisation as a release names it."""

    id: str
    name: str
    identifiers: list = field(default_factory=list)
    roles: set = field(default_factory=set)
    kind: str = "provider"
    nation: str = "england"
    website: str = ""
    address: str = ""
    contact: dict = field(default_factory=dict)
    is_sme: bool | None = None
    is_vcse: bool | None = None

    @property
    def buys(self):
        return self.kind != "provider"


def usable_identifier(scheme, number):
    """Return an identifier as its register writes it, or None where it is junk."""
    number = " ".join(number.split())
    if scheme == "GB-COH":
        number = number.upper().replace(" ", "")
        number = number.zfill(8) if number.isdigit() else number
    bare = re.sub(r"[^a-z0-9]", "", number.lower())
    junk = bare in NOT_A_NUMBER or not bare.strip("0") or "\0" in number
    shape = SHAPES.get(scheme)
    if junk or (shape and not shape.match(number)) or len(number) > 200:
        return None
    return scheme, number


def identifiers_of(party):
    """Return a party's usable identifiers, its main one first, none twice."""
    found = [
        (source.raw("scheme"), source.raw("id"))
        for source in (party.part("identifier"), *party.parts("additionalIdentifiers"))
    ]
    if match := SCHEME_AND_NUMBER.match(party.raw("id")):
        found.append(match.groups())
    good = [
        usable_identifier(scheme, number)
        for scheme, number in found
        if 0 < len(scheme) <= 60
    ]
    return list(dict.fromkeys(filter(None, good)))


def address_of(party):
    """Return a postal address, one line for each part."""
    address = party.part("address")
    keys = ("streetAddress", "locality", "postalCode")
    return "\n".join(filter(None, (address.text(key, 300) for key in keys)))


def contact_of(party):
    """Return whom a notice names to be asked: name, email, phone."""
    point = party.part("contactPoint")
    email = point.raw("email")
    return {
        "name": point.text("name", 255),
        "email": email if "@" in email and len(email) <= 255 else "",
        "phone": point.text("telephone", 100),
        "url": web_address(point.raw("url"), 1000),
    }


def web_address(value, longest):
    """Return an http(s) address that can be linked to, or an empty text."""
    value = value.strip()
    good = re.match(r"^https?://[^\s<>\"'\\]+$", value, re.IGNORECASE)
    return value if good and len(value) <= longest else ""


def party_of(part, buyers):
    """Read one party; `buyers` are the ids that the release calls its buyer."""
    roles = set(part.words("roles"))
    name = shorten_text(
        plain_text(part.raw("name") or part.part("identifier").raw("legalName")), 255
    )
    party = Party(part.raw("id"), " ".join(name.split()), identifiers_of(part), roles)
    party.nation = nation_of(part.part("address"))
    details = part.part("details")
    party.is_sme = SIZES.get(details.raw("scale").lower())
    party.is_vcse = details.flag("vcse")
    if party.id in buyers or roles & BUYING:
        party.kind = kind_of_buyer(
            party.name, [scheme for scheme, _ in party.identifiers], classes_of(part)
        )
        party.website = web_address(part.part("details").raw("url"), 500)
        party.address = address_of(part)
        party.contact = contact_of(part)
    return party


def classes_of(part):
    """Return a party's classes as triples of scheme, code and description."""
    return [
        (each.raw("scheme"), each.raw("id"), each.raw("description"))
        for each in part.part("details").parts("classifications")
    ]


def parties_of(release):
    """Return a release's parties by id; one listed twice is one, with both roles."""
    buyers = {release.part("buyer").raw("id")} - {""}
    found = {}
    for part in release.parts("parties"):
        party = party_of(part, buyers)
        if party.id in found:
            known = found[party.id]
            known.roles |= party.roles
            known.identifiers += [
                each for each in party.identifiers if each not in known.identifiers
            ]
            party.buys and fill_party(known, party)
        elif party.name:
            found[party.id] = party
    return found


def fill_party(known, party):
    """Complete a party by what its second listing, as a buyer, adds."""
    for name in ("kind", "website", "address", "contact"):
        if not known.buys or not getattr(known, name):
            setattr(known, name, getattr(party, name))


def referred_party(reference, parties):
    """Return the party that a reference (a buyer, a supplier) points to.

    A reference to a party that the release does not list is read for itself.
    """
    known = parties.get(reference.raw("id"))
    if known:
        return known
    named = [p for p in parties.values() if p.name == reference.text("name", 255)]
    return named[0] if named else party_of(reference, set())


def buyer_of(release, parties):
    """Return the party that is responsible, or None where none is named."""
    reference = release.part("buyer")
    if reference.values:
        lead = referred_party(reference, parties)
    else:
        roles = ("buyer", "procuringEntity")
        named = [p for role in roles for p in parties.values() if role in p.roles]
        lead = named[0] if named else procuring_entity(release, parties)
    if lead and not lead.buys:
        lead.kind = kind_of_buyer(lead.name, [s for s, _ in lead.identifiers], [])
    return lead if lead and lead.name else None


def procuring_entity(release, parties):
    """Return who buys by OCDS 1.0, which names it in the tender, or None."""
    entity = release.part("tender").part("procuringEntity")
    if not entity.values:
        return None
    known = referred_party(entity, parties)
    return known if known.buys else party_of(entity, {entity.raw("id")})


def partners_of(parties, lead):
    """Return the other parties that buy; a review body's "buyer" role is a slip."""
    return [
        party
        for party in parties.values()
        if party is not lead and party.roles & BUYING and not party.roles & REVIEWING
    ]


BY_SCHEME = {
    "GB-LAE": "local_authority",
    "GB-LAS": "local_authority",
    "GB-LANI": "local_authority",
    "GB-PLA": "local_authority",
    "GB-NHS": "nhs",
    "GB-GOR": "central",
    "GB-EDU": "education",
    "GB-UKPRN": "education",
}

BY_NAME = [
    ("police", r"police|policing|constabulary"),
    ("fire", r"fire (and|&) rescue|fire authority|fire brigade|fire service"),
    (
        "nhs",
        r"nhs|health board|integrated care|hospitals?|ambulance|bwrdd iechyd"
        r"|health and social care (trust|board)|clinical commissioning group",
    ),
    ("parish", r"(parish|town|community) council|cyngor (tref|cymuned)"),
    (
        "combined_authority",
        r"combined (county )?authority|greater london authority|city region",
    ),
    (
        "central",
        r"(research|arts|sports?|british|design|medical|dental|midwifery"
        r"|social work|countryside) council",
    ),
    (
        "local_authority",
        r"council|cyngor (sir|dinas)|(london|royal) borough of|borough of"
        r"|city (and|&) county of|corporation of london|city of london corporation",
    ),
    ("devolved", r"welsh government|llywodraeth cymru|scottish government"),
    ("devolved", r"scottish ministers|northern ireland (executive|office)"),
    (
        "education",
        r"universit(y|ies)|prifysgol|colleges?|schools?|academ(y|ies)|multi.academy"
        r"|learning trust|education trust|educational trust",
    ),
    (
        "central",
        r"department (for|of)|ministry of|home office|cabinet office|treasury"
        r"|foreign|his majesty|her majesty|hm|crown|homes england|met office"
        r"|ofcom|ofsted|ofgem|uk research (and|&) innovation|standards agency"
        r"|environment agency|national highways|network rail|natural england"
        r"|national wealth fund|shared business services|defra|desnz|dvsa|dvla"
        r"|cps|mod|dwp|hmrc|dft|dfe|dhsc|dbt|dsit|dcms|fcdo|mhclg|ukri|ukhsa",
    ),
    ("housing", r"housing|homes|places for people|\w+ tai|tai|cartrefi|rsl"),
]
BY_NAME = [
    (kind, re.compile(rf"\b({words})\b", re.IGNORECASE)) for kind, words in BY_NAME
]

BY_CLASS = {
    ("UK_CA_TYPE", "publicauthoritycentralgovernment"): "central",
    ("COFOG", "07"): "nhs",
    ("COFOG", "09"): "education",
    ("COFOG", "06"): "housing",
}
TOLD_BY_CLASS = re.compile(r"registered social landlord|\brsl\b", re.IGNORECASE)
NATIONAL = "ministry or any other national"  # TED_CA_TYPE


def kind_of_buyer(name, schemes, classes):
    """Return the kind of a body that buys.

    `schemes` are those of its identifiers, `classes` triples of scheme, code
    and description.
    """
    for scheme in schemes:
        if scheme in BY_SCHEME:
            return BY_SCHEME[scheme]
    for kind, words in BY_NAME:
        if words.search(name):
            return kind
    return kind_by_class(classes)


def kind_by_class(classes):
    """Return the kind that its classes tell, else "other"."""
    told = [
        BY_CLASS[scheme, code.lower()]
        for scheme, code, _ in classes
        if (scheme, code.lower()) in BY_CLASS
    ]
    if any(TOLD_BY_CLASS.search(f"{code} {words}") for _, code, words in classes):
        return "housing"
    if any(code.lower().startswith(NATIONAL) for _, code, _ in classes):
        told.append("central")
    return told[0] if told else "other"


# Which nation or region a party is in. Facts: postcode areas by the region that holds most of
# their addresses (Royal Mail's 124 postcode areas; the regions are ITL level 1, whose letters
# are those of the NUTS codes before 2021). A postcode near a border can lie on the other side,
# so a region code or name that the notice gives comes first.

REGION_OF_POSTCODE_AREA = {
    area: region
    for region, areas in {
        "UKC": "DH DL NE SR TS",
        "UKD": "BB BL CA CH CW FY L LA M OL PR SK WA WN",
        "UKE": "BD DN HD HG HU HX LS S WF YO",
        "UKF": "DE LE LN NG NN",
        "UKG": "B CV DY HR ST TF WR WS WV",
        "UKH": "AL CB CM CO HP IP LU NR PE SG SS WD",
        "UKI": "BR CR DA E EC EN HA IG KT N NW RM SE SM SW TW UB W WC",
        "UKJ": "BN CT GU ME MK OX PO RG RH SL SO TN",
        "UKK": "BA BH BS DT EX GL PL SN SP TA TQ TR",
        "UKL": "CF LD LL NP SA SY",
        "UKM": "AB DD DG EH FK G HS IV KA KW KY ML PA PH TD ZE",
        "UKN": "BT",
    }.items()
    for area in areas.split()
}
"""121 areas; GY, JE and IM are the Crown dependencies, outside the UK's regions."""

CODE_OF_NAME = {
    "united kingdom": "UK",
    "uk": "UK",
    "great britain": "UK",
    "wales": "UKL",
    "cymru": "UKL",
    "scotland": "UKM",
    "northern ireland": "UKN",
    "north east": "UKC",
    "north east england": "UKC",
    "north west": "UKD",
    "north west england": "UKD",
    "yorkshire and the humber": "UKE",
    "east midlands": "UKF",
    "west midlands": "UKG",
    "east of england": "UKH",
    "east england": "UKH",
    "london": "UKI",
    "south east": "UKJ",
    "south east england": "UKJ",
    "south west": "UKK",
    "south west england": "UKK",
}

NATIONS = {"UKL": "wales", "UKM": "scotland", "UKN": "northern_ireland"}
POSTCODE = re.compile(
    r"^\s*([A-Z]{1,2})\d[A-Z\d]?\s*(?:\d[A-Z]{2})?\s*$", re.IGNORECASE
)
REGION = re.compile(r"^(?:UK|TL)[A-Z]?[A-Z0-9]{0,3}$")


def region_of_postcode(postcode):
    """Return the NUTS 1 code of a postcode, or an empty text."""
    match = POSTCODE.match(postcode)
    return REGION_OF_POSTCODE_AREA.get(match[1].upper(), "") if match else ""


def code_of_name(name):
    """Return the code that a region's or nation's name stands for, or "England"."""
    name = " ".join(name.casefold().replace("(england)", "").split())
    return "England" if name == "england" else CODE_OF_NAME.get(name, "")


def place_of(address):
    """Return the most telling place of an OCDS address: a code, or nothing.

    A region's code (as given, for example UKC21) comes before its name, then
    the postcode, then the country.
    """
    region = address.raw("region")
    if REGION.match(region.upper()) and region.upper() != "UK":
        return region.upper()
    return (
        code_of_name(region)
        or region_of_postcode(address.raw("postalCode"))
        or code_of_name(address.raw("countryName"))
        or ("UK" if address.raw("country").upper() in {"GB", "UK"} else "")
    )


def nation_of(address):
    """Return the nation of an address, England where nothing says otherwise."""
    place = place_of(address).replace("TL", "UK", 1)
    if place in {"", "UK"}:
        place = region_of_postcode(address.raw("postalCode"))
    return NATIONS.get(place[:3], "england")
