"""Whether the copy of a contract is published, or by when it must be. Pure.

Procurement Act 2023 section 53(3): a contract worth more than £5 million, VAT
included, is published within 90 days of the day it was entered into, within
180 days if it is light touch.
"""

from dataclasses import dataclass
from datetime import date

from commissions.law.deadlines import contract_copy_rule, count
from commissions.law.notices_due import Facts, Signed, State
from commissions.law.notices_due.contracts import changed_copies
from commissions.law.regimes import BEGAN
from commissions.procurement import notices
from commissions.public.commission.page import web
from commissions.public.notices.notices_due import shown
from commissions.text.formats import on_day


@dataclass(frozen=True)
class Copy:
    """What is to be said: a sentence, whether it is late, the working, the law."""

    said: str
    late: bool = False
    counting: str = ""
    source: str = ""


def copy_due(
    signed_on: date | None,
    regime: str,
    light_touch: bool,
    large: bool | None,
    today: date,
) -> Copy:
    """Say what the law asks of a contract whose copy is not published here.

    `large` is what `thresholds.is_large` tells; `regime` a value of Commission.Regime.
    """
    if regime != "procurement_act":
        return Copy("Not published. The law it runs under asks for no copy.")
    if large is False:
        return Copy(
            "Not published. The law asks for a copy of contracts worth more than "
            "£5 million, VAT included."
        )
    if signed_on is None:
        return Copy("Not published. The day it was signed is not stated.")
    if signed_on < BEGAN[regime]:
        return Copy("Not published. It was signed before the law asked for a copy.")
    clock = count(contract_copy_rule(light_touch=light_touch), signed_on)
    late = today > clock.date
    when = f"{'It was' if late else 'It is'} due by {on_day(clock.date)}"
    if large is None:
        when += ", if the contract is worth more than £5 million with VAT"
        late = False
    return Copy(f"Not published yet. {when}.", late, clock.counting, clock.source)


# The copies of a contract as changed, as its page shows them (Act, section 77).


def changed_copies_of(contract, amendments, options, today):
    """List where the copy of a contract as changed is, or by when it must be."""
    commission = contract.commission
    facts = Facts(
        today,
        commission.regime,
        light_touch=commission.light_touch,
        nation=commission.organisation.nation,
    )
    signed = Signed(
        signed_on=contract.signed_on,
        amount=contract.amount,
        gross=contract.amount_gross,
        changes=tuple(notices.changes(contract, amendments, options)),
        changed_copied_on=contract.changed_copy_published_on,
    )
    found = changed_copies(facts, signed) if governed(facts, signed) else ()
    return [
        {
            **shown(due),
            "late": due.state == State.LATE,
            "on": due.published_on,
            "url": web(contract.changed_copy_url),
        }
        for due in found
    ]


def governed(facts, signed):
    """Tell whether a contract was signed under the law that asks for copies."""
    began = BEGAN["procurement_act"]
    under = facts.regime == "procurement_act"
    return under and bool(signed.signed_on) and signed.signed_on >= began
