"""The grounds on which the law lets a provider be chosen without a competition.

Under the Procurement Act 2023: the justifications of Schedule 5 (section 41),
regulations to protect life (section 42), and switching after a competition
that found nobody suitable (section 43). Under the NHS Provider Selection
Regime: the processes of regulations 7 to 10, and urgent awards (14). Imports
no Django.
"""

from dataclasses import dataclass

from commissions.law.language import Translated, marked

ACT = "procurement_act"
PSR = "psr"


@dataclass(frozen=True)
class DirectAwardGround:
    """One ground: its code, name, law, and what must be true, in plain words.

    `notices` are the codes of those that must be on the central platform
    before the choice is announced, any one of them. `urgent` grounds have no
    mandatory standstill; `later` says that the supplier is named afterwards.
    """

    code: str
    regime: str
    name: str = Translated()
    law: str = Translated()
    means: str = Translated()
    notices: tuple[str, ...] = ()
    urgent: bool = False
    later: bool = False

    @property
    def route(self):
        """The route of a commission on this ground; empty where it has none of its own."""
        if self.regime == ACT:
            return "direct_award"
        return "" if self.urgent else self.code


def ground_in_schedule(code, name, paragraphs, means, **more):
    """Return a justification of Schedule 5 to the Act."""
    law = f"Procurement Act 2023, section 41 and Schedule 5, {paragraphs}"
    return DirectAwardGround(
        code, ACT, name, law, means, **{"notices": ("UK5",), **more}
    )


def ground_of_process(code, name, regulation, means, **more):
    """Return a process of the NHS regime that is no competition."""
    law = (
        "Health Care Services (Provider Selection Regime) Regulations 2023 "
        f"(SI 2023/1348), regulation {regulation}"
    )
    return DirectAwardGround(code, PSR, name, law, means, **more)


GROUNDS = {
    ground.code: ground
    for ground in (
        ground_in_schedule(
            "prototype",
            "Prototype or new development",
            "paragraphs 2 and 3",
            "It is a prototype, or something new made at the authority’s request, to "
            "test, research or develop it.",
        ),
        ground_in_schedule(
            "art",
            "Unique work of art or performance",
            "paragraph 4",
            "Only this artist or performer can make what is wanted.",
        ),
        ground_in_schedule(
            "exclusive_rights",
            "Single supplier: exclusive rights",
            "paragraph 5",
            "Only this supplier has the rights to supply it, and there is no "
            "reasonable alternative.",
        ),
        ground_in_schedule(
            "technical",
            "Single supplier: technical reasons",
            "paragraph 6",
            "For technical reasons only this supplier can do it, and there is no "
            "reasonable alternative.",
        ),
        ground_in_schedule(
            "extension",
            "Addition to what is there: another would not fit",
            "paragraphs 7 and 9",
            "It adds to or partly replaces what the supplier provides already. "
            "Another’s would not fit, and running both would be far too hard.",
        ),
        ground_in_schedule(
            "repeat",
            "Repeat of what was tendered in the last five years",
            "paragraphs 8 and 9",
            "It is like what this supplier won in a competition in the last five "
            "years, and that tender said it might be repeated.",
        ),
        ground_in_schedule(
            "commodity",
            "Goods bought on a commodity market",
            "paragraph 10",
            "The price is made on a market, so there is nothing to compete for.",
        ),
        ground_in_schedule(
            "insolvency",
            "Advantageous terms on insolvency",
            "paragraphs 11 and 12",
            "A supplier is insolvent, which makes these terms particularly good.",
        ),
        ground_in_schedule(
            "urgency",
            "Extreme and unavoidable urgency",
            "paragraphs 13 and 14",
            "It is strictly needed at once, so that no competition can be held. The "
            "authority neither caused the urgency nor could have foreseen it.",
            urgent=True,
        ),
        ground_in_schedule(
            "user_choice",
            "Chosen by the person who uses it",
            "paragraphs 15 to 17",
            "It is a service for one person, who, or whose carer, has said who should "
            "provide it; or only one supplier can.",
            notices=(),
        ),
        ground_in_schedule(
            "forces_transport",
            "Transport for forces abroad",
            "paragraph 18",
            "It is air or sea transport for the armed forces or security services, "
            "whose terms could not be kept open for 10 days.",
        ),
        ground_in_schedule(
            "defence_addition",
            "Addition to a defence contract",
            "paragraph 19",
            "It could have been made as a change to a defence contract that exists.",
        ),
        ground_in_schedule(
            "forces_readiness",
            "Readiness of the armed forces",
            "paragraph 20",
            "It must be awarded directly to keep the armed forces able, ready or safe.",
        ),
        DirectAwardGround(
            "protect_life",
            ACT,
            "To protect life, health or public order",
            "Procurement Act 2023, section 42, and the regulations made under it",
            "A Minister’s regulations name this kind of contract as necessary to "
            "protect life, health, public order or safety.",
            notices=("UK5",),
            urgent=True,
        ),
        DirectAwardGround(
            "switching",
            ACT,
            "A competition found nobody suitable",
            "Procurement Act 2023, section 43",
            "Bids were invited and none was suitable.",
            notices=("UK5",),
        ),
        ground_of_process(
            "psr_a",
            "Direct Award Process A",
            "7",
            "Only the provider that runs it now is capable of providing it.",
        ),
        ground_of_process(
            "psr_b",
            "Direct Award Process B",
            "8",
            "Patients choose. Every provider that meets the standard is offered a "
            "contract, and their number is not limited.",
        ),
        ground_of_process(
            "psr_c",
            "Direct Award Process C",
            "9",
            "The contract is ending, what is needed has not changed considerably, and "
            "the provider that runs it now does so well.",
            notices=("PSR3",),
        ),
        ground_of_process(
            "psr_msp",
            "Most Suitable Provider Process",
            "10",
            "The authority can tell without a competition who is likely to be most "
            "suitable. It says so 14 days before it decides who that is.",
            notices=("PSR5",),
            later=True,
        ),
        ground_of_process(
            "psr_urgent",
            "Urgent award",
            "14",
            "It must be awarded at once, to protect patients or the public.",
            urgent=True,
        ),
    )
}
"""Every ground by its code, the Act’s first."""

CHOICES = [
    (law, [(g.code, g.name) for g in GROUNDS.values() if g.regime == regime])
    for regime, law in ((ACT, "Procurement Act 2023"), (PSR, "NHS regime"))
]
"""The grounds to choose from, by law."""

WITHOUT_COMPETITION = frozenset(g.route for g in GROUNDS.values() if g.route)
"""The routes of a commission on which nobody competes."""

KEY_CRITERIA = {
    "quality": marked("Quality and innovation"),
    "value": marked("Value"),
    "integration": marked("Integration, collaboration and service sustainability"),
    "access": marked(
        "Improving access, reducing health inequalities and facilitating choice"
    ),
    "social_value": marked("Social value"),
}
"""The five key criteria of the NHS regime (SI 2023/1348, regulation 5)."""

REPRESENTED = ("psr_c", "psr_msp", "psr_competitive")
"""The routes on which providers may make representations (regulation 12(1))."""


def grounds_of(regime: str) -> list[DirectAwardGround]:
    """Return the grounds there are under a regime; none where no law sets any."""
    return [ground for ground in GROUNDS.values() if ground.regime == regime]
