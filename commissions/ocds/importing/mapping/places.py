"""Which nation or region a notice is about, from what it says. Imports no models.

Facts: postcode areas by the region that holds most of their addresses (Royal
Mail's 124 postcode areas; the regions are ITL level 1, whose letters are those
of the NUTS codes before 2021). A postcode near a border can lie on the other
side, so a region code or name that the notice gives comes first.
"""

import re

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
