"""What a rule is, what a clock gives back, and why a clock refuses."""

from dataclasses import dataclass
from datetime import date

from commissions.law.deadlines.counting import Way


@dataclass(frozen=True)
class Rule:
    """One statutory clock, as a row of a table.

    `event` is what happens on the start date, in words that follow "the day".
    `regime` is the law a commission must run under; empty where the clock runs
    under any. `leaves_out` says whose bank holidays the law itself leaves out,
    where it says: "united_kingdom" or "england". `in_scotland` is the law that
    stands in its place there. `earliest` tells a first day allowed from a last
    day. `adjustable`: the number of days is the organisation's to choose.
    """

    name: str
    means: str
    event: str
    way: Way
    number: int
    source: str
    regime: str = ""
    leaves_out: str = ""
    in_scotland: str = ""
    earliest: bool = False
    adjustable: bool = False


@dataclass(frozen=True)
class Clock:
    """A date with its working: how it was counted, by what law, with what doubt.

    `note` says what one nation's bank holidays alone would have made of it.
    """

    date: date
    counting: str
    source: str
    caution: str = ""
    note: str = ""


class ClockError(ValueError):
    """A clock that cannot run; its text says why and what to do."""


class UnknownRule(ClockError):
    """There is no rule of that name."""


class WrongRegime(ClockError):
    """The commission runs under another law than the rule's."""


class MissingDate(ClockError):
    """The day to count from was not given, or is no day."""


class UncountableDate(MissingDate):
    """The day to count from lies in a year that no clock reaches; it says which."""


class MissingHolidays(ClockError):
    """The rule counts working days and was given no bank holidays."""


class WrongNumber(ClockError):
    """The number of days cannot be counted, or is fixed by law."""


class NoMinimum(ClockError):
    """The law sets no such period in these circumstances."""
