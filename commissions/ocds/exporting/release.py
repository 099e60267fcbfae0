"""One commission as an OCDS 1.1.5 release: plain dicts in, plain dicts out.

`said` is what the portal knows of a commission, in plain values: see
`commissions.ocds.exporting.from_models`. Sections are functions of their own, so that a
whole export can be built from the same ones. A release never stands under a
platform's OCID: it has the portal's own, and names the platform's as related.
"""

from commissions.ocds.exporting.awards import awards, contracts, statistics
from commissions.ocds.exporting.tender import tender

VERSION = "1.1"
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
RAW = "https://raw.githubusercontent.com"
EXTENSIONS = (
    "https://standard.open-contracting.org/profiles/eu/latest/en/extension.json",
    f"{RAW}/cabinetoffice/ocds_uk_extension/main/extension.json",
    f"{RAW}/open-contracting-extensions/ocds_suitability_extension/master/extension.json",
    f"{RAW}/open-contracting-extensions/ocds_contract_completion_extension/master/extension.json",
)
PLATFORM = "ocds-h6vhtk"
"""The prefix of Find a Tender, under which nobody else may mint."""


class ForeignOcid(ValueError):
    """A release was asked for under the OCID of a platform."""


def filled(value):
    """Return a value without what is empty in it; None where nothing is left."""
    if isinstance(value, dict):
        kept = {key: filled(each) for key, each in value.items()}
        return {key: each for key, each in kept.items() if each is not None} or None
    if isinstance(value, list | tuple):
        kept = [each for each in map(filled, value) if each is not None]
        return kept or None
    return None if value == "" else value


def release(said, kind):
    """Return the release of one notice of a commission.

    `kind` is the row of the notice in `commissions.law.notices`: it says which
    sections are told and under which tags. Raises ForeignOcid.
    """
    if said["ocid"].startswith(PLATFORM):
        raise ForeignOcid("A release of ours needs an OCID under our own prefix.")
    told = SECTIONS[kind.section or "planning"]
    return filled(
        {
            "ocid": said["ocid"],
            "id": said["id"],
            "date": said["date"],
            "tag": list(kind.first_tags) or ["planning"],
            "initiationType": "tender",
            "language": "en",
            "parties": parties(said, told),
            "buyer": reference(said["buyer"]),
            "planning": planning(said),
            "tender": tender(said, kind.status),
            "bids": {"statistics": statistics(said)} if "awards" in told else None,
            "awards": awards(said) if "awards" in told else None,
            "contracts": contracts(said, kind) if "contracts" in told else None,
            "relatedProcesses": related(said["platform_ocids"]),
        }
    )


SECTIONS = {
    "planning": (),
    "tender": (),
    "awards": ("awards",),
    "contracts": ("awards", "contracts"),
    "implementation": ("awards", "contracts"),
}
"""What a notice tells besides the plan and the tender, by its section."""


def package(releases, *, uri, publisher, date):
    """Return releases as a package; `publisher` has a name and a web address."""
    return {
        "uri": uri,
        "version": VERSION,
        "publishedDate": date,
        "publisher": publisher,
        "license": LICENCE,
        "extensions": list(EXTENSIONS),
        "releases": list(releases),
    }


def party_id(body):
    """Return the id of a body: scheme and number, or its name on the portal."""
    return f"{body['scheme']}-{body['id']}" if body["scheme"] else body["slug"]


def reference(body):
    """Name a body as another part of the release refers to it."""
    return {"id": party_id(body), "name": body["name"]}


def parties(said, told):
    """List each body once, with all its roles."""
    roles = {party_id(said["buyer"]): (said["buyer"], ["buyer"])}
    for body in said["partners"]:
        roles.setdefault(party_id(body), (body, []))[1].append("procuringEntity")
    chosen = said["awards"] if told else []
    for body in (supplier for each in chosen for supplier in each["suppliers"]):
        mine = roles.setdefault(party_id(body), (body, []))[1]
        if "supplier" not in mine:
            mine.append("supplier")
    return [party(body, its) for body, its in roles.values()]


def party(body, roles):
    """Return one body as OCDS has it."""
    identifier = {"scheme": body["scheme"], "id": body["id"]} if body["scheme"] else {}
    return {
        **reference(body),
        "identifier": identifier and {**identifier, "legalName": body["name"]},
        "additionalIdentifiers": [
            {"scheme": scheme, "id": number} for scheme, number in body["others"]
        ],
        "address": {"streetAddress": body["address"]},
        "contactPoint": {
            "name": body["contact_name"],
            "email": body["email"],
            "telephone": body["phone"],
        },
        "roles": roles,
        "details": {"url": body["url"], "scale": body["scale"], "vcse": body["vcse"]},
    }


def planning(said):
    """Return the plan: why, the papers, and until when people can say what they think."""
    closes = said["engagement_closes"]
    milestones = closes and [
        {
            "id": "engagement",
            "type": "engagement",
            "title": "The engagement closes",
            "dueDate": closes,
        }
    ]
    return {
        "rationale": said["need"],
        "documents": said["documents"],
        "milestones": milestones,
    }


def related(ocids):
    """Name the platform's identifiers of the same procurement."""
    return [
        {
            "id": str(number),
            "relationship": ["planning"],
            "scheme": "ocid",
            "identifier": ocid,
        }
        for number, ocid in enumerate(ocids, 1)
    ]
