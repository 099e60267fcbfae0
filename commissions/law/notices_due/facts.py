"""What the dates of notices depend on: the plain facts of one commission."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from commissions.law.lifecycle import LINE
from commissions.law.notices import notice_type
from commissions.law.regimes import BEGAN
from commissions.law.thresholds import at_least, is_large

DIRECT = "direct_award"
BEGINNINGS = ("tender", "evaluation", DIRECT)
"""The stages with which a procurement begins."""


@dataclass(frozen=True)
class PublishedNotice:
    """A notice that its platform has published: its code and its day in London."""

    code: str
    on: date


@dataclass(frozen=True)
class ContractChanged:
    """A change to a signed contract.

    `needs` are the sentences that say why the law wants a notice before it;
    `added` is what it adds to the value, `amount` what the value came to, where it
    moved; both in pounds excluding VAT.
    """

    on: date
    needs: tuple[str, ...] = ()
    added: Decimal = Decimal(0)
    amount: Decimal | None = None


@dataclass(frozen=True)
class ContractSigned:
    """A contract: its days, its value in pounds, its indicators and changes.

    `amount` excludes VAT, `gross` includes it. `longest_end` is the end if
    every extension is used; `ended_on` the day it ended, if it is recorded.
    `copied_on` is the day its copy was published, `changed_copied_on` that of the
    newest copy of it as changed.
    """

    name: str = ""
    signed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    longest_end: date | None = None
    ended_on: date | None = None
    amount: Decimal | None = None
    gross: Decimal | None = None
    indicators: int = 0
    changes: tuple[ContractChanged, ...] = ()
    copied_on: date | None = None
    changed_copied_on: date | None = None

    def end(self, today: date) -> date | None:
        """Return the day it ended, by the record or by its term; None while it runs."""
        if self.ended_on:
            return self.ended_on if self.ended_on <= today else None
        last = max(filter(None, [self.ends_on, self.longest_end]), default=None)
        return self.ends_on if last and last < today else None

    @property
    def over_five_million(self) -> bool | None:
        """Whether it is worth more than £5 million with VAT; None where unknown."""
        return is_large(self.amount, self.gross)


@dataclass(frozen=True)
class NoticeFacts:
    """One commission on a day, as the rules of its notices need it.

    `regime`, `route` and `stage` are codes of Commission; `nation` one of
    Organisation. `value` is the highest and `least` the lowest, in
    pounds, with VAT where `vat` is "included".
    `reached` and `planned` are the days of stages, `decided_on` that of the
    newest award and `standstill_ends_on` the end of its standstill.
    `chosen_by_user` is the user’s own choice (Schedule 5, paragraph 15),
    `urgent` an urgent award under the NHS regime (regulation 14).
    """

    today: date
    regime: str
    route: str = "not_decided"
    light_touch: bool = False
    stage: str = "intention"
    nation: str = "england"
    central: bool = False
    works: bool = False
    value: Decimal | None = None
    least: Decimal | None = None
    vat: str = "not_stated"
    reached: Mapping[str, date] = field(default_factory=dict)
    planned: Mapping[str, date] = field(default_factory=dict)
    decided_on: date | None = None
    standstill_ends_on: date | None = None
    contracts: tuple[ContractSigned, ...] = ()
    published: tuple[PublishedNotice, ...] = ()
    chosen_by_user: bool = False
    urgent: bool = False
    far = date.max

    @property
    def began_on(self) -> date:
        """The day its procurement began, as far as a notice or a stage tells; else today."""
        days = [
            each.on
            for each in self.published
            if notice_type(each.code).begins_procurement
        ]
        days += [on for stage, on in self.reached.items() if stage in BEGINNINGS]
        return min(days, default=self.today)

    @property
    def way(self) -> str:
        """The route, or direct award where the commission has come to that stage."""
        direct = self.stage == DIRECT or DIRECT in self.reached
        return DIRECT if direct else self.route

    def days_of(self, *codes: str) -> list[date]:
        return sorted(each.on for each in self.published if each.code in codes)

    def first(self, *codes: str, since: date | None = None) -> date | None:
        """Return the first such day, on or after a day."""
        found = (on for on in self.days_of(*codes) if since is None or on >= since)
        return next(found, None)

    def since_or_any(self, code: str, since: date) -> date | None:
        """Return the first such day since a day, or else the first of all.

        A notice that came before its time is not one that is missing.
        """
        return self.first(code, since=since) or self.first(code)

    def past(self, stage: str) -> bool:
        """Tell whether it stands at a stage of the line, or after it."""
        here = "tender" if self.stage == DIRECT else self.stage
        return here in LINE and LINE.index(here) >= LINE.index(stage)

    def worth_at_least(self, limit: Decimal) -> bool | None:
        """Tell whether it is worth an amount with VAT; None where that is unknown.

        Of a range, the highest value has to be below it, or the lowest not.
        """
        if self.worth(self.value, limit) is False:
            return False
        least = self.value if self.least is None else self.least
        return self.worth(least, limit) or None

    def worth(self, value: Decimal | None, limit: Decimal) -> bool | None:
        """Tell whether one value comes to a limit, VAT included."""
        gross = value if self.vat == "included" else None
        return at_least(limit, value, gross)

    def signatures(self) -> tuple[ContractSigned, ...]:
        """Return the contracts that are signed, under the law that now governs.

        Where none has its day, the day on which the stage “contract” came
        stands for it.
        """
        began = BEGAN.get(self.regime, date.min)
        return tuple(each for each in self.dated() if each.signed_on >= began)

    def earlier(self) -> tuple[ContractSigned, ...]:
        """Return the contracts that were signed before the law began."""
        now = self.signatures()
        return tuple(each for each in self.dated() if each not in now)

    def dated(self) -> tuple[ContractSigned, ...]:
        """Return the contracts that have a day of signature, or one that stands for it."""
        found = tuple(each for each in self.contracts if each.signed_on)
        came = self.reached.get("contract")
        if found or not came:
            return found
        return tuple(
            ContractSigned(**{**each.__dict__, "signed_on": came})
            for each in self.contracts or (ContractSigned(),)
        )
