"""Follow Find a Tender's API page by page, politely, from where the last run stopped.

GET /api/1.0/ocdsReleasePackages?updatedFrom&updatedTo&limit=100, then
`links.next` of each answer. 429 and 503 say in `Retry-After` how long to
wait, in seconds or as a date. After each page its successor is kept in a
Bookmark, in the page's own transaction, so that a run cut off anywhere goes
on at the first page that was not imported.
"""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode, urljoin, urlsplit

from django.utils import timezone

from commissions.models import Bookmark
from commissions.ocds.importing.releases import Unreadable, parse_release, releases
from commissions.ocds.importing.sources import (
    Answered,
    FetchLimits,
    NotFetched,
    fetch_url,
)

BASE = "https://www.find-tender.service.gov.uk"
PATH = "/api/1.0/ocdsReleasePackages"
PAGE = 100
PASSING = {429, 500, 502, 503, 504}
LONGEST_WAIT = 300  # seconds that one Retry-After may ask for
TRIES = 6


class Stopped(Exception):
    """The platform cannot be followed further now; a sentence says why."""


@dataclass
class FindATender:
    """One question to the platform, and how its pages are fetched."""

    updated_from: str
    updated_to: str = ""
    base: str = BASE
    limits: FetchLimits = field(
        default_factory=lambda: FetchLimits(64 * 1024**2, seconds=60, in_all=300)
    )
    sleep: object = time.sleep
    say: object = None

    @property
    def question(self):
        """Return the address of the first page."""
        asked = {"updatedFrom": self.updated_from, "limit": PAGE}
        if self.updated_to:
            asked["updatedTo"] = self.updated_to
        return f"{self.base.rstrip('/')}{PATH}?{urlencode(asked)}"

    def run(self, importer):
        """Import every page with an Importer; return how many there were.

        Raises Stopped, with a sentence, where it must be run again later.
        """
        page, seen = self.start(), set()
        while page:
            if page in seen:
                raise Stopped(f"{page} leads back to itself. Nothing further was read.")
            seen.add(page)
            page = self.take(page, importer)
        return len(seen)

    def start(self):
        """Return the page to begin with: where the last run stopped, or the first."""
        kept = Bookmark.objects.filter(source=self.question).first()
        if kept and self.say:
            self.say(f"Going on where the last run stopped, at {kept.next_page}")
        return kept.next_page if kept else self.question

    def take(self, page, importer):
        """Import one page and keep its successor; return that, or nothing."""
        with self.patient(page) as body:
            following = self.following(page, body)
            body.seek(0)

            def keep():
                if following:
                    Bookmark.objects.update_or_create(
                        source=self.question, defaults={"next_page": following}
                    )
                else:
                    Bookmark.objects.filter(source=self.question).delete()

            importer.take(releases(body, shown_address(page)), keep)
        return following

    def patient(self, page):
        """Return a page's body, trying again where that can help."""
        for attempt in range(TRIES):
            try:
                return self.whole(page)
            except (NotFetched, Unreadable) as error:
                problem = error
                if attempt + 1 < TRIES and self.passing(error):
                    self.wait(error, attempt)
                    continue
                break
        raise Stopped(
            f"{problem} Run the same command again later; it goes on from here."
        ) from problem

    def passing(self, error):
        return not isinstance(error, Answered) or error.status in PASSING

    def whole(self, page):
        """Return a page's body; raise Unreadable where it is no whole package."""
        body = fetch_url(page, self.limits, accept="application/json")
        try:
            package = parse_release(body.read())
        except ValueError as error:
            body.close()
            raise Unreadable(f"{page} sent no release package. {error}") from error
        listed = package.get("releases") if isinstance(package, dict) else None
        if not isinstance(listed, list):
            body.close()
            raise Unreadable(f"{page} sent no release package.")
        body.seek(0)
        return body

    def wait(self, error, attempt):
        """Sleep as long as the server asks, else 1, 2, 4, 8 … seconds."""
        seconds = asked_to_wait(getattr(error, "retry_after", None))
        if seconds is None:
            seconds = 2**attempt
        if seconds > LONGEST_WAIT:
            raise Stopped(
                f"The platform asks to wait {seconds:,.0f} seconds. Run the same "
                "command again after that; it goes on from here."
            ) from error
        if self.say:
            self.say(f"{error} Trying again in {seconds:,.0f} seconds.")
        self.sleep(seconds)

    def following(self, page, body):
        """Return the next page's address; raise Stopped if it is another host's."""
        links = parse_release(body.read()).get("links")
        onward = links.get("next") if isinstance(links, dict) else None
        if not onward or not isinstance(onward, str):
            return ""
        onward = urljoin(page, onward)
        if origin_of_url(onward) != origin_of_url(page) or len(onward) > 2000:
            raise Stopped(
                f"The next page is said to be at {urlsplit(onward).hostname}, which is "
                "not the platform, so it was not read."
            )
        return onward


def origin_of_url(url):
    """Return an address's scheme, host and port."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


def shown_address(page):
    """Name a page without its question."""
    return urlsplit(page).hostname or page


def asked_to_wait(retry_after):
    """Return the seconds that a Retry-After header asks for, or None."""
    if not retry_after:
        return None
    if retry_after.strip().isdigit():
        return int(retry_after)
    try:
        at = parsedate_to_datetime(retry_after)
    except (TypeError, ValueError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0, (at - timezone.now()).total_seconds())


def day_of_page(text):
    """Return a date or time as the platform wants it; raise ValueError if none."""
    at = datetime.fromisoformat(text)
    return at.strftime("%Y-%m-%dT%H:%M:%S")
