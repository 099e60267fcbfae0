"""The envelope of a release: is it one, can it be kept, which is it?"""

import json
import math
import re
from dataclasses import dataclass, field
from hashlib import sha256

from commissions.ocds.importing.mapping.json_reader import Part, Unusable

DEEPEST = 60  # levels of nesting; a release of every extension has 12
LONGEST_TEXT = 1_000_000  # characters
LONGEST_NAME = 255 - len("notice//")  # ocid and id together name it on the record
NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
CONTENT = ("planning", "tender", "awards", "contracts", "buyer", "parties", "bids")


@dataclass
class Received:
    """One release as it came: its words, its place in the source, its platform."""

    value: dict
    where: str
    publisher: str = ""
    tags: list = field(default_factory=list)
    ocid: str = ""
    id: str = ""
    at: object = None
    text: str = ""
    digest: str = ""


@dataclass(frozen=True)
class Refused:
    """One release, or the rest of a source, that was not imported, and why."""

    where: str
    reason: str
    release_id: str = ""

    def __str__(self):
        return f"{self.release_id or self.where}: {self.reason}"


def named(value):
    """Return a release's id for a list of refusals, as far as it has one."""
    found = value.get("id") if isinstance(value, dict) else None
    return str(found)[:120] if isinstance(found, str | int) else ""


def checked(received):
    """Return a release with its ocid, id, time and digest; else raise Unusable."""
    if not isinstance(received.value, dict):
        raise Unusable("It is not a JSON object, so it is not a release.")
    measure(received.value)
    release = Part(received.value)
    for key in ("ocid", "id", "date"):
        if not release.raw(key):
            raise Unusable(
                f"It has no “{key}”, without which a release cannot be told from others."
            )
    received.ocid = release.code("ocid", 240)
    received.id = release.code("id", 240)
    if len(received.ocid) + len(received.id) > LONGEST_NAME:
        raise Unusable(
            f"Its ocid and id are longer than {LONGEST_NAME} characters together."
        )
    received.at = release.moment("date")
    received.tags = received.tags or release.words("tag")
    if not any(release.values.get(section) for section in CONTENT):
        raise Unusable("It says nothing beyond its id, date and tag.")
    received.text = received.text or json.dumps(received.value, ensure_ascii=False)
    received.digest = digest(received.value)
    return received


def digest(value):
    """Return the SHA-256 of a release, whatever the order of its keys."""
    words = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if "\\u0000" in words and NUL.search(words):
        raise Unusable("It contains the character NUL, which no text should have.")
    try:
        return sha256(words.encode()).hexdigest()
    except UnicodeEncodeError:
        raise Unusable("It contains half of a character (a lone surrogate).") from None


def measure(value):
    """Raise Unusable where a release is too deep, or holds what cannot be kept."""
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise Unusable(f"It is nested more than {DEEPEST} levels deep.")
        below = []
        for each in level:
            for inner in each.values() if isinstance(each, dict) else each:
                if isinstance(inner, dict | list):
                    below.append(inner)
                else:
                    measure_one(inner)
        level = below


def measure_one(value):
    """Raise Unusable where one text is too long or one number no number."""
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise Unusable(
            f"One of its texts is {len(value):,} characters long; "
            f"{LONGEST_TEXT:,} is the most."
        )
    if isinstance(value, float) and not math.isfinite(value):
        raise Unusable("One of its numbers is too large to be an amount.")
