"""A decision of a commission, such as to go ahead: announced, taken, and acted upon."""

from dataclasses import dataclass

from commissioning_portal.demo.acts import holder, reach
from commissioning_portal.demo.committees import decider
from commissions.models import Committee, Decision

NOTICE = 45  # days from the announcement: 28 clear ones and more
DECIDED_BY = {
    "local_authority": "officer",
    "parish": "committee",
    "nhs": "board",
    "police": "pcc",
    "fire": "officer",
    "central": "minister",
}

WORDS = {  # commission: what was decided, and why
    "NORF-1004": (
        "One store for the whole county, with same-day delivery for people who leave hospital.",
        "Three stores today stand half empty. One costs £340,000 a year less and lets repairs be done on the spot.",
    ),
    "NORF-1006": (
        "One advocacy service with one number for all four kinds.",
        "One person in three was sent to the wrong number. Every person who answered the draft asked for one.",
    ),
    "NORF-1007": (
        "A team in the building day and night, called off from the regional framework.",
        "Nobody who answered would move in without somebody awake at night.",
    ),
    "NORF-1008": (
        "£84,000 in grants of up to £6,000, scored together with the villages.",
        "A lunch club needs a cook and a hall more than a contract. Small grants reach villages that no firm would bid for.",
    ),
    "NORF-1012": (
        "One service from birth to 19, with the most suitable provider chosen on the five criteria.",
        "Families told their story again when a child turned five. No second provider has teams in every district.",
    ),
    "NORF-1013": (
        "A framework of three lots, open to small homes.",
        "Buying place by place cost 14% more last year, and children were moved at a day’s notice.",
    ),
    "NORF-1014": (
        "Clubs in both districts, four days a week in each holiday, with a hot meal.",
        "1,900 children took part in the trial and asked to choose what they do.",
    ),
    "NORF-1016": (
        "One recovery service, with clinics where bidders propose them together with local people.",
        "Six in ten who need treatment are not in it. Every comment on the draft has an answer.",
    ),
    "NORF-1022": (
        "Eight years, in three lots, with pavements as a lot of their own.",
        "Comments showed that pavements come last when they share a lot with carriageways.",
    ),
    "NORF-1023": (
        "Weekly food waste, and narrow lorries for terraced streets.",
        "The law asks for food waste from every home. Missed bins doubled where lorries cannot turn.",
    ),
    "NORF-1025": (
        "Two years of mowing, with a meadow strip of four yards along the brook.",
        "The cricket club and the bees both need room; 61 people came to the parish meeting.",
    ),
    "NORF-1026": (
        "Twenty furnished flats on five-year leases, in place of bed and breakfast.",
        "It costs £190,000 a year less and no child spends a night in a hotel.",
    ),
    "NORF-1030": (
        "One nurse-led service for the three suites; the 30 minutes run from arrival.",
        "Custody staff said that the clock started too late. The inspectors agree.",
    ),
    "NORF-1031": (
        "Buy the first 9,000 sets from the one maker whose sets are approved.",
        "Crews carry two radios now, and in 41 incidents neither worked. Waiting for a second maker costs 14 months.",
    ),
    "NORF-1032": (
        "One number, with one person who stays with each victim.",
        "Four in ten gave up before they found help.",
    ),
    "NORF-1051": (
        "Keep the firm that brings the oxygen now, for four years.",
        "It mends a fault in three hours. A new firm means a new machine in 940 homes.",
    ),
}


def go_ahead(day, *, key=False, notice=NOTICE, words=None):
    """Announce the decision to go ahead, take it, and move to “Decided”.

    `words` are what was decided and why; else those of WORDS.
    """
    acts = decided(day, GO, key=key, notice=notice, words=words)
    return *acts, reach("decided", day)


@dataclass(frozen=True)
class Sort:
    """A sort of decision: the end of its reference, and what is asked of a commission."""

    code: str
    title: str
    question: str
    key_because: str


GO = Sort(
    "GO",
    "{}: whether to go ahead",
    "Do we go ahead with “{}”, and on what terms?",
    "It commits more than £1 million.",
)


def decided(day, sort, *, key=False, notice=NOTICE, words=None):
    """Return the acts that announce a decision of some sort and take it."""

    def announce(story, commission, at):
        draft = drafted(commission, sort, story.day(day), at.date(), key)
        draft.full_clean()
        draft.save()
        draft.publish(by=holder(commission), at=at)

    def take(story, commission, at):
        outcome, reasons = words or WORDS[commission.reference]
        reference = reference_of(commission, sort)
        decision = commission.decisions.get(reference=reference)
        decision.decide(
            by=holder(decision),
            on=story.day(day),
            at=at,
            outcome=outcome,
            reasons=reasons,
            conflicts="None declared",
        )

    return (day - notice, announce), (day, take)


def reference_of(commission, sort):
    """Return the reference of a commission's decision of some sort."""
    return f"{commission.reference}-{sort.code}"


def drafted(commission, sort, due, since, key):
    """Return the decision before it is announced, held by who may commit so much."""
    kind = DECIDED_BY[commission.organisation.kind]
    holds = decider(commission)
    together = isinstance(holds, Committee)
    return Decision(
        reference=reference_of(commission, sort),
        organisation=commission.organisation,
        commission=commission,
        kind="executive" if together and kind == "officer" else kind,
        title=sort.title.format(commission.title),
        question=sort.question.format(commission.title),
        post=None if together else holds,
        committee=holds if together else None,
        is_key=key,
        key_because=sort.key_because if key else "",
        due_on=due,
        due_until=due,
        held_since=since,
    )
