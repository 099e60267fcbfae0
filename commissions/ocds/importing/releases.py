"""Releases out of a stream of bytes, each checked: packages, records, JSON Lines.

A package is cut into its releases before any of it is read as JSON, by
following its brackets and quotes. So a release with a fault inside (NaN, a
stray comma, a key twice) costs that release alone, and memory holds one
release at a time however large the package. What breaks the brackets
themselves ends the source: everything before it is imported.
"""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from commissions.ocds.importing.json_stream import LARGEST, Broken, cut
from commissions.ocds.importing.mapping.json_reader import Part, Unusable
from commissions.ocds.importing.mapping.notice import notice_document

DEEPEST = 60  # levels of nesting; a release of every extension has 12
LONGEST_TEXT = 1_000_000  # characters
LONGEST_NAME = 255 - len("notice//")  # ocid and id together name it on the record
NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
CONTENT = ("planning", "tender", "awards", "contracts", "buyer", "parties", "bids")


@dataclass
class ReceivedRelease:
    """One release as it came: its words, its place in the source, its platform."""

    value: dict
    where: str
    publisher: str = ""
    tags: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    ocid: str = ""
    id: str = ""
    at: object = None
    text: str = ""
    digest: str = ""


@dataclass(frozen=True)
class RefusedRelease:
    """One release, or the rest of a source, that was not imported, and why."""

    where: str
    reason: str
    release_id: str = ""

    def __str__(self):
        return f"{self.release_id or self.where}: {self.reason}"


def release_id(value):
    """Return a release's id for a list of refusals, as far as it has one."""
    found = value.get("id") if isinstance(value, dict) else None
    return str(found)[:120] if isinstance(found, str | int) else ""


class Unreadable(Exception):
    """A source has nothing that can be read, for the reason given."""


class Faulty(ValueError):
    """JSON that is well-formed and still not to be trusted."""


def object_without_repeats(found):
    """Make an object of its keys and values; refuse a key that is there twice."""
    value = dict(found)
    if len(value) != len(found):
        keys = [key for key, _ in found]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise Faulty(f"The key “{twice[:60]}” is there twice in one object.")
    return value


def no_number(name):
    """Refuse NaN and Infinity, which are not JSON."""
    raise Faulty(f"It holds “{name}”, which is not a number.")


def parse_release(raw):
    """Return one JSON value; raise ValueError, with a sentence, where it is none."""
    try:
        return json.loads(
            raw, object_pairs_hook=object_without_repeats, parse_constant=no_number
        )
    except Faulty:
        raise
    except RecursionError:
        raise ValueError("It is nested too deep to be read.") from None
    except UnicodeDecodeError:
        raise ValueError("It is not UTF-8 text.") from None
    except json.JSONDecodeError as error:
        raise ValueError(
            f"It is not valid JSON: {error.msg.lower()} at character {error.pos + 1:,}."
        ) from None
    except ValueError:
        raise ValueError("It holds a number of too many digits.") from None


def releases(stream, name) -> Iterator[ReceivedRelease | RefusedRelease]:
    """Yield every release of a source, or why one cannot be read.

    Raises Unreadable where nothing of the source can be.
    """
    reading = ReleaseReading(name)
    try:
        for raw, kind in cut(stream):
            yield from reading.take(raw, kind)
    except Broken as broken:
        yield reading.rest(str(broken))
    if not (reading.count or reading.packaged):
        raise Unreadable(f"{name} holds no release, record or package.")


class ReleaseReading:
    """Where in a source the reading is, and which package it is in."""

    def __init__(self, name):
        self.name, self.count, self.publisher = name, 0, ""
        self.packaged = False

    def where(self):
        return f"{self.name}, release {self.count}"

    def rest(self, reason):
        """Refuse what follows, saying what became of what came before.

        Raises Unreadable where nothing came before.
        """
        if not self.count:
            raise Unreadable(f"{self.name} could not be read. {reason}")
        return RefusedRelease(
            f"{self.name}, after release {self.count}",
            f"{reason} What came before was read; the rest is lost.",
        )

    def take(self, raw, kind):
        """Yield the releases of one piece: a release, a record, a whole line."""
        if kind in {"publisher", "package"}:
            self.packaged = True
            self.publisher = publisher_of(raw) or self.publisher
        elif raw is None:
            self.count += 1
            yield RefusedRelease(self.where(), f"It is larger than {LARGEST:,} bytes.")
        else:
            yield from self.read(raw)

    def read(self, raw):
        """Yield the releases of one piece, or why it is not JSON."""
        try:
            value = parse_release(raw)
        except ValueError as error:
            self.count += 1
            yield RefusedRelease(self.where(), str(error))
            return
        for found in self.unfold(value):
            if isinstance(found, ReceivedRelease) and found.value is value:
                found.text = raw.decode().strip()
            yield found

    def unfold(self, value):
        """Yield the releases of a value: itself, or those of a package or record."""
        if isinstance(value, dict) and isinstance(value.get("records"), list):
            self.publisher = name_of(value.get("publisher")) or self.publisher
            for record in value["records"]:
                yield from self.unfold(record)
        elif isinstance(value, dict) and (
            "compiledRelease" in value or "versionedRelease" in value
        ):
            yield from self.record(value)
        elif isinstance(value, dict) and isinstance(value.get("releases"), list):
            self.publisher = name_of(value.get("publisher")) or self.publisher
            for release in value["releases"]:
                yield self.one(release)
        else:
            yield self.one(value)

    def one(self, value, tags=()):
        """Count a release and return it with its reading."""
        self.count += 1
        return ReceivedRelease(value, self.where(), self.publisher, list(tags))

    def record(self, record):
        """Yield a record's full releases; its compiled one where some are not full.

        A compiled release is tagged only as such, so it takes the tags of the
        releases that it stands for.
        """
        sent = record.get("releases")
        sent = sent if isinstance(sent, list) else []
        missing = [each for each in sent if not is_full_release(each)]
        yield from (self.one(each) for each in sent if is_full_release(each))
        whole = record.get("compiledRelease")
        if isinstance(whole, dict) and (missing or not sent):
            tags = [each.get("tag") for each in missing if isinstance(each, dict)]
            last = tags[-1] if tags and isinstance(tags[-1], list) else []
            read = self.one(with_id(whole), [str(tag) for tag in last])
            read.notes = [stub_note(each) for each in missing]
            yield read
            return
        for each in missing:
            self.count += 1
            yield RefusedRelease(self.where(), stub_reason(each), release_id(each))
        if not sent:
            self.count += 1
            yield RefusedRelease(self.where(), "The record holds no release.")


def is_full_release(release):
    """Tell whether a record's entry is a release, not a stub or a link."""
    said = {"id", "ocid", "date", "tag", "url", "language", "initiationType"}
    return isinstance(release, dict) and bool(set(release) - said)


def stub_reason(release):
    """Say why a record's entry is not a release of its own."""
    linked = isinstance(release, dict) and release.get("url")
    what = "The record only links to it" if linked else "The record only names it"
    return f"{what}, and has no compiled release to read instead."


def stub_note(release):
    """Say that a record's entry was read in the record's compiled release."""
    named = release_id(release) or "a release"
    return f"The record only names {named}, so its compiled release was read instead."


def with_id(release):
    return {"id": f"{release.get('ocid')}-{release.get('date')}", **release}


def publisher_of(raw):
    """Return the publisher's name out of a package's raw field."""
    try:
        return name_of(parse_release(raw)) if raw else ""
    except ValueError:
        return ""


def name_of(publisher):
    """Return a publisher's name, or nothing."""
    name = publisher.get("name") if isinstance(publisher, dict) else ""
    return name if isinstance(name, str) else ""


def check_release(received):
    """Return a release with its ocid, id, time and digest; else raise Unusable."""
    if not isinstance(received.value, dict):
        raise Unusable("It is not a JSON object, so it is not a release.")
    check_size(received.value)
    release = identified(received)
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
    received.digest = digest_of_release(received.value)
    received.value = release.values
    return received


def identified(received):
    """Return a release as a part, with an id and a date where it can be told them.

    Public Contracts Scotland gives releases no id: that of the notice's own document
    serves, as the number under which the platform published it.
    """
    release = Part(received.value)
    if release.values.get("id") or not release.values.get("ocid"):
        return release
    document = notice_document(release, release.words("tag"))
    number = document.raw("id") if document else ""
    if not number and release.values.get("date"):
        number = f"{release.raw('ocid')}-{release.raw('date')}"
    return Part({**received.value, "id": number})


def digest_of_release(value):
    """Return the SHA-256 of a release, whatever the order of its keys."""
    words = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if "\\u0000" in words and NUL.search(words):
        raise Unusable("It contains the character NUL, which no text should have.")
    try:
        return sha256(words.encode()).hexdigest()
    except UnicodeEncodeError:
        raise Unusable("It contains half of a character (a lone surrogate).") from None


def check_size(value):
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
                    check_size_of_one(inner)
        level = below


def check_size_of_one(value):
    """Raise Unusable where one text is too long or one number no number."""
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise Unusable(
            f"One of its texts is {len(value):,} characters long; "
            f"{LONGEST_TEXT:,} is the most."
        )
    if isinstance(value, float) and not math.isfinite(value):
        raise Unusable("One of its numbers is too large to be an amount.")
