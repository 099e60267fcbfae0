"""One commission as an OCDS 1.1.5 release, for one of its notices.

Nothing here is more than the public page shows, but for the working draft that
staff may read before it is public. A release is never under a platform's OCID: it
has the portal's own, and names the platform's as related.
"""

from django.conf import settings

from commissions.ocds.exporting.awards import (
    awards,
    bid_statistics,
    release_contract,
    signed_contracts,
)
from commissions.ocds.exporting.parties import organisation_reference, release_parties
from commissions.ocds.exporting.tender import tender_section
from commissions.ocds.exporting.values import ocds_moment, without_empty

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
AWARDED = ("awards", "contracts", "implementation")
"""Sections of notices that say who was chosen; of the last two, what was signed too."""


class ForeignOcid(ValueError):
    """A release was asked for under the OCID of a platform."""


def build_release(commission, kind, at):
    """Return the release of one notice of a commission, made at a time.

    `kind` is the row of the notice in `commissions.law.notices`: it says which
    sections there are and under which tags. Raises ForeignOcid.
    """
    ocid = own_ocid(commission)
    if ocid.startswith(PLATFORM):
        raise ForeignOcid("A release of ours needs an OCID under our own prefix.")
    awarded = kind.section in AWARDED
    contracted = awarded and kind.section != "awards"
    chosen = awards(commission) if awarded else []
    suppliers = [body for _, bodies in chosen for body in bodies]
    code = kind.code.lower()
    return without_empty(
        {
            "ocid": ocid,
            "id": f"{commission.reference.lower()}-{code}-draft-{at:%Y%m%d%H%M%S}",
            "date": ocds_moment(at),
            "tag": list(kind.first_tags) or ["planning"],
            "initiationType": "tender",
            "language": "en",
            "parties": release_parties(commission, suppliers),
            "buyer": organisation_reference(commission.organisation),
            "planning": planning_section(commission),
            "tender": tender_section(commission, kind.status),
            "bids": {"statistics": bid_statistics(commission)} if awarded else None,
            "awards": [award for award, _ in chosen],
            "contracts": [
                release_contract(each, kind) for each in signed_contracts(commission)
            ]
            if contracted
            else None,
            "relatedProcesses": related_processes(commission),
        }
    )


def release_package(releases, *, uri, publisher, date):
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


def own_ocid(commission):
    """Return the OCID under the portal's own prefix, whatever a platform minted."""
    if commission.ocid.startswith(f"{settings.OCID_PREFIX}-"):
        return commission.ocid
    tail = commission.reference.lower().removeprefix("ocds-")
    return f"{settings.OCID_PREFIX}-{tail}"


def planning_section(commission):
    """Return the plan: why, the papers, and until when people can say what they think."""
    closes = None
    if commission.window_for == commission.Window.ENGAGEMENT:
        closes = commission.window_closes_at
    milestone = {
        "id": "engagement",
        "type": "engagement",
        "title": "The engagement closes",
        "dueDate": ocds_moment(closes),
    }
    return {
        "rationale": commission.need,
        "documents": [release_document(each) for each in commission.documents.all()],
        "milestones": [milestone] if closes else None,
    }


def release_document(row):
    """Return one paper; one kept here by its address on the portal."""
    return {
        "id": row.source_id or str(row.pk),
        "documentType": row.document_type,
        "title": row.title,
        "description": row.description,
        "url": row.url or f"{settings.PORTAL_ORIGIN}{row.file.url}",
        "datePublished": ocds_moment(row.published_at),
        "format": row.format,
        "language": row.language,
    }


RELATED = ("relationship", "scheme", "identifier", "title", "uri")


def related_processes(commission):
    """Name the platforms' identifiers of the same procurement, then related ones."""
    ocids = list(commission.linked_ocids.values_list("ocid", flat=True))
    if commission.ocid.startswith(PLATFORM):
        ocids.insert(0, commission.ocid)
    known = [("planning", "ocid", ocid, "", "") for ocid in ocids]
    tender = getattr(commission, "tender", None)
    known += [
        tuple(each[key] for key in RELATED)
        for each in (tender.related_processes if tender else ())
        if each["identifier"] not in ocids
    ]
    return [
        {
            "id": str(count),
            "relationship": relationship.split(", "),
            "scheme": scheme,
            "identifier": identifier,
            "title": title,
            "uri": uri,
        }
        for count, (relationship, scheme, identifier, title, uri) in enumerate(known, 1)
    ]
