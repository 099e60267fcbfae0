"""Where a contract stands on a day: the one place that pages, files and the clock ask.

An extension that is used moves `ends_on`; one that is not used yet leaves it, and
`latest_end_on` says until when the contract may run on. So its *term* is over after
`ends_on`, and a register says that its end is not recorded; but a contract is *known
to be over*, so that its commission moves on, only after every extension.

`standing` reads one contract in Python; the conditions beside it find the same rows
in the database. Tests hold both to the same answers.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, TextChoices

UNSIGNED = {"pending", "planned", "planning", "cancelled", "unsuccessful", "withdrawn"}
"""OCDS states of a contract that, without a day of signing, was never signed."""

OVER = {"terminated", "complete", "cancelled"}
"""OCDS states of a contract that is over, whatever its days say."""

SOON = 366  # days: within a year somebody should know what comes next


class State(TextChoices):
    """Where a contract stands on a day."""

    PROPOSED = "proposed", "Proposed, not signed"
    TO_START = "to_start", "Signed, not started"
    RUNNING = "running", "Running"
    TERM_OVER = "term_over", "Term over, end not recorded"
    ENDED = "ended", "Ended"


STATED = {
    State.PROPOSED: "In a notice; a signature is not recorded here",
    State.TO_START: "Starts later, as the notice says",
    State.RUNNING: "Within its term, as the notice says",
    State.TERM_OVER: "Term over, as the notice says",
    State.ENDED: "Ended, as the notice says",
}
"""The same of a contract under a commission that is known from notices only."""


@dataclass(frozen=True)
class Standing:
    """Where one contract stands on a day.

    `over_since` is the day it ended, every extension included; None unless known.
    """

    on: date
    state: State
    ends_on: date | None
    over_since: date | None

    @property
    def label(self):
        return self.state.label

    def label_of(self, commission):
        """Say it of a contract under a commission: as far as its notices state it."""
        if commission.kept_here:
            return self.label
        if self.state == State.RUNNING and not self.ends_on:
            return "In a notice; its last day is not recorded here"
        return STATED[self.state]

    @property
    def is_signed(self):
        """Whether it was made, as against only proposed by a notice."""
        return self.state != State.PROPOSED

    @property
    def is_over(self):
        """Whether it ended or its term is over."""
        return self.state in (State.TERM_OVER, State.ENDED)

    @property
    def ends_soon(self):
        """Whether it is signed, not over, and ends within a year."""
        going = self.state in (State.TO_START, State.RUNNING)
        left = (self.ends_on - self.on).days if self.ends_on else -1
        return going and 0 <= left <= SOON


def is_signed(contract):
    """Tell whether a contract was made, as against only proposed by a notice."""
    return contract.signed_on is not None or contract.status not in UNSIGNED


def state(contract, on):
    """Return where a contract stands on a day."""
    if not is_signed(contract):
        return State.PROPOSED
    if contract.ended_on:
        if contract.ended_on <= on:
            return State.ENDED
    elif contract.status in OVER:
        return State.ENDED
    elif contract.ends_on and contract.ends_on < on:
        return State.TERM_OVER
    later = contract.starts_on and contract.starts_on > on
    return State.TO_START if later else State.RUNNING


def last_day(contract):
    """Return the day it ended, or the last day with every extension; None without."""
    if contract.ended_on or not contract.ends_on:
        return contract.ended_on
    return max(contract.ends_on, contract.latest_end_on or contract.ends_on)


def over_since(contract, on):
    """Return the day on which a contract is known to have ended by a day, or None."""
    last = last_day(contract)
    over = last and (last <= on if contract.ended_on else last < on)
    return last if over else None


def standing(contract, on):
    return Standing(on, state(contract, on), contract.ends_on, over_since(contract, on))


# The same as conditions, for the database.


def signed():
    """Tell, as a condition, which contracts were made."""
    return ~Q(signed_on__isnull=True, status__in=UNSIGNED)


def over(on):
    """Tell, as a condition, which are over on a day: ended, or past their term."""
    past = Q(status__in=OVER) | Q(ends_on__lt=on)
    return Q(ended_on__lte=on) | (Q(ended_on__isnull=True) & past)


def going(on):
    """Tell, as a condition, which are not; written out, for an index to serve."""
    ahead = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    unended = Q(ended_on__isnull=True) & ~Q(status__in=OVER) & ahead
    return Q(ended_on__gt=on) | unended


def over_with_extensions(on):
    """Tell, as a condition, which are known to have ended by a day: `over_since`."""
    no_longer = Q(latest_end_on__isnull=True) | Q(latest_end_on__lt=on)
    past = Q(ended_on__isnull=True, ends_on__lt=on) & no_longer
    return Q(ended_on__lte=on) | past
