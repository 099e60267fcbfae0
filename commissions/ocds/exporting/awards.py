"""Awards and contracts of a release: plain dicts in, plain dicts out."""


def awards(said):
    """Return who was chosen; where nobody is yet, nothing."""
    return [award(each) for each in said["awards"]]


def award(each):
    """Return one award."""
    return {
        "id": each["id"],
        "title": each["title"],
        "description": each["reasons"],
        "status": each["status"],
        "date": each["decided"],
        "value": value(each),
        "suppliers": [named(body) for body in each["suppliers"]],
        "contractPeriod": {"startDate": each["starts"], "endDate": each["ends"]},
        "standstillPeriod": {"endDate": each["standstill_ends"]},
        "relatedLots": each["lots"],
    }


def statistics(said):
    """Return how many bids each award was chosen from, as Find a Tender counts them."""
    counted = (
        (each["lots"][0] if len(each["lots"]) == 1 else None, measure, number)
        for each in said["awards"]
        for measure, number in each["bids"].items()
        if number is not None
    )
    return [
        {"id": str(place), "measure": measure, "value": number, "relatedLot": lot}
        for place, (lot, measure, number) in enumerate(counted, 1)
    ]


def value(each):
    """Return an amount in pounds, with and without VAT."""
    amount, gross = each["amount"], each["gross"]
    if amount is None and gross is None:
        return None
    return {"amount": amount, "amountGross": gross, "currency": "GBP"}


def named(body):
    """Name a supplier by the id under which it is a party."""
    key = f"{body['scheme']}-{body['id']}" if body["scheme"] else body["slug"]
    return {"id": key, "name": body["name"]}


def contracts(said, kind):
    """Return what was signed, and what the notice tells of it."""
    return [contract(each, kind) for each in said["contracts"]]


def contract(each, kind):
    """Return one contract, as its details, change, performance or end notice tells it."""
    ended = kind.code == "UK11"
    return {
        "id": each["id"],
        "awardID": each["award"],
        "title": each["title"],
        "description": each["description"],
        "status": "terminated" if ended else each["status"],
        "dateSigned": each["signed"],
        "value": value(each),
        "period": {
            "startDate": each["starts"],
            "endDate": each["ends"],
            "maxExtentDate": each["longest"],
        },
        "agreedMetrics": [agreed(metric) for metric in each["metrics"]],
        "noAgreedMetricsRationale": each["no_metrics_because"],
        "amendments": each["amendments"]
        if kind.tags == ("contractAmendment",)
        else None,
        "implementation": implementation(each, kind.code),
    }


def agreed(metric):
    """Return one key performance indicator, as it was agreed."""
    return {
        "id": metric["id"],
        "title": metric["title"],
        "description": metric["target"],
    }


def implementation(each, code):
    """Return how a contract went: its ratings, or its end."""
    if code == "UK11":
        return {"endDate": each["ended"], "endDateDetails": each["ending"]}
    if code != "UK9":
        return None
    return {"metrics": [rated(metric) for metric in each["metrics"]]}


def rated(metric):
    """Return one indicator with its ratings."""
    return {
        **agreed(metric),
        "observations": [
            {
                "id": str(number),
                "period": {"startDate": rating["starts"], "endDate": rating["ends"]},
                "measureClassification": {
                    "id": rating["level"],
                    "description": rating["name"],
                },
                "notes": rating["note"],
            }
            for number, rating in enumerate(metric["ratings"], 1)
        ],
    }
