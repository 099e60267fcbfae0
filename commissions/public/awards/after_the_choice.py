"""What comes next once a provider is chosen, in sentences. Pure."""

from datetime import timedelta

from commissions.law.lifecycle import ORDER
from commissions.text.formats import on_day

DUE = {
    "procurement_act": "Within {days} days of that the contract details notice (UK7) "
    "must be published.",
    "psr": "Within 30 days of the award the award notice must be published.",
}


def coming(commission, standstill, review, naming):
    """List what happens next, first thing first; nothing once the contract is signed.

    `standstill` is a Standstill or None, `review` what the page shows of the
    representations, `naming` the clock of the day the provider may be named.
    """
    if ORDER[commission.stage] >= ORDER["contract"]:
        return []
    return [
        sentence
        for sentence in (
            named(naming),
            objected(review),
            signed(commission, standstill),
        )
        if sentence
    ]


def named(naming):
    """Say from when the provider may be named, where it is not yet."""
    if naming is None:
        return ""
    return f"The provider is named, on {on_day(naming.date)} at the earliest."


def objected(review):
    """Say what becomes of objections."""
    if not review or review["settled"]:
        return ""
    if review["is_open"]:
        return (
            f"Providers can object until the end of {on_day(review['clock'].date)}. "
            "If one does, the choice is looked at again before anybody signs."
        )
    if review["received"]:
        return "The choice is looked at again, and providers are told what is decided."
    return ""


def signed(commission, standstill):
    """Say from when the contract may be signed, and what is due after."""
    days = 120 if commission.light_touch else 30
    due = DUE.get(commission.regime, "").format(days=days)
    if standstill is None or standstill.state in ("unknown", "review", "stopped"):
        return ""
    if standstill.state == "running":
        first = on_day(standstill.last + timedelta(days=1))
        return f"The contract may be signed from {first}. {due}".strip()
    return f"The contract may be signed now. {due}".strip()
