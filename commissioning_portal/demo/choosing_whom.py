"""The decisions to award: announced, taken, and named by the awards that follow them.

Days count from the day of loading. Each is a key decision, taken some days before
its award is announced.
"""

from commissioning_portal.demo.going_ahead import Sort, decided
from commissions.models import Commission, Decision

AWARD = Sort(
    "AWARD",
    "{}: to whom",
    "Which provider do we choose for “{}”?",
    "The contract is worth more than £1 million.",
)

CHOSEN = [  # commission, the day of the decision, how long before its notice, words
    (
        "NORF-1006",
        -245,
        45,
        (
            "Choose Speak Up Norfordshire.",
            "It scored highest of four for quality, and its price is below the budget. The second would have had to hire in every district.",
        ),
    ),
    (
        "NORF-1007",
        -145,
        33,
        (
            "Choose Hearthside Care.",
            "It was the only bid, and it meets every point of the draft as it was changed after the comments. To ask again would delay the opening by five months.",
        ),
    ),
    (
        "NORF-1012",
        -6,
        38,
        (
            "Choose Norfordshire Community Health, and say so before anything is signed.",
            "It weighed most on access and inequalities. The weighing is published with the award.",
        ),
    ),
    (
        "NORF-1023",
        -5,
        45,
        (
            "Choose Greenbarrow Waste Services.",
            "It is second on price and first on narrow streets. The cheapest bid had no lorry that can turn in the terraces.",
        ),
    ),
]


def load(story):
    """Book each decision that is not there yet."""
    for reference, day, notice, words in CHOSEN:
        if Decision.objects.filter(reference=f"{reference}-{AWARD.code}").exists():
            continue
        acts = decided(day, AWARD, key=True, notice=notice, words=words)
        for on, deed in acts:
            story.book(on, act, story, reference, deed)


def act(story, reference, deed, *, at):
    """Perform one act upon a commission as it then stands."""
    deed(story, Commission.objects.get(reference=reference), at)
