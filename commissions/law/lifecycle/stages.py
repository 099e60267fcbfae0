"""The stages of a commission, from intention to review, and which of them a law asks for.

A practitioner's ring is Analyse, Plan, Do, Review; the stages lie on it in the
order of `LINE`. Two lie beside the line: a direct award stands in for tender
and evaluation where the law allows one, and a cancelled commission leaves it.
"""

from dataclasses import dataclass

from commissions.law.deadlines import NoMinimum, standstill_rule
from commissions.law.language import Translated, gettext, marked
from commissions.law.regimes import UNCOUNTED


@dataclass(frozen=True)
class Stage:
    """One stage: its code, its name for people, its part of the ring."""

    code: str
    name: str = Translated()
    ring: str
    means: str = Translated()


STAGES = {
    stage.code: stage
    for stage in (
        Stage(
            "intention",
            "Intention",
            "Analyse",
            "The need is stated and someone is responsible. Nothing is specified yet.",
        ),
        Stage(
            "engagement",
            "Engagement",
            "Plan",
            "People who use the service, providers and others are being asked.",
        ),
        Stage(
            "draft_open",
            "Draft open for comment",
            "Plan",
            "A draft specification is published. Anyone can comment on it.",
        ),
        Stage(
            "considering",
            "Considering comments",
            "Plan",
            "Comments have closed. Each gets an outcome with a reason.",
        ),
        Stage(
            "decided",
            "Decided",
            "Plan",
            "What to commission is decided, and the reasons are published.",
        ),
        Stage("tender", "Tender", "Do", "Providers are invited to bid."),
        Stage("evaluation", "Evaluation", "Do", "Bids are being assessed."),
        Stage(
            "direct_award",
            "Direct award",
            "Do",
            "A provider is to be chosen without a competition, for a stated reason.",
        ),
        Stage(
            "standstill",
            "Standstill",
            "Do",
            "The choice is announced. No contract is signed until this ends.",
        ),
        Stage("contract", "Contract", "Do", "The contract is signed."),
        Stage("mobilisation", "Mobilisation", "Do", "The service is being set up."),
        Stage("delivery", "Delivery", "Do", "The service is running."),
        Stage("review", "Review", "Review", "How it went is being looked at."),
        Stage(
            "closed", "Closed", "Review", "It is over. What was learnt is published."
        ),
        Stage(
            "cancelled",
            "Cancelled",
            "Review",
            "It will not go ahead, for a stated reason.",
        ),
    )
}

STATED = {
    "evaluation": marked("Bids closed"),
    "direct_award": marked("Direct award announced"),
    "standstill": marked("Award announced"),
    "delivery": marked("Contract term begun"),
    "closed": marked("Contract term over"),
}
"""How a stage is called where only notices tell of it: no more than they state."""

STATED_DAYS = {
    "delivery": marked("Start of the contract"),
    "closed": marked("End of the contract"),
}
"""How the day of such a stage is called."""


def stated_name(stage):
    """Name a stage that is known from notices."""
    return gettext(STATED[stage]) if stage in STATED else STAGES[stage].name


LINE = tuple(code for code in STAGES if code not in {"direct_award", "cancelled"})
"""The stages in the order a competition passes through them."""

BEFORE_TENDER = LINE[: LINE.index("tender")]
"""The stages at which what is asked for can still be changed."""

SIGNED = LINE[LINE.index("contract") :]
"""The stages at which a contract is signed, or has been."""

ENDS = frozenset({"closed", "cancelled"})
"""The stages that nothing follows: what comes next is a commission of its own."""

ORDER = {code: place for place, code in enumerate(STAGES)}
"""The place of each stage, the two beside the line where they would stand on it."""


# Which of them a commission passes through, by its law and its route (values of
# Commission.Regime and Commission.Route). Those before a provider is chosen are the
# portal's own rule and the same under every law.

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


def choosing_stages(regime: str, route: str) -> tuple[str, ...]:
    """Return the stages in which a provider is chosen: none for a service in-house.

    A route that the law does not know counts as none decided: a competition.
    """
    if regime == "in_house":
        return ()
    known = route in ROUTES.get(regime, (route,))
    return CHOOSING.get(route, COMPETITION) if known else COMPETITION


def has_standstill(regime: str, route: str, *, light_touch: bool = False) -> bool:
    """Tell whether the law makes a contract wait for a standstill."""
    if regime in UNCOUNTED:
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
        *choosing_stages(regime, route),
        *(("standstill",) if stands_still else ()),
        *(SIGNED[1:] if regime == "in_house" else SIGNED),
    )
