"""How the portal writes money, days and times, wherever it says them.

Pure functions of their arguments: days are those of Europe/London whatever the
server's clock says, pounds are rounded half up. None gives an empty string, so
that a page can leave out what is not known. Templates have them as filters.
English, or Welsh where that is the language that is active.
"""

import calendar
import datetime
import re
import unicodedata
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from textwrap import shorten
from urllib.parse import urlsplit

from django.utils import timezone

from commissions.law import dates
from commissions.law.dates import LONDON, month_name
from commissions.law.language import is_welsh
from commissions.text import welsh

SENTENCE_END = re.compile(r"(?<=[a-z0-9)’”][.!?])\s+(?=[A-Z“‘£0-9])")


UNITS = {"million": "miliwn", "billion": "biliwn"}
"""The Welsh of each."""


def rounded(amount, places="1"):
    """Round a Decimal half up, as people do, not to even, as Python does."""
    return amount.quantize(Decimal(places), rounding=ROUND_HALF_UP)


def money(pounds):
    """Write pounds: £0, £12.50, £135,018, £1.2 million, £3.05 billion.

    Whole pounds from £1,000 up; from a million, at most two decimals.
    """
    if pounds is None:
        return ""
    amount = Decimal(str(pounds))
    sign, amount = ("−" if amount < 0 else ""), abs(amount)
    if rounded(amount) >= 1_000_000:
        share, unit = rounded(amount / 1_000_000, "0.01"), "million"
        if share >= 1000:
            share, unit = rounded(share / 1000, "0.01"), "billion"
        unit = UNITS[unit] if is_welsh() else unit
        return f"{sign}£{share.normalize():f} {unit}"
    pence = rounded(amount, "0.01")
    if pence < 1000 and pence % 1:
        return f"{sign}£{pence}"
    return f"{sign}£{rounded(amount):,}"


def london(value):
    """Return an aware datetime as it reads on a clock in London; a date as it is."""
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        return value.astimezone(LONDON)
    return value


def on_day(value):
    """Write a date or datetime as a day in London: 3 November 2026."""
    if value is None:
        return ""
    return dates.write_day(london(value))


def month_of(day, short=False):
    """Name the month of a day, whatever the machine's language: November, or Nov."""
    if not short:
        return month_name(day.month)
    if is_welsh():
        return welsh.SHORT_MONTHS[day.month - 1]
    return dates.MONTHS[day.month - 1][:3]


def span(day: date, precision: str) -> tuple[date, date]:
    """Return the first and last day that a rough date may mean."""
    months = {"month": 1, "quarter": 3, "year": 12}.get(precision)
    if not months:
        return day, day
    start = day.replace(month=(day.month - 1) // months * months + 1, day=1)
    last = start.month + months - 1
    return start, date(day.year, last, calendar.monthrange(day.year, last)[1])


def roughly(day: date, precision: str = "day", *, short: bool = False) -> str:
    """Write a date as roughly as it is meant: 3 November 2026, April to June 2027."""
    start, end = span(day, precision)
    if precision == "day":
        return f"{day.day} {month_of(day, short)} {day.year}"
    if precision == "month":
        return f"{month_of(day, short)} {day.year}"
    if precision == "quarter":
        return f"{months_from_to(start, end, short=short)} {day.year}"
    return str(day.year)


def months_from_to(start: date, end: date, *, short: bool = False) -> str:
    """Write from which month to which: April to June."""
    first, last = month_of(start, short), month_of(end, short)
    if is_welsh():
        return f"{first} i {welsh.SOFT.get(last, last)}"
    return f"{first} to {last}"


def clock(moment):
    """Write a time of day: midnight, midday, 5pm, 5:30pm."""
    if moment.minute == 0 and moment.hour in {0, 12}:
        if is_welsh():
            return welsh.clock(moment.hour == 12)
        return "midday" if moment.hour else "midnight at the start"
    minutes = f":{moment:%M}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{'pm' if moment.hour >= 12 else 'am'}"


def at_time(value):
    """Write a moment in London: 5pm on Friday 18 December 2026.

    A date without a time is written with its weekday only.
    """
    if value is None:
        return ""
    moment = london(value)
    day = dates.write_day_in_full(moment)
    if not isinstance(moment, datetime.datetime):
        return day
    time = clock(moment)
    if is_welsh():
        return welsh.on_weekday(time, day)
    return f"{time} {'of' if time.startswith('midnight') else 'on'} {day}"


def span_of_times(start, end):
    """Write from when to when, in London: 6pm to 8pm on Monday 7 December 2026."""
    same_day = london(start).date() == london(end).date()
    first = clock(london(start)) if same_day else at_time(start)
    return f"{first} {'tan' if is_welsh() else 'to'} {at_time(end)}"


def by_time(value, today=None):
    """Write until when something can be done, in short: 5pm, 28 December.

    The year is written only where it is not this one.
    """
    moment = london(value)
    day = f"{moment.day} {month_of(moment)}"
    if moment.year != (today or timezone.localdate()).year:
        day = f"{day} {moment.year}"
    return f"{clock(moment)}, {day}"


def first_sentences(text, number, most=400):
    """Return the first sentences of a text, cut at a word where they are too long."""
    text = " ".join(text.split())
    said = " ".join(SENTENCE_END.split(text, maxsplit=number)[:number])
    return shorten(said, most, placeholder="…") if len(said) > most else said


def how_many(number: int, noun: str) -> str:
    """Write a number of something: 1 month, 7 months, 1,204 days."""
    if is_welsh():
        return welsh.how_many(number, noun)
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def for_days(value, today=None):
    """Write how long something has lasted: for 1 day, for 288 days; nothing on day one."""
    days = ((today or timezone.localdate()) - london(value)).days
    if days < 1:
        return ""
    return f"{'ers' if is_welsh() else 'for'} {how_many(days, 'day')}"


def in_days(value, today=None):
    """Write how far off a day is: today, tomorrow, in 26 days, 3 days ago.

    Counts calendar days in London from `today` (a date; now when not given).
    """
    if value is None:
        return ""
    day = london(value)
    day = day.date() if isinstance(day, datetime.datetime) else day
    days = (day - (today or timezone.now().astimezone(LONDON).date())).days
    if is_welsh():
        return welsh.far(days)
    named = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in named:
        return named[days]
    far = how_many(abs(days), "day")
    return f"in {far}" if days > 0 else f"{far} ago"


# Money in words: one amount with and without VAT, and a range of values. Pure.


def sum_of(value: Decimal, currency: str = "GBP") -> str:
    """Write one sum: £1.2 million; in another currency 1,200,000 EUR."""
    if currency in {"GBP", ""}:
        return money(value)
    return f"{value.normalize():,f} {currency}"


def amount(
    net: Decimal | None,
    gross: Decimal | None = None,
    currency: str = "GBP",
    *,
    says_vat: bool = True,
) -> str:
    """Write an amount and say whether it counts VAT; nothing where none is known.

    `says_vat` is false of one that a notice gives without a word on it.
    """
    said = []
    if net is not None:
        vat = " excluding VAT" if says_vat else ", VAT not stated"
        said.append(f"{sum_of(net, currency)}{vat_in_words(vat)}")
    if gross is not None:
        said.append(f"{sum_of(gross, currency)}{vat_in_words(' including VAT')}")
    return ", ".join(said)


def vat_in_words(words: str) -> str:
    """Write what a sum says of VAT, with what joins it to the sum."""
    bare = words.lstrip(", ")
    return words.replace(bare, welsh.VATS[bare]) if is_welsh() else words


def value_range(low: Decimal | None, high: Decimal | None, vat: str) -> str:
    """Write a range in pounds with what it says of VAT; nothing where none is known."""
    if low is None and high is None:
        return ""
    counts = vat.startswith(("including", "excluding", "gan", "heb"))
    joint = " " if counts else ", "
    return f"{range_of_sums(low, high)}{joint}{vat}"


def range_of_sums(low: Decimal | None, high: Decimal | None) -> str:
    """Write a range in pounds, of which one end may be unknown."""
    if is_welsh():
        return welsh.value_range(money(low), money(high))
    if low is None:
        return f"Up to {money(high)}"
    if high is None:
        return f"At least {money(low)}"
    return money(low) if low == high else f"{money(low)} to {money(high)}"


# How far off a day is, in the unit people would use: days, months, years. Pure.


def months_between(start: date, end: date) -> int:
    """Count the whole months from one day to a later one."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)


def length(start: date, end: date) -> str:
    """Say how long it is: 40 days, 7 months, 2 years. Rounded down."""
    months = months_between(start, end)
    if months < 2:
        return how_many((end - start).days, "day")
    if months < 24:
        return how_many(months, "month")
    return how_many(months // 12, "year")


def how_far(day: date, today: date) -> str:
    """Say how far off a day is: today, in 7 months, 2 years ago."""
    if day == today:
        return "heddiw" if is_welsh() else "today"
    later = day > today
    span_in_words = length(today, day) if later else length(day, today)
    if is_welsh():
        return welsh.in_or_ago(span_in_words, later=later)
    return f"in {span_in_words}" if later else f"{span_in_words} ago"


HIDING = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"}
"""Unicode's classes of what cannot be seen, U+202E among them, which turns words round."""


def web_address(url):
    """Return an address of the web that a page may link to, or nothing.

    Not one with a name or password before its host, which reads as another host,
    nor one with a character that cannot be seen.
    """
    if any(unicodedata.category(letter) in HIDING for letter in url) or "\\" in url:
        return ""
    try:
        parts = urlsplit(url)
        named = parts.hostname and parts.username is None and parts.port != 0
    except ValueError:
        return ""
    return url if named and parts.scheme in {"http", "https"} else ""
