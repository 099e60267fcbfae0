"""Two drafts further on: one being considered, one answered with a second version."""

ROOMS = {"outcome": "accepted", "reason": "Rooms are in three houses, not one, and two of them take teenage sons.", "changed": "rooms", "theme": "room"}  # fmt: skip
REFUGE = [
    ("rooms", "uses_service", "", "My son is 15. They said no boys over 13, so I went back.", ROOMS),
    ("rooms", "uses_service", "", "There was a room, up two flights. I use a chair.", ROOMS),
    ("rooms", "frontline", "Health visitor", "One big house is known to every man in town within a month.", ROOMS),
    ("rooms", "community", "Somali Women’s Circle", "A kitchen where food can be kept apart.", ROOMS),
    ("rooms", "carer", "A grandmother", "Where do grandmothers go who brought the children up?", {"outcome": "already", "reason": "Any adult with children may come: the draft says “households”.", "theme": "room"}),
    ("pets", "uses_service", "", "He said he would kill the dog. That is why I stayed four years.", {"outcome": "accepted", "reason": "Foster homes for pets are part of the service.", "changed": "pets", "theme": "pets"}),
    ("pets", "other", "Animal rescue, Norford", "We would foster cats and dogs for nothing.", {"outcome": "accepted", "reason": "Thank you. We will put the provider in touch.", "theme": "pets"}),
    ("school", "frontline", "Primary head", "A week is possible if the council’s own form did not ask for an address.", {"outcome": "accepted", "reason": "The form no longer asks for it.", "changed": "school", "theme": "room"}),
    ("school", "resident", "K. Dunn", "Why should they jump the queue for our school?", {"outcome": "not_accepted", "reason": "The admissions code lets a child in danger be placed at once, and we agree with it.", "theme": "room"}),
    (None, "resident", "M. Pratt", "Fix the bus to Eastmarsh first.", {"outcome": "out_of_scope", "reason": "Buses are decided elsewhere: see “School transport”.", "theme": "pets"}),
    ("rooms", "provider", "Willow Gate Refuge", "Three houses cost a third more to staff at night.", {"outcome": "partly", "reason": "Two of the three share a night worker.", "theme": "room"}),
    ("men", "uses_service", "", "I am a man and I had nobody to ring.", {}),
    ("men", "community", "Men’s Advice Norfordshire", "Say where men go. “Help is found” is not a place.", {}),
    ("men", "frontline", "Police officer", "One flat would be enough for the whole county.", {}),
    ("pets", "resident", "Farmer, Westholt", "And horses?", {}),
    ("school", "uses_service", "", "Nineteen days. Then she would not go back at all.", {}),
]  # fmt: skip
RECOVERY = {
    "fast": {"kind": "outcome", "heading": "Seen within three days", "text": "Whoever asks for help is seen within three working days by somebody who can start treatment."},
    "prison": {"kind": "process", "heading": "Leaving prison", "text": "The provider meets each person at the gate and takes them to a clinic on the same day.", "reason": "More people die in the first week after prison than in any other."},
    "groups": {"kind": "output", "heading": "Groups", "text": "Two groups a week in each of five towns, in the day and in the evening."},
    "clinic": {"kind": "input", "heading": "One central clinic", "text": "There is one clinic in Norford, beside the hospital, open from 9 to 5.", "reason": "The lease runs for six more years."},
}  # fmt: skip
SECOND = {
    "fast": {**RECOVERY["fast"], "change": "unchanged"},
    "prison": {**RECOVERY["prison"], "text": "The provider meets each person at the gate, with the prescription in hand, and takes them to a clinic on the same day. Nobody is released on a Friday without one.", "change": "reworded"},
    "day": {**RECOVERY["groups"], "heading": "Groups in the day", "text": "One group a week in the day in each of five towns.", "change": "split", "why": "People in work and people at home asked for different things of a group."},
    "evening": {**RECOVERY["groups"], "heading": "Groups in the evening", "text": "One group a week in the evening in each of five towns, with somebody to look after children.", "change": "split", "why": "Parents could not come without somebody to look after children."},
    "families": {"kind": "outcome", "heading": "Families", "text": "Families of people who drink or use drugs get help of their own, whether or not their relative is in treatment.", "change": "new"},
}  # fmt: skip

CONSULTATIONS = [
    {
        "commission": "NORF-1029",
        "opens": -74,
        "closes": -25,
        "answering": -6,
        "sections": {
            "rooms": {"kind": "output", "heading": "Rooms", "text": "There is room for 24 households at once, in one house that can be reached day and night.", "meaning": "You are not turned away for want of a room."},
            "pets": {"kind": "output", "heading": "Pets", "text": "The provider says what becomes of a household’s pets."},
            "school": {"kind": "outcome", "heading": "Back in school within a week", "text": "Each child is in a school within a week of coming, under a name that is safe."},
            "men": {"kind": "output", "heading": "Help for men", "text": "For men who flee abuse, help is found nearby."},
        },
        "comments": [
            {"day": -70 + number * 2, "on": on, "role": role, "public_name": name, "name_withheld": not name, "text": text, **became}
            for number, (on, role, name, text, became) in enumerate(REFUGE)
        ] + [
            {"day": -20, "on": "rooms", "role": "resident", "public_name": "Mrs E. Lowe", "channel": "letter", "text": "I posted this late. My neighbour’s daughter was sent 90 miles away."},
        ],
        "themes": {
            "room": ("Who is turned away", {}),
            "pets": ("What happens to pets", {}),
        },
    },
    {
        "commission": "NORF-1016",
        "opens": -196,
        "closes": -140,
        "answered": -21,
        "due": -56,
        "whole": True,
        "sections": RECOVERY,
        "comments": [
            {"day": -190, "on": "prison", "role": "uses_service", "name_withheld": True, "stance": "concern", "text": "I came out on a Friday. The chemist had no prescription until Tuesday. I used on Saturday.", "outcome": "accepted", "reason": "The prescription is in hand at the gate, and nobody is released on a Friday without one.", "changed": "prison", "theme": "gate"},
            {"day": -181, "on": "groups", "role": "uses_service", "public_name": "Kev", "stance": "change", "text": "I work until 5. Your group is at 2.", "outcome": "accepted", "reason": "There is now an evening group in each town.", "changed": "evening", "theme": "groups"},
            {"day": -172, "role": "carer", "public_name": "A father in Westholt", "stance": "change", "text": "There is not a word in it about us, who find them in the morning.", "outcome": "accepted", "reason": "A new section is about families.", "changed": "families", "theme": "families"},
            {"day": -160, "on": "clinic", "role": "provider", "public_name": "Open Door Recovery", "organisation": "Open Door Recovery", "stance": "concern", "text": "A clinic beside the hospital is where people meet their dealer. Let bidders propose where.", "outcome": "partly", "reason": "The section is gone: bidders propose places with local people. The lease still has to be paid, and is.", "changed": "clinic", "theme": "groups"},
            {"day": -150, "on": "fast", "role": "resident", "public_name": "S. Tarn", "stance": "concern", "text": "Three days is a luxury. Spend it on the police.", "outcome": "not_accepted", "reason": "Those who wait longer are the ones who die. The grant may not be spent on the police.", "theme": "gate"},
        ],
        "themes": {
            "gate": ("The days after prison", {"you_said": "People come out on a Friday without a prescription.", "we_did": "The prescription is in their hand at the gate."}),
            "groups": ("When and where", {"you_said": "Groups in working hours and one clinic suit few.", "we_did": "Evening groups, child care, and clinics where bidders and local people propose."}),
            "families": ("Families", {"you_said": "Families are not mentioned.", "we_did": "They have a section of their own."}),
        },
        "response": "Thank you. This came late: it was due eleven weeks earlier, and the costs of the evening groups took longer than we thought.",
        "second": {
            "summary": "What we ask for after your comments: prescriptions at the gate, evening groups, and help for families.",
            "sections": SECOND,
            "came_from": {"fast": ["fast"], "prison": ["prison"], "day": ["groups"], "evening": ["groups"]},
            "removed": {"clinic": "Bidders propose places with local people."},
        },
    },
]  # fmt: skip
