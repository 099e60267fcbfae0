"""What is told of the county's contracts: terms, changes, ratings, ends.

Each list names the commission of its contract. Levels of ratings are written
short: G good, A approaching target, R requires improvement, I inadequate, and
a blank where none was published.
"""

LEVELS = {
    "G": "met",
    "A": "slightlyBelow",
    "R": "below",
    "I": "significantlyBelow",
    " ": "",
}


def levels(letters):
    """Return the levels of some quarters, oldest first."""
    return [LEVELS[letter] for letter in letters]


RATED = [  # commission, day, [(indicator, target, eight quarters, {quarter: note})]
    (
        "NORF-1018",
        -420,
        [
            (
                "Adults seen within 18 weeks",
                "92 in 100 people",
                levels("AAGGGGGG"),
                {7: "94 in 100"},
            ),
            (
                "Children seen within 18 weeks",
                "92 in 100 children",
                levels("AARRRIII"),
                {5: "61 in 100", 7: "48 in 100: two of four therapists left"},
            ),
            (
                "Repairs within three working days",
                "90 in 100 repairs",
                levels("GGGAARRI"),
                {7: "71 in 100; twice as long in Westholt as in Eastmarsh"},
            ),
            (
                "People who would recommend the service",
                "8 in 10 people asked",
                levels("GGAA AGG"),
                {},
            ),
        ],
    ),
    (
        "NORF-0906",
        -384,
        [
            (
                "Shelters cleaned every four weeks",
                "95 in 100 shelters",
                levels("     AGG"),
                {5: "The first quarter"},
            ),
            (
                "Broken glass made safe within a day",
                "All",
                levels("     GGA"),
                {7: "3 of 41 took two days"},
            ),
            ("Timetables that are right", "98 in 100", levels("     RAG"), {}),
        ],
    ),
]

COMPLETED = [
    (
        "NORF-1018",
        -420,
        {
            "description": "Measures people for wheelchairs and special seats, supplies them, and repairs them, for 7,900 people.",
            "irrecoverable_vat": 0,
            "review_on": 30,
        },
    ),
    (
        "NORF-1006",
        -180,
        {
            "description": "Independent advocates who help people to say what they want when the council makes decisions about their care.",
            "department": "Adult social care",
            "irrecoverable_vat": 0,
            "review_on": 170,
        },
    ),
    (
        "NORF-0906",
        -385,
        {
            "department": "Passenger transport",
            "irrecoverable_vat": 0,
            "review_on": 60,
        },
    ),
    (
        "NORF-0905",
        -420,
        {
            "department": "Highways",
            "irrecoverable_vat": 0,
            "review_on": 45,
            "copy_url": "https://norfordshire-county-council.example/contracts/roads.pdf",
            "copy_published_on": -424,
        },
    ),
]

EXTENDED = [
    (
        "NORF-0905",
        -300,
        "The next contract has to wait for the survey of the roads. Repairs are on time in 94 of 100 cases, and the price stays as it was.",
    ),
]

AMENDED = [
    (
        "NORF-0906",
        -120,
        {
            "changed": "118 shelters on the new routes in Westholt are cleaned and repaired too.",
            "reason": "The bus company put up the shelters and gave them to the county. A contract of their own would have cost £40,000 more.",
            "amount": 1_416_000,
        },
    ),
    (
        "NORF-1006",
        -60,
        {
            "changed": "Advocates may meet people by video where they ask for it.",
            "reason": "People in residential homes far from town asked for it. The price stays the same.",
        },
    ),
]

ENDED = [
    ("NORF-1027", -180, {"ending": "expired"}),
    ("NORF-1021", -210, {"ending": "expired"}),
    (
        "NORF-0907",
        -62,
        {
            "ending": "agreed",
            "why": "The pilot had shown by summer what it was for, and the rooms were to be sold. The charity and the board agreed to end it four months early and keep the staff for the next one.",
        },
    ),
]

REPLACED = [  # the commission that follows, the day it was said, whose contract
    ("NORF-1022", -200, "NORF-0905"),
    ("NORF-1015", -61, "NORF-0907"),
]
