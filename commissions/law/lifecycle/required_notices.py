"""Which notices a move waits for, and which fall due after one.

A notice that the law wants before an act stands in the way of it; one that it
wants within days of an act is due and stands in the way of what follows only
once that day has passed. Codes are those of `commissions/law/notices.py`.
"""

from dataclasses import dataclass

from commissions.law.deadlines import contract_details_rule


@dataclass(frozen=True)
class Due:
    """A notice that the law wants after a contract is signed.

    `rule` is the clock that counts from the day it was signed; empty where the
    law says as soon as reasonably practicable, which no clock counts.
    """

    code: str
    rule: str = ""


INTENTION = {"psr_c": "PSR3", "psr_msp": "PSR6", "psr_competitive": "PSR10"}
AWARD = {
    "psr_a": "PSR2",
    "psr_b": "PSR2",
    "psr_c": "PSR4",
    "psr_msp": "PSR7",
    "psr_competitive": "PSR11",
}
OPENINGS = ("UK4", "UK5")  # after these a procurement that ends needs UK12 (section 55)
PSR_OPENINGS = ("PSR5", "PSR8", *INTENTION.values())  # and PSR-AB (regulation 15)
ADVERTISED = ("open", "competitive_flexible")
CALL_OFF = "framework"


def intention_notice(regime: str, route: str) -> str:
    """Name the notice that announces the choice, before a contract: UK6 or a PSR one."""
    if regime == "procurement_act":
        return "UK6"
    return INTENTION.get(route, "") if regime == "psr" else ""


def award_notice(regime: str, route: str, *, light_touch: bool = False) -> Due | None:
    """Return the notice due once a contract is signed, or None."""
    if regime == "procurement_act":
        return Due("UK7", contract_details_rule(light_touch=light_touch))
    if regime == "below_threshold":
        return Due("UK7")
    code = AWARD.get(route) if regime == "psr" else None
    return Due(code, "psr_award_notice") if code else None


def opening_notice(regime: str, route: str, stage: str) -> str:
    """Name the notice that opens the choosing of a provider at a stage, if any.

    A call-off from a framework has none (section 45), nor has a competition
    below the threshold that is not advertised (section 87).
    """
    asked = {
        ("procurement_act", "tender"): "" if route == CALL_OFF else "UK4",
        ("procurement_act", "direct_award"): "UK5",
        ("below_threshold", "tender"): "UK4" if route in ADVERTISED else "",
        ("psr", "tender"): "PSR8" if route == "psr_competitive" else "",
        ("psr", "evaluation"): "PSR5" if route == "psr_msp" else "",
    }
    return asked.get((regime, stage), "")


def asked_before(regime: str, route: str, to: str) -> tuple[str, ...]:
    """Return the codes of the notices that must be out before a stage."""
    if to in ("standstill", "contract"):
        found = intention_notice(regime, route)
    elif to == "closed":
        found = "UK11" if regime == "procurement_act" else ""
    elif to == "cancelled":
        found = {"procurement_act": "UK12", "psr": "PSR-AB"}.get(regime, "")
    else:
        found = opening_notice(regime, route, to)
    return (found,) if found else ()


def only_once(to: str) -> tuple[str, ...]:
    """Return the notices of which one must be out for the end of it to need a notice."""
    return (*OPENINGS, *PSR_OPENINGS) if to == "cancelled" else ()
