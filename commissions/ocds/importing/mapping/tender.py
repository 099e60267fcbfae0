"""The tender and its lots, as columns of ours; and what its values come to."""

import json
import re
from decimal import Decimal

from commissions.ocds.importing.mapping.json_reader import on, shorten

STATUSES = {
    "planning",
    "planned",
    "active",
    "cancelled",
    "unsuccessful",
    "complete",
    "withdrawn",
}
PLACEHOLDER = 1  # pounds: forms that demand a value are given 0, 0.01 or 1


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
    """Return a value's currency: pounds unless it says otherwise."""
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


def worth(release):
    """Return the lowest and highest value in pounds, and what is said of VAT.

    From the tender, else its lots, else the contracts, else the awards. Only
    `amountGross` says that VAT is counted (UK extension of OCDS); a plain
    `amount` beside it does not count it; alone, it does not say.
    """
    tender = release.part("tender")
    stated = [amounts(tender)]
    lowest = amounts(tender, "minValue")
    lists = (tender.parts("lots"), release.parts("contracts"), release.parts("awards"))
    for parts in lists:
        if telling(stated):
            break
        stated, lowest = [amounts(part) for part in parts], {}
    if not telling(stated):
        return None, None, "not_stated"
    gross = all(value["amount_gross"] for value in telling(stated))
    column = "amount_gross" if gross else "amount"
    highest = sum(value[column] or 0 for value in telling(stated))
    least = lowest.get(column) if lowest and telling([lowest]) else None
    ends = sorted((least or highest, highest))
    return *ends, "included" if gross else "not_stated"


def telling(values):
    """Keep the values that say something: pounds, and more than a placeholder."""
    return [
        value
        for value in values
        if value["currency"] == "GBP"
        and max(value["amount"] or 0, value["amount_gross"] or 0) > PLACEHOLDER
    ]


def term(release):
    """Return when the service starts and ends, and how it may be extended."""
    tender = release.part("tender")
    spans = [(tender, "contractPeriod")]
    spans += [(contract, "period") for contract in release.parts("contracts")]
    spans += [(award, "contractPeriod") for award in release.parts("awards")]
    spans += [(lot, "contractPeriod") for lot in tender.parts("lots")]
    known = [period(part, key) for part, key in spans]
    known = [span for span in known if any(span)]
    more = [part.part("renewal").text("description", 300) for part, _ in spans]
    starts_on, ends_on = known[0] if known else (None, None)
    return on(starts_on), on(ends_on), next(filter(None, more), "")


# What bids are judged by, as columns of ours. Imports no models.


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
    found = set_of("", tender)
    for lot_id, lot in keyed(tender.parts("lots")).items():
        found |= set_of(lot_id, lot)
    return found


def set_of(lot_id, part):
    """Return the criteria of a tender or a lot; weights past 100 in all are none."""
    if not isinstance(part.values.get("awardCriteria"), dict):
        return {}
    found = {}
    listed = part.part("awardCriteria").parts("criteria")
    for order, criterion in enumerate(listed):
        columns = columns_of(criterion, order)
        name = told_apart(columns.pop("name"), {name for _, name in found})
        found[lot_id, name] = columns
    if sum(each["weight"] or 0 for each in found.values()) > WHOLE:
        for each in found.values():
            each["description"] = each["description"] or f"{each['weight']:f}"
            each["weight"] = None
    return found


def columns_of(criterion, order):
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


def told_apart(name, taken):
    """Number a name that is taken."""
    number, unlike = 1, name
    while unlike in taken:
        number += 1
        unlike = f"{name} #{number}"
    return unlike
