"""How far a change moves a contract, and whether a notice comes before it. Pure.

Procurement Act 2023 section 75: a contract change notice (UK10) is published
before a contract is modified, unless the change is small: at most 10% of the
value of goods or services, 15% of that of works, and at most 10% of the longest
term provided for when it was awarded. Light touch contracts need none.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from commissions.law.dates import days_between
from commissions.law.language import gettext

VALUE = Decimal(10)  # per cent, goods and services
WORKS = Decimal(15)  # per cent
TERM = Decimal(10)  # per cent
SOURCE = "Procurement Act 2023, section 75"


def change_in_per_cent(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    """Return a change in per cent of what was; None where that cannot be said."""
    if before is None or after is None or before <= 0:
        return None
    return (after - before) * 100 / before


def term_share(
    before: date | None, after: date | None, starts: date | None, longest: date | None
) -> Decimal | None:
    """Return how far an end moved, in per cent of the longest term; None if unknown.

    `longest` is the last day if every option is used, as it was before the
    change; where it is not known, the end before the change.
    """
    if not (before and after and starts):
        return None
    term = days_between(starts, max(longest or before, before))
    return Decimal((after - before).days * 100) / term if term > 0 else None


@dataclass(frozen=True)
class ContractChange:
    """A change to a contract: its value in pounds excluding VAT, its term in days."""

    amount_before: Decimal | None = None
    amount_after: Decimal | None = None
    ends_before: date | None = None
    ends_after: date | None = None
    starts_on: date | None = None
    longest_end: date | None = None

    @property
    def value_percent(self) -> Decimal | None:
        """The change in value, in per cent; None where it does not change."""
        return change_in_per_cent(self.amount_before, self.amount_after)

    @property
    def term_percent(self) -> Decimal | None:
        """The change in term, in per cent of the longest term."""
        return term_share(
            self.ends_before, self.ends_after, self.starts_on, self.longest_end
        )


def why_change_notice(
    change: ContractChange, *, regime: str, light_touch: bool, works: bool
) -> list:
    """Say, as sentences, why the law asks for a change notice; none where it does not.

    `regime` is a value of Commission.Regime.
    """
    if regime != "procurement_act" or light_touch:
        return []
    limit = WORKS if works else VALUE
    what = gettext("works") if works else gettext("goods or services")
    value, term = change.value_percent, change.term_percent
    said = []
    if value is not None and abs(value) > limit:
        said.append(
            gettext(
                "The value changes by {share}: more than {limit}% for {what}."
            ).format(share=per_cent_in_words(value), limit=limit, what=what)
        )
    if term is not None and abs(term) > TERM:
        said.append(
            gettext(
                "The term changes by {share}: more than {term}% of the "
                "longest term agreed at the award."
            ).format(share=per_cent_in_words(term), term=TERM)
        )
    return said


def per_cent_in_words(number: Decimal) -> str:
    """Write a share: 12.5%, 40%, less than 0.1%; without its sign."""
    number = abs(number)
    if 0 < number < Decimal("0.05"):
        return gettext("less than 0.1%")
    return f"{number.quantize(Decimal('0.1')).normalize():f}%"
