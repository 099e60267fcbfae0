"""The copies of a contract as changed, as its page shows them (Act, section 77)."""

from commissions.law.notices_due import Facts, Signed, State, contract_copies
from commissions.law.notices_due.inputs import BEGAN
from commissions.procurement import notice_facts
from commissions.public.commission.page import web
from commissions.public.notices.owed import shown


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
        changes=tuple(notice_facts.changes(contract, amendments, options)),
        changed_copied_on=contract.changed_copy_published_on,
    )
    found = contract_copies.owed(facts, signed) if governed(facts, signed) else ()
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
