"""The amounts from which the law asks for more, in pounds including VAT.

From 1 January 2026 (SI 2025/1200; Procurement Act 2023, Schedule 1, sections
52, 53 and 84). Wales has figures of its own for what is below the threshold.
"""

from dataclasses import dataclass
from decimal import Decimal

CENTRAL = ("central", "nhs")
"""Kinds of organisation whose thresholds are those of central government."""

VAT = Decimal("1.2")  # the highest rate: what is not more with it is not more


@dataclass(frozen=True)
class Threshold:
    """An amount in pounds including VAT, and what it opens."""

    amount: Decimal
    means: str


THRESHOLDS = {
    name: Threshold(Decimal(pounds), means)
    for name, pounds, means in (
        ("central", 135_018, "goods and services, central government"),
        ("sub_central", 207_720, "goods and services, other authorities"),
        ("light_touch", 663_540, "light touch services"),
        ("works", 5_193_000, "works, and concessions"),
        ("light_touch_concession", 5_372_609, "light touch concessions"),
        ("notifiable_central", 12_000, "below the threshold, central government"),
        ("notifiable", 30_000, "below the threshold, other authorities"),
        ("indicators", 5_000_000, "key performance indicators, copy of the contract"),
    )
}
PSR_CHANGE = Decimal(500_000)
"""From this much in all a change of an NHS contract has a notice (regulation 13(4))."""


def threshold_of(*, light_touch: bool, works: bool, central: bool) -> Threshold:
    """Return the amount from which the whole Act applies to a contract."""
    if works:
        return THRESHOLDS["works"]
    if light_touch:
        return THRESHOLDS["light_touch"]
    return THRESHOLDS["central" if central else "sub_central"]


def more_than(
    limit: Decimal, amount: Decimal | None, gross: Decimal | None = None
) -> bool | None:
    """Tell whether a value is more than a limit, VAT included; None where unknown.

    `amount` excludes VAT, or may; `gross` includes it. Without `gross` a value
    is only judged where VAT at its highest rate could not change the answer.
    """
    if gross is not None:
        return gross > limit
    if amount is None:
        return None
    if amount > limit:
        return True
    return False if amount * VAT <= limit else None
