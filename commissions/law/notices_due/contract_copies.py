"""The copy of a contract as changed, or of the change (Procurement Act 2023, s.77).

Within 90 days of a change that has a change notice (UK10), where the contract
is then worth more than £5 million including VAT. A change that needs no such
notice, as none of a light touch contract does, needs no such copy. A copy
published on or after the day of a change holds that change, and those before.
"""

from decimal import Decimal

from commissions.law.notices_due.due_notice import State, clocked, day, plain
from commissions.law.thresholds import more_than

AS_CHANGED = "Copy of the contract as changed"
SOURCE = "Procurement Act 2023, section 77"
RULE = "pa_modified_contract_copy"
WITHOUT = {"wales", "northern_ireland"}
LIMIT = Decimal(5_000_000)  # pounds, including VAT


def owed(facts, contract, about=""):
    """Yield the copy that each qualifying change of a contract asks for.

    Of the changes that one copy holds, only the newest is told.
    """
    if facts.light_touch or facts.nation in WITHOUT:
        return
    qualifying = [
        each
        for each in contract.changes
        if each.needs and worth_more(each, contract) is not False
    ]
    copied = contract.changed_copied_on
    held = [each for each in qualifying if copied and each.on <= copied]
    for change in [*held[-1:], *(each for each in qualifying if each not in held)]:
        yield one_copy(facts, contract, change, about)


def worth_more(change, contract):
    """Tell whether the contract is worth more than £5 million once so changed.

    None where that is not known. The value after the change, where it moved.
    """
    if change.amount is None:
        return contract.over_five_million
    return more_than(LIMIT, change.amount)


def one_copy(facts, contract, change, about):
    """Return the copy that one change asks for, with its clock."""
    changed = f"The contract was changed on {day(change.on)}"
    copied = contract.changed_copied_on
    out = copied if copied and copied >= change.on else None
    more = {"about": about, "part": AS_CHANGED, "published_on": out}
    if worth_more(change, contract) is None and not out:
        why = (
            f"{changed}. A copy is needed if it is then worth more than £5 million "
            "with VAT. That is not known here."
        )
        return plain(facts, "UK10", State.NOT_YET, why, source=SOURCE, **more)
    why = f"{changed}, and is worth more than £5 million with VAT."
    return clocked(facts, "UK10", RULE, change.on, why, **more)
