"""What is said of one sort of notice, and how a notice is named in a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from commissions.law.language import Translated

ACT = "procurement_act"
BELOW = "below_threshold"
PSR = "psr"


class NoticeEffect(StrEnum):
    """What a notice does; `NoticeType.level` says to what."""

    LISTS = "lists"
    """It lists procurements to come; none of them has begun."""
    PLANS = "plans"
    ENGAGES = "engages"
    OPENS = "opens"
    """It opens the choosing of a provider."""
    INTENDS = "intends"
    """It says who is to be chosen; nobody is yet."""
    AWARDS = "awards"
    SIGNS = "signs"
    """It tells of a contract that is entered into."""
    CHANGES = "changes"
    REPORTS = "reports"
    ENDS = "ends"
    SETS_UP = "sets up"
    """It sets up, changes or closes a dynamic market."""


class NoticeLevel(StrEnum):
    """What the effect of a notice is on: all of it, or one part each time."""

    PROCUREMENT = "procurement"
    LOTS = "lots"
    AWARDS = "awards"
    CONTRACTS = "contracts"
    ORGANISATION = "organisation"
    MARKET = "market"


@dataclass(frozen=True)
class NoticeType:
    """One sort of notice, as a row of a table: the only place that says what it means.

    `law` sets the duty, `content` says what the notice must hold. `when` is
    when it is due, in plain words. `effect` is what it does, `level` to what, and
    `stage` the stage of a commission that it opens or tells of. `rule` names the
    clock that gives its deadline, `light_touch_rule` the one for a light touch
    contract, and `event` the day it counts from; all empty where the law sets no
    number of days. `regimes` are the values of Commission.Regime it belongs to;
    `light_touch` is false where it is not required of light touch contracts.
    `routes` are by regime those on which its stage waits for it, where not all do,
    and `without` the routes on which none does; `excused` are the grounds of a direct
    award that do without it. `explains`: it says why there is no competition.
    `duty` is the answer of an organisation that says whether it owes it.
    `section`, `document_type` and `tags` are its place in OCDS, empty where
    Find a Tender publishes none. `after` are notices of which one comes
    before it; see `validation.order_problem`.
    """

    code: str
    name: str = Translated()
    law: str = Translated()
    content: str
    when: str = Translated()
    effect: NoticeEffect
    level: NoticeLevel = NoticeLevel.PROCUREMENT
    stage: str = ""
    regimes: tuple[str, ...] = (ACT,)
    duty: str = ""
    rule: str = ""
    light_touch_rule: str = ""
    event: str = ""
    light_touch: bool = True
    routes: Mapping[str, tuple[str, ...]] | None = None
    without: tuple[str, ...] = ()
    excused: tuple[str, ...] = ()
    explains: bool = False
    section: str = ""
    document_type: str = ""
    tags: tuple[str, ...] = ()
    status: str = ""
    after: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return f"{self.code}: {lower_first(self.name)}"

    @property
    def first_tags(self) -> tuple[str, ...]:
        """The OCDS tags of the notice as first published, not of a later change."""
        first = [t for t in self.tags if not t.endswith(("Update", "Amendment"))]
        return tuple(first) or self.tags

    @property
    def about(self) -> str:
        """What it concerns: a commission, the organisation, or a market."""
        apart = self.level in (NoticeLevel.ORGANISATION, NoticeLevel.MARKET)
        return self.level.value if apart else "commission"

    @property
    def lists_procurements(self) -> bool:
        return self.effect == NoticeEffect.LISTS

    @property
    def engages_market(self) -> bool:
        return self.effect == NoticeEffect.ENGAGES

    @property
    def opens_tender(self) -> bool:
        return self.effect == NoticeEffect.OPENS and self.stage == "tender"

    @property
    def opens_direct_award(self) -> bool:
        """Whether a provider is to be chosen without a competition, under the Act."""
        return self.stage == "direct_award"

    @property
    def opens_choosing(self) -> bool:
        """Whether it opens a stage before the choice: the market is asked, or providers."""
        return (
            self.engages_market
            or self.opens_direct_award
            or self.effect == NoticeEffect.OPENS
        )

    @property
    def begins_procurement(self) -> bool:
        """Whether a procurement that ends after it needs a notice of that.

        Section 55 of the Act; under the NHS regime regulation 15.
        """
        return self.effect in (NoticeEffect.OPENS, NoticeEffect.INTENDS)

    @property
    def starts_standstill(self) -> bool:
        return self.stage == "standstill"

    @property
    def opens_representations(self) -> bool:
        """Whether providers may object to the choice that it announces (regulation 12)."""
        return self.starts_standstill and self.effect == NoticeEffect.INTENDS

    @property
    def tells_of_choice(self) -> bool:
        """Whether it belongs to the page of a choice: under the NHS regime its opening too."""
        choice = (NoticeEffect.INTENDS, NoticeEffect.AWARDS, NoticeEffect.SIGNS)
        opens = self.effect == NoticeEffect.OPENS and PSR in self.regimes
        return self.effect in choice or opens

    @property
    def tells_of_tender(self) -> bool:
        """Whether it belongs to the page of a tender: planned, opened or called off."""
        return (
            self.effect == NoticeEffect.PLANS
            or self.opens_tender
            or self.ends_procurement
        )

    @property
    def tells_of_contract(self) -> bool:
        """Whether it belongs to the page of a contract, whatever its OCDS tags."""
        return ACT in self.regimes and self.level in (
            NoticeLevel.AWARDS,
            NoticeLevel.CONTRACTS,
        )

    @property
    def awards(self) -> bool:
        return self.effect == NoticeEffect.AWARDS

    @property
    def signs_contract(self) -> bool:
        return self.effect == NoticeEffect.SIGNS

    @property
    def changes_contract(self) -> bool:
        return (
            self.effect == NoticeEffect.CHANGES and self.level == NoticeLevel.CONTRACTS
        )

    @property
    def reports_performance(self) -> bool:
        return (
            self.effect == NoticeEffect.REPORTS and self.level == NoticeLevel.CONTRACTS
        )

    @property
    def ends_contract(self) -> bool:
        return self.effect == NoticeEffect.ENDS and self.level == NoticeLevel.CONTRACTS

    @property
    def ends_procurement(self) -> bool:
        return self.effect == NoticeEffect.ENDS and self.level == NoticeLevel.LOTS

    def is_asked(self, regime: str, route: str) -> bool:
        """Tell whether its stage waits for it under a regime, on a route."""
        if regime not in self.regimes or route in self.without:
            return False
        routes = (self.routes or {}).get(regime)
        return routes is None or route in routes


def notice_cited(notice: NoticeType) -> str:
    """Name a notice inside a sentence: contract award notice (UK6)."""
    return f"{lower_first(notice.name)} ({notice.code})"


def lower_first(name: str) -> str:
    """Write a name as it reads inside a sentence."""
    return name if name.startswith("NHS") else f"{name[0].lower()}{name[1:]}"
