"""How far two amounts, or two days, lie apart, as one row of a comparison. Pure.

Both sides are statements of the record (`commissions.commission.snapshots`):
amounts are pounds as text, days ISO dates with how much of them is meant. A
difference counts from the nearest day, or the nearest amount, that a rough
date or a range may mean; days are calendar days.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from commissions.commission.choices import Vat
from commissions.public.commission.stage_timeline import roughly, span
from commissions.text.formats import counted, money, value_range

SAME, DIFFERENT, UNSAID = "same", "different", "unsaid"
THEN, NOW = "not_then", "not_now"
STATES = {
    SAME: "Same",
    DIFFERENT: "Different",
    UNSAID: "Cannot be compared",
    THEN: "Not stated then",
    NOW: "Not stated now",
}
NOT_SAID = "Not stated"
EXCLUDED, INCLUDED, SILENT = "excluded", "included", "not_stated"


@dataclass(frozen=True)
class Row:
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
        """Whether both sides agree, in words."""
        return STATES[self.state]


def one_sided(what: str, before: str, after: str) -> Row | None:
    """Return the row of what one side only says; None where neither does."""
    if before and after:
        raise ValueError("both sides say something")
    if not (before or after):
        return None
    state = THEN if after else NOW
    return Row(what, before or NOT_SAID, after or NOT_SAID, state)


# Money


def share(difference: Decimal, base: Decimal) -> str:
    """Say what per cent a difference is of a base, half rounded up; nothing of nothing."""
    if not base:
        return ""
    percent = (difference * 100 / base).quantize(Decimal(1), ROUND_HALF_UP)
    return f", {percent:,}%" if percent else ", less than 1%"


def more_or_less(before: Decimal, after: Decimal) -> str:
    """Say how far one amount lies from another: £1.2 million more, 14%."""
    difference = after - before
    way = "more" if difference > 0 else "less"
    return f"{money(abs(difference))} {way}{share(abs(difference), before)}"


def distance(low: Decimal, high: Decimal, value: Decimal) -> str:
    """Say how far an amount lies outside a range; nothing where it lies within."""
    if value > high:
        said = more_or_less(high, value)
        return said if low == high else f"{said}, than the highest value"
    if value < low:
        said = more_or_less(low, value)
        return said if low == high else f"{said}, than the lowest value"
    return ""


def amount(text) -> Decimal | None:
    """Return an amount of the record as a number."""
    return None if text is None else Decimal(text)


def value_of(side: Mapping, vat: str = "") -> tuple:
    """Return the lowest and highest value and its VAT: the tender's own, if any.

    Of a tender that gives both, the one that counts VAT as `vat` does.
    """
    tender = side.get("tender") or {}
    net, gross = amount(tender.get("amount")), amount(tender.get("amount_gross"))
    if gross is not None and (vat == INCLUDED or net is None):
        return gross, gross, INCLUDED
    if net is not None:
        return net, net, EXCLUDED
    low, high, vat = side.get("value") or (None, None, SILENT)
    return amount(low), amount(high), vat


def outside(before: tuple, after: tuple) -> str:
    """Say how far the amounts that a side states lie outside the other's range.

    A range may be open: up to an amount, or from one on.
    """
    low, high = before
    low = Decimal(0) if low is None else low
    high = Decimal("Infinity") if high is None else high
    said = [distance(low, high, value) for value in after if value is not None]
    return next(filter(None, said), "")


def compare_value(before: Mapping, after: Mapping) -> Row | None:
    """Compare the values; where one counts VAT and the other does not, say so."""
    *then, vat = value_of(before)
    *now, vat_now = value_of(after, vat)
    said = [
        value_range(*side, dict(Vat.choices)[how])
        for side, how in ((then, vat), (now, vat_now))
    ]
    if not all(said):
        return one_sided("Value", *said)
    if {vat, vat_now} == {INCLUDED, EXCLUDED}:
        much = "One side counts VAT and the other does not."
        return Row("Value", *said, UNSAID, much)
    much = outside(then, now)
    note = ". One side does not say whether it counts VAT" if vat != vat_now else ""
    if much:
        return Row("Value", *said, DIFFERENT, f"{much}{note}")
    return Row("Value", *said, SAME, "Within the range" if then != now else note[2:])


# Days


def meant(side) -> tuple[date, date] | None:
    """Return the first and last day that a date of the record may mean."""
    if not side or not side[0]:
        return None
    return span(date.fromisoformat(side[0]), side[1])


def gap(before: tuple[date, date], after: tuple[date, date]) -> int:
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
    return f"{counted(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


def compare_day(what: str, before, after) -> Row | None:
    """Compare two dates of the record: [ISO date, how much of it is meant]."""
    then, now = meant(before), meant(after)
    said = [
        roughly(date.fromisoformat(side[0]), side[1]) if days else ""
        for side, days in ((before, then), (after, now))
    ]
    if not (then and now):
        return one_sided(what, *said)
    much = later_or_earlier(gap(then, now))
    state = DIFFERENT if much else SAME
    return Row(what, *said, state, much, (then, now))
