"""How a verb refuses: something is missing, or somebody else was first."""

from django.utils import timezone


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
