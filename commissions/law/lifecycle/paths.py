"""Which stages a commission passes through, by its law and its route.

Regimes and routes are values of Commission.Regime and Commission.Route. The
stages before a provider is chosen are the portal's own rule and the same under
every law; what differs is how a provider is chosen and what follows.
"""

from commissions.law.deadlines import NoMinimum, standstill_rule
from commissions.law.lifecycle.stages import BEFORE_TENDER, SIGNED

COMPETITION = ("tender", "evaluation")
DIRECT = ("direct_award",)
PROPOSED = ("evaluation",)  # providers are compared without being invited to bid

CHOOSING = {
    "direct_award": DIRECT,
    "psr_a": DIRECT,
    "psr_b": DIRECT,
    "psr_c": DIRECT,
    "psr_msp": PROPOSED,
}
"""The stages in which a provider is chosen; any other route is a competition."""

ROUTES = {
    "procurement_act": (
        "open",
        "competitive_flexible",
        "framework",
        "dynamic_market",
        "direct_award",
    ),
    "psr": ("psr_a", "psr_b", "psr_c", "psr_msp", "psr_competitive"),
    "below_threshold": (
        "open",
        "competitive_flexible",
        "framework",
        "dynamic_market",
        "direct_award",
        "other",
    ),
}
"""The routes that a law knows; a grant, and a service in-house, need none."""

UNKNOWN = ("old_regulations", "not_stated")
"""Laws whose standstill the clocks do not know: the line shows that there is one."""


def choosing(regime: str, route: str) -> tuple[str, ...]:
    """Return the stages in which a provider is chosen: none for a service in-house.

    A route that the law does not know counts as none decided: a competition.
    """
    if regime == "in_house":
        return ()
    known = route in ROUTES.get(regime, (route,))
    return CHOOSING.get(route, COMPETITION) if known else COMPETITION


def has_standstill(regime: str, route: str, *, light_touch: bool = False) -> bool:
    """Tell whether the law makes a contract wait for a standstill."""
    if regime in UNKNOWN:
        return True
    try:
        return bool(standstill_rule(regime, route, light_touch=light_touch))
    except NoMinimum:
        return False


def path(regime: str, route: str = "", *, light_touch: bool = False) -> tuple[str, ...]:
    """Return the stages from intention to closed, in order, that this law asks for.

    A standstill that is not mandatory may be held all the same, and a stage
    before the decision may be left out where its gate allows.
    """
    stands_still = has_standstill(regime, route, light_touch=light_touch)
    return (
        *BEFORE_TENDER,
        *choosing(regime, route),
        *(("standstill",) if stands_still else ()),
        *(SIGNED[1:] if regime == "in_house" else SIGNED),
    )
