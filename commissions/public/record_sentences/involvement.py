"""Who was involved, what was learnt and what stood in the way, in sentences.

Pure, as `sentences` is, which joins these to its own.
"""

GROUPS = {
    "users": "people who use the service",
    "carers": "carers and families",
    "providers": "providers",
    "frontline": "frontline professionals",
    "community": "community groups",
    "colleagues": "colleagues in the same body",
    "other_bodies": "other public bodies",
}


def involved(subject, facts, names):
    """People took part, as far up the ladder as is claimed."""
    group = GROUPS.get(facts.get("group"), "people")
    number = facts.get("people")
    many = f" ({number:,} took part)" if isinstance(number, int) else ""
    return f"Involved: {group}{many}, step {facts.get('rung')} of 7 claimed"


def learnt(subject, facts, names):
    """A lesson was written down at review; it is the entry's text."""
    return "Lesson written down at review"


def involvement_corrected(subject, facts, names):
    """How people took part was corrected; why is the entry's text."""
    was = involved(subject, facts.get("was", {}), names)
    is_now = involved(subject, facts, names)
    if was == is_now:
        return f"What is said of involvement was corrected. {is_now}"
    return f"Corrected. Before: {was}. Now: {is_now}"


def lesson_corrected(subject, facts, names):
    """A lesson was corrected; why is the entry's text."""
    was, is_now = facts.get("was", {}).get("learnt"), facts.get("learnt")
    if was == is_now:
        return "What to do about a lesson was corrected"
    return f"Lesson corrected. Before: “{was}” Now: “{is_now}”"


def barrier(subject, facts, names):
    """A barrier was put in the register."""
    law = facts.get("law")
    return (
        f"Barrier put in the register: {law}" if law else "Barrier put in the register"
    )


SENTENCES = {
    "commission.involved": involved,
    "commission.lesson": learnt,
    "commission.involved-corrected": involvement_corrected,
    "commission.lesson-corrected": lesson_corrected,
    "barrier.published": barrier,
}
