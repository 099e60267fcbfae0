"""A carer who follows by email: what she asked for, and every mail she was due."""

from datetime import timedelta

from commissioning_portal.demo.people import COUNCIL
from consultations.alerts import collect, send, subjects, subscribe
from consultations.comments.submissions import address_key
from consultations.models import Follower, Frequency

FOLLOWER = "denise.ackroyd@norfordshire.example"
BEGAN = -91
FOLLOWED = {  # what, how often
    "commission/NORF-1002": Frequency.AT_ONCE,
    "commission/NORF-1004": Frequency.AT_ONCE,
    f"organisation/{COUNCIL}": Frequency.WEEKLY,
}
ROUNDS = (BEGAN, -84, -77, -63, -49, -35, -28, -21, -14, -7, -1, 0)
"""Days on which a worker reads the record, after whatever else happens on them."""


def load(story):
    """Book what she follows and the worker's rounds, unless she follows already."""
    if Follower.objects.filter(address_key=address_key(FOLLOWER)).exists():
        return
    for name, often in FOLLOWED.items():
        story.book(BEGAN, follow, name, often)
    for day in ROUNDS:
        story.book(day, work)


def follow(name, often, *, at):
    """Ask to follow and confirm."""
    subscribe.ask(subjects.find(name), FOLLOWER, often, at=at).confirm(at=at)


def work(*, at):
    """Read what is new on the record and write what is due."""
    collect.hear(at - timedelta(minutes=1))
    send.tell(at)
