"""What is being asked now: open, about to open, or closed and being considered."""

CONSULTATIONS = [
    {
        "commission": "NORF-1002",
        "opens": -66,
        "closes": -31,
        "sections": {
            "nights": {
                "kind": "input",
                "heading": "Night cover",
                "text": "One member of staff sleeps in the building each night and can be woken by a bell in every flat.",
                "reason": "Three tenants in the last scheme were harmed at night, with nobody to call.",
            },
        },
        "comments": [
            {"day": -60, "on": "nights", "role": "frontline", "public_name": "Ward sister", "stance": "concern", "text": "Asleep is not cover. Somebody in crisis at 3 does not ring a bell."},
            {"day": -52, "on": "nights", "role": "uses_service", "name_withheld": True, "stance": "concern", "text": "I would not feel at home with staff awake outside my door. Asleep is right."},
            {"day": -40, "on": "aims", "role": "carer", "public_name": "L. Hartigan", "stance": "change", "text": "Say how long somebody may stay. A year is nothing."},
        ],
    },
    {
        "commission": "NORF-1015",
        "opens": -55,
        "closes": -13,
        "sections": {
            "welcome": {
                "kind": "outcome",
                "heading": "Met within ten minutes",
                "text": "Whoever comes in is met within ten minutes by somebody trained, offered something warm to drink, and not asked to fill in a form first.",
            },
        },
        "comments": [
            {"day": -50, "on": "welcome", "role": "uses_service", "public_name": "Jay", "stance": "support", "text": "No form first. Thank you for writing that down."},
            {"day": -33, "role": "resident", "public_name": "T. Moor", "stance": "concern", "text": "The last bus from Westholt is at 9.40. How do people get home?"},
        ],
    },
    {
        "commission": "NORF-1008",
        "opens": -78,
        "closes": -43,
        "answered": -16,
        "sections": {
            "meals": {
                "kind": "output",
                "heading": "A hot meal once a week",
                "text": "At least one hot meal a week, cooked and eaten together, for ten people or more, within four miles of every home.",
            },
        },
        "comments": [
            {"day": -70, "on": "meals", "role": "community", "public_name": "Treasurer", "organisation": "Wenning Village Hall", "stance": "change", "text": "We are nine in winter. Do not write us off for one.", "outcome": "accepted", "reason": "The least is now eight.", "changed": "meals", "theme": "size"},
            {"day": -55, "role": "carer", "public_name": "H. Sayer", "stance": "support", "text": "My mother went for the company and stayed for the crumble.", "outcome": "already", "reason": "Company is the aim.", "theme": "size"},
        ],
        "themes": {"size": ("Small clubs", {"you_said": "Small villages have small clubs.", "we_did": "Eight people are enough."})},
    },
    {
        "commission": "NORF-1001",
        "opens": -2,
        "closes": 26,
        "sections": {
            "faces": {
                "kind": "outcome",
                "heading": "The same few faces",
                "text": "Nobody has more than six different carers in a month, and each of them is introduced before the first visit.",
                "meaning": "You know who is at the door.",
            },
            "visits": {
                "kind": "process",
                "heading": "How long a visit lasts",
                "text": "No visit is shorter than 30 minutes, except to give medicine.",
                "reason": "Visits of 15 minutes were the cause of most complaints last year, and the law asks us to see to people’s dignity.",
            },
        },
        "comments": [
            {"day": -1, "on": "faces", "role": "uses_service", "public_name": "Mrs Oakes", "stance": "support", "text": "Six would be heaven. I counted nineteen in October."},
            {"day": -1, "on": "visits", "role": "frontline", "public_name": "Care worker", "stance": "concern", "text": "Thirty minutes on paper, and who pays for the drive between?", "state": "awaiting"},
        ],
    },
    {
        "commission": "NORF-1024",
        "opens": -5,
        "closes": 45,
        "sections": {
            "evenings": {
                "kind": "output",
                "heading": "Evenings and Saturdays",
                "text": "Each library is open until 8 on at least one evening a week, and from 9 to 5 on Saturday.",
            },
        },
        "comments": [
            {"day": -2, "on": "evenings", "role": "resident", "public_name": "Year 11, Norford High", "stance": "support", "text": "Tuesday and Thursday please. That is when we have homework and no table."},
        ],
    },
    {
        "commission": "NORF-1019",
        "kind": "needs",
        "announced": -3,
        "opens": 7,
        "closes": 49,
        "title": "What helps when you turn 18 while you wait?",
        "introduction": "Before we write anything we want to hear what is needed. There is no draft yet.",
        "sections": {},
        "questions": [
            {"text": "What happened to your help when you turned 18?", "kind": "text"},
            {"text": "Until what age should one service go on?", "kind": "single", "choices": "18\n21\n25"},
        ],
    },
]  # fmt: skip
