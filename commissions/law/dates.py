"""Days of the law and everywhere else: counting months and days, and writing them. Days are those of London."""

from calendar import monthrange
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


def write_day(on: date) -> str:
    """Write a day: 3 November 2026."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def write_day_in_full(on: date) -> str:
    """Write a day in full: Monday 2 November 2026."""
    return f"{WEEKDAYS[on.weekday()]} {write_day(on)}"


def write_time_and_day(moment: datetime) -> str:
    """Write a moment in London: 09:30 on 3 November 2026."""
    local = moment.astimezone(LONDON)
    return f"{local:%H:%M} on {write_day(local)}"


def every_day(first: date, last: date) -> list[date]:
    """Return every day from one to another, both included."""
    return [first + n * DAY for n in range((last - first).days + 1)]


def listed(words: Iterable[object]) -> str:
    """Join words as a sentence does: a, b and c."""
    *most, last = [str(word) for word in words]
    return f"{', '.join(most)} and {last}" if most else last


def months_later(start: date, months: int) -> date:
    """Return the same day some months later, or that month's last day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def period_end(day: date, months: tuple[int, ...]) -> date:
    """Return the last day of the period a day is in; periods end with these months."""
    month = next((m for m in months if m >= day.month), None)
    year = day.year if month else day.year + 1
    month = month or months[0]
    return date(year, month, monthrange(year, month)[1])


def days_between(first: date, last: date) -> int:
    return (last - first).days + 1
