"""Bank holidays, as a count leaves them out. The days themselves are in `data`."""

from dataclasses import dataclass
from datetime import date

from commissions.law.dates import DAY, every_day, listed, write_day_in_full

NATIONS = {
    "england": "England",
    "wales": "Wales",
    "scotland": "Scotland",
    "northern_ireland": "Northern Ireland",
}
SATURDAY = 5


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
        return NATIONS.get(self.nation, "the United Kingdom")

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
        parts = ["weekends"] if any(d.weekday() >= SATURDAY for d in between) else []
        off = sorted(self.days.intersection(between))
        named = [write_day_in_full(d) for d in off if d.weekday() < SATURDAY]
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
