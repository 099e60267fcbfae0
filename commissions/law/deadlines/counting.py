"""Clocks and ways of counting: from a start and a number to a day and the words.

A way is called with the start, the number of days, the event that happens on
the start ("the contract is entered into") and the bank holidays. Ways that count
every day leave the holidays aside.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from commissions.law.dates import (
    DAY,
    months_later,
    period_end,
    write_day_in_full,
)
from commissions.law.holidays import Holidays
from commissions.law.language import Translated, gettext, marked

QUARTERS = (3, 6, 9, 12)
HALF_YEARS = (3, 9)
WINDOW = (4, 1)  # the pipeline's window opens with the financial year, 1 April

Counted = tuple[date, str]


@dataclass(frozen=True)
class Way:
    """A way of counting, and whether it leaves out days that are not worked."""

    count: Callable[[date, int, str, Holidays | None], Counted]
    working: bool = False


def count_beginning_with(start, number, event, holidays) -> Counted:
    """Count every day, the start itself being day 1."""
    last = start + (number - 1) * DAY
    return last, gettext(
        "Day 1 is {start}, the day {event}; every day counts; day {number} is {last}."
    ).format(
        start=write_day_in_full(start),
        event=event,
        number=number,
        last=write_day_in_full(last),
    )


def count_after(start, number, event, holidays) -> Counted:
    """Count every day, the day after the start being day 1."""
    last = start + number * DAY
    return last, gettext(
        "Day 1 is {after}, the day after {event} ({start}); every day "
        "counts; day {number} is {last}."
    ).format(
        after=write_day_in_full(start + DAY),
        event=event,
        start=write_day_in_full(start),
        number=number,
        last=write_day_in_full(last),
    )


def count_clear(start, number, event, holidays) -> Counted:
    """Return the first day after a number of clear days: neither end counts."""
    last = start + number * DAY
    return last + DAY, gettext(
        "{start}, the day {event}, is not counted; the {number} clear days "
        "run from {after} to {last}; {then} is the first day after "
        "them."
    ).format(
        start=write_day_in_full(start),
        event=event,
        number=number,
        after=write_day_in_full(start + DAY),
        last=write_day_in_full(last),
        then=write_day_in_full(last + DAY),
    )


def count_clear_working(start, number, event, holidays) -> Counted:
    """Return the first working day after a number of clear working days."""
    first = holidays.next_working(start + DAY)
    last = holidays.working_day(number, first)
    end = holidays.next_working(last + DAY)
    return end, gettext(
        "{start}, the day {event}, is not counted; the {number} clear "
        "working days run from {first} to {last}; {left_out}{end} is the "
        "first working day after them."
    ).format(
        start=write_day_in_full(start),
        event=event,
        number=number,
        first=write_day_in_full(first),
        last=write_day_in_full(last),
        left_out=holidays.left_out(start + DAY, end),
        end=write_day_in_full(end),
    )


def count_working_beginning_with(start, number, event, holidays) -> Counted:
    """Count working days, the start being day 1 if it is one, else the next that is."""
    first = holidays.next_working(start)
    last = holidays.working_day(number, first)
    opening = gettext("Day 1 is {day}, the day {event}").format(
        day=write_day_in_full(start), event=event
    )
    if first != start:
        opening = gettext(
            "{start}, the day {event}, is not a working day, so day 1 is {first}"
        ).format(
            start=write_day_in_full(start), event=event, first=write_day_in_full(first)
        )
    return last, gettext("{opening}; {left_out}day {number} is {day}.").format(
        opening=opening,
        left_out=holidays.left_out(start, last),
        number=number,
        day=write_day_in_full(last),
    )


def count_working_after(start, number, event, holidays) -> Counted:
    """Count working days, the first one after the start being day 1."""
    first = holidays.next_working(start + DAY)
    last = holidays.working_day(number, first)
    return last, gettext(
        "Day 1 is {first}, the first working day after {event} ({start}); "
        "{left_out}day {number} is {last}."
    ).format(
        first=write_day_in_full(first),
        event=event,
        start=write_day_in_full(start),
        left_out=holidays.left_out(start + DAY, last),
        number=number,
        last=write_day_in_full(last),
    )


def working_after_the_next_day(start, number, event, holidays) -> Counted:
    """Count working days after the day that follows the start."""
    begins = start + DAY
    first = holidays.next_working(begins + DAY)
    last = holidays.working_day(number, first)
    return last, gettext(
        "The standstill begins on {begins}, the day after {event} ({start}); "
        "day 1 is {first}, the first working day after it begins; "
        "{left_out}day {number} is {last}, and it closes at midnight at the "
        "end of that day."
    ).format(
        begins=write_day_in_full(begins),
        event=event,
        start=write_day_in_full(start),
        first=write_day_in_full(first),
        left_out=holidays.left_out(begins + DAY, last),
        number=number,
        last=write_day_in_full(last),
    )


def count_months_beginning_with(start, number, event, holidays) -> Counted:
    """Return the last day of a number of months that begin with the start."""
    last = months_later(start, number) - DAY
    if months_later(start, number).day != start.day:  # begun on 29 February
        last += DAY
    return last, gettext(
        "The {number} months begin with {start}, the day {event}, and end with {last}."
    ).format(
        number=number,
        start=write_day_in_full(start),
        event=event,
        last=write_day_in_full(last),
    )


def count_months_after(start, number, event, holidays) -> Counted:
    """Return the day a number of months after the start."""
    last = months_later(start, number)
    return last, gettext(
        "{number} months after {start}, the day {event}, is {last}."
    ).format(
        number=number,
        start=write_day_in_full(start),
        event=event,
        last=write_day_in_full(last),
    )


def after_period(months: tuple[int, ...], called: str):
    """Make the way that counts from the last day of the period a date is in."""

    def way(start, number, event, holidays) -> Counted:
        end = period_end(start, months)
        last = end + (number - 1) * DAY
        return last, gettext(
            "The {called} that {start} is in ends on {end}, which is day 1; "
            "every day counts; day {number} is {last}."
        ).format(
            called=gettext(called),
            start=write_day_in_full(start),
            end=write_day_in_full(end),
            number=number,
            last=write_day_in_full(last),
        )

    return way


def in_window(start, number, event, holidays) -> Counted:
    """Return the last day of the yearly window open on the start, or the next."""
    opens = date(start.year, *WINDOW)
    if start > opens + (number - 1) * DAY:
        opens = date(start.year + 1, *WINDOW)
    last = opens + (number - 1) * DAY
    return last, gettext(
        "The window opens on {opens}, which is day 1; every day counts; day "
        "{number} is {last}."
    ).format(
        opens=write_day_in_full(opens), number=number, last=write_day_in_full(last)
    )


BEGINNING_WITH = Way(count_beginning_with)
AFTER = Way(count_after)
CLEAR = Way(count_clear)
CLEAR_WORKING = Way(count_clear_working, working=True)
WORKING_BEGINNING_WITH = Way(count_working_beginning_with, working=True)
WORKING_AFTER = Way(count_working_after, working=True)
WORKING_AFTER_THE_NEXT_DAY = Way(working_after_the_next_day, working=True)
MONTHS_BEGINNING_WITH = Way(count_months_beginning_with)
MONTHS_AFTER = Way(count_months_after)
AFTER_QUARTER = Way(after_period(QUARTERS, marked("quarter")))
AFTER_HALF_YEAR = Way(after_period(HALF_YEARS, marked("half-year")))
IN_WINDOW = Way(in_window)


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
    event: str = Translated()
    way: Way
    number: int
    source: str = Translated()
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
