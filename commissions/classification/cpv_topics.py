"""Which topic a CPV code belongs to, by its first digits. Imports no models.

The longest listed beginning decides: 85311300 (welfare services for children)
is listed, so it is not "adult social care" as the rest of 8531. The codes are
those of Regulation (EC) 213/2008; the choice of topics is this portal's own.
"""

import re

BEGINNINGS = {
    "adult-social-care": "8531 8532 55521 85312400",
    "children-and-families": "853113 8531211 8531212 80110",
    "public-health": "85312330 8531251 85323 3365 90711",
    "health-care": "33 85 45215 851",
    "mental-health": "8512127 851115",
    "housing-and-homelessness": "45211 70333 98341 7033",
    "roads-and-transport": ("34 45233 45234 45235 501 502 60 63 71311 71322500 9835"),
    "waste-and-environment": "41 90 9061 15994 77231 71313",
    "schools-and-skills": "80 45214 55523 39162 85312510",
    "police-and-community-safety": "35 7524 7523 45216 92222",
    "fire-and-rescue": "3511 7525 34144210 35811100 45216121",
    "libraries-leisure-and-culture": "37 92 45212 79952 79954 22113",
    "digital-and-technology": "302 32 48 503 642 72 51611 51612",
    "buildings-and-grounds": (
        "09 14 16 31 39 42 43 44 45 50 51 65 70 71 77 909 79710 79711 79713 7993"
    ),
    "advice-and-community": "85312300 85312310 85312320 753 98",
    "professional-services": "66 73 79 7111",
    "other": "03 15 18 19 22 24 30 38 55 64 75 76 798 791999 3019",
}

TOPIC_OF = {start: slug for slug, all_ in BEGINNINGS.items() for start in all_.split()}


COARSE = ("85", "85000000")
WORDS = [
    ("mental-health", r"mental health|autis|psycholog|talking therap"),
    (
        "children-and-families",
        r"child|young (people|person)|looked.after|foster|adoption|famil|short breaks",
    ),
    ("public-health", r"public health|substance misuse|sexual health|smoking|drug and"),
    ("housing-and-homelessness", r"homeless|rough sleep|housing.related"),
    (
        "adult-social-care",
        r"home ?care|domiciliary|older people|adult social|care home|residential care"
        r"|supported living|extra care|learning disabilit|carers|dementia|day centre",
    ),
    ("advice-and-community", r"domestic abuse|advocacy|befriend|advice"),
]
WORDS = [(topic, re.compile(words, re.IGNORECASE)) for topic, words in WORDS]
"""What a title adds where the code is only "health and social work" (85)."""


def nearest_topic(code, found):
    """Return what the longest listed beginning of a CPV code stands for.

    `found` maps beginnings to whatever they stand for; a beginning of fewer
    than eight digits may be written with noughts, as the codes themselves are.
    """
    for length in range(len(code), 1, -1):
        for start in (code[:length].ljust(8, "0"), code[:length]):
            if start in found and (length == 8 or code.startswith(start.rstrip("0"))):
                return found[start]
    return None


def topic_of(codes, title="", found=TOPIC_OF):
    """Return the topic of the first CPV code that says more than "other".

    A code no finer than 85 is read together with the title.
    """
    if codes and codes[0] in COARSE:
        for topic, words in WORDS:
            if words.search(title):
                return topic
    topics = [topic for code in codes if (topic := nearest_topic(code, found))]
    telling = [topic for topic in topics if topic != "other"]
    return next(iter(telling or topics), None)
