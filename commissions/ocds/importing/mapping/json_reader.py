"""One JSON object of a release, read field by field. Imports no models.

What is of the wrong type, or past what the portal can hold, counts as absent, and a
sentence names the field; `null` and blank text are absent too. Only where a release
means nothing without it (its ids, its date, a whole section) is Unusable raised.
"""

import re
from datetime import UTC, datetime, time
from decimal import Decimal, InvalidOperation
from html import unescape
from zoneinfo import ZoneInfo

import nh3

from commissions.law.deadlines.calculate import FIRST, LAST
from commissions.text.characters import printable

LONDON = ZoneInfo("Europe/London")
END_OF_DAY = time(23, 59, 59)
LARGEST = Decimal(10) ** 15  # pounds; the database holds 16 digits before the point
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?")


NEEDED = {
    "ocid",
    "id",
    "date",
    "buyer",
    "parties",
    "planning",
    "tender",
    "awards",
    "contracts",
}
"""What of a release, at its top, it means nothing without."""


class Unusable(Exception):
    """A release cannot be imported, for the reason given as a sentence."""


def kind_of(value):
    """Name a JSON value's type for people."""
    names = {dict: "an object", list: "a list", str: "text", bool: "true or false"}
    return names.get(type(value), "a number")


class Part:
    """One object of a release and where it stands in it, such as tender.lots.1."""

    __slots__ = ("dropped", "path", "values")

    def __init__(self, values, path="", dropped=None):
        self.values, self.path = values, path
        self.dropped = {} if dropped is None else dropped

    def at(self, key):
        """Name a field of this object with its path."""
        return f"{self.path}.{key}" if self.path else key

    def refuse(self, key, problem):
        """Leave a field out and note why; refuse the whole where it needs the field."""
        sentence = f"“{self.at(key)}” {problem}"
        if key in NEEDED and not self.path:
            raise Unusable(sentence)
        self.dropped[sentence] = key

    def of(self, key, *types, wanted):
        """Return a value of one of some types, or None where it is absent."""
        value = self.values.get(key)
        if value is None or type(value) in types:
            return value
        self.refuse(key, f"should be {wanted}, and is {kind_of(value)}.")
        return None

    def part(self, key):
        found = self.of(key, dict, wanted="an object") or {}
        return Part(found, self.at(key), self.dropped)

    def parts(self, key):
        """Return a list of objects inside this one."""
        found = self.of(key, list, wanted="a list of objects") or []
        for number, value in enumerate(found):
            if type(value) is not dict:
                what = f"item {number + 1} is {kind_of(value)}"
                sentence = f"“{self.at(key)}” should hold objects only; {what}."
                self.dropped[sentence] = key
        return [
            Part(value, f"{self.at(key)}.{number}", self.dropped)
            for number, value in enumerate(found)
            if type(value) is dict
        ]

    def words(self, key):
        """Return a list of codes."""
        found = self.of(key, list, str, wanted="a list of codes") or []
        found = [found] if isinstance(found, str) else found
        words = (str(word) for word in found if isinstance(word, str | int))
        return [printable(word).strip() for word in words]

    def raw(self, key):
        """Return text as it stands, a number as its digits; absent is empty."""
        value = self.of(key, str, int, float, wanted="text")
        return "" if value is None else printable(str(value)).strip()

    def text(self, key, longest=None):
        """Return text without markup, cut at a word where it is too long."""
        return shorten_text(plain_text(self.raw(key)), longest)

    def code(self, key, longest):
        """Return a code or an identifier; one that is too long counts as absent."""
        value = self.raw(key)
        if len(value) > longest:
            self.refuse(
                key, f"is {len(value):,} characters long; {longest} is the most."
            )
            return ""
        return value

    def flag(self, key):
        return self.of(key, bool, wanted="true or false")

    def money(self, key):
        """Return an amount, or None where it is absent."""
        value = self.of(key, int, float, str, wanted="a number")
        if value is None or value == "":
            return None
        try:
            amount = Decimal(str(value)).quantize(Decimal("0.01"))
        except InvalidOperation:
            amount = None
        if amount is None or not amount.is_finite() or abs(amount) >= LARGEST:
            self.refuse(key, "is not an amount of money that can be held.")
            return None
        if amount < 0:
            self.refuse(key, f"is an amount below nothing: {amount}.")
            return None
        return amount

    def moment(self, key):
        """Return a time with its zone (London, unless said), or None."""
        value = self.of(key, str, wanted="a date")
        if not value or not value.strip():
            return None
        try:
            return parse_moment(value.strip())
        except (ValueError, OverflowError):
            self.refuse(
                key,
                f"is not a date that can be: “{shorten_text(value, 60)}”. Days lie between "
                f"{FIRST.year} and {LAST.year - 1}.",
            )
        return None

    def day(self, key):
        """Return the day that is meant, or None.

        Publishers write midnight with the offset of another season
        ("2025-01-06T00:00:00+01:00"), so the day as written stands; only a
        time in UTC is turned into London's day.
        """
        at = self.moment(key)
        if at is None:
            return None
        if at.utcoffset() or ends_a_day(at):
            return at.date()
        return at.astimezone(LONDON).date()

    def until(self, key):
        """Return when something closes: a day without a time, or a last minute written
        in UTC the year round, closes at the end of that day in London.
        """
        at = self.moment(key)
        if at is None:
            return None
        alone = len(self.values[key].strip()) == len("2026-12-15")
        if alone or (not at.utcoffset() and ends_a_day(at)):
            return datetime.combine(at.date(), END_OF_DAY, LONDON)
        return at


def ends_a_day(at):
    """Tell whether a time in UTC is a day's last minute, and so means that day."""
    return at.hour == 23 and at.minute == 59


def parse_moment(value):
    """Read an ISO 8601 date or time; raise ValueError where it is not one."""
    if not MOMENT.fullmatch(value):
        raise ValueError(value)
    at = datetime.fromisoformat(value)
    at = at if at.tzinfo else at.replace(tzinfo=LONDON)
    for year in (at.year, at.astimezone(UTC).year):
        if not FIRST.year <= year < LAST.year:
            raise ValueError(value)
    return at


def shorten_text(text, longest):
    """Cut text at a word, with an ellipsis, where it is too long."""
    if longest is None or len(text) <= longest:
        return text
    cut = text[: longest - 1]
    return cut[: cut.rfind(" ") if cut.rfind(" ") > longest // 2 else None] + "…"


def today_in_london(now):
    return now.astimezone(LONDON).date()


def day_of_text(day):
    """Return a day, or a time's day in London; None stays None."""
    return day.astimezone(LONDON).date() if isinstance(day, datetime) else day


MARKUP = re.compile(r"<[a-zA-Z/!?]")
BLOCK = re.compile(
    r"<(?:br|/p|/div|/li|/tr|/h[1-6]|/ul|/ol|/table)\b[^<>]*>", re.IGNORECASE
)
UNSEEN = re.compile("[\u200b\u202a-\u202e\u2066-\u2069]")
SPACES = re.compile(r"[^\S\n]+")
LINES = re.compile(r" ?\n ?")
MARKED = re.compile(r"[<&]|\s\s")
GAPS = re.compile(r"\n{3,}")


def plain_text(text):
    """Return text without markup, keeping its paragraphs.

    What looked like a tag only after its entities were read ("&lt;script&gt;")
    is cleaned too. The result is text, to be escaped wherever it is shown.
    """
    if text.isprintable() and not MARKED.search(text):
        return text.strip()
    for _ in range(3):
        if not (MARKUP.search(text) or "&" in text):
            break
        text = without_markup(text)
    text = UNSEEN.sub("", printable(text).replace("\r\n", "\n").replace("\r", "\n"))
    return GAPS.sub("\n\n", LINES.sub("\n", SPACES.sub(" ", text))).strip()


def without_markup(text):
    """Drop the tags, with what scripts and styles hold, and read the entities."""
    if MARKUP.search(text):
        text = nh3.clean(BLOCK.sub(r"\g<0>\n", text), tags=set())
    return unescape(text)
