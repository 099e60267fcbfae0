"""A doubt about the law itself: a value on the other side of the threshold."""

from commissions.law.notices_due.inputs import Facts
from commissions.law.thresholds import threshold_of

SINCE = "from 1 January 2026"


def doubt_about_law(facts: Facts) -> str:
    """Say where a value does not go with the law that was chosen; else nothing.

    Wales sets thresholds of its own, so nothing is said of them.
    """
    if facts.nation == "wales" or facts.regime not in SIDES:
        return ""
    limit = threshold_of(
        light_touch=facts.light_touch, works=facts.works, central=facts.central
    )
    above = facts.worth_at_least(limit.amount)
    wrong, said = SIDES[facts.regime]
    if above is not wrong:
        return ""
    return said.format(f"£{limit.amount:,} with VAT ({limit.means}, {SINCE})")


SIDES = {
    "procurement_act": (
        False,
        "Its value is less than the threshold of {}, so the lighter rules below the "
        "threshold may apply. Check which law is stated.",
    ),
    "below_threshold": (
        True,
        "Its value is not below the threshold of {}, so the whole Act may apply. Check "
        "which law is stated.",
    ),
}
"""By regime: whether a value above the threshold speaks against it, and the words."""
