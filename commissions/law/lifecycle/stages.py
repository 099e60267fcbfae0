"""The stages of a commission, from intention to review.

A practitioner's ring is Analyse, Plan, Do, Review; the stages lie on it in the
order of `LINE`. Two lie beside the line: a direct award stands in for tender
and evaluation where the law allows one, and a cancelled commission leaves it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stage:
    """One stage: its code, its name for people, its part of the ring."""

    code: str
    name: str
    ring: str
    means: str


STAGES = {
    stage.code: stage
    for stage in (
        Stage(
            "intention",
            "Intention",
            "Analyse",
            "The need is stated and somebody holds it. Nothing is specified yet.",
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
