"""Made-up releases with the shape and the faults of real ones, the same every time."""

import random
from datetime import UTC, datetime, timedelta

TOWNS = [
    "Ashby",
    "Barton",
    "Calder",
    "Denholm",
    "Eastry",
    "Farndon",
    "Garston",
    "Hexley",
    "Ilkton",
    "Kelby",
]
WORDS = [
    "provision",
    "of",
    "community",
    "support",
    "for",
    "adults",
    "children",
    "older",
    "people",
    "carers",
    "roads",
    "school",
    "transport",
    "grounds",
    "maintenance",
    "digital",
    "records",
    "repair",
    "framework",
    "advice",
    "home",
    "care",
    "residential",
    "nursing",
    "play",
    "leisure",
    "libraries",
    "heating",
    "roofing",
    "training",
]
CPV = [
    "85311000",
    "85000000",
    "45000000",
    "63712400",
    "72000000",
    "80000000",
    "90910000",
    "79410000",
]
REGIONS = ["London", "South West", "UKC21", "UKL18", "East Midlands", "England"]
FIRST = datetime(2024, 1, 1, 9, tzinfo=UTC)


def releases(number, seed=7):
    """Yield releases; every fifth commission is sent a second time, as awarded."""
    chance = random.Random(seed)
    made = commission = 0
    while made < number:
        commission += 1
        release = tender(chance, commission)
        yield release
        made += 1
        if commission % 5 == 0 and made < number:
            yield awarded(chance, release, commission)
            made += 1


def sentence(chance, words):
    """Return a sentence of some words."""
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


def buyer(chance):
    """Return one of some 3,000 councils, with its contact."""
    number = chance.randrange(3000)
    return {
        "id": f"GB-CFS-{number}",
        "name": f"{TOWNS[number % 10]} {number // 10} Borough Council",
        "identifier": {"legalName": f"{TOWNS[number % 10]} {number // 10}"},
        "address": {
            "streetAddress": "Civic Centre, High Street",
            "locality": TOWNS[number % 10],
            "postalCode": "SM4 5DX",
            "countryName": "England",
        },
        "contactPoint": {"name": "Procurement", "email": "buy@example.gov.uk"},
        "details": {"url": "https://www.example.gov.uk/"},
        "roles": ["buyer"],
    }


def tender(chance, number):
    """Return a tender release with lots, items and documents."""
    party = buyer(chance)
    at = FIRST + timedelta(minutes=11 * number)
    closes = at + timedelta(days=chance.randrange(10, 60))
    lots = [
        {
            "id": str(lot),
            "title": sentence(chance, 4),
            "description": sentence(chance, 40),
            "status": "active",
            "value": {"amount": chance.randrange(1000, 900000), "currency": "GBP"},
        }
        for lot in range(1, chance.choice([2, 2, 2, 3, 6]))
    ]
    return {
        "ocid": f"ocds-b5fd17-{number:08x}",
        "id": f"{number:08x}-1",
        "date": at.isoformat(),
        "language": "en",
        "tag": ["tender"],
        "initiationType": "tender",
        "parties": [party],
        "buyer": {"id": party["id"], "name": party["name"]},
        "tender": {
            "id": f"T{number}",
            "title": sentence(chance, 8),
            "description": " ".join(sentence(chance, 25) for _ in range(6)),
            "status": "active",
            "classification": {"scheme": "CPV", "id": chance.choice(CPV)},
            "items": [
                {
                    "id": "1",
                    "deliveryAddresses": [{"region": chance.choice(REGIONS)}],
                }
            ],
            "value": {"amount": chance.randrange(5000, 9000000), "currency": "GBP"},
            "procurementMethod": "open",
            "procurementMethodDetails": "Open procedure (below threshold)",
            "tenderPeriod": {"endDate": closes.isoformat()},
            "mainProcurementCategory": "services",
            "lots": lots,
            "documents": [document("tenderNotice", number, n, at) for n in (1, 2, 3)],
        },
    }


def document(kind, number, which, at):
    """Return a document."""
    return {
        "id": str(which),
        "documentType": kind if which == 1 else "biddingDocuments",
        "description": "Notice on Contracts Finder",
        "url": f"https://www.contractsfinder.service.gov.uk/Notice/{kind}-{number}-{which}",
        "datePublished": at.isoformat(),
        "format": "text/html",
    }


def awarded(chance, release, number):
    """Return the award release of a commission."""
    at = FIRST + timedelta(minutes=11 * number, days=90)
    supplier = {
        "id": f"GB-COH-{number % 20000:08}",
        "name": f"Supplier {number % 20000} Ltd",
    }
    return {
        **release,
        "id": f"{number:08x}-2",
        "date": at.isoformat(),
        "tag": ["award"],
        "parties": [*release["parties"], {**supplier, "roles": ["supplier"]}],
        "tender": {**release["tender"], "status": "complete"},
        "awards": [
            {
                "id": f"{number:08x}-a1",
                "status": "active",
                "date": at.isoformat(),
                "value": {"amount": chance.randrange(5000, 900000), "currency": "GBP"},
                "suppliers": [supplier],
                "contractPeriod": {
                    "startDate": (at + timedelta(days=30)).isoformat(),
                    "endDate": (at + timedelta(days=395)).isoformat(),
                },
                "documents": [document("awardNotice", number, 1, at)],
            }
        ],
    }
