"""What a commission said of itself at a time, as plain values for the record.

The verbs that publish an intention and announce a consultation put this among
the facts of their entry, so that what people were asked about can be set
beside what was tendered later (`commissions.public.changes.comparison`). Amounts are
pounds as "1200000.00", days are ISO dates.
"""

from django.core.exceptions import ObjectDoesNotExist

MOST = 100  # lots, and criteria: an entry of the record has 65,535 bytes at most
LONGEST = 120  # characters of the name of a lot or a criterion


def iso_value(value):
    """Write a date or a time for the record."""
    return value.isoformat() if value else None


def pounds(value):
    """Write an amount for the record."""
    return None if value is None else f"{value:.2f}"


def announced_dates(commission):
    """Return the facts of the entry that publishes an intention."""
    return {
        "title": commission.title,
        "organisation": commission.organisation.record_name,
        "holder": (commission.post or commission.committee).record_name,
        "stated": stated_facts(commission),
    }


def stated_facts(commission):
    """Return what a commission says now of money, days, lots and criteria."""
    return {
        "value": [
            pounds(commission.value_min),
            pounds(commission.value_max),
            commission.value_vat,
        ],
        "starts_on": iso_value(commission.starts_on),
        "ends_on": iso_value(commission.ends_on),
        "extension": commission.extension,
        "regime": commission.regime,
        "route": commission.route,
        "dates": {
            date.stage: [
                iso_value(date.actual_on or date.planned_on),
                date_precision(date),
            ]
            for date in commission.stage_dates.all()
        },
        **stated_of_tender(commission),
    }


def date_precision(date):
    """Return how much of a stage's date is meant: a day that came is that day."""
    return "day" if date.actual_on else date.precision


def stated_of_tender(commission):
    """Return the lots and criteria that are stated, with the tender's own value."""
    try:
        tender = commission.tender
    except ObjectDoesNotExist:
        return {}
    lots = list(tender.lots.all()[: MOST + 1])
    criteria = tender.criteria.select_related("lot")[: MOST + 1]
    return {
        "tender": {
            "amount": pounds(tender.amount),
            "amount_gross": pounds(tender.amount_gross),
            "closes": iso_value(tender.closes_at),
        },
        "lots": [[str(lot)[:LONGEST], pounds(lot.amount)] for lot in lots[:MOST]],
        "criteria": [
            [criterion_name(each), each.kind, pounds(each.weight)]
            for each in list(criteria)[:MOST]
        ],
    }


def criterion_name(criterion):
    """Name a criterion, with its lot where it is of one."""
    of = f"{criterion.lot}"[:LONGEST] + ": " if criterion.lot else ""
    return f"{of}{criterion.name[:LONGEST]}"
