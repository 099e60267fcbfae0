"""Money in words: one amount with and without VAT, and a range of values. Pure."""

from decimal import Decimal

from commissions.text.formats import money


def sum_of(value: Decimal, currency: str = "GBP") -> str:
    """Write one sum: £1.2 million; in another currency 1,200,000 EUR."""
    if currency in {"GBP", ""}:
        return money(value)
    return f"{value.normalize():,f} {currency}"


def amount(
    net: Decimal | None, gross: Decimal | None = None, currency: str = "GBP"
) -> str:
    """Write an amount and say whether it counts VAT; nothing where none is known."""
    said = []
    if net is not None:
        said.append(f"{sum_of(net, currency)} excluding VAT")
    if gross is not None:
        said.append(f"{sum_of(gross, currency)} including VAT")
    return ", ".join(said)


def value_range(low: Decimal | None, high: Decimal | None, vat: str) -> str:
    """Write a range in pounds with what it says of VAT; nothing where none is known."""
    if low is None and high is None:
        return ""
    if low is None:
        said = f"Up to {money(high)}"
    elif high is None:
        said = f"At least {money(low)}"
    elif low == high:
        said = money(low)
    else:
        said = f"{money(low)} to {money(high)}"
    counts = vat.startswith(("including", "excluding"))
    return f"{said} {vat}" if counts else f"{said}, {vat}"
