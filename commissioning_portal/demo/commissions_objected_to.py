"""A commission to whose provider another objected: reviewed, answered, and signed."""

from commissioning_portal.demo.acts import award, contract, notice, reach
from commissioning_portal.demo.acts_of_choosing import (
    direct_award,
    received,
    representations,
    settled,
    weigh,
)
from commissioning_portal.demo.going_ahead import go_ahead
from commissioning_portal.demo.people import ICB

COMMISSIONS = [
    {
        "reference": "NORF-1051",
        "title": "Oxygen at home",
        "organisation": ICB,
        "holder": "head-of-community-services",
        "topic": "Community health",
        "summary": "Oxygen for people who cannot breathe well without it, brought to their home. We kept the firm that does it now. Another firm objected; we looked again, and say here what we found.",
        "need": "940 people in the county need oxygen at home. The contract was ending.",
        "outcomes": "Nobody runs out. A fault is mended within four hours, day and night.",
        "fixed": "The safety rules for oxygen.",
        "still_open": "When the driver comes: people choose a half day.",
        "unknowns": "How many more will need oxygen after the next winter.",
        "changes_for": "Nobody has to learn a new machine. 14 drivers stay in their jobs.",
        "regime": "psr",
        "route": "psr_c",
        "value_min": 5_400_000,
        "value_max": 5_400_000,
        "value_vat": "excluded",
        "starts": 40,
        "ends": 40 + 4 * 365,
        "extension": "One year",
        "rung": 4,
        "published": -160,
        "dates": {
            "direct_award": (-60, "month"),
            "contract": (-20, "month"),
            "delivery": (40, "day"),
        },
        "life": [
            *go_ahead(-66, key=True),
            reach("direct_award", -62),
            weigh(
                -55,
                quality=(
                    40,
                    "A fault is mended in three hours on average. Two complaints a year.",
                ),
                value=(20, "The price for each day of oxygen falls by 2%."),
                integration=(15, "Its nurses and ours see the same notes."),
                access=(15, "Portable sets for everybody who asks, since last spring."),
                social_value=(10, "Electric vans from the second year."),
            ),
            notice("PSR3", "Intention to award: oxygen at home", -50),
            direct_award(
                -50,
                "psr_c",
                why="The contract was ending, what is needed hardly changes, and the firm does it well. A change of firm means a new machine in 940 homes.",
                supplier="breathe-easy-oxygen",
                amount=5_400_000,
                conflicts="The head of medicines holds shares in a firm that makes gas bottles.",
                conflicts_managed="She gave no advice on this choice and saw no papers.",
            ),
            award(
                -50,
                "breathe-easy-oxygen",
                amount=5_400_000,
                why="It met all five key criteria, and most of all the first: people told us that it comes when it says it will.",
            ),
            representations(-50),
            reach("standstill", -50),
            received(-43, 1),
            settled(
                -28,
                "go_ahead",
                "A provider said that we had not weighed its electric vans. We had, under social value, at a tenth of the whole as published. Two people who had no part in the choice looked at every score again and found one sum wrong by half a point. It changes nothing in the order.",
            ),
            contract(-12, "breathe-easy-oxygen", amount=5_400_000),
            notice("PSR4", "Award: oxygen at home", -8),
            reach("contract", -12),
        ],
    },
]
