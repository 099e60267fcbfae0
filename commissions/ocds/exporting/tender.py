"""The tender of a release: what is to be bought, how, for how much, and by when."""

from commissions.models import CpvCode, Tender
from commissions.ocds.exporting.values import (
    LAST,
    ocds_moment,
    ocds_number,
    ocds_period,
    ocds_value,
)
from commissions.ocds.importing.mapping.tender import LANGUAGES

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
BASES = {
    "procurement_act": ACT,
    "below_threshold": ACT,
    "psr": PSR,
    "psr_wales": {"scheme": "WSI", "id": "2025/99"},
    "scotland": {"scheme": "SSI", "id": "2015/446"},
    "scotland_utilities": {"scheme": "SSI", "id": "2016/49"},
    "scotland_concessions": {"scheme": "SSI", "id": "2016/65"},
    "old_regulations": {"scheme": "UKSI", "id": "2015/102"},
}
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
        "id": row.own_reference or commission.reference,
        "title": commission.title,
        "description": commission.summary or commission.need,
        "status": status or "planning",
        "legalBasis": BASES.get(commission.regime),
        "aboveThreshold": THRESHOLD.get(commission.regime),
        "specialRegime": ["lightTouch"] if commission.light_touch else None,
        "mainProcurementCategory": row.category,
        "procurementMethod": METHODS.get(commission.route) or row.method,
        "procurementMethodDetails": row.method_details
        or (commission.get_route_display() if known else ""),
        "procurementMethodRationale": direct.explanation
        if direct
        else row.no_competition_because,
        "value": tender_value(commission, row),
        "items": tender_items(commission, row),
        "contractPeriod": ocds_period(commission.starts_on, commission.ends_on),
        "hasRenewal": bool(commission.extension) or None,
        "renewal": {"description": commission.extension},
        "lots": with_criteria(lots, row, commission.title),
        "selectionCriteria": {"description": row.conditions},
        "submissionMethodDetails": row.how_to_bid,
        "riskDetails": row.risks,
        "lotDetails": {
            "noLotsDivisionRationale": ""
            if lots and commission.kept_here
            else row.no_lots_because
        },
        "suitability": {"sme": row.suits_sme, "vcse": row.suits_vcse},
        "tenderPeriod": ocds_period(row.opens_at, row.closes_at),
        "enquiryPeriod": {"endDate": ocds_moment(row.questions_close_at)},
        "awardPeriod": {"endDate": ocds_moment(row.award_expected_on, LAST)},
        "communication": {
            "futureNoticeDate": ocds_moment(planned.get("tender")),
            "atypicalToolUrl": row.platform_url,
        },
        "hasOptions": bool(row.options) or None,
        "options": {"description": row.options},
        "submissionTerms": {"languages": language_codes(row.languages)},
        "otherRequirements": {
            "reservedParticipation": list(filter(None, row.reserved_for.split(","))),
            "reservedParticipationLocation": {"description": row.reserved_place},
        },
    }


def language_codes(words):
    """Return the codes of languages named in words, as they are imported."""
    codes = {name: code for code, name in LANGUAGES.items()}
    return [codes[name] for name in codes if name in words]


def tender_value(commission, row):
    """Return the value without and with VAT: the tender's, or else the plan's."""
    if row.amount or row.amount_gross:
        return ocds_value(row.amount, row.amount_gross, row.currency)
    if commission.value_vat == commission.Vat.INCLUDED:
        return ocds_value(None, commission.value_max)
    return ocds_value(commission.value_max)


def tender_items(commission, row):
    """Return what is bought as one item, with its CPV codes and places."""
    codes = [c for c in (row.cpv, *row.other_cpv.split(", ")) if c]
    words = CpvCode.objects.in_bulk(codes, field_name="code") if codes else {}
    coded = [
        {
            "scheme": "CPV",
            "id": code,
            "description": words[code].description if code in words else "",
        }
        for code in codes
    ]
    areas = commission.areas.select_related("parent").prefetch_related(
        "codes", "parent__codes"
    )
    places = [delivery_address(area) for area in areas]
    if not (coded or places):
        return None
    return [
        {"id": "1", "additionalClassifications": coded, "deliveryAddresses": places}
    ]


def delivery_address(area):
    """Return an area by its ITL code; a smaller one by name, inside the one around it."""
    own, around = itl_code(area), itl_code(area.parent) if area.parent else ""
    return {
        "locality": "" if own else area.name,
        "region": own or around or area.name,
        "country": "GB",
        "countryName": "United Kingdom",
    }


def itl_code(area):
    codes = {each.scheme: each.value for each in area.codes.all()}
    return codes.get("ITL", "")


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
            "status": lot.status if lot.status in LOT_STATES else "",
            "value": ocds_value(lot.amount, lot.amount_gross, lot.currency),
            "contractPeriod": {
                **ocds_period(lot.starts_on, lot.ends_on),
                **durations(lot.duration),
            },
            "hasRenewal": bool(lot.extension) or None,
            "renewal": {"description": lot.extension},
            "hasOptions": bool(lot.options) or None,
            "options": {"description": lot.options},
            "selectionCriteria": {"description": lot.conditions},
        }
        for lot in lots
    ]


LOT_STATES = {
    "planning",
    "planned",
    "active",
    "cancelled",
    "unsuccessful",
    "complete",
    "withdrawn",
}


def durations(words):
    """Return a length of time as OCDS and its UK extension write it."""
    number, _, unit = words.replace(",", "").partition(" ")
    keys = {"month": "durationInMonths", "day": "durationInDays"}
    key = keys.get(unit.removesuffix("s"))
    return {key: int(number)} if key and number.isdigit() else {}


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
