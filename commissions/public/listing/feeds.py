"""Lists as feeds (Atom) and calendars (iCalendar)."""

from datetime import UTC, date, datetime, timedelta

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from commissions.text.characters import UNPRINTABLE


def write_feed(said):
    """Return words, or anything else, without control characters."""
    return UNPRINTABLE.sub(" ", said) if isinstance(said, str) else said


class AtomFeed(Atom1Feed):
    """An Atom feed; a vertical tab that a word processor left becomes a space."""

    def __init__(self, *args, **kwargs):
        super().__init__(*map(write_feed, args), **clean_for_xml(kwargs))

    def add_item(self, *args, **kwargs):
        """Add an entry; its description is words, and Atom1Feed sends it as HTML."""
        kwargs["description"] = escape(kwargs.get("description", ""))
        super().add_item(*map(write_feed, args), **clean_for_xml(kwargs))


def clean_for_xml(said):
    """Return named words without control characters."""
    return {name: write_feed(value) for name, value in said.items()}


CONTROLS = dict.fromkeys([*range(32), 127])  # RFC 5545 has no way to write these
ESCAPES = CONTROLS | str.maketrans(
    {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\t": " "}
)


def ical_moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def fold_line(line: str) -> str:
    """Fold a line at 75 bytes, never inside a character."""
    parts, part = [], b""
    for character in line:
        octets = character.encode()
        if len(part) + len(octets) > 74:
            parts.append(part)
            part = b""
        part += octets
    return b"\r\n ".join([*parts, part]).decode()


def ical_event(
    *,
    uid: str,
    at: datetime,
    now: datetime,
    title: str,
    url: str,
    until: datetime | None = None,
    place: str = "",
    cancelled: bool = False,
) -> list[str]:
    """Write one event, a moment long unless it says until when.

    `now` is when it last changed, so that calendars take the newer of two.
    """
    return [
        "BEGIN:VEVENT",
        f"UID:{uid.translate(ESCAPES)}",
        f"DTSTAMP:{ical_moment(now)}",
        f"DTSTART:{ical_moment(at)}",
        *([f"DTEND:{ical_moment(until)}"] if until else []),
        f"SUMMARY:{title.translate(ESCAPES)}",
        *([f"LOCATION:{place.translate(ESCAPES)}"] if place else []),
        *(["STATUS:CANCELLED"] if cancelled else []),
        f"URL:{url}",
        "END:VEVENT",
    ]


def whole_days(
    *,
    uid: str,
    first: date,
    last: date,
    now: datetime,
    title: str,
    url: str,
    words: str = "",
) -> list[str]:
    """Write one event of whole days; iCalendar names the day after the last.

    `now` is when it last changed, so that calendars take the newer of two;
    `words` describe it.
    """
    return [
        "BEGIN:VEVENT",
        f"UID:{uid.translate(ESCAPES)}",
        f"DTSTAMP:{ical_moment(now)}",
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{title.translate(ESCAPES)}",
        *([f"DESCRIPTION:{words.translate(ESCAPES)}"] if words else []),
        f"URL:{url}",
        "END:VEVENT",
    ]


def ical_calendar(name: str, events: list[list[str]]) -> str:
    """Write a calendar of events."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Commissioning Portal//EN",
        f"X-WR-CALNAME:{name.translate(ESCAPES)}",
        *(line for event in events for line in event),
        "END:VCALENDAR",
    ]
    return "".join(f"{fold_line(line)}\r\n" for line in lines)
