"""Contracts in words: where one stands, its suppliers with their numbers, its row."""

from django.utils import timezone

from commissions.contracts.models import OVER
from commissions.text.formats import amount, how_far, on_day
from commissions.text.labels import REGISTERS

SOON = 366  # days: within a year somebody should know what comes next
CHARITIES = ("GB-CHC", "GB-SC", "GB-NIC")
FIRST = ("GB-COH", *CHARITIES, "GB-MPR")
"""The registers whose numbers name a supplier; other numbers come after."""


def is_over(contract, today):
    """Tell whether a contract is over on a day."""
    if contract.ended_on:
        return contract.ended_on <= today
    past = contract.ends_on is not None and contract.ends_on < today
    return past or contract.status in OVER


def standing(contract, today):
    """Say where a contract stands, with the colour of its tag."""
    if not contract.is_signed:
        return "Proposed, not signed", "yellow"
    if contract.ended_on or contract.status in OVER:
        return "Ended", ""
    if contract.ends_on and contract.ends_on < today:
        return "Term over, end not recorded", "yellow"
    if contract.starts_on and contract.starts_on > today:
        return "Signed, not started", "blue"
    return "Running", "green"


def ends(contract, today):
    """Say when a contract ends or ended; nothing where that is not known."""
    if contract.ended_on:
        return f"Ended on {on_day(contract.ended_on)}"
    if not contract.ends_on:
        return ""
    lead = "Term ended" if contract.ends_on < today else "Ends"
    return f"{lead} on {on_day(contract.ends_on)}, {how_far(contract.ends_on, today)}"


def ends_soon(contract, today):
    """Tell whether a contract that runs ends within a year."""
    return bool(
        contract.is_signed
        and not is_over(contract, today)
        and contract.ends_on
        and (contract.ends_on - today).days <= SOON
    )


def number_of(scheme, value):
    """Write a number with its register's name: Companies House number 01234567."""
    return f"{REGISTERS.get(scheme, scheme)} {value}"


def in_order(identifiers):
    """Put (scheme, value) of the registers of firms and charities first."""
    place = {scheme: position for position, scheme in enumerate(FIRST)}
    return sorted(identifiers, key=lambda pair: (place.get(pair[0], len(FIRST)), *pair))


def row(contract):
    """Present one contract as an item of the register.

    Fetch with it its commission with the organisation, its suppliers, and in
    `next_up` the public commissions that replace it.
    """
    today = timezone.localdate()
    label, colour = standing(contract, today)
    return {
        "title": str(contract),
        "url": contract.get_absolute_url(),
        "reference": contract.reference,
        "label": label,
        "colour": colour,
        "suppliers": [body.name for body in contract.suppliers.all()],
        "organisation": contract.commission.organisation.name,
        "department": department(contract),
        "amount": amount(contract.amount, contract.amount_gross, contract.currency),
        "ends": ends(contract, today),
        "next": contract.next_up,
        "asks_next": ends_soon(contract, today),
    }


def department(contract):
    """Name the department responsible: as written, or the team or title of the post."""
    if contract.department or not contract.post:
        return contract.department
    return contract.post.team or contract.post.title
