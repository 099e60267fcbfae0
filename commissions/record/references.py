"""References given to rows of the record, and how a verb refuses."""

import re
from hashlib import sha256
from itertools import count

from django.utils import timezone
from django.utils.crypto import get_random_string


class NotReady(Exception):
    """A verb was refused; `reasons` are sentences saying what is missing."""

    def __init__(self, *reasons):
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)


class Overtaken(Exception):
    """Somebody else changed the same thing first; nothing was lost."""


def refuse_to_come(on, what, at):
    """Raise NotReady for a day to come: what the record says has happened."""
    if on > timezone.localdate(at):
        raise NotReady(f"{what} on the day itself, or afterwards: today or earlier.")


READABLE = "23456789CFGHJMPQRVWX"  # no vowels, no look-alikes: can be read out
NUMBER = re.compile(r"[0-9]{1,6}")


def new_reference():
    """Return a fresh public reference, such as 2026-K7M3Q2."""
    return f"{timezone.localdate().year}-{get_random_string(6, READABLE)}"


def new_short_reference():
    """Return a fresh public reference without a year, such as K7M3Q2RF."""
    return get_random_string(8, READABLE)


def contract_reference(commission, contract_id):
    """Return the reference of a contract: that of its commission, and which one.

    Such as 2026-K7M3Q2-1. The same two always give the same reference, so that
    an import may be repeated; an id that is no short number is told apart by a
    digest, and so is one whose commission has a very long reference.
    """
    if NUMBER.fullmatch(contract_id) and len(commission) <= 200:
        return f"{commission}-{contract_id}"
    digest = sha256(f"{commission}\n{contract_id}".encode()).hexdigest()[:10]
    return f"{commission[:200]}-{digest}"


def next_number(taken):
    """Return the first number, as text, that no award or contract of a list has.

    Notices number them as their publishers like, so to count them is not enough.
    """
    taken = set(taken)
    return next(number for number in map(str, count(1)) if number not in taken)
