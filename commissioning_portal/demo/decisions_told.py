"""Six decisions of the story, each with another difficulty."""

from commissioning_portal.demo.people import COUNCIL, ICB
from commissions.models import Committee


def defer(day, to, reason):
    """Move the date to a later day of the story, for a reason."""

    def deed(story, decision, at):
        decision.defer(story.day(to), reason=reason, by=decision.holder, at=at)

    return day, deed


def pass_to_committee(day, slug, why):
    """Pass it on to a committee, for a reason."""

    def deed(story, decision, at):
        decision.hand_over(
            Committee.objects.get(slug=slug),
            since=story.day(day),
            why=why,
            by=decision.holder,
            at=at,
        )

    return day, deed


def say_again_that_it_is_private(day, objections, response):
    """Publish the second notice of a private meeting, with the objections answered."""

    def deed(story, decision, at):
        decision.give_second_notice(
            on=story.day(day),
            representations=objections,
            response=response,
            by=decision.holder,
            at=at,
        )

    return day, deed


def decide(day, **said):
    """Record what was decided."""

    def deed(story, decision, at):
        decision.decide(by=decision.holder, on=story.day(day), at=at, **said)

    return day, deed


CLERK = (
    "Ask Democratic Services at democratic-services@norfordshire-county-council.example "
    "or 01632 960990. Papers are on the website a week before, and in Norford Library "
    "in print. Send your own to the same address, up to two days before."
)
NHS = (
    "Ask governance@nhs-norfordshire-icb.example. Papers are published a week before "
    "the meeting. Anyone may send a question or a paper in advance."
)

DECISIONS = [
    {
        "reference": "NORF-D01",
        "title": "Refuge and support: keep the present contract for nine months more",
        "organisation": COUNCIL,
        "commission": "NORF-1029",
        "kind": "executive",
        "holder": "norfordshire-cabinet",
        "question": "Should the present refuge contract run nine months longer, at £684,000, so that the new specification can be finished with survivors?",
        "is_key": True,
        "key_because": "It commits £684,000 and affects people in every ward of the county.",
        "urgency": "general_exception",
        "urgency_reason": "The government’s grant letter, which pays for two thirds, came three weeks late. Waiting two days more would miss the last meeting before the contract ends. The scrutiny committee was told in writing.",
        "published": -12,
        "due": None,
        "days_after_notice": 27,
        "consulted": "Eleven survivors in two meetings, all three refuge managers, and the police. Everybody preferred a delay to a rushed specification.",
        "risks": "The present charity has 4 staff vacancies. A price rise in the extension would set the level for the new contract.",
        "how_to_see_papers": CLERK,
        "options": [
            ("Extend by nine months", "£684,000", "No survivor has to move. The new service starts nine months later.", True),
            ("Extend by three months", "£231,000", "The specification would be finished without the second round with survivors.", False),
            ("Do not extend", "£0", "32 family places would close at the end of the contract.", False),
        ],
        "papers": [
            ("Report to Cabinet: refuge contract", "refuge-extension"),
            ("What survivors said, in their words", "refuge-survivors"),
        ],
        "life": [],
    },
    {
        "reference": "NORF-D02",
        "title": "Millfields: who lives in the first 12 flats",
        "organisation": COUNCIL,
        "commission": "NORF-1007",
        "kind": "officer",
        "holder": "head-of-adult-commissioning",
        "question": "Which 12 households are offered the first flats, by what rule?",
        "published": -66,
        "due": -31,
        "consulted": "48 people on the waiting list answered a letter; 31 of them wanted to be near the bus stop more than they wanted a garden.",
        "risks": "Somebody in great need learns of the flats too late to ask.",
        "how_to_see_papers": CLERK,
        "options": [
            ("Those who have waited longest", "No cost", "Simple, but six of the first 12 need no care yet.", False),
            ("Those who need most care first", "No cost", "Full from the first day; no mix of needs.", False),
            ("Half by need, half by waiting time", "No cost", "A mix, as the families’ panel asked.", True),
        ],
        "papers": [("How the first flats are offered", "millfields-first-flats")],
        "life": [
            decide(
                -31,
                outcome="Six flats go to those who need most care, six to those who have waited longest.",
                reasons="The families’ panel asked for a mix, and a building where everybody needs much care is hard to staff at night.",
                alternatives_rejected="Waiting time alone: six flats would stand without care being needed. Need alone: it would leave nobody to look in on a neighbour.",
                risks_accepted="Two people with high needs wait about ten weeks longer.",
                conflicts="None declared",
            )
        ],
    },
    {
        "reference": "NORF-D03",
        "title": "Library opening hours from next spring",
        "organisation": COUNCIL,
        "commission": "NORF-1024",
        "kind": "executive",
        "holder": "libraries-and-culture-manager",
        "question": "Which evenings and Saturdays are the 14 libraries open?",
        "is_key": True,
        "key_because": "It changes a service in all 58 wards.",
        "published": -84,
        "due": -48,
        "consulted": "3,120 people filled in a card at the counter; 118 staff were asked one by one.",
        "risks": "Staff who cannot work evenings leave. A library with longer hours stays empty.",
        "how_to_see_papers": CLERK,
        "options": [
            ("Evenings until 7 on two days", "£61,000 a year", "People who work can come. Opens an hour later in the mornings.", False),
            ("Saturdays until 5", "£48,000 a year", "Families can come. No change in the week.", False),
            ("No change", "£0", "Closed when half of the county is not at work.", False),
        ],
        "papers": [("3,120 cards: what people asked for", "library-cards")],
        "life": [
            defer(-55, -15, "The cards from two libraries had not been counted."),
            defer(-20, 24, "Staff asked for two more weeks to answer; the union’s view is still to come."),
        ],
    },
    {
        "reference": "NORF-D04",
        "title": "Where the crisis café in Eastmarsh opens",
        "organisation": ICB,
        "commission": "NORF-1015",
        "kind": "board",
        "holder": "director-of-mental-health-commissioning",
        "question": "Does the Eastmarsh café open in the old bank or at the leisure centre?",
        "published": -58,
        "due": -24,
        "until": -7,
        "consulted": "23 people who have been in crisis walked through both buildings with us.",
        "risks": "The bank needs a lift. The leisure centre closes at nine.",
        "how_to_see_papers": NHS,
        "options": [
            ("The old bank", "£92,000 to adapt, £31,000 a year", "On the high street, open until midnight.", False),
            ("The leisure centre", "£12,000 to adapt, £18,000 a year", "Quiet, with parking; shuts at nine in the evening.", False),
        ],
        "papers": [("Two buildings compared", "eastmarsh-cafe")],
        "life": [],
    },
    {
        "reference": "NORF-D05",
        "title": "Children’s homes: which firms may be asked",
        "organisation": COUNCIL,
        "commission": "NORF-1013",
        "kind": "executive",
        "holder": "head-of-childrens-commissioning",
        "question": "Which of the firms on the framework may be asked for a home, at which weekly fees?",
        "is_key": True,
        "key_because": "It commits about £9 million a year.",
        "is_private": True,
        "private_reason": "The papers hold each firm’s fees and its inspectors’ private notes on children (Local Government Act 1972, Schedule 12A, paragraphs 1 and 3).",
        "private_notice": -33,
        "published": -33,
        "due": 18,
        "consulted": "Nine young people in care read the questions put to the firms and added four.",
        "risks": "A firm that is left off has a home in which six of our children live.",
        "how_to_see_papers": CLERK,
        "options": [
            ("All 14 firms", "About £9.1 million a year", "Most choice; two homes are rated as needing improvement.", False),
            ("The 12 with good inspections", "About £9.4 million a year", "Six children may have to move, each with a plan of their own.", False),
        ],
        "papers": [("Public report: children’s homes", "childrens-homes-public")],
        "life": [
            pass_to_committee(
                -26,
                "norfordshire-cabinet",
                "It commits more than the post’s ceiling of £1 million, so the Cabinet decides.",
            ),
            say_again_that_it_is_private(
                -4,
                "Two firms and the children’s rights officer asked for the meeting to be public.",
                "The reasons, the list of firms and the range of fees are published afterwards. Only the fee of each firm and the notes on children stay private.",
            ),
        ],
    },
    {
        "reference": "NORF-D06",
        "title": "GP appointments at night: carry on with the same practices",
        "organisation": ICB,
        "commission": "NORF-1017",
        "kind": "board",
        "holder": "norfordshire-health-commissioning-committee",
        "question": "Should the four practices that now see people at night and weekends carry on for three years without a competition?",
        "published": -70,
        "due": -36,
        "consulted": "1,904 patients by text message; the patients’ groups of 31 practices; the local medical committee.",
        "risks": "A better offer might have come from elsewhere.",
        "how_to_see_papers": NHS,
        "options": [
            ("Carry on (Direct Award Process C)", "£2.9 million a year", "Same places, same telephone number.", True),
            ("Compete", "£2.7 to £3.1 million a year, and £70,000 to run it", "New places for some patients from next autumn.", False),
            ("Give it back to each practice", "£3.4 million a year", "Small practices could not staff a Sunday.", False),
        ],
        "papers": [
            ("What patients said by text", "night-gp-texts"),
            ("How the practices did against the five criteria", "night-gp-criteria"),
        ],
        "life": [
            decide(
                -36,
                outcome="The four practices carry on for three years, with a review after 18 months.",
                reasons="87% of patients were content, waits fell from 9 days to 3, and the change stays below a quarter of the contract’s value.",
                alternatives_rejected="A competition: its gain was uncertain and 40,000 appointments a year would move. Each practice alone: dearer, and no Sundays in the east.",
                risks_accepted="No test of the market before the review.",
                conflicts="Aoife Brennan: her partner is a GP in Westholt.",
                dispensations="She left the room and took no part. No dispensation was asked for.",
            )
        ],
    },
]  # fmt: skip
