"""The sections of a release as columns: tender, lots, criteria, awards, contracts.

Imports no models. Documents of every section are among them.
"""

import json
import re
from decimal import Decimal

from commissions.ocds.importing.mapping.json_reader import shorten
from commissions.ocds.importing.mapping.parties import referred, web_address
from commissions.text.labels import DOCUMENT_TYPES

STATUSES = {
    "planning",
    "planned",
    "active",
    "cancelled",
    "unsuccessful",
    "complete",
    "withdrawn",
}


def keyed(parts, longest=255):
    """Return parts by id, told apart by a number where publishers repeat one.

    An exact repetition is dropped; a part without an id goes by its position.
    """
    found, seen = {}, set()
    for position, part in enumerate(parts, 1):
        whole = json.dumps(part.values, sort_keys=True)
        if whole in seen:
            continue
        seen.add(whole)
        name = part.code("id", longest - 6) or str(position)
        number = 1
        key = name
        while key in found:
            number += 1
            key = f"{name}#{number}"
        found[key] = part
    return found


def currency_of(value):
    return value.code("currency", 3).upper() or "GBP"


def amounts(part, key="value"):
    """Return a value as columns: amount, amount_gross and currency."""
    value = part.part(key)
    return {
        "amount": value.money("amount"),
        "amount_gross": value.money("amountGross"),
        "currency": currency_of(value),
    }


def period(part, key):
    """Return the first and last day of a period, the last never the earlier."""
    within = part.part(key)
    first, last = within.day("startDate"), within.day("endDate")
    return first, last if not (first and last) or first <= last else None


def cpv_codes(*parts):
    """Return the CPV codes of tenders, lots, items and awards, main ones first."""
    found = []
    for part in parts:
        each = [part.part("classification"), *part.parts("additionalClassifications")]
        found += [
            code.raw("id")[:8]
            for code in each
            if code.raw("scheme").upper() in {"CPV", ""}
        ]
        found += cpv_codes(*part.parts("items"))
    return [code for code in dict.fromkeys(found) if len(code) == 8 and code.isdigit()]


def tender_of(release):
    """Return the tender's columns, or None where the release has no tender."""
    tender = release.part("tender")
    if not tender.values:
        return None
    bids = tender.part("tenderPeriod")
    status = tender.raw("status").lower()
    how = (tender.text("submissionMethodDetails"), release.text("description"))
    return {
        "title": tender.text("title", 500),
        "description": tender.text("description"),
        "status": status if status in STATUSES else "",
        "method": tender.code("procurementMethod", 20),
        "method_details": tender.text("procurementMethodDetails", 500).strip(" -"),
        "category": tender.code("mainProcurementCategory", 20),
        "cpv": next(iter(cpv_codes(tender)), ""),
        **amounts(tender),
        "opens_at": bids.moment("startDate"),
        "closes_at": bids.moment("endDate"),
        "questions_close_at": tender.part("enquiryPeriod").moment("endDate"),
        "how_to_bid": "\n\n".join(filter(None, how)),
        "no_competition_ground": grounds_of(tender),
        "no_competition_because": tender.text("procurementMethodRationale"),
        "suits_sme": tender.part("suitability").flag("sme"),
        "suits_vcse": tender.part("suitability").flag("vcse"),
    }


def grounds_of(tender):
    """Return the grounds on which a notice says there is no competition, in its words."""
    listed = tender.parts("procurementMethodRationaleClassifications")
    named = [each.text("description") or each.text("id") for each in listed]
    return shorten("; ".join(dict.fromkeys(filter(None, named))), 500)


def lots_of(release):
    """Return the lots' columns by lot id."""
    lots = {}
    for key, lot in keyed(release.part("tender").parts("lots")).items():
        starts_on, ends_on = period(lot, "contractPeriod")
        lots[key] = {
            "title": lot.text("title", 500),
            "description": lot.text("description"),
            "status": lot.code("status", 20),
            "amount": amounts(lot)["amount"],
            "starts_on": starts_on,
            "ends_on": ends_on,
        }
    return lots


KINDS = {"price": "Price", "cost": "Cost", "quality": "Quality"}
PER_CENT = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*%?")
SCALES = {
    "percentageExact": 1,
    "percentageRangeMiddle": 1,
    "decimalExact": 100,
    "decimalRangeMiddle": 100,
}
"""What makes a number of the extension a per cent."""
WHOLE = 100


def criteria_of(release):
    """Return the criteria's columns by (lot id, name); the lot id may be empty."""
    tender = release.part("tender")
    found = criteria_in("", tender)
    for lot_id, lot in keyed(tender.parts("lots")).items():
        found |= criteria_in(lot_id, lot)
    return found


def criteria_in(lot_id, part):
    """Return the criteria of a tender or a lot; weights past 100 in all are none."""
    if not isinstance(part.values.get("awardCriteria"), dict):
        return {}
    found = {}
    listed = part.part("awardCriteria").parts("criteria")
    for order, criterion in enumerate(listed):
        columns = criterion_columns(criterion, order)
        name = numbered_name(columns.pop("name"), {name for _, name in found})
        found[lot_id, name] = columns
    if sum(each["weight"] or 0 for each in found.values()) > WHOLE:
        for each in found.values():
            each["description"] = each["description"] or f"{each['weight']:f}"
            each["weight"] = None
    return found


def criterion_columns(criterion, order):
    """Return a criterion's columns; its name falls back on its kind."""
    kind = criterion.raw("type").lower()
    kind = kind if kind in KINDS else ""
    description = criterion.text("description")
    weight = weight_of(criterion, description)
    return {
        "name": criterion.text("name", 280) or KINDS.get(kind, "Criterion"),
        "order": order,
        "kind": kind,
        "weight": weight,
        "description": ""
        if PER_CENT.fullmatch(description) and weight
        else description,
    }


def weight_of(criterion, description):
    """Return a weight in per cent, or None where none is given as one."""
    for number in criterion.parts("numbers"):
        scale = SCALES.get(number.raw("weight"))
        amount = number.money("number") if scale == 1 else share(number)
        if scale and possible(amount):
            return amount
    alone = PER_CENT.fullmatch(description)
    amount = Decimal(alone[1]).quantize(Decimal("0.01")) if alone else None
    return amount if possible(amount) else None


def share(number):
    """Return a decimal share such as 0.125 as a per cent."""
    try:
        value = Decimal(number.raw("number")) * 100
    except ArithmeticError:
        return None
    return round(value, 2) if value.is_finite() and value <= WHOLE else None


def possible(weight):
    """Tell whether a weight is more than 0 and at most 100 per cent."""
    return weight is not None and 0 < weight <= WHOLE


def numbered_name(name, taken):
    """Number a name that is taken."""
    number, unlike = 1, name
    while unlike in taken:
        number += 1
        unlike = f"{name} #{number}"
    return unlike


SECTIONS = ("planning", "tender", "awards", "contracts")
MOST_BIDS = 100_000  # more is a slip of the publisher
BIDS = {
    "bids": "bids_received",
    "finalStageBids": "bids_assessed",
    "smeFinalStageBids": "bids_from_sme",
    "vcseFinalStageBids": "bids_from_vcse",
}
"""The measures by which Find a Tender counts bids, and what an award calls them."""


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
            "signing_expected_on": None,
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


def sections_with_documents(release):
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
    for section, part in sections_with_documents(release):
        for key, document in keyed(part.parts("documents"), 140).items():
            url = web_address(document.raw("url"), 1000)
            if url and url not in notices:
                documents[f"{section}/{key}"] = document_columns(document, url)
    return documents


def document_columns(document, url):
    """Return a document's columns; its title falls back on what it is."""
    code = document.code("documentType", 60)
    title = document.text("title", 500) or document.text("description", 500)
    return {
        "title": title or DOCUMENT_TYPES.get(code, "Document"),
        "description": document.text("description") if document.raw("title") else "",
        "document_type": code,
        "url": url,
        "format": document.code("format", 120),
        "language": document.code("language", 20),
        "published_at": document.moment("datePublished"),
    }
