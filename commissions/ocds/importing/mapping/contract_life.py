"""What happens to contracts after they are signed: changes, indicators, ratings.

Imports no models. A notice of change restates a contract, so what stood before is only
in the releases before it: `amendments_of` reads them in turn, oldest first.
"""

import re

from commissions.ocds.importing.mapping.json_reader import (
    Part,
    day_of_text,
    parse_moment,
    shorten_text,
)
from commissions.ocds.importing.mapping.values import (
    amount_columns,
    first_and_last_day,
    parts_by_id,
)

NO_REASON = "The notice does not say why."
NO_WORDS = "The notice changes the contract."


def in_order(releases):
    """Return releases oldest first."""
    return sorted(releases, key=lambda each: parse_moment(each["date"]))


def stated(part, key):
    """Return the end and the value that a contract or an amendment states."""
    value = amount_columns(part)
    end = first_and_last_day(part, key)[1]
    found = {"ends": end, "amount": value["amount"], "gross": value["amount_gross"]}
    return {name: each for name, each in found.items() if each is not None}


def amendments_of(releases):
    """Return the changes of contracts: {contract id: {source id: columns}}, in order.

    And by contract what stands after the last of them, where an amendment itself says.
    """
    known, found, now = {}, {}, {}
    for value in in_order(releases):
        release = Part(value)
        for key, contract in parts_by_id(release.parts("contracts")).items():
            before = known.get(key, {})
            after = before | stated(contract, "period")
            rows = found.setdefault(key, {})
            for number, each in enumerate(listed(contract, release, before, after), 1):
                source = f"{release.raw('id')}/{each.raw('id') or number}"[:255]
                if any(name.endswith(f"/{each.raw('id')}") for name in rows):
                    continue
                own = stated(each, "period")
                held = after if own else before
                after = after | own
                rows[source] = amendment(each, release, held, after)
                if own:
                    now[key] = after
            known[key] = after
    return {key: rows for key, rows in found.items() if rows}, now


def listed(contract, release, before, after):
    """Return the amendments of a contract; one without a name where it says none."""
    found = contract.parts("amendments") or contract.parts("proposedAmendments")
    single = contract.part("amendment")
    found = found or ([single] if single.values else [])
    tagged = any(tag.startswith("contractAmend") for tag in release.words("tag"))
    changed = before and before != after
    return found or ([Part({})] if tagged and changed else [])


def amendment(part, release, before, after):
    """Return one change as columns: when, what, why, and from what to what."""
    words = [each.text("description") for each in part.parts("unstructuredChanges")]
    words = [part.text("description"), *words]
    reasons = [
        each.text("description") for each in part.parts("rationaleClassifications")
    ]
    reasons = [part.text("rationale"), *reasons]
    columns = {
        "made_on": part.day("date") or day_of_text(release.moment("date")),
        "changed": "\n".join(filter(None, words)) or NO_WORDS,
        "reason": "\n".join(filter(None, reasons)) or NO_REASON,
    }
    for name in ("ends", "amount", "gross"):
        moved = before.get(name) != after.get(name)
        columns[f"{name}_before"] = before.get(name) if moved else None
        columns[f"{name}_after"] = after.get(name) if moved else None
    return columns


LEVELS = {
    "met": "met",
    "good": "met",
    "slightlybelow": "slightlyBelow",
    "approaching": "slightlyBelow",
    "approachingtarget": "slightlyBelow",
    "below": "below",
    "requiresimprovement": "below",
    "significantlybelow": "significantlyBelow",
    "inadequate": "significantlyBelow",
}
"""The ratings of regulation 39, by their ids and by their names."""


def indicators_of(contract):
    """Return a contract's indicators: {title: (target, ratings)}.

    Those that were agreed, and those that a report rates, matched by their ids.
    """
    agreed = parts_by_id(contract.parts("agreedMetrics"))
    rated = parts_by_id(contract.part("implementation").parts("metrics"))
    found = {}
    for key in agreed | rated:
        parts = [part for part in (agreed.get(key), rated.get(key)) if part]
        titles = [part.text("title", 200) for part in parts]
        words = [part.text("description", 300) for part in parts]
        title = next(filter(None, (*titles, *words)), "") or f"Indicator {key}"
        target = next((each for each in words if each and each != title), "")
        marks = [mark for part in parts for mark in ratings(part)]
        found[numbered(shorten_text(title, 200), found)] = target, apart(marks)
    return found


def numbered(title, taken):
    """Number a title that another indicator has."""
    number, unlike = 1, title
    while unlike in taken:
        number += 1
        unlike = f"{title[:190]} #{number}"
    return unlike


def ratings(metric):
    """Yield the ratings of one indicator, as columns."""
    for each in metric.parts("observations"):
        starts_on, ends_on = first_and_last_day(each, "period")
        mark = each.part("measureClassification")
        said = mark.text("description") or mark.text("id")
        if not (starts_on and ends_on and said):
            continue
        ids = (re.sub(r"[^a-z]", "", name.lower()) for name in (mark.raw("id"), said))
        level = next((LEVELS[name] for name in ids if name in LEVELS), "other")
        figure = each.text("measure")
        notes = "; ".join(filter(None, (figure, each.text("notes"))))
        if level == "other":
            notes = "; ".join(filter(None, (said, notes)))
        yield {
            "starts_on": starts_on,
            "ends_on": ends_on,
            "level": level,
            "note": shorten_text(notes, 500),
        }


def apart(marks):
    """Leave out, of ratings whose periods overlap, the later ones."""
    kept = []
    for mark in sorted(marks, key=lambda each: (each["starts_on"], each["ends_on"])):
        if not kept or kept[-1]["ends_on"] < mark["starts_on"]:
            kept.append(mark)
    return kept
