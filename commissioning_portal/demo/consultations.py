"""Load the consultations: each draft opened, commented on, answered on its day."""

from commissioning_portal.demo import (
    asked,
    asked_in_hard_times,
    asked_now,
    asked_of_families,
    asking,
    lives,
    saying,
)
from consultations.models import Consultation

SUBJECTS = (asked, asked_now, asked_of_families, asked_in_hard_times, lives)


def load(story):
    """Book the life of each consultation that is not there yet."""
    for subject in SUBJECTS:
        for known in subject.CONSULTATIONS:
            reference = asking.reference(known)
            if not Consultation.objects.filter(reference=reference).exists():
                book(story, known)


def book(story, known):
    """Book one: announced on the day it opens unless said, then what followed.

    `told` is what the steps hand on to one another.
    """
    told = {}
    announced = known.get("announced", known["opens"])
    story.book(announced, asking.announce, story, known, told)
    for number, said in enumerate(known.get("comments", ()), 1):
        number = f"{asking.reference(known)}-{number}".lower()
        story.book(said["day"], saying.say, story, known, told, said, number)
    steps = {
        "extended": asking.extend,
        "answering": answer_some,
        "answered": asking.respond,
    }
    for name, step in steps.items():
        if name in known:
            day = known[name][0] if name == "extended" else known[name]
            story.book(day, step, story, known, told)


def answer_some(story, known, told, *, at):
    """Answer the comments that have an outcome so far; the response comes later."""
    by = told["consultation"].commission.post
    asking.answer(known, told, by=by, at=at)
