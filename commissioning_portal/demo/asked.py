"""What short drafts asked, what people said of them, and what became of it.

Beside the sections told here, each draft has one on its aims and one on what
cannot change, in the commission's own words.
"""

CONSULTATIONS = [
    {
        "commission": "NORF-1004",
        "opens": -248,
        "closes": -206,
        "answered": -150,
        "sections": {
            "delivery": {
                "kind": "output",
                "heading": "Deliver, fit and fetch",
                "text": "Deliver and fit nine of every ten items within three working days of the order, seven days a week. Fetch what is no longer needed within ten days of a call.",
                "meaning": "You are told the day and the half day, by text message or by telephone.",
            },
            "cleaning": {
                "kind": "process",
                "heading": "Cleaning and repair",
                "text": "Clean and test each item that comes back in a separate room, to the steps in the national decontamination guidance.",
                "reason": "Equipment goes from one ill person to the next: the steps are set nationally to stop infection.",
            },
        },
        "comments": [
            {"day": -240, "on": "delivery", "role": "carer", "public_name": "J. Marlow", "stance": "concern", "text": "Three days is two too many when Dad is sent home on a Friday. We slept on the floor beside him.", "outcome": "accepted", "reason": "Orders for somebody leaving hospital are now delivered on the day they leave.", "changed": "delivery", "theme": "time"},
            {"day": -222, "on": "cleaning", "role": "frontline", "public_name": "Occupational therapist, Westholt", "stance": "support", "text": "Please keep the separate room. Two of my patients caught something from a mattress.", "outcome": "already", "reason": "The separate room stays as it is in the draft.", "theme": "clean"},
            {"day": -212, "role": "provider", "public_name": "Bids team", "organisation": "Northmere Homecare Ltd", "stance": "change", "text": "Let smaller firms bid for repairs alone.", "outcome": "not_accepted", "reason": "When repairs were apart, one call in five was passed between two firms. We keep them together.", "theme": "time"},
        ],
        "themes": {
            "time": ("How soon it comes", {"you_said": "People sent home from hospital cannot wait three days.", "we_did": "Equipment for them comes on the day they leave."}),
            "clean": ("Cleaning", {"you_said": "Clean equipment matters more than quick equipment.", "we_did": "The separate room for cleaning stays."}),
        },
    },
    {
        "commission": "NORF-1006",
        "opens": -420,
        "closes": -385,
        "answered": -352,
        "sections": {
            "line": {
                "kind": "output",
                "heading": "One number",
                "text": "One telephone number and one address for all four kinds of advocacy, answered on working days within a minute by a person.",
            },
        },
        "comments": [
            {"day": -410, "on": "line", "role": "uses_service", "name_withheld": True, "stance": "change", "text": "I cannot use a telephone. Let me send a text or come in.", "outcome": "accepted", "reason": "Text messages and a drop-in on two days a week are added.", "changed": "line", "theme": "reach"},
            {"day": -395, "on": "aims", "role": "community", "public_name": "M. Osei", "organisation": "Speak Up Norfordshire", "stance": "support", "text": "Ask people afterwards whether they were heard, and publish what they say.", "outcome": "partly", "reason": "They are asked, and the figures are published. Their words are not, since few enough could be recognised.", "theme": "reach"},
        ],
        "themes": {"reach": ("Reaching an advocate", {"you_said": "A number helps only those who can telephone.", "we_did": "Texts and drop-ins are part of the service."})},
    },
    {
        "commission": "NORF-1007",
        "opens": -390,
        "closes": -350,
        "answered": -262,
        "sections": {
            "team": {
                "kind": "input",
                "heading": "A team in the building",
                "text": "At least two care workers are awake in the building at all times, one of them trained to give medicine.",
                "reason": "Tenants with dementia are moving in from the first day, and the nearest other team is 40 minutes away.",
            },
        },
        "comments": [
            {"day": -371, "on": "team", "role": "resident", "public_name": "Edna Whitlow", "stance": "support", "text": "I would only move if somebody is awake at night.", "outcome": "already", "reason": "Two people are awake at all times.", "theme": "nights"},
            {"day": -360, "on": "aims", "role": "carer", "public_name": "Colin Bright", "stance": "change", "text": "Say that couples can stay together when one of them needs a nurse.", "outcome": "accepted", "reason": "The aim now says so.", "changed": "aims", "theme": "nights"},
        ],
        "themes": {"nights": ("Living there", {"you_said": "Somebody awake at night, and couples together.", "we_did": "Both are in what we ask for."})},
    },
    {
        "commission": "NORF-1012",
        "opens": -205,
        "closes": -165,
        "answered": -80,
        "sections": {
            "visits": {
                "kind": "output",
                "heading": "Five visits before school",
                "text": "See 95% of families at each of the five visits. See those who were missed within four weeks.",
            },
        },
        "comments": [
            {"day": -190, "on": "visits", "role": "frontline", "public_name": "Health visitor", "stance": "concern", "text": "95% rewards easy families. Count the ones who moved twice.", "outcome": "accepted", "reason": "Families who moved are counted and reported apart.", "changed": "visits", "theme": "missed"},
            {"day": -176, "on": "aims", "role": "resident", "public_name": "A mother in Wenning", "stance": "change", "text": "A nurse at school every week is good. Tell pupils when.", "outcome": "accepted", "reason": "Schools publish the hours.", "theme": "missed"},
        ],
        "themes": {"missed": ("Who is missed", {"you_said": "Families who move are missed, and the figures hide it.", "we_did": "They are counted apart."})},
    },
    {
        "commission": "NORF-1013",
        "opens": -255,
        "closes": -213,
        "answered": -125,
        "sections": {
            "homes": {
                "kind": "outcome",
                "heading": "A home that keeps a child",
                "text": "Children stay in the same home for as long as they want to. A home gives 28 days’ notice, and says what it tried first.",
            },
        },
        "comments": [
            {"day": -230, "on": "homes", "role": "uses_service", "public_name": "Care leaver, 19", "stance": "concern", "text": "I had eleven homes. Nobody asked me once what went wrong.", "outcome": "accepted", "reason": "Each child who moves is asked why, by somebody who does not work for the home.", "changed": "homes", "theme": "moves"},
        ],
        "themes": {"moves": ("Moving from home to home", {"you_said": "Nobody asks children why a home did not last.", "we_did": "An independent visitor asks each of them."})},
    },
    {
        "commission": "NORF-1014",
        "opens": -220,
        "closes": -190,
        "answered": -142,
        "sections": {
            "clubs": {
                "kind": "output",
                "heading": "Clubs and meals",
                "text": "Four hours a day on four days a week, for six weeks of the year, with one hot meal that meets the school food standards.",
            },
        },
        "comments": [
            {"day": -204, "on": "clubs", "role": "resident", "public_name": "Danuta K.", "stance": "change", "text": "Four hours is no use to a parent who works. Make it eight.", "outcome": "not_accepted", "reason": "The grant pays for four hours. Clubs may add hours and charge for them, and we publish which do.", "theme": "hours"},
        ],
        "themes": {"hours": ("Hours", {"you_said": "Four hours is short for parents who work.", "we_did": "We could not pay for more, and publish which clubs stay open longer."})},
    },
    {
        "commission": "NORF-1022",
        "opens": -270,
        "closes": -214,
        "answered": -160,
        "sections": {
            "repairs": {
                "kind": "outcome",
                "heading": "A repair that lasts",
                "text": "A repair is good if it is sound after two years. Those that fail sooner are done again without pay.",
            },
            "pavements": {
                "kind": "output",
                "heading": "Pavements",
                "text": "Inspect each pavement in a town centre every month and every other one twice a year.",
            },
        },
        "comments": [
            {"day": -255, "on": "repairs", "role": "resident", "public_name": "Norford Cycling Group", "organisation": "Norford Cycling Group", "stance": "concern", "text": "Two years is a low bar. A proper patch lasts five.", "outcome": "accepted", "reason": "Five years, as the aims say.", "changed": "repairs", "theme": "last"},
            {"day": -240, "on": "pavements", "role": "uses_service", "public_name": "P. Achebe", "stance": "change", "text": "Inspect dropped kerbs. My wheelchair finds what your inspector misses.", "outcome": "accepted", "reason": "Dropped kerbs are inspected with the carriageway, every month.", "changed": "pavements", "theme": "pavements"},
            {"day": -226, "role": "other", "public_name": "Tarmount bid manager", "organisation": "Tarmount Highways plc", "stance": "concern", "text": "Five years shifts all risk of the ground beneath to the contractor.", "outcome": "partly", "reason": "Where the ground was bad before, and is recorded so, the five years do not apply.", "theme": "last"},
        ],
        "themes": {
            "last": ("How long a repair lasts", {"you_said": "Two years is too short.", "we_did": "Five years, unless the ground was recorded as bad."}),
            "pavements": ("Pavements", {"you_said": "Dropped kerbs are forgotten.", "we_did": "They are inspected every month."}),
        },
    },
    {
        "commission": "NORF-1023",
        "opens": -262,
        "closes": -220,
        "answered": -155,
        "sections": {
            "rounds": {
                "kind": "output",
                "heading": "Rounds",
                "text": "Empty each bin on its day, between 6 in the morning and 4 in the afternoon. Come back for a missed bin by the end of the next working day.",
            },
        },
        "comments": [
            {"day": -250, "on": "rounds", "role": "resident", "public_name": "Station Terrace residents", "stance": "concern", "text": "The lorry cannot turn in our street, so bins are left. Use a smaller one.", "outcome": "accepted", "reason": "Two narrow lorries are asked for.", "changed": "rounds", "theme": "rounds"},
        ],
        "themes": {"rounds": ("Narrow streets", {"you_said": "Lorries cannot turn in terraced streets.", "we_did": "Two narrow lorries are part of the contract."})},
    },
    {
        "commission": "NORF-1025",
        "opens": -50,
        "closes": -30,
        "answered": -24,
        "short_reason": "The mower has to be ordered before Christmas to be here for April. The parish meeting agreed to 20 days.",
        "sections": {
            "mowing": {
                "kind": "output",
                "heading": "Mowing",
                "text": "Cut the cricket square twice a week from April to September, the rest of the ground once a week, and the burial ground by hand every fortnight.",
            },
        },
        "comments": [
            {"day": -44, "on": "mowing", "role": "community", "public_name": "Cricket club secretary", "organisation": "Little Wenning Cricket Club", "stance": "support", "text": "Twice a week is what the square needs.", "outcome": "already", "reason": "It stays.", "theme": "meadow"},
            {"day": -38, "role": "resident", "public_name": "Iris Fenn", "channel": "letter", "stance": "change", "text": "Leave four yards for the bees along the brook, not two.", "outcome": "accepted", "reason": "Four yards.", "theme": "meadow"},
        ],
        "themes": {"meadow": ("Cricket and bees", {"you_said": "Both need room.", "we_did": "The strip along the brook is four yards wide."})},
    },
    {
        "commission": "NORF-1026",
        "opens": -112,
        "closes": -80,
        "answered": -8,
        "sections": {
            "flats": {
                "kind": "output",
                "heading": "Twenty furnished flats",
                "text": "Each with its own kitchen and front door, within 20 minutes by bus of the family’s school.",
            },
        },
        "comments": [
            {"day": -101, "on": "flats", "role": "uses_service", "name_withheld": True, "stance": "support", "text": "A kitchen. In six weeks I could not cook one meal for my girls.", "outcome": "already", "reason": "Each flat has its own kitchen.", "theme": "home"},
            {"day": -88, "role": "resident", "public_name": "R. Tully", "stance": "concern", "text": "Why is there money for this and none for the pool?", "outcome": "out_of_scope", "reason": "The pool has a budget of its own, which this consultation does not decide.", "theme": "home"},
        ],
        "themes": {"home": ("A home, if for a while", {"you_said": "A kitchen and a school nearby matter most.", "we_did": "Both are asked for in each flat."})},
    },
    {
        "commission": "NORF-1030",
        "opens": -218,
        "closes": -187,
        "answered": -135,
        "sections": {
            "nurse": {
                "kind": "output",
                "heading": "A nurse within 30 minutes",
                "text": "A nurse sees nine of ten people within 30 minutes of the call, at any hour.",
            },
        },
        "comments": [
            {"day": -200, "on": "nurse", "role": "frontline", "public_name": "Custody sergeant", "stance": "change", "text": "Start the clock when the person arrives, not when we find time to call.", "outcome": "accepted", "reason": "The 30 minutes run from arrival.", "changed": "nurse", "theme": "wait"},
        ],
        "themes": {"wait": ("Waiting for a nurse", {"you_said": "The clock starts too late.", "we_did": "It starts on arrival."})},
    },
    {
        "commission": "NORF-1032",
        "opens": -300,
        "closes": -262,
        "answered": -210,
        "sections": {
            "call": {
                "kind": "outcome",
                "heading": "One call is enough",
                "text": "Whoever answers stays with the victim until the right help is found, and rings back when they said they would.",
            },
        },
        "comments": [
            {"day": -281, "on": "call", "role": "uses_service", "name_withheld": True, "stance": "support", "text": "I told it six times to six people. Once is what I could bear.", "outcome": "already", "reason": "It is the aim of the service.", "theme": "call"},
        ],
        "themes": {"call": ("One call", {"you_said": "Telling it again and again hurts.", "we_did": "One person stays with each victim."})},
    },
]  # fmt: skip
