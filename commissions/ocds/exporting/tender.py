"""The tender of a release: what is to be bought, how, for how much, and by when."""

from commissions.models import CpvCode, Tender
from commissions.ocds.exporting.values import (
    ocds_moment,
    ocds_number,
    ocds_period,
    ocds_value,
)

ACT = {
    "scheme": "UKPGA",
    "id": "2023/54",
    "uri": "https://www.legislation.gov.uk/ukpga/2023/54/contents",
}
PSR = {
    "scheme": "UKSI",
    "id": "2023/1348",
    "uri": "https://www.legislation.gov.uk/uksi/2023/1348/contents",
}
BASES = {"procurement_act": ACT, "below_threshold": ACT, "psr": PSR}
THRESHOLD = {"procurement_act": True, "below_threshold": False}
METHODS = {
    "open": "open",
    "competitive_flexible": "selective",
    "framework": "selective",
    "dynamic_market": "selective",
    "direct_award": "direct",
    "psr_a": "direct",
    "psr_b": "open",
    "psr_c": "direct",
    "psr_msp": "direct",
    "psr_competitive": "open",
}


def tender_section(commission, status):
    """Return the tender of a commission; before there is one, what is planned of it."""
    row = getattr(commission, "tender", None) or Tender()
    direct = getattr(commission, "direct_award", None)
    known = commission.route in METHODS
    lots = list(row.lots.all()) if row.pk else []
    planned = {each.stage: each.planned_on for each in commission.stage_dates.all()}
    return {
        "id": commission.reference,
        "title": commission.title,
        "description": commission.summary or commission.need,
        "status": status or "planning",
        "legalBasis": BASES.get(commission.regime),
        "aboveThreshold": THRESHOLD.get(commission.regime),
        "specialRegime": ["lightTouch"] if commission.light_touch else None,
        "mainProcurementCategory": row.category,
        "procurementMethod": METHODS.get(commission.route),
        "procurementMethodDetails": commission.get_route_display() if known else "",
        "procurementMethodRationale": direct.explanation if direct else "",
        "value": tender_value(commission, row),
        "items": tender_items(commission, row.cpv),
        "contractPeriod": ocds_period(commission.starts_on, commission.ends_on),
        "hasRenewal": bool(commission.extension) or None,
        "renewal": {"description": commission.extension},
        "lots": with_criteria(lots, row, commission.title),
        "selectionCriteria": {"description": row.conditions},
        "submissionMethodDetails": row.how_to_bid,
        "riskDetails": row.risks,
        "lotDetails": {"noLotsDivisionRationale": "" if lots else row.no_lots_because},
        "suitability": {"sme": row.suits_sme, "vcse": row.suits_vcse},
        "tenderPeriod": ocds_period(row.opens_at, row.closes_at),
        "enquiryPeriod": {"endDate": ocds_moment(row.questions_close_at)},
        "awardPeriod": {"startDate": ocds_moment(row.award_expected_on)},
        "communication": {"futureNoticeDate": ocds_moment(planned.get("tender"))},
    }


def tender_value(commission, row):
    """Return the value without and with VAT: the tender's, or else the plan's."""
    if row.amount or row.amount_gross:
        return ocds_value(row.amount, row.amount_gross)
    if commission.value_vat == commission.Vat.INCLUDED:
        return ocds_value(None, commission.value_max)
    return ocds_value(commission.value_max)


def tender_items(commission, code):
    """Return what is bought as one item, with its CPV code and places."""
    known = CpvCode.objects.filter(code=code).first() if code else None
    words = known.description if known else ""
    coded = code and [{"scheme": "CPV", "id": code, "description": words}]
    places = [
        {"region": area.name, "country": "GB", "countryName": "United Kingdom"}
        for area in commission.areas.all()
    ]
    if not (coded or places):
        return None
    return [
        {"id": "1", "additionalClassifications": coded, "deliveryAddresses": places}
    ]


def with_criteria(lots, row, title):
    """Return the lots, each with its criteria and those of the whole tender.

    OCDS has criteria on lots only: where there is no lot, the whole is one.
    """
    criteria = list(row.criteria.select_related("lot")) if row.pk else []
    if criteria and not lots:
        return [
            {"id": "1", "awardCriteria": release_criteria(criteria), "title": title}
        ]
    return [
        {
            "id": lot.lot_id,
            "awardCriteria": release_criteria(
                c for c in criteria if c.lot in (None, lot)
            ),
            "title": lot.title,
            "description": lot.description,
            "value": ocds_value(lot.amount),
            "contractPeriod": ocds_period(lot.starts_on, lot.ends_on),
        }
        for lot in lots
    ]


def release_criteria(criteria):
    """Return award criteria, their weights in per cent."""
    return {
        "criteria": [
            {
                "type": each.kind,
                "name": each.name,
                "description": each.description,
                "numbers": [
                    {"number": ocds_number(each.weight), "weight": "percentageExact"}
                ]
                if each.weight is not None
                else None,
            }
            for each in criteria
        ]
    }
