"""What bids are judged by, as columns of ours. Imports no models.

OCDS itself has a code here; the UK extension has criteria, of the tender or of
a lot. A weight stands in `numbers`, or alone in the description ("40", "70%"),
as Sell2Wales writes it.
"""

import re
from decimal import Decimal

from commissions.ocds.importing.mapping.tender import keyed

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
