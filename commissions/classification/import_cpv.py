"""The CPV codes: reading the official list, and the topic each code belongs to."""

import re

from django.db import transaction

from commissions.classification.models import CpvCode, Topic
from commissions.text.read_csv import ReadOutcome, rows_of_csv

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


CODE = re.compile(r"\d{8}")


def import_cpv(path):
    """Import the codes of a file; return the Outcome."""
    outcome = ReadOutcome()
    good = {}
    for number, row in rows_of_csv(path, "code", "description", "parent"):
        problem = problem_of_row(row, good)
        if problem:
            outcome.refused.append((number, problem))
        else:
            good[row["code"]] = row
    with transaction.atomic():
        save_code(good, outcome)
    return outcome


def problem_of_row(row, known):
    """Say what is wrong with a row, or nothing."""
    code, parent = row["code"], row["parent"]
    if not CODE.fullmatch(code) or code.startswith("00"):
        return f"“{code[:40]}” is not a CPV code of eight digits."
    if not row["description"] or len(row["description"]) > 400:
        return f"{code} needs a description of 400 characters at most."
    if code in known:
        return f"{code} is listed twice; the first row was taken."
    if parent and parent not in known:
        return f"The parent {parent[:40]} of {code} is not listed above it."
    return ""


def save_code(good, outcome):
    """Create and change codes in bulk; a topic that staff chose stays."""
    topics = dict(Topic.objects.values_list("slug", "pk"))
    known = CpvCode.objects.in_bulk(list(good)) if good else {}
    new, changed = [], []
    for code, row in good.items():
        columns = {
            "description": row["description"],
            "parent_id": row["parent"] or None,
        }
        kept = known.get(code)
        if kept is None:
            topic = topics.get(own_topic_of_code(code))
            new.append(CpvCode(code=code, topic_id=topic, **columns))
        elif any(getattr(kept, name) != value for name, value in columns.items()):
            kept.description, kept.parent_id = columns.values()
            changed.append(kept)
    CpvCode.objects.bulk_create(new, batch_size=500)
    CpvCode.objects.bulk_update(changed, ["description", "parent"], batch_size=500)
    outcome.created["codes"] += len(new)
    outcome.changed["codes"] += len(changed)
    outcome.left_alone += len(good) - len(new) - len(changed)


def own_topic_of_code(code):
    """Return the topic that begins at this very code, if one does."""
    for length in range(8, 1, -1):
        if code[:length] in TOPIC_OF and not code[length:].strip("0"):
            return TOPIC_OF[code[:length]]
    return None
