"""The tender of a release as columns: its lots and award criteria."""

import re
from decimal import Decimal

from commissions.ocds.importing.mapping.json_reader import shorten_text
from commissions.ocds.importing.mapping.parties import web_address
from commissions.ocds.importing.mapping.values import (
    amount_columns,
    cpv_codes,
    first_and_last_day,
    main_category,
    parts_by_id,
    renewal_in_words,
)

STATUSES = {
    "planning",
    "planned",
    "active",
    "cancelled",
    "unsuccessful",
    "complete",
    "withdrawn",
}


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
        "category": main_category(tender, *awards),
        "cpv": next(iter(cpv), ""),
        "other_cpv": ", ".join(cpv[1:MOST_CPV]),
        **amount_columns(tender),
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
    return shorten_text("; ".join(dict.fromkeys(filter(None, named))), 500)


def lots_of(release):
    """Return the lots' columns by lot id."""
    lots = {}
    for key, lot in parts_by_id(release.part("tender").parts("lots")).items():
        starts_on, ends_on = first_and_last_day(lot, "contractPeriod")
        lots[key] = {
            "title": lot.text("title", 500),
            "description": lot.text("description"),
            "status": lot.code("status", 20),
            **amount_columns(lot),
            "starts_on": starts_on,
            "ends_on": ends_on,
            "duration": duration(lot.part("contractPeriod")),
            "extension": renewal_in_words(lot),
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
    for lot_id, lot in parts_by_id(tender.parts("lots")).items():
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
        amount = number.money("number") if scale == 1 else share_as_per_cent(number)
        if scale and is_possible_weight(amount):
            return amount
    alone = PER_CENT.fullmatch(description)
    amount = Decimal(alone[1]).quantize(Decimal("0.01")) if alone else None
    return amount if is_possible_weight(amount) else None


def share_as_per_cent(number):
    """Return a decimal share such as 0.125 as a per cent."""
    try:
        value = Decimal(number.raw("number")) * 100
    except ArithmeticError:
        return None
    return round(value, 2) if value.is_finite() and value <= WHOLE else None


def is_possible_weight(weight):
    """Tell whether a weight is more than 0 and at most 100 per cent."""
    return weight is not None and 0 < weight <= WHOLE


def numbered_name(name, taken):
    """Number a name that is taken."""
    number, unlike = 1, name
    while unlike in taken:
        number += 1
        unlike = f"{name} #{number}"
    return unlike


"""The measures by which Find a Tender counts bids, and what an award calls them."""


"""Why a contract ended, by the words of the notice; the first that fits."""
