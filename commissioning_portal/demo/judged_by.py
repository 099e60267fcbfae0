"""What bids of the story are judged by, and how the NHS’s key criteria weighed."""

EQUIPMENT = (
    ("On time and right", "quality", 30, "Deliveries within a day where somebody comes home from hospital, and the right thing the first time."),
    ("Repairs and collections", "quality", 20, "How a hoist that fails on a Saturday is working on Sunday."),
    ("What people who use it say", "quality", 10, "Scored by five people who have equipment at home."),
    ("Less waste", "quality", 10, "How much comes back, is cleaned and goes out again."),
    ("Price over the whole term", "cost", 30, "Equipment, van miles and cleaning, on our figures of last year."),
)  # fmt: skip

EQUIPMENT_TERMS = {
    "how_to_bid": "Bid through the council’s e-tendering pages by noon on the closing day. Questions are answered to everybody at once.",
    "conditions": "You have run a store of this kind for two years, or run one with somebody who has. You hold the national mark for decontamination. You pay the real living wage.",
    "risks": "The number of deliveries: it rose by 9% last year. The ageing hoists: we do not know how many of 1,100 must be replaced.",
    "criteria": EQUIPMENT,
}  # fmt: skip

HIGHWAYS_TERMS = {
    "how_to_bid": "Ask for the papers through the council’s e-tendering pages. You may bid for one lot, two or all three.",
    "conditions": "You hold the national standard for work on highways. You have gritted roads through two winters, for the first lot. Firms of under 50 people need show no accounts for the second and third.",
    "risks": "The winter: gritting was needed on 38 nights in one year and 91 in the next. The grant from government is known for two of the eight years.",
    "suits_sme": True,
    "criteria": (
        ("A repair that lasts", "quality", 25, "The same hole is not dug twice in two years."),
        ("People who walk, cycle or use a wheelchair", "quality", 20, "Judged by a panel of nine residents."),
        ("Carbon", "quality", 15, "Tonnes for each mile, on the national calculator."),
        ("Price", "price", 40, "On last year’s 11,400 jobs."),
    ),
}  # fmt: skip

SCHOOL_NURSES = {
    "quality": (30, "All four are rated good. This one sees 96% of babies in two weeks; the next sees 88%."),
    "value": (20, "Within the money, and 4% less for managers than the others."),
    "integration": (20, "Its teams share records with every practice already."),
    "access": (20, "It runs clinics on the four estates where most visits are missed."),
    "social_value": (10, "It trains 12 local people a year as community nursery nurses."),
}  # fmt: skip

NIGHT_DOCTORS = {
    "quality": (35, "Nine in ten people are seen within four hours; rated good twice."),
    "value": (20, "The price rises by less than pay does."),
    "integration": (20, "It works from the same records as the practices."),
    "access": (15, "Clinics in all four towns. Few come from the coast, so a fifth is planned."),
    "social_value": (10, "Drivers and receptionists are hired locally and paid the real living wage."),
}  # fmt: skip

SCHOOL_NURSES_WHY = {
    "why": "Four providers could run this. We asked what each does now, and expect to tell which suits best without a competition that would stop visits for half a year.",
    "conflicts": "One member sits on the board of a hospital that could have provided it.",
    "conflicts_managed": "That member took no part and left the room.",
}  # fmt: skip

NIGHT_DOCTORS_WHY = {
    "why": "The doctors who run it now do so well: nine in ten people are seen within four hours, and what is needed will hardly change. A competition would cost a winter of uncertainty and £180,000.",
    "conflicts": "Two members are GPs whose practices send patients to the service.",
    "conflicts_managed": "Both spoke to the facts, then left before the vote.",
}  # fmt: skip
