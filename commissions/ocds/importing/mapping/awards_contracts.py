"""Awards, contracts and documents of a release, as columns of ours."""

from commissions.ocds.importing.mapping.parties import referred, web_address
from commissions.ocds.importing.mapping.tender import amounts, keyed, period

SECTIONS = ("planning", "tender", "awards", "contracts")
MOST_BIDS = 100_000  # more is a slip of the publisher
BIDS = {
    "bids": "bids_received",
    "finalStageBids": "bids_assessed",
    "smeFinalStageBids": "bids_from_sme",
    "vcseFinalStageBids": "bids_from_vcse",
}
"""The measures by which Find a Tender counts bids, and what an award calls them."""
WORDS_OF_TYPE = {
    "awardNotice": "Award notice",
    "tenderNotice": "Tender notice",
    "contractNotice": "Contract notice",
    "plannedProcurementNotice": "Planned procurement notice",
    "marketEngagementNotice": "Engagement notice",
    "biddingDocuments": "Bidding documents",
    "technicalSpecifications": "Technical specifications",
    "contractSigned": "Signed contract",
    "contractSummary": "Summary of the contract",
    "evaluationCriteria": "Evaluation criteria",
}


def suppliers_of(part, parties):
    """Return the named parties that a list of suppliers refers to."""
    found = [referred(each, parties) for each in part.parts("suppliers")]
    return [party for party in found if party.name]


def awards_of(release, parties):
    """Return, by award id, an award's columns, its suppliers and its lots' ids."""
    awards = {}
    for key, award in keyed(release.parts("awards")).items():
        starts_on, ends_on = period(award, "contractPeriod")
        columns = {
            "title": award.text("title", 500),
            "description": award.text("description"),
            "status": award.code("status", 20),
            "decided_on": award.day("date"),
            **amounts(award),
            "starts_on": starts_on,
            "ends_on": ends_on,
            "standstill_ends_on": award.part("standstillPeriod").day("endDate"),
        }
        awards[key] = columns, suppliers_of(award, parties), award.words("relatedLots")
    for columns, _, lots in awards.values():
        columns |= bids_of(release, lots, only=len(awards) == 1)
    return awards


def bids_of(release, lots, *, only):
    """Return the columns that count the bids for some lots, as far as they are stated.

    What is stated of no lot is of the whole tender: it counts where the award is
    the `only` one. Several lots' bids are not added up: a bidder may bid for both.
    """
    found = {}
    for each in counted(release):
        lot, name, value = (each.get(k) for k in ("relatedLot", "measure", "value"))
        meant = only if not lot else lots == [lot]
        if meant and type(name) is str and name in BIDS and type(value) is int:
            found |= {BIDS[name]: value} if 0 <= value <= MOST_BIDS else {}
    return found


def counted(release):
    """Return the numbers of bids of a release; what is no such list holds none."""
    bids = release.values.get("bids")
    listed = bids.get("statistics") if type(bids) is dict else None
    return (
        [each for each in listed if type(each) is dict] if type(listed) is list else []
    )


def contracts_of(release, parties, awards):
    """Return, by contract id, a contract's columns, suppliers and award id.

    A contract names its award; its suppliers are the award's, unless it has
    its own.
    """
    contracts = {}
    for key, contract in keyed(release.parts("contracts")).items():
        starts_on, ends_on = period(contract, "period")
        award_id = contract.raw("awardID")
        _, of_award, _ = awards.get(award_id, ({}, [], []))
        columns = {
            "title": contract.text("title", 500),
            "description": contract.text("description"),
            "status": contract.code("status", 20),
            "signed_on": contract.day("dateSigned"),
            **amounts(contract),
            "starts_on": starts_on,
            "ends_on": ends_on,
            "latest_end_on": latest_end(contract, ends_on),
        }
        contracts[key] = columns, suppliers_of(contract, parties) or of_award, award_id
    return contracts


def latest_end(contract, ends_on):
    """Return the last day if every option is used, never before the end."""
    latest = contract.part("period").day("maxExtentDate")
    return latest if not (latest and ends_on) or latest >= ends_on else None


def holders_of_documents(release):
    """Yield each section that holds documents, with its name."""
    for name in SECTIONS:
        if name.endswith("s"):
            for key, part in keyed(release.parts(name), 100).items():
                yield f"{name}/{key}", part
        else:
            yield name, release.part(name)


def documents_of(release, notices):
    """Return, by section and id, the documents that can be linked to.

    `notices` are the addresses of the notices themselves, which are shown as
    notices. A document without an address is left out: there is nothing to
    open.
    """
    documents = {}
    for section, part in holders_of_documents(release):
        for key, document in keyed(part.parts("documents"), 140).items():
            url = web_address(document.raw("url"), 1000)
            if url and url not in notices:
                documents[f"{section}/{key}"] = columns_of(document, url)
    return documents


def columns_of(document, url):
    """Return a document's columns; its title falls back on what it is."""
    code = document.code("documentType", 60)
    title = document.text("title", 500) or document.text("description", 500)
    return {
        "title": title or WORDS_OF_TYPE.get(code, "Document"),
        "description": document.text("description") if document.raw("title") else "",
        "document_type": code,
        "url": url,
        "format": document.code("format", 120),
        "language": document.code("language", 20),
        "published_at": document.moment("datePublished"),
    }
