"""The draft on short breaks for disabled children: open, extended, much commented on."""

PARENT = {"role": "carer"}
PETITION = (
    "Please keep the Saturday club in Wenning open. It is the only one our children "
    "can get to without a car, and they have had the same two helpers for years."
)
NEIGHBOURS = ("A. Moyo", "Beth Larkin", "C. Osborne", "Dilys Penn", "E. Farrow", "Grace Idle", "H. Tennant")  # fmt: skip
SECTIONS = {
    "aims": {"kind": "outcome", "heading": "What should be better", "text": "Disabled children do what other children do at weekends and in the holidays. They choose it themselves, with whatever help they need to choose.\n\nParents and carers rest, sleep and have time for their other children.", "meaning": "Your child chooses what to do. You get a rest that you can plan."},
    "waiting": {"kind": "outcome", "heading": "Nobody waits more than eight weeks", "text": "A family that is told it can have a short break has the first one within eight weeks. While it waits, one named person keeps in touch."},
    "clubs": {"kind": "output", "heading": "Saturday and holiday clubs", "text": "A club runs on every Saturday and on 30 days of the school holidays in each of four towns:\n\n- Norford\n- Eastmarsh\n- Westholt\n- one more, chosen each year with families", "meaning": "There is a club within 12 miles of you."},
    "two": {"kind": "output", "heading": "Children who need two adults", "text": "At least one place in five at each club is for a child who needs two adults with them."},
    "nights": {"kind": "output", "heading": "Nights away", "text": "1,400 nights a year, in the house at Wenning and with host families. A family knows its nights three months ahead."},
    "staff": {"kind": "input", "heading": "People who know your child", "text": "At every club each child is with the same key worker on at least three visits out of four. A person trained in medicines is always there.", "reason": "Children who do not speak are at risk with strangers: two inquiries in other counties found so."},
    "booking": {"kind": "process", "heading": "How places are booked", "text": "Places are offered by telephone and online for a whole week, then drawn by lot among all who asked. None is given to who comes first.", "reason": "Clubs filled within an hour of opening, so parents at work never got a place."},
    "transport": {"kind": "output", "heading": "Getting there", "text": "The provider arranges transport for one child in four. The council’s school buses may be used on Saturdays."},
    "budget": {"kind": "process", "heading": "Holding the money yourself", "text": "A family may take its share as a direct payment instead, and mix the two.", "reason": "The law gives families the choice (Children and Families Act 2014, section 49)."},
    "children": {"kind": "outcome", "heading": "What children think of it", "text": "Each child says twice a year what they think of the club, by words, signs, pictures or what they do. The provider publishes what changed because of it."},
    "safe": {"kind": "legal", "heading": "Keeping children safe", "text": "The provider meets the Breaks for Carers of Disabled Children Regulations 2011 and the county’s safeguarding procedures, and is registered where the law asks for it."},
    "money": {"kind": "legal", "heading": "What it may cost", "text": "£1.45 million a year. The price of a club place is published."},
}  # fmt: skip
COMMENTS = [
    {"day": -30, "on": "clubs", **PARENT, "public_name": "Sam’s mum, Wenning", "stance": "concern", "quote": "in each of four towns", "text": "There are six towns now. Which two lose their club?"},
    {"day": -29, "on": "booking", **PARENT, "public_name": "J. Abara", "stance": "support", "text": "Drawing lots is fair. I am a nurse and never once got through at nine in the morning."},
    {"day": -29, "on": "two", **PARENT, "name_withheld": True, "stance": "support", "text": "We have been turned away eleven times. One place in five would change our lives."},
    *(
        {"day": -28 + number // 3, "on": "clubs", **PARENT, "public_name": name, "stance": "concern", "text": PETITION}
        for number, name in enumerate(NEIGHBOURS)
    ),
    {"day": -27, "on": "staff", "role": "frontline", "public_name": "Special school teacher", "stance": "support", "text": "The same face is worth more than any equipment."},
    {"day": -26, "on": "staff", "role": "provider", "public_name": "K. Lindqvist", "organisation": "Beacon Youth Trust", "stance": "change", "text": "Three visits out of four cannot be promised with the turnover we all have.", "instead": "On at least two visits out of three."},
    {"day": -25, "on": "transport", **PARENT, "public_name": "R. Nowak", "stance": "concern", "text": "One in four is too few. In the villages it is all of us."},
    {"day": -25, "on": "aims", "role": "uses_service", "public_name": "Ellie, 14", "stance": "support", "text": "I want to go bowling like my brother."},
    {"day": -24, "on": "nights", **PARENT, "public_name": "T. Okafor", "stance": "support", "text": "Three months ahead means I can book my own operation."},
    {"day": -23, "on": "money", "role": "resident", "public_name": "Rates Watch", "stance": "concern", "text": "This is the cheapest loan you will ever see, visit my site.", "state": "declined", "declined": ("advertising", "This advertises a loan and says nothing of short breaks.")},
    {"day": -22, "on": "staff", **PARENT, "public_name": "L. Frost", "stance": "concern", "text": "My daughter was left alone twice by Denise at the Norford club. Nobody told us why.", "state": "redacted", "redacted": ("by Denise ", "personal", "It names a member of staff who cannot answer here. We have passed it on.")},
    {"day": -21, "on": "budget", **PARENT, "public_name": "D. Rahman", "stance": "support", "text": "Mixing the two is what we asked for in 2019."},
    {"day": -20, "on": "children", "role": "community", "public_name": "N. Ashworth", "organisation": "Norfordshire Parent Carer Forum", "stance": "change", "text": "Let somebody who does not work for the provider ask the children.", "signed_by": [{"name": "Petra Voss", "organisation": "Autism Norfordshire", "email": "petra@autism-norfordshire.example"}, {"name": "Idris Cole", "organisation": "Deaf Children’s Society, Eastmarsh", "email": "idris@deaf-eastmarsh.example"}]},
    {"day": -19, "on": "waiting", **PARENT, "public_name": "M. Hale", "stance": "concern", "text": "Eight weeks from when? We waited five months to be told that we could have one.", "state": "edited", "edited": "Eight weeks from when? We waited seven months, not five, to be told that we could have one."},
    {"day": -18, "on": "clubs", **PARENT, "public_name": "P. Quill", "stance": "concern", "text": "I no longer think what I wrote here.", "state": "withdrawn"},
    {"day": -17, "on": "nights", "role": "carer", "public_name": "Mrs I. Bell", "channel": "letter", "stance": "concern", "text": "I am 71 and look after my grandson. I cannot use the computer. Please say in the letter which nights are ours, in large print."},
    {"day": -16, "on": "aims", "role": "colleague", "public_name": "School transport team", "stance": "support", "text": "Our buses stand idle on Saturdays."},
    {"day": -14, "on": "safe", "role": "other_body", "public_name": "Safeguarding partnership", "stance": "change", "text": "Name the 2011 regulations and the local procedures by their dates."},
    {"day": -12, **PARENT, "public_name": "Y. Sandhu", "stance": "support", "text": "The whole draft reads as if somebody had met a disabled child. Thank you.", "answers": {0: "Clubs", 1: "5", 2: "A named person to ring."}},
    {"day": -10, "on": "transport", "role": "resident", "public_name": "V. Marsh", "stance": "concern", "text": "Shame on all of you, you useless parasites.", "state": "declined", "declined": ("abusive", "It insults people. Send it again without that and we will publish it.")},
    {"day": -8, "on": "booking", **PARENT, "public_name": "O. Grant", "stance": "concern", "text": "A child with autism needs to know in advance. A lottery every term is cruel to us.", "answers": {0: "Nights away", 1: "2"}},
    {"day": -4, "on": "two", "role": "frontline", "public_name": "Community nurse", "stance": "change", "text": "Say two trained adults. An untrained second adult is no help in a seizure.", "state": "awaiting"},
    {"day": -3, "on": "aims", **PARENT, "name_withheld": True, "stance": "support", "text": "Rest you can plan. Yes.", "state": "awaiting"},
    {"day": -2, "on": "money", "role": "resident", "public_name": "B. Hollis", "text": "Why is the price of a place not here?", "state": "unconfirmed"},
]  # fmt: skip

CONSULTATIONS = [
    {
        "commission": "NORF-1010",
        "opens": -32,
        "closes": 3,
        "extended": (
            -6,
            17,
            "Half of the special schools were closed by the floods in the third week. "
            "Their families get the two weeks back.",
        ),
        "audience": "Disabled children and young people, their parents and carers, the clubs and schools that know them. We sent it home in 412 school bags, in easy read and in pictures.",
        "whole": True,
        "sections": SECTIONS,
        "questions": [
            {"text": "What matters most to your family?", "kind": "single", "choices": "Clubs\nNights away\nMoney to arrange it ourselves"},
            {"text": "How well does the present service know your child?", "kind": "scale", "choices": "Not at all\nVery well"},
            {"text": "What one thing would you add?", "kind": "text"},
        ],
        "comments": COMMENTS,
    },
]  # fmt: skip
