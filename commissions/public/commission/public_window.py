"""What somebody outside can do about a commission now, and until when.

Pure: the window's kind and times and the present moment go in.
"""

from dataclasses import dataclass
from datetime import datetime

DOING = {
    "comment": "Comment on the draft: say what would work, what would not, and why.",
    "engagement": "Tell the people who hold this what you know: as somebody who uses "
    "the service, cares for somebody, works in it or provides it.",
    "bids": "Providers can bid. Everybody can read what is asked for.",
}


@dataclass(frozen=True)
class Invitation:
    """`state` is before, open, closed or none; `doing` says what one can do."""

    state: str
    kind: str = ""
    doing: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None


def invitation(
    kind: str, opens_at: datetime | None, closes_at: datetime | None, now: datetime
) -> Invitation:
    """Tell what a window of this kind lets people do at a moment."""
    if not kind or closes_at is None:
        return Invitation("none")
    if closes_at <= now:
        return Invitation("closed", kind, "", opens_at, closes_at)
    if opens_at and opens_at > now:
        return Invitation("before", kind, DOING[kind], opens_at, closes_at)
    return Invitation("open", kind, DOING[kind], opens_at, closes_at)
