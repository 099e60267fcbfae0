"""Bank holidays, as a count leaves them out. The days themselves are in `data`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from commissions.law.dates import DAY, every_day, listed, write_day_in_full
from commissions.law.language import gettext, marked, ngettext

NATIONS = {
    "england": marked("England"),
    "wales": marked("Wales"),
    "scotland": marked("Scotland"),
    "northern_ireland": marked("Northern Ireland"),
}
SATURDAY = 5

NOT_COUNTED = (marked("{days} are not counted; "), marked("{days} is not counted; "))
"""What is said of many days that are left out, and of one."""


def has_weekend(days: Iterable[date]) -> bool:
    """Tell whether some of the days are a Saturday or a Sunday."""
    return any(day.weekday() >= SATURDAY for day in days)


EVERY_PART = marked("the United Kingdom")


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
        return gettext(NATIONS.get(self.nation, EVERY_PART))

    def everywhere(self) -> "Holidays":
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
        between = every_day(first, last)
        parts = [gettext("weekends")] if has_weekend(between) else []
        off = sorted(self.days.intersection(between))
        named = [write_day_in_full(d) for d in off if d.weekday() < SATURDAY]
        if named:
            named[-1] += f" ({self.said_of(len(named))})"
        if not parts + named:
            return ""
        one = len(named) == 1 and not parts
        return gettext(NOT_COUNTED[one]).format(days=listed([*parts, *named]))

    def said_of(self, number: int) -> str:
        """Say of what place some bank holidays are."""
        return ngettext(
            "a bank holiday in {place}", "bank holidays in {place}", number
        ).format(place=self.place)

    def years_unknown(self, first: date, last: date) -> list[int]:
        """Return the years between two days for which no bank holiday is known."""
        known = {day.year for day in self.days}
        return [y for y in range(first.year, last.year + 1) if y not in known]
