"""Days of the law and everywhere else: counting months and days, and writing them. Days are those of London."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from commissions.law.language import is_welsh

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
WELSH_WEEKDAYS = [
    "dydd Llun", "dydd Mawrth", "dydd Mercher", "dydd Iau", "dydd Gwener",
    "dydd Sadwrn", "dydd Sul",
]
WELSH_MONTHS = [
    "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf",
    "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr",
]
# fmt: on


def month_name(number: int) -> str:
    """Name a month by its number, in the language that is active."""
    return (WELSH_MONTHS if is_welsh() else MONTHS)[number - 1]


def write_day(on: date) -> str:
    """Write a day: 3 November 2026."""
    return f"{on.day} {month_name(on.month)} {on.year}"


def write_day_in_full(on: date) -> str:
    """Write a day in full: Monday 2 November 2026."""
    weekdays, months = (
        (WELSH_WEEKDAYS, WELSH_MONTHS) if is_welsh() else (WEEKDAYS, MONTHS)
    )
    return f"{weekdays[on.weekday()]} {on.day} {months[on.month - 1]} {on.year}"


def write_time_and_day(moment: datetime) -> str:
    """Write a moment in London: 09:30 on 3 November 2026."""
    local = moment.astimezone(LONDON)
    joint = "ar" if is_welsh() else "on"
    return f"{local:%H:%M} {joint} {write_day(local)}"


def days_in_words(number: int) -> str:
    """Write a number of days: 1 day, 12 days, 2 ddiwrnod."""
    if is_welsh():
        return f"{number} {'ddiwrnod' if number == 2 else 'diwrnod'}"
    return f"{number} day{'' if number == 1 else 's'}"


def every_day(first: date, last: date) -> list[date]:
    """Return every day from one to another, both included."""
    return [first + n * DAY for n in range((last - first).days + 1)]


def listed(words: Iterable[object]) -> str:
    """Join words as a sentence does: a, b and c."""
    *most, last = [str(word) for word in words]
    joint = welsh_and(last) if is_welsh() else "and"
    return f"{', '.join(most)} {joint} {last}" if most else last


def welsh_and(word: str) -> str:
    """Return how Welsh says “and” before a word: “ac” before a vowel."""
    return "ac" if word[:1].lower() in set("aeiouwyâêîôûŵŷ") else "a"


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
