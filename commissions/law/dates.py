"""How a day is written, in the law and everywhere else; days are those of London."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)
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


def day(on: date) -> str:
    """Write a day: 3 November 2026."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def written(on: date) -> str:
    """Write a day in full: Monday 2 November 2026."""
    return f"{WEEKDAYS[on.weekday()]} {day(on)}"


def time_and_day(moment: datetime) -> str:
    """Write a moment in London: 09:30 on 3 November 2026."""
    local = moment.astimezone(LONDON)
    return f"{local:%H:%M} on {day(local)}"


def span(first: date, last: date) -> list[date]:
    """Return every day from one to another, both included."""
    return [first + n * DAY for n in range((last - first).days + 1)]


def listed(words: Iterable[object]) -> str:
    """Join words as a sentence does: a, b and c."""
    *most, last = [str(word) for word in words]
    return f"{', '.join(most)} and {last}" if most else last
