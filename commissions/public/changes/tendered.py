"""What was consulted on beside what was tendered, in groups of rows. Pure.

Both sides are statements of the record (`commissions.commission.snapshots`); how
far they lie apart is the arithmetic of `commissions.public.changes.differences`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from commissions.commission.choices import Regime, Route
from commissions.law.lifecycle import LINE
from commissions.public.changes.differences import (
    DIFFERENT,
    SAME,
    UNSAID,
    Row,
    amount,
    compare_day,
    compare_value,
    more_or_less,
    one_sided,
)
from commissions.text.formats import counted, money

DAYS_IN_A_YEAR = 365.2425
MILESTONES = {
    "tender": "Tender opens",
    "evaluation": "Bids are assessed",
    "standstill": "Standstill begins",
    "contract": "Contract signed",
    "mobilisation": "Setting up begins",
    "delivery": "Service begins",
}


def compare_days(before: Mapping, after: Mapping) -> list[Row]:
    """Compare the dates of the stages from tender on, and the term."""
    then, now = before.get("dates", {}), after.get("dates", {})
    rows = [
        compare_day(MILESTONES[stage], then.get(stage), now.get(stage))
        for stage in LINE
        if stage in MILESTONES
    ]
    for what, key in (("First day of the term", "starts_on"), ("Last day", "ends_on")):
        sides = ([side.get(key), "day"] for side in (before, after))
        row = compare_day(what, *sides)
        rows.append(row and replace(row, days=()))  # too far off for the picture
    return [*filter(None, rows), *filter(None, [compare_length(before, after)])]


def length(side: Mapping) -> int | None:
    """Return the months of the term to the nearest, its last day counted."""
    if not (side.get("starts_on") and side.get("ends_on")):
        return None
    first, last = (date.fromisoformat(side[key]) for key in ("starts_on", "ends_on"))
    return max(round(((last - first).days + 1) * 12 / DAYS_IN_A_YEAR), 0)


def months(number: int) -> str:
    """Say a number of months in years where it is whole years: 5 years, 30 months."""
    if number and number % 12 == 0:
        return counted(number // 12, "year")
    return counted(number, "month")


def compare_length(before: Mapping, after: Mapping) -> Row | None:
    """Compare how long the term is."""
    then, now = length(before), length(after)
    said = ["" if side is None else months(side) for side in (then, now)]
    if then is None or now is None:
        return one_sided("Length", *said)
    if then == now:
        return Row("Length", *said, SAME)
    way = "longer" if now > then else "shorter"
    return Row("Length", *said, DIFFERENT, f"{months(abs(now - then))} {way}")


# Words


def compare_words(what: str, before: str, after: str) -> Row | None:
    """Compare two texts, case and spacing aside."""
    if not (before and after):
        return one_sided(what, before, after)
    same = " ".join(before.casefold().split()) == " ".join(after.casefold().split())
    return Row(what, before, after, SAME if same else DIFFERENT)


UNDECIDED = ("not_decided", "not_stated", "other", "")


def compare_law(before: Mapping, after: Mapping) -> list[Row]:
    """Compare the law, the route and how it may be extended."""
    rows = []
    for what, key, names in (
        ("Law", "regime", dict(Regime.choices)),
        ("Route to a provider", "route", dict(Route.choices)),
    ):
        codes = (side.get(key, "") for side in (before, after))
        said = ("" if code in UNDECIDED else names[code] for code in codes)
        rows.append(compare_words(what, *said))
    extensions = (side.get("extension", "") for side in (before, after))
    rows.append(compare_words("Possible extension", *extensions))
    return [row for row in rows if row]


# Lots and criteria


def by_name(rows: Iterable) -> dict[str, tuple]:
    """Return lots or criteria by their name, case and spacing aside."""
    return {" ".join(row[0].casefold().split()): tuple(row) for row in rows or ()}


def lot_said(lot) -> str:
    """Say one lot in words."""
    return money(amount(lot[1])) if lot[1] else "Value not stated"


def criterion_said(criterion) -> str:
    """Say one criterion in words: its weight in per cent."""
    return (
        f"{Decimal(criterion[2]):f}%".replace(".00%", "%")
        if criterion[2]
        else "No weight"
    )


def lot_moved(before, after) -> str:
    """Say how far a lot's value moved."""
    if not (before[1] and after[1]) or Decimal(before[1]) == Decimal(after[1]):
        return ""
    return more_or_less(Decimal(before[1]), Decimal(after[1]))


def criterion_moved(before, after) -> str:
    """Say how far a criterion's weight moved, in points of a hundred."""
    if not (before[2] and after[2]):
        return ""
    points = Decimal(after[2]) - Decimal(before[2])
    if not points:
        return ""
    said = f"{abs(points):f}".removesuffix(".00")
    return (
        f"{said} point{'' if said == '1' else 's'} {'more' if points > 0 else 'less'}"
    )


def compare_parts(key: str, say, moved, before: Mapping, after: Mapping) -> list[Row]:
    """Compare lots or criteria by name; those of one side only are new or gone.

    Where one side states none at all, each row says which.
    """
    then, now = by_name(before.get(key)), by_name(after.get(key))
    rows = []
    for name in dict.fromkeys([*then, *now]):
        old, new = then.get(name), now.get(name)
        what = (new or old)[0]
        if old and new:
            much = moved(old, new)
            state = DIFFERENT if say(old) != say(new) else SAME
            rows.append(Row(what, say(old), say(new), state, much))
        elif not then or not now:
            rows.append(
                one_sided(what, say(old) if old else "", say(new) if new else "")
            )
        elif new:
            rows.append(Row(what, "Not there", say(new), DIFFERENT, "New"))
        else:
            rows.append(Row(what, say(old), "Not there", DIFFERENT, "Left out"))
    return rows


@dataclass(frozen=True)
class Group:
    """Rows of one sort, with a heading."""

    id: str
    title: str
    rows: list


def compare(before: Mapping, after: Mapping) -> list[Group]:
    """Compare two statements; groups without a row are left out."""
    value = compare_value(before, after)
    groups = (
        Group("money", "Money", [value] if value else []),
        Group("days", "Dates and term", compare_days(before, after)),
        Group("law", "Law, route and extension", compare_law(before, after)),
        Group(
            "lots", "Lots", compare_parts("lots", lot_said, lot_moved, before, after)
        ),
        Group(
            "criteria",
            "How bids are judged",
            compare_parts("criteria", criterion_said, criterion_moved, before, after),
        ),
    )
    return [group for group in groups if group.rows]


def tally(groups: Iterable[Group]) -> dict[str, int]:
    """Count the rows that are the same, different, and not comparable."""
    states = [row.state for group in groups for row in group.rows]
    different, same = states.count(DIFFERENT), states.count(SAME)
    rest = len(states) - different - same
    return {DIFFERENT: different, SAME: same, UNSAID: rest}
