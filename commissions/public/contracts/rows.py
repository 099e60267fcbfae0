"""A contract as an item of a list, and the words that its page shares with it."""

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext

from commissions.commission.models import worth
from commissions.contracts.models import ContractState
from commissions.models import Commission
from commissions.text.formats import how_far, on_day
from commissions.text.labels import REGISTERS

COLOURS = {
    ContractState.PROPOSED: "yellow",
    ContractState.TO_START: "blue",
    ContractState.RUNNING: "green",
    ContractState.TERM_OVER: "yellow",
    ContractState.ENDED: "",
}
"""The colour of the tag that says in what state a contract is."""

CHARITIES = ("GB-CHC", "GB-SC", "GB-NIC")
FIRST = ("GB-COH", *CHARITIES, "GB-MPR")
"""The registers whose numbers name a supplier; other numbers come after."""


class ContractRow:
    """One contract as an item of the register, on a day; read it by `described`."""

    def __init__(self, contract, on):
        self.contract = contract
        self.standing = contract.standing(on)
        kept_here = contract.commission.kept_here
        self.state = self.standing.label_of(contract.commission)
        self.colour = COLOURS[self.standing.state] if kept_here else ""
        self.lacks_next = kept_here and self.standing.ends_soon
        self.suppliers = [body.name for body in contract.suppliers.all()]
        self.department = department_of_post(contract)
        self.amount = amount_of(contract)
        self.ends = end_in_words(contract, on)


def describe_contracts(contracts, on):
    """Say contracts in words; read, in a query each, who supplies and what replaces them."""
    with_names(contracts)
    return [ContractRow(contract, on) for contract in contracts]


def with_names(contracts, *more):
    """Read, in a query each, who supplies contracts and what replaces them (`next_up`)."""
    coming = replaced_by().only("reference", "title", "stage").order_by("pk")
    after = Prefetch("replaced_by", coming, to_attr="next_up")
    prefetch_related_objects(contracts, "suppliers", after, *more)
    return contracts


def replaced_by():
    """Select the commissions that can replace a contract: public, not cancelled."""
    return Commission.objects.published().exclude(stage="cancelled")


def end_in_words(contract, on):
    """Say when a contract ends or ended; nothing where that is not known."""
    if contract.ended_on:
        return gettext("Ended on {day}").format(day=on_day(contract.ended_on))
    if not contract.ends_on:
        return ""
    said = (
        gettext("Term ended on {day}, {far}")
        if contract.ends_on < on
        else gettext("Ends on {day}, {far}")
    )
    return said.format(day=on_day(contract.ends_on), far=how_far(contract.ends_on, on))


def amount_of(contract):
    return worth(contract, contract.commission)


def department_of_post(contract):
    """Name the department responsible: as written, or the team or title of the post."""
    if contract.department or not contract.post:
        return contract.department
    return contract.post.team or contract.post.title


def supplier_numbers(identifiers, schemes=None):
    """Write (scheme, value) pairs, firms' and charities' first; of some registers only."""
    place = {scheme: position for position, scheme in enumerate(FIRST)}
    kept = [pair for pair in identifiers if schemes is None or pair[0] in schemes]
    kept.sort(key=lambda pair: (place.get(pair[0], len(FIRST)), *pair))
    return [f"{REGISTERS.get(scheme, scheme)} {value}" for scheme, value in kept]
