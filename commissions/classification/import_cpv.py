"""Read the Common Procurement Vocabulary: its codes, its tree, our topics.

The columns are code, description and parent (Regulation (EC) 213/2008). Only
the codes that begin one of our topics get it as their own: every other code
takes the topic of its nearest parent.
"""

import re

from django.db import transaction

from commissions.classification.cpv_topics import TOPIC_OF
from commissions.classification.models import CpvCode, Topic
from commissions.text.read_csv import ReadOutcome, rows_of_csv

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
