"""What was consulted on beside what was tendered, in groups of rows. Pure.

Both sides are statements of the record (`commissions.commission.snapshots`):
amounts are pounds as text, days ISO dates with how much of them is meant. A
difference counts from the nearest day, or the nearest amount, that a rough
date or a range may mean; days are calendar days.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext, gettext_lazy, ngettext

from commissions.commission.choices import Regime, Route, Vat
from commissions.law.lifecycle import LINE
from commissions.text.formats import how_many, money, roughly, span, value_range

SAME, DIFFERENT, UNSAID = "same", "different", "unsaid"
THEN, NOW = "not_then", "not_now"
STATES = {
    SAME: gettext_lazy("Same"),
    DIFFERENT: gettext_lazy("Different"),
    UNSAID: gettext_lazy("Cannot be compared"),
    THEN: gettext_lazy("Not stated then"),
    NOW: gettext_lazy("Not stated now"),
}
NOT_SAID = gettext_lazy("Not stated")
EXCLUDED, INCLUDED, SILENT = "excluded", "included", "not_stated"
DAYS_IN_A_YEAR = 365.2425
MILESTONES = {
    "tender": gettext_lazy("Tender opens"),
    "evaluation": gettext_lazy("Bids are assessed"),
    "standstill": gettext_lazy("Standstill begins"),
    "contract": gettext_lazy("Contract signed"),
    "mobilisation": gettext_lazy("Setting up begins"),
    "delivery": gettext_lazy("Service begins"),
}


@dataclass(frozen=True)
class ComparedRow:
    """One thing compared: both sides in words, whether they agree, by how much."""

    what: str
    before: str
    after: str
    state: str
    much: str = ""
    days: tuple = ()
    """Of a date: ((first, last) it may have meant, the day tendered)."""

    @property
    def words(self) -> str:
        return STATES[self.state]


def one_sided_row(what: str, before: str, after: str) -> ComparedRow | None:
    """Return the row of what one side only says; None where neither does."""
    if before and after:
        raise ValueError("both sides say something")
    if not (before or after):
        return None
    state = THEN if after else NOW
    return ComparedRow(what, before or NOT_SAID, after or NOT_SAID, state)


# Money


def per_cent_of(difference: Decimal, base: Decimal) -> str:
    """Say what per cent a difference is of a base, half rounded up; nothing of nothing."""
    if not base:
        return ""
    percent = (difference * 100 / base).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{percent:,}%" if percent else gettext("less than 1%")


def more_or_less(before: Decimal, after: Decimal) -> str:
    """Say how far one amount lies from another: £1.2 million more, 14%."""
    difference = after - before
    said = gettext("{amount} more") if difference > 0 else gettext("{amount} less")
    share = per_cent_of(abs(difference), before)
    return ", ".join(filter(None, [said.format(amount=money(abs(difference))), share]))


def distance_outside(low: Decimal, high: Decimal, value: Decimal) -> str:
    """Say how far an amount lies outside a range; nothing where it lies within."""
    if value > high:
        said = more_or_less(high, value)
        if low == high:
            return said
        return gettext("{more}, than the highest value").format(more=said)
    if value < low:
        said = more_or_less(low, value)
        if low == high:
            return said
        return gettext("{less}, than the lowest value").format(less=said)
    return ""


def as_decimal(text) -> Decimal | None:
    return None if text is None else Decimal(text)


def value_of(side: Mapping, vat: str = "") -> tuple:
    """Return the lowest and highest value and its VAT: the tender's own, if any.

    Of a tender that gives both, the one that counts VAT as `vat` does.
    """
    tender = side.get("tender") or {}
    net, gross = (
        as_decimal(tender.get("amount")),
        as_decimal(tender.get("amount_gross")),
    )
    if gross is not None and (vat == INCLUDED or net is None):
        return gross, gross, INCLUDED
    if net is not None:
        return net, net, EXCLUDED
    low, high, vat = side.get("value") or (None, None, SILENT)
    return as_decimal(low), as_decimal(high), vat


def how_far_outside(before: tuple, after: tuple) -> str:
    """Say how far the amounts that a side states lie outside the other's range.

    A range may be open: up to an amount, or from one on.
    """
    low, high = before
    low = Decimal(0) if low is None else low
    high = Decimal("Infinity") if high is None else high
    said = [distance_outside(low, high, value) for value in after if value is not None]
    return next(filter(None, said), "")


def compare_value(before: Mapping, after: Mapping) -> ComparedRow | None:
    """Compare the values; where one counts VAT and the other does not, say so."""
    *then, vat = value_of(before)
    *now, vat_now = value_of(after, vat)
    said = [
        value_range(*side, dict(Vat.choices)[how])
        for side, how in ((then, vat), (now, vat_now))
    ]
    if not all(said):
        return one_sided_row(gettext("Value"), *said)
    if {vat, vat_now} == {INCLUDED, EXCLUDED}:
        much = gettext("One side counts VAT and the other does not.")
        return ComparedRow(gettext("Value"), *said, UNSAID, much)
    much, note = how_far_outside(then, now), ""
    if vat != vat_now:
        note = gettext("One side does not say whether it counts VAT")
    if much:
        much = ". ".join(filter(None, [much, note]))
        return ComparedRow(gettext("Value"), *said, DIFFERENT, much)
    within = gettext("Within the range") if then != now else note
    return ComparedRow(gettext("Value"), *said, SAME, within)


# Days


def days_meant(side) -> tuple[date, date] | None:
    """Return the first and last day that a date of the record may mean."""
    if not side or not side[0]:
        return None
    return span(date.fromisoformat(side[0]), side[1])


def days_moved(before: tuple[date, date], after: tuple[date, date]) -> int:
    """Return by how many days a date moved: later is more than 0, earlier less.

    Between the nearest days that both may mean; 0 where they may be the same.
    """
    if after[0] > before[1]:
        return (after[0] - before[1]).days
    if after[1] < before[0]:
        return (after[1] - before[0]).days
    return 0


def later_or_earlier(days: int) -> str:
    """Say by how many days: 31 days later, 1 day earlier; nothing for none."""
    if not days:
        return ""
    said = gettext("{time} later") if days > 0 else gettext("{time} earlier")
    return said.format(time=how_many(abs(days), "day"))


def compare_day(what: str, before, after) -> ComparedRow | None:
    """Compare two dates of the record: [ISO date, how much of it is meant]."""
    then, now = days_meant(before), days_meant(after)
    said = [
        roughly(date.fromisoformat(side[0]), side[1]) if days else ""
        for side, days in ((before, then), (after, now))
    ]
    if not (then and now):
        return one_sided_row(what, *said)
    much = later_or_earlier(days_moved(then, now))
    state = DIFFERENT if much else SAME
    return ComparedRow(what, *said, state, much, (then, now))


def compare_days(before: Mapping, after: Mapping) -> list[ComparedRow]:
    """Compare the dates of the stages from tender on, and the term."""
    then, now = before.get("dates", {}), after.get("dates", {})
    rows = [
        compare_day(MILESTONES[stage], then.get(stage), now.get(stage))
        for stage in LINE
        if stage in MILESTONES
    ]
    for what, key in (
        (gettext("First day of the term"), "starts_on"),
        (gettext("Last day"), "ends_on"),
    ):
        sides = ([side.get(key), "day"] for side in (before, after))
        row = compare_day(what, *sides)
        rows.append(row and replace(row, days=()))  # too far off for the picture
    return [*filter(None, rows), *filter(None, [compare_length(before, after)])]


def months_of_term(side: Mapping) -> int | None:
    """Return the months of the term to the nearest, its last day how_many."""
    if not (side.get("starts_on") and side.get("ends_on")):
        return None
    first, last = (date.fromisoformat(side[key]) for key in ("starts_on", "ends_on"))
    return max(round(((last - first).days + 1) * 12 / DAYS_IN_A_YEAR), 0)


def months_in_words(number: int) -> str:
    """Say a number of months in years where it is whole years: 5 years, 30 months."""
    if number and number % 12 == 0:
        return how_many(number // 12, "year")
    return how_many(number, "month")


def compare_length(before: Mapping, after: Mapping) -> ComparedRow | None:
    """Compare how long the term is."""
    then, now = months_of_term(before), months_of_term(after)
    said = ["" if side is None else months_in_words(side) for side in (then, now)]
    if then is None or now is None:
        return one_sided_row(gettext("Length"), *said)
    if then == now:
        return ComparedRow(gettext("Length"), *said, SAME)
    much = gettext("{months} longer") if now > then else gettext("{months} shorter")
    much = much.format(months=months_in_words(abs(now - then)))
    return ComparedRow(gettext("Length"), *said, DIFFERENT, much)


# Words


def compare_words(what: str, before: str, after: str) -> ComparedRow | None:
    """Compare two texts, case and spacing aside."""
    if not (before and after):
        return one_sided_row(what, before, after)
    same = " ".join(before.casefold().split()) == " ".join(after.casefold().split())
    return ComparedRow(what, before, after, SAME if same else DIFFERENT)


UNDECIDED = ("not_decided", "not_stated", "other", "")


def compare_law(before: Mapping, after: Mapping) -> list[ComparedRow]:
    """Compare the law, the route and how it may be extended."""
    rows = []
    for what, key, names in (
        (gettext("Law"), "regime", dict(Regime.choices)),
        (gettext("Route to a provider"), "route", dict(Route.choices)),
    ):
        codes = (side.get(key, "") for side in (before, after))
        said = ("" if code in UNDECIDED else str(names[code]) for code in codes)
        rows.append(compare_words(what, *said))
    extensions = (side.get("extension", "") for side in (before, after))
    rows.append(compare_words(gettext("Possible extension"), *extensions))
    return [row for row in rows if row]


# Lots and criteria


def by_name(rows: Iterable) -> dict[str, tuple]:
    """Return lots or criteria by their name, case and spacing aside."""
    return {" ".join(row[0].casefold().split()): tuple(row) for row in rows or ()}


def lot_in_words(lot) -> str:
    return money(as_decimal(lot[1])) if lot[1] else gettext("Value not stated")


def criterion_in_words(criterion) -> str:
    """Say one criterion in words: its weight in per cent."""
    return (
        f"{Decimal(criterion[2]):f}%".replace(".00%", "%")
        if criterion[2]
        else gettext("No weight")
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
    number = 1 if said == "1" else 2
    if points > 0:
        words = ngettext("{n} point more", "{n} points more", number)
    else:
        words = ngettext("{n} point less", "{n} points less", number)
    return words.format(n=said)


def compare_parts(
    key: str, say, moved, before: Mapping, after: Mapping
) -> list[ComparedRow]:
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
            rows.append(ComparedRow(what, say(old), say(new), state, much))
        elif not then or not now:
            rows.append(
                one_sided_row(what, say(old) if old else "", say(new) if new else "")
            )
        elif new:
            absent = gettext("Not there")
            rows.append(ComparedRow(what, absent, say(new), DIFFERENT, gettext("New")))
        else:
            absent, out = gettext("Not there"), gettext("Left out")
            rows.append(ComparedRow(what, say(old), absent, DIFFERENT, out))
    return rows


@dataclass(frozen=True)
class ComparedGroup:
    """Rows of one sort, with a heading."""

    id: str
    title: str
    rows: list


def compare_statements(before: Mapping, after: Mapping) -> list[ComparedGroup]:
    """Compare two statements; groups without a row are left out."""
    value = compare_value(before, after)
    groups = (
        ComparedGroup("money", gettext("Money"), [value] if value else []),
        ComparedGroup("days", gettext("Dates and term"), compare_days(before, after)),
        ComparedGroup(
            "law", gettext("Law, route and extension"), compare_law(before, after)
        ),
        ComparedGroup(
            "lots",
            gettext("Lots"),
            compare_parts("lots", lot_in_words, lot_moved, before, after),
        ),
        ComparedGroup(
            "criteria",
            gettext("How bids are judged"),
            compare_parts(
                "criteria", criterion_in_words, criterion_moved, before, after
            ),
        ),
    )
    return [group for group in groups if group.rows]


def count_compared(groups: Iterable[ComparedGroup]) -> dict[str, int]:
    """Count the rows that are the same, different, and not comparable."""
    states = [row.state for group in groups for row in group.rows]
    different, same = states.count(DIFFERENT), states.count(SAME)
    rest = len(states) - different - same
    return {DIFFERENT: different, SAME: same, UNSAID: rest}
