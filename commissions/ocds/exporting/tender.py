"""The tender of a release: plain dicts in, plain dicts out."""

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


def money(amount, gross):
    """Return a value in pounds; `gross` counts VAT."""
    if amount is None and gross is None:
        return None
    return {"amount": amount, "amountGross": gross, "currency": "GBP"}


def period(first, last, longest=None):
    """Return a period of time."""
    return {"startDate": first, "endDate": last, "maxExtentDate": longest}


def tender(said, status):
    """Return what is to be bought, how, for how much, and by when."""
    method, details = said["method"]
    return {
        "id": said["reference"],
        "title": said["title"],
        "description": said["description"],
        "status": status or "planning",
        "legalBasis": BASES.get(said["regime"]),
        "aboveThreshold": THRESHOLD.get(said["regime"]),
        "specialRegime": ["lightTouch"] if said["light_touch"] else None,
        "mainProcurementCategory": said["category"],
        "procurementMethod": method,
        "procurementMethodDetails": details,
        "procurementMethodRationale": said["without_competition"],
        "value": money(*said["value"]),
        "items": items(said),
        "contractPeriod": period(*said["period"]),
        "hasRenewal": bool(said["extension"]) or None,
        "renewal": {"description": said["extension"]},
        "lots": lots(said),
        "selectionCriteria": {"description": said["conditions"]},
        "submissionMethodDetails": said["how_to_bid"],
        "riskDetails": said["risks"],
        "lotDetails": {
            "noLotsDivisionRationale": "" if said["lots"] else said["no_lots_because"]
        },
        "suitability": {"sme": said["suits"][0], "vcse": said["suits"][1]},
        "tenderPeriod": period(*said["bids"]),
        "enquiryPeriod": {"endDate": said["questions_close"]},
        "awardPeriod": {"startDate": said["award_expected"]},
        "communication": {"futureNoticeDate": said["tender_planned"]},
    }


def items(said):
    """Return what is bought as one item, with its CPV code and places."""
    code, description = said["cpv"]
    coded = code and [{"scheme": "CPV", "id": code, "description": description}]
    places = [
        {"region": name, "country": "GB", "countryName": "United Kingdom"}
        for name in said["places"]
    ]
    if not (coded or places):
        return None
    return [
        {"id": "1", "additionalClassifications": coded, "deliveryAddresses": places}
    ]


def lots(said):
    """Return the lots, each with its criteria and those of the whole tender.

    OCDS hangs criteria on lots: where there is none, the whole is one.
    """
    whole = {"id": "1", "title": said["title"], "starts": None, "ends": None}
    only = [whole | {"description": "", "amount": None}] if said["criteria"] else []
    return [lot(each, said["criteria"]) for each in said["lots"] or only]


def lot(each, criteria):
    """Return one lot."""
    mine = [criterion(c) for c in criteria if c["lot"] in (None, each["id"])]
    return {
        "id": each["id"],
        "awardCriteria": {"criteria": mine},
        "title": each["title"],
        "description": each["description"],
        "value": money(each["amount"], None),
        "contractPeriod": period(each["starts"], each["ends"]),
    }


def criterion(each):
    """Return one award criterion, its weight in per cent."""
    weight = {"number": each["weight"], "weight": "percentageExact"}
    return {
        "type": each["kind"],
        "name": each["name"],
        "description": each["description"],
        "numbers": [weight] if each["weight"] is not None else None,
    }
