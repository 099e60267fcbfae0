"""Awards and contracts as plain values, for `commissions.ocds.exporting.release`."""

from commissions.ocds.exporting.plainly import body, moment, number
from commissions.ocds.importing.mapping.awards_contracts import BIDS

AWARD_STATES = {"pending", "active", "cancelled", "unsuccessful"}
CONTRACT_STATES = {"pending", "active", "cancelled", "terminated"}


def award(each):
    """Return one award."""
    return {
        "id": each.award_id,
        "title": each.title,
        "reasons": each.reasons or each.description,
        "status": each.status if each.status in AWARD_STATES else "pending",
        "decided": moment(each.decided_on),
        "amount": number(each.amount),
        "gross": number(each.amount_gross),
        "suppliers": [body(supplier) for supplier in each.suppliers.all()],
        "starts": moment(each.starts_on),
        "ends": moment(each.ends_on),
        "standstill_ends": moment(each.standstill_ends_on),
        "lots": [one.lot_id for one in each.lots.all()],
        "bids": {measure: getattr(each, name) for measure, name in BIDS.items()},
    }


def chosen(commission):
    """Return its awards; where none is kept, what a direct award or a contract tells."""
    rows = commission.awards.prefetch_related("suppliers__identifiers", "lots")
    found = [award(each) for each in rows] or without_award(commission)
    alone = signed(commission).filter(award=None) if rows or not found else ()
    return [*found, *map(behind, alone)]


def behind(contract):
    """Return the award behind a contract that came without one: it names the supplier."""
    return {
        "id": award_of(contract),
        "title": contract.title,
        "reasons": "",
        "status": "active",
        "decided": None,
        "amount": number(contract.amount),
        "gross": number(contract.amount_gross),
        "suppliers": [body(supplier) for supplier in contract.suppliers.all()],
        "starts": moment(contract.starts_on),
        "ends": moment(contract.ends_on),
        "standstill_ends": None,
        "lots": [],
        "bids": {},
    }


def award_of(contract):
    """Return the id of the award that a contract follows."""
    if contract.award:
        return contract.award.award_id
    others = contract.commission.awards.exists()
    announced = not others and hasattr(contract.commission, "direct_award")
    return "1" if announced else f"of-contract-{contract.contract_id}"


def without_award(commission):
    """Return the award that a direct award announces, before there is one."""
    direct = getattr(commission, "direct_award", None)
    if direct is None:
        return []
    counts = direct.vat == commission.Vat.INCLUDED
    amount = number(direct.amount)
    return [
        {
            "id": "1",
            "title": commission.title,
            "reasons": direct.explanation,
            "status": "pending",
            "decided": None,
            "amount": None if counts else amount,
            "gross": amount if counts else None,
            "suppliers": [body(direct.supplier)] if direct.supplier else [],
            "starts": moment(commission.starts_on),
            "ends": moment(commission.ends_on),
            "standstill_ends": None,
            "lots": [],
            "bids": {},
        }
    ]


def signed(commission):
    """Return its contracts with all that a notice may tell of them."""
    return commission.contracts.select_related("award").prefetch_related(
        "amendments", "indicators__ratings"
    )


def contract(each):
    """Return one contract."""
    return {
        "id": each.contract_id,
        "award": award_of(each),
        "title": each.title,
        "description": each.description,
        "status": each.status if each.status in CONTRACT_STATES else "active",
        "signed": moment(each.signed_on),
        "amount": number(each.amount),
        "gross": number(each.amount_gross),
        "starts": moment(each.starts_on),
        "ends": moment(each.ends_on),
        "longest": moment(each.latest_end_on),
        "ended": moment(each.ended_on),
        "ending": each.ended_why or each.get_ending_display(),
        "no_metrics_because": each.no_indicators_because,
        "metrics": [metric(one) for one in each.indicators.all()],
        "amendments": [
            {
                "id": str(count),
                "date": moment(one.made_on),
                "description": one.changed,
                "rationale": one.reason,
            }
            for count, one in enumerate(each.amendments.all(), 1)
        ],
    }


def metric(indicator):
    """Return one key performance indicator with its ratings."""
    return {
        "id": str(indicator.pk),
        "title": indicator.title,
        "target": indicator.target,
        "ratings": [
            {
                "starts": moment(each.starts_on),
                "ends": moment(each.ends_on),
                "level": each.level,
                "name": each.get_level_display(),
                "note": each.note,
            }
            for each in indicator.ratings.all()
        ],
    }
