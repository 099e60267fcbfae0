"""Which notices a move waits for, and which fall due after one.

A notice that the law wants before an act stands in the way of it; one that it
wants within days of an act is due and stands in the way of what follows only
once that day has passed. Which notice that is, the table of `commissions.law.notices`
says.
"""

from dataclasses import dataclass

from commissions.law.notices import NOTICE_TYPES, codes_that

CALL_OFF = "framework"


@dataclass(frozen=True)
class Due:
    """A notice that the law wants after a contract is signed.

    `rule` is the clock that counts from the day it was signed; empty where the
    law says as soon as reasonably practicable, which no clock counts.
    """

    code: str
    rule: str = ""


def asked_at(regime: str, route: str, stage: str) -> str:
    """Name the notice that a law wants for a stage of a commission, if any."""
    for code, notice in NOTICE_TYPES.items():
        if notice.stage == stage and notice.is_asked(regime, route):
            return code
    return ""


def intention_notice(regime: str, route: str) -> str:
    """Name the notice that announces the choice, before a contract: UK6 or a PSR one."""
    return asked_at(regime, route, "standstill")


def award_notice(regime: str, route: str, *, light_touch: bool = False) -> Due | None:
    """Return the notice due once a contract is signed, or None."""
    code = asked_at(regime, route, "contract")
    if not code:
        return None
    notice = NOTICE_TYPES[code]
    rule = notice.light_touch_rule if light_touch and notice.light_touch_rule else ""
    counted = regime != "below_threshold"  # there as soon as reasonably practicable
    return Due(code, (rule or notice.rule) if counted else "")


def opening_notice(regime: str, route: str, stage: str) -> str:
    """Name the notice that opens the choosing of a provider at a stage, if any.

    A call-off from a framework has none (section 45), nor has a competition
    below the threshold that is not advertised (section 87).
    """
    choosing = ("tender", "evaluation", "direct_award")
    return asked_at(regime, route, stage) if stage in choosing else ""


GATES = {"contract": "standstill", "closed": "review"}
"""By the stage that is moved to: the stage whose notice has to be out before it."""


def asked_before(regime: str, route: str, to: str) -> tuple[str, ...]:
    """Return the codes of the notices that must be out before a stage."""
    stages = ("tender", "evaluation", "direct_award", "standstill", "cancelled", *GATES)
    found = asked_at(regime, route, GATES.get(to, to)) if to in stages else ""
    return (found,) if found else ()


def only_once(to: str) -> tuple[str, ...]:
    """Return the notices of which one must be out for the end of it to need a notice."""
    if to != "cancelled":
        return ()
    return codes_that(lambda notice: notice.begins_procurement)
