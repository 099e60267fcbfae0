"""Awards and contracts of a release: who was chosen, what was signed, how it went."""

from commissions.ocds.exporting.parties import organisation_reference
from commissions.ocds.exporting.values import (
    LAST,
    ocds_moment,
    ocds_period,
    ocds_value,
)
from commissions.ocds.importing.mapping.awards import BIDS

AWARD_STATES = {"pending", "active", "cancelled", "unsuccessful"}
CONTRACT_STATES = {"pending", "active", "cancelled", "terminated"}


def awards(commission):
    """Return (award, its suppliers) for each award.

    Where none is kept: what a direct award announces. A contract that came without
    an award has one of its own, which names its supplier.
    """
    rows = commission.awards.prefetch_related("suppliers__identifiers", "lots")
    found = [release_award(each) for each in rows] or direct_award(commission)
    alone = signed_contracts(commission).filter(award=None) if rows or not found else ()
    return [*found, *map(award_of_contract, alone)]


def release_award(row):
    """Return one award, with its suppliers."""
    suppliers = list(row.suppliers.all())
    columns = {
        "id": row.award_id,
        "title": row.title,
        "description": row.reasons or row.description,
        "status": row.status if row.status in AWARD_STATES else "pending",
        "date": ocds_moment(row.decided_on),
        "value": ocds_value(row.amount, row.amount_gross, row.currency),
        "mainProcurementCategory": row.category,
        "items": [
            {"id": str(place), "description": line}
            for place, line in enumerate(row.items.splitlines(), 1)
        ],
        "suppliers": [organisation_reference(body) for body in suppliers],
        "contractPeriod": ocds_period(row.starts_on, row.ends_on),
        "standstillPeriod": {"endDate": ocds_moment(row.standstill_ends_on, LAST)},
        "relatedLots": [lot.lot_id for lot in row.lots.all()],
    }
    return columns, suppliers


def direct_award(commission):
    """Return the award that a direct award announces, before there is one."""
    direct = getattr(commission, "direct_award", None)
    if direct is None:
        return []
    with_vat = direct.vat == commission.Vat.INCLUDED
    suppliers = [direct.supplier] if direct.supplier else []
    columns = {
        "id": "1",
        "title": commission.title,
        "description": direct.explanation,
        "status": "pending",
        "value": ocds_value(None, direct.amount)
        if with_vat
        else ocds_value(direct.amount),
        "suppliers": [organisation_reference(body) for body in suppliers],
        "contractPeriod": ocds_period(commission.starts_on, commission.ends_on),
    }
    return [(columns, suppliers)]


def award_of_contract(contract):
    """Return the award of a contract that came without one."""
    suppliers = list(contract.suppliers.all())
    columns = {
        "id": award_id(contract),
        "title": contract.title,
        "status": "active",
        "value": ocds_value(contract.amount, contract.amount_gross, contract.currency),
        "suppliers": [organisation_reference(body) for body in suppliers],
        "contractPeriod": ocds_period(contract.starts_on, contract.ends_on),
    }
    return columns, suppliers


def award_id(contract):
    """Return the id of the award that a contract follows."""
    if contract.award:
        return contract.award.award_id
    others = contract.commission.awards.exists()
    announced = not others and hasattr(contract.commission, "direct_award")
    return "1" if announced else f"of-contract-{contract.contract_id}"


def bid_statistics(commission):
    """Return how many bids each award was chosen from, as Find a Tender counts them."""
    counted = []
    for row in commission.awards.prefetch_related("lots"):
        lots = [lot.lot_id for lot in row.lots.all()]
        lot = lots[0] if len(lots) == 1 else None
        counted += [(lot, key, getattr(row, name)) for key, name in BIDS.items()]
    stated = [each for each in counted if each[2] is not None]
    return [
        {"id": str(place), "measure": measure, "value": value, "relatedLot": lot}
        for place, (lot, measure, value) in enumerate(stated, 1)
    ]


def signed_contracts(commission):
    """Return its contracts with all that a notice may say of them."""
    return commission.contracts.select_related("award").prefetch_related(
        "amendments", "indicators__ratings"
    )


def release_contract(row, kind):
    """Return one contract, as its details, change, performance or end notice says it."""
    changed = kind.changes_contract
    status = row.status if row.status in CONTRACT_STATES else "active"
    return {
        "id": row.contract_id,
        "awardID": award_id(row),
        "title": row.title,
        "description": row.description,
        "status": "terminated" if kind.ends_contract else status,
        "dateSigned": ocds_moment(row.signed_on),
        "value": ocds_value(row.amount, row.amount_gross, row.currency),
        "hasRenewal": bool(row.extension) or None,
        "renewal": {"description": row.extension},
        "hasOptions": bool(row.options) or None,
        "options": {"description": row.options},
        "period": ocds_period(row.starts_on, row.ends_on, row.latest_end_on),
        "agreedMetrics": [release_indicator(each) for each in row.indicators.all()],
        "noAgreedMetricsRationale": row.no_indicators_because,
        "amendments": amendments(row) if changed else None,
        "implementation": contract_implementation(row, kind),
    }


def amendments(contract):
    """List what was changed and why, in order."""
    return [
        {
            "id": str(count),
            "date": ocds_moment(each.made_on),
            "description": each.changed,
            "rationale": each.reason,
            "value": ocds_value(each.amount_after, each.gross_after, contract.currency),
            "period": {"endDate": ocds_moment(each.ends_after, LAST)},
        }
        for count, each in enumerate(contract.amendments.all(), 1)
    ]


def release_indicator(row):
    return {"id": str(row.pk), "title": row.title, "description": row.target}


def contract_implementation(contract, kind):
    """Return how a contract went: its ratings, or its end."""
    if kind.ends_contract:
        why = contract.ended_why or contract.get_ending_display()
        return {"endDate": ocds_moment(contract.ended_on, LAST), "endDateDetails": why}
    if not kind.reports_performance:
        return None
    return {"metrics": [rated_indicator(each) for each in contract.indicators.all()]}


def rated_indicator(row):
    """Return one indicator with its ratings."""
    observations = [
        {
            "id": str(count),
            "period": ocds_period(rating.starts_on, rating.ends_on),
            "measureClassification": {
                "id": rating.level,
                "description": rating.get_level_display(),
            },
            "notes": rating.note,
        }
        for count, rating in enumerate(row.ratings.all(), 1)
    ]
    return {**release_indicator(row), "observations": observations}
