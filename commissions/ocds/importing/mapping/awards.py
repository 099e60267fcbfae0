"""Awards and contracts of a release as columns."""

import re

from commissions.ocds.importing.mapping.parties import referred_party, web_address
from commissions.ocds.importing.mapping.tender import items_of
from commissions.ocds.importing.mapping.values import (
    amount_columns,
    first_and_last_day,
    main_category,
    parts_by_id,
    renewal_in_words,
)


def contract_copy_address(contract, release):
    """Return where the signed contract, or its copy as changed, can be read.

    Documents of a contract that name themselves so: on the notice of a change that is
    the copy as changed.
    """
    columns = {}
    for document in contract.parts("documents"):
        url = web_address(document.raw("url"), 1000)
        if document.raw("documentType") not in COPIES or not url:
            continue
        published = document.day("datePublished") or release.day("date")
        changed = "changed_copy" if columns or is_changed(document) else "copy"
        columns |= {f"{changed}_url": url, f"{changed}_published_on": published}
    return columns


def is_changed(document):
    """Tell whether a document is the contract as changed."""
    return bool(CHANGED_COPY.search(f"{document.raw('title')} {document.raw('id')}"))


def contract_end(contract):
    """Return when and why a contract ended, as the notice of its end says."""
    ended_on = contract.part("implementation").day("endDate")
    if ended_on is None:
        return {}
    said = contract.parts("terminationRationaleClassifications")
    said.append(contract.part("terminationRationaleClassification"))
    why = [each.text("description") or each.text("id") for each in said]
    why.append(contract.part("implementation").text("endDateDetails"))
    why = "\n".join(dict.fromkeys(filter(None, why)))
    ending = next((end for end, words in ENDINGS if words.search(why)), "other")
    return {"ended_on": ended_on, "ending": ending, "ended_why": why}


COPIES = {"contractSigned", "contractText"}


CHANGED_COPY = re.compile(r"\b(amended|modified|varied|variation|as changed)\b", re.I)


ENDINGS = [
    (ending, re.compile(words, re.IGNORECASE))
    for ending, words in (
        ("insolvent", r"insolven|administration|liquidat"),
        ("set_aside", r"set aside|court"),
        ("breach", r"breach|default|failure|exclu|implied right|section 7[89]"),
        ("agreed", r"mutual|agree"),
        ("notice", r"\bnotice\b|convenience|break clause"),
        ("expired", r"expir|discharge|complet|full term|performed"),
    )
]


MOST_BIDS = 100_000  # more is a slip of the publisher


BIDS = {
    "bids": "bids_received",
    "finalStageBids": "bids_assessed",
    "smeFinalStageBids": "bids_from_sme",
    "vcseFinalStageBids": "bids_from_vcse",
}


def suppliers_of(part, parties):
    """Return the named parties that a list of suppliers refers to."""
    found = [referred_party(each, parties) for each in part.parts("suppliers")]
    return [party for party in found if party.name]


def awards_of(release, parties):
    """Return, by award id, an award's columns, its suppliers and its lots' ids."""
    awards = {}
    for key, award in parts_by_id(release.parts("awards")).items():
        starts_on, ends_on = first_and_last_day(award, "contractPeriod")
        columns = {
            "title": award.text("title", 500),
            "description": award.text("description"),
            "status": award.code("status", 20),
            "decided_on": award.day("date"),
            **amount_columns(award),
            "starts_on": starts_on,
            "ends_on": ends_on,
            "standstill_ends_on": award.part("standstillPeriod").day("endDate"),
            "category": main_category(award),
            "items": items_of(award),
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
    for each in bid_statistics(release):
        lot, name, value = (each.get(k) for k in ("relatedLot", "measure", "value"))
        meant = only if not lot else lots == [lot]
        if meant and type(name) is str and name in BIDS and type(value) is int:
            found |= {BIDS[name]: value} if 0 <= value <= MOST_BIDS else {}
    return found


def bid_statistics(release):
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
    for key, contract in parts_by_id(release.parts("contracts")).items():
        starts_on, ends_on = first_and_last_day(contract, "period")
        award_id = contract.raw("awardID")
        _, of_award, _ = awards.get(award_id, ({}, [], []))
        columns = {
            "title": contract.text("title", 500),
            "description": contract.text("description"),
            "status": contract.code("status", 20),
            "signed_on": contract.day("dateSigned"),
            "signing_expected_on": None,
            **amount_columns(contract),
            "starts_on": starts_on,
            "ends_on": ends_on,
            "latest_end_on": latest_end(contract, ends_on),
            "extension": renewal_in_words(contract),
            "options": contract.part("options").text("description"),
            "no_indicators_because": contract.text("noAgreedMetricsRationale"),
            **contract_copy_address(contract, release),
            **contract_end(contract),
        }
        contracts[key] = columns, suppliers_of(contract, parties) or of_award, award_id
    return contracts


def latest_end(contract, ends_on):
    """Return the last day if every option is used, never before the end."""
    latest = contract.part("period").day("maxExtentDate")
    return latest if not (latest and ends_on) or latest >= ends_on else None
