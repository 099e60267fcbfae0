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
    lots, awards = tender.parts("lots"), release.parts("awards")
    cpv = cpv_codes(tender, *lots, *awards, *release.parts("contracts"))
    return {
        "title": tender.text("title", 500),
        "description": tender.text("description"),
        "status": status if status in STATUSES else "",
        "method": tender.code("procurementMethod", 20),
        "method_details": tender.text("procurementMethodDetails", 500).strip(" -"),
        "category": category_of(tender, *awards),
        "cpv": next(iter(cpv), ""),
        "other_cpv": ", ".join(cpv[1:MOST_CPV]),
        **amounts(tender),
        "opens_at": bids.moment("startDate"),
        "closes_at": bids.until("endDate"),
        "questions_close_at": tender.part("enquiryPeriod").until("endDate"),
        "own_reference": own_reference(release, tender),
        "related_processes": related_processes(release),
        **asked_of(tender, lots),
        "how_to_bid": "\n\n".join(filter(None, how)),
        "no_competition_ground": grounds_of(tender),
        "no_competition_because": tender.text("procurementMethodRationale"),
        "suits_sme": suits("sme", tender, *lots),
        "suits_vcse": suits("vcse", tender, *lots),
    }


def category_of(*parts):
    """Return the main category that the first of some parts states."""
    stated = (part.code("mainProcurementCategory", 20) for part in parts)
    return next(filter(None, stated), "")


def suits(whom, *parts):
    """Tell whether any of a tender and its lots suits small or voluntary bodies."""
    said = [part.part("suitability").flag(whom) for part in parts]
    said = [each for each in said if each is not None]
    return any(said) if said else None


def own_reference(release, tender):
    """Return the reference that the body itself gives; nothing for a platform's id."""
    found = PLATFORM_ID.sub("", tender.raw("id"))
    same = found.lower() in {"", release.raw("ocid").lower(), release.raw("id").lower()}
    if same or not MEANT.search(found) or UUID.fullmatch(found):
        return ""
    return found[:255]


def related_processes(release):
    """Return the processes that a release names as related to it, none twice."""
    parts = release.parts("relatedProcesses")
    for contract in release.parts("contracts"):
        parts += contract.parts("relatedProcesses")
    found = [
        {
            "relationship": ", ".join(each.words("relationship"))[:200],
            "scheme": each.raw("scheme")[:60],
            "identifier": each.raw("identifier")[:255],
            "title": each.text("title", 300),
            "uri": web_address(each.raw("uri"), 1000),
        }
        for each in parts[:MOST_RELATED]
    ]
    return [each for n, each in enumerate(found) if each not in found[:n]]


def asked_of(tender, lots):
    """Return what a tender asks of who may bid, and what it says besides."""
    others = [part.part("otherRequirements") for part in (tender, *lots)]
    reserved = [
        code for other in others for code in other.words("reservedParticipation")
    ]
    places = [
        place_words(other.part("reservedParticipationLocation")) for other in others
    ]
    award = tender.part("awardPeriod")
    online = tender.part("communication").raw("atypicalToolUrl")
    languages = tender.part("submissionTerms").words("languages")
    return {
        "reserved_for": ",".join(dict.fromkeys(code[:60] for code in reserved))[:200],
        "reserved_place": next(filter(None, places), ""),
        "award_expected_on": award.day("endDate") or award.day("startDate"),
        "conditions": selection(tender),
        "options": tender.part("options").text("description"),
        "risks": tender.text("riskDetails"),
        "no_lots_because": tender.part("lotDetails").text("noLotsDivisionRationale"),
        "platform_url": web_address(online, 1000)
        or web_address(tender.raw("submissionMethodDetails"), 1000),
        "languages": " or ".join(LANGUAGES.get(each, each) for each in languages)[:200],
    }


def place_words(location):
    """Return the words for a place to which bids are reserved."""
    names = location.part("gazetteer").words("identifiers")
    return location.text("description", 200) or ", ".join(names)[:200]


def selection(part):
    """Return the conditions of participation of a tender or a lot, one a line."""
    stated = part.part("selectionCriteria")
    lines = [stated.text("description")]
    for each in stated.parts("criteria"):
        lines += [each.text("description"), each.text("minimum")]
    return "\n".join(dict.fromkeys(filter(None, lines)))


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
            **amounts(lot),
            "starts_on": starts_on,
            "ends_on": ends_on,
            "duration": duration(lot.part("contractPeriod")),
            "extension": renewal(lot),
            "options": lot.part("options").text("description"),
            "conditions": selection(lot),
        }
    return lots


def duration(within):
    """Return how long a period is, as far as it says so itself: 24 months, 90 days."""
    for key, unit in (("durationInMonths", "month"), ("durationInDays", "day")):
        number = within.of(key, int, wanted="a whole number")
        if number and 0 < number < LONGEST_TERM:
            return f"{number:,} {unit}{'' if number == 1 else 's'}"
    return ""


def renewal(part):
    """Return how a contract or a lot may be renewed, in the notice's words."""
    found = part.part("renewal")
    times = found.raw("maximumRenewals").removesuffix(".0")
    most = f"At most {times} renewals." if times and times != "0" else ""
    return "\n".join(filter(None, (found.text("description"), most)))


def items_of(part):
    """Return what is bought, one line for each item that says more than a code."""
    lines = []
    for item in part.parts("items"):
        coded = [item.part("classification"), *item.parts("additionalClassifications")]
        named = item.text("description") or ", ".join(
            filter(None, (each.text("description") for each in coded))
        )
        quantity = item.raw("quantity")
        unit = item.part("unit").text("name", 60)
        lines.append(" ".join(filter(None, (quantity, unit, named))))
    return "\n".join(dict.fromkeys(filter(None, lines)))[:LONGEST_ITEMS]


PLATFORM_ID = re.compile(r"^ocds-[a-z0-9]+-\d+-tender-\d+-?", re.IGNORECASE)
MEANT = re.compile(r"[A-Za-z].*\d|\d.*[A-Za-z]|[/.-]|\d{4}")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
LANGUAGES = {"en": "English", "cy": "Welsh", "gd": "Scottish Gaelic", "ga": "Irish"}
MOST_CPV, MOST_RELATED, LONGEST_TERM, LONGEST_ITEMS = 50, 50, 40_000, 20_000

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
            "category": category_of(award),
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
            "extension": renewal(contract),
            "options": contract.part("options").text("description"),
            "no_indicators_because": contract.text("noAgreedMetricsRationale"),
            **copy_of(contract, release),
            **end_of(contract),
        }
        contracts[key] = columns, suppliers_of(contract, parties) or of_award, award_id
    return contracts


def copy_of(contract, release):
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


def end_of(contract):
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
"""Why a contract ended, by the words of the notice; the first that fits."""


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
