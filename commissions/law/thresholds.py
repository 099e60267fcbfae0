"""The amounts from which the law asks for more, in pounds including VAT, by date.

Those of the Treaty are set anew every second year: for 2024 and 2025 as
SI 2023/1117 has them, from 1 January 2026 SI 2025/1200 (Procurement Act 2023,
Schedule 1); a procurement keeps those of the day it began. Those of sections 52,
53, 77, 84 and 93 do not change. Wales has figures of its own for what is below the
threshold.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from commissions.law.dates import write_day
from commissions.law.language import gettext, marked

CENTRAL = ("central", "nhs")
"""Kinds of organisation whose thresholds are those of central government."""

VAT = Decimal("1.2")
"""What VAT at its highest rate makes of a pound (Value Added Tax Act 1994, section 2)."""

PENNY = Decimal("0.01")


@dataclass(frozen=True)
class Threshold:
    """An amount in pounds including VAT, what it opens, and from when to when."""

    amount: Decimal
    means: str
    since: date = date.min
    until: date = date.max


MEANS = {
    "central": marked("goods and services, central government"),
    "sub_central": marked("goods and services, other authorities"),
    "light_touch": marked("light touch services"),
    "works": marked("works, and concessions"),
    "light_touch_concession": marked("light touch concessions"),
    "notifiable_central": marked("below the threshold, central government"),
    "notifiable": marked("below the threshold, other authorities"),
    "large": marked("key performance indicators, copy of the contract"),
    "pipeline": marked("contracts that a pipeline notice lists"),
    "psr_change": marked("changes of an NHS contract that have a notice"),
}
PERIODS = (
    (
        date(2024, 1, 1),
        date(2025, 12, 31),
        {
            "central": 139_688,
            "sub_central": 214_904,
            "light_touch": 663_540,
            "works": 5_372_609,
            "light_touch_concession": 5_372_609,
        },
    ),
    (
        date(2026, 1, 1),
        date.max,
        {
            "central": 135_018,
            "sub_central": 207_720,
            "light_touch": 663_540,
            "works": 5_193_000,
            "light_touch_concession": 5_372_609,
        },
    ),
    (
        date.min,
        date.max,
        {
            "notifiable_central": 12_000,  # section 84
            "notifiable": 30_000,
            "large": 5_000_000,  # more than: sections 52, 53 and 77
            "pipeline": 2_000_000,  # more than: section 93(3)
            "psr_change": 500_000,  # SI 2023/1348, regulation 13(4)
        },
    ),
)
THRESHOLDS = tuple(
    (name, Threshold(Decimal(pounds), MEANS[name], since, until))
    for since, until, amounts in PERIODS
    for name, pounds in amounts.items()
)
"""Every amount by name, the oldest of each first."""


def threshold(name: str, on: date) -> Threshold:
    """Return the amount of that name for a procurement that began on a day.

    Before the first known its amount stands.
    """
    known = [each for its, each in THRESHOLDS if its == name]
    return next((each for each in known if each.since <= on <= each.until), known[0])


def threshold_of(
    *, light_touch: bool, works: bool, central: bool, on: date
) -> Threshold:
    """Return the amount from which the whole Act applies to a contract."""
    if works:
        return threshold("works", on)
    if light_touch:
        return threshold("light_touch", on)
    return threshold("central" if central else "sub_central", on)


def notifiable(central: bool, on: date) -> Threshold:
    """Return the amount from which a contract below the threshold has notices."""
    return threshold("notifiable_central" if central else "notifiable", on)


LARGE = threshold("large", date.max).amount
PIPELINE = threshold("pipeline", date.max).amount
PSR_CHANGE = threshold("psr_change", date.max).amount


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


def at_least(
    limit: Decimal, amount: Decimal | None, gross: Decimal | None = None
) -> bool | None:
    """Tell whether a value comes to a limit, VAT included; None where unknown."""
    return more_than(limit - PENNY, amount, gross)


def is_large(amount: Decimal | None, gross: Decimal | None = None) -> bool | None:
    """Tell whether a contract is worth more than £5 million; None where unknown."""
    return more_than(LARGE, amount, gross)


def doubt_about_law(facts) -> str:
    """Say where a value does not go with the law that was chosen; else nothing.

    `facts` are those of `commissions.law.notices_due`. Wales sets thresholds of its
    own, so nothing is said of them.
    """
    if facts.nation == "wales" or facts.regime not in SIDES:
        return ""
    limit = threshold_of(
        light_touch=facts.light_touch,
        works=facts.works,
        central=facts.central,
        on=facts.began_on,
    )
    above = facts.worth_at_least(limit.amount)
    wrong, said = SIDES[facts.regime]
    if above is not wrong:
        return ""
    ends = limit.until < date.max
    when = gettext("from {first} to {last}") if ends else gettext("from {first}")
    return gettext(said).format(
        limit=gettext("£{amount} with VAT ({means}, {when})").format(
            amount=f"{limit.amount:,}",
            means=gettext(limit.means),
            when=when.format(first=write_day(limit.since), last=write_day(limit.until)),
        )
    )


SIDES = {
    "procurement_act": (
        False,
        marked(
            "Its value is less than the threshold of {limit}, so the lighter rules below "
            "the threshold could apply. Check which law is stated."
        ),
    ),
    "below_threshold": (
        True,
        marked(
            "Its value is not below the threshold of {limit}, so the whole Act could apply. "
            "Check which law is stated."
        ),
    ),
}
"""By regime: whether a value above the threshold speaks against it, and the words."""
