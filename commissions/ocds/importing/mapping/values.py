"""Ids, amounts and periods of a release as columns."""

import json


def parts_by_id(parts, longest=255):
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


def amount_columns(part, key="value"):
    """Return a value as columns: amount, amount_gross and currency."""
    value = part.part(key)
    return {
        "amount": value.money("amount"),
        "amount_gross": value.money("amountGross"),
        "currency": currency_of(value),
    }


def first_and_last_day(part, key):
    """Return the first and last day of a period, the last never the earlier."""
    within = part.part(key)
    first, last = within.day("startDate"), within.day("endDate")
    return first, last if not (first and last) or first <= last else None


def main_category(*parts):
    """Return the main category that the first of some parts states."""
    stated = (part.code("mainProcurementCategory", 20) for part in parts)
    return next(filter(None, stated), "")


def renewal_in_words(part):
    """Return how a contract or a lot may be renewed, in the notice's words."""
    found = part.part("renewal")
    times = found.raw("maximumRenewals").removesuffix(".0")
    most = f"At most {times} renewals." if times and times != "0" else ""
    return "\n".join(filter(None, (found.text("description"), most)))
