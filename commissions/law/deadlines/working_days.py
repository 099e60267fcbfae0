"""Working days: which days count, by nation, and how a day is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

NATIONS = {
    "england": "England",
    "wales": "Wales",
    "scotland": "Scotland",
    "northern_ireland": "Northern Ireland",
}
DAY = timedelta(days=1)
SATURDAY = 5
# Written out, because strftime would write them in the machine's language.
# fmt: off
WEEKDAYS = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
]
MONTHS = [
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
]
# fmt: on


@dataclass(frozen=True)
class Holidays:
    """The bank holidays a count leaves out, and whose they are.

    `days` are the nation's own. `elsewhere` are those of the other nations:
    some Acts leave out a bank holiday in any part of the United Kingdom.
    """

    nation: str
    days: frozenset[date]
    elsewhere: frozenset[date] = frozenset()

    @property
    def place(self) -> str:
        """Where these bank holidays hold, in words."""
        return NATIONS.get(self.nation, "the United Kingdom")

    def everywhere(self) -> "Holidays":
        """Return the bank holidays of every part of the United Kingdom as one."""
        return Holidays("united_kingdom", self.days | self.elsewhere)

    def work_on(self, day: date) -> bool:
        """Say whether a day counts: no weekend, no bank holiday."""
        return day.weekday() < SATURDAY and day not in self.days

    def next_working(self, day: date) -> date:
        """Return the first working day on or after a day."""
        while not self.work_on(day):
            day += DAY
        return day

    def working_day(self, number: int, first: date) -> date:
        """Return the working day of this number, day 1 being on or after `first`."""
        day = self.next_working(first)
        while number > 1:
            day += DAY
            number -= self.work_on(day)
        return day

    def left_out(self, first: date, last: date) -> str:
        """Say which days between two are not counted; nothing where all are."""
        between = span(first, last)
        parts = ["weekends"] if any(d.weekday() >= SATURDAY for d in between) else []
        off = sorted(self.days.intersection(between))
        named = [written(d) for d in off if d.weekday() < SATURDAY]
        if named:
            kind = "a bank holiday" if len(named) == 1 else "bank holidays"
            named[-1] += f" ({kind} in {self.place})"
        if not parts + named:
            return ""
        verb = "is" if len(named) == 1 and not parts else "are"
        return f"{listed([*parts, *named])} {verb} not counted; "

    def years_unknown(self, first: date, last: date) -> list[int]:
        """Return the years between two days for which no bank holiday is known."""
        known = {day.year for day in self.days}
        return [y for y in range(first.year, last.year + 1) if y not in known]


def span(first: date, last: date) -> list[date]:
    """Return every day from one to another, both included."""
    return [first + n * DAY for n in range((last - first).days + 1)]


def written(day: date) -> str:
    """Write a day in full: Monday 2 November 2026."""
    month = MONTHS[day.month - 1]
    return f"{WEEKDAYS[day.weekday()]} {day.day} {month} {day.year}"


def listed(words: Iterable[object]) -> str:
    """Join words as a sentence does: a, b and c."""
    *most, last = [str(word) for word in words]
    return f"{', '.join(most)} and {last}" if most else last
