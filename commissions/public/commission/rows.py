"""The rows of the list of commissions, in words: who holds each, what is open.

`described` reads what a page of rows needs beside the commissions themselves
in two queries, however many rows there are.
"""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from commissions.models import Commission
from commissions.people.holders import holder, read_holders
from commissions.public.commission.page import window_of
from commissions.text.formats import at_time, in_days, value_range

BESIDES = ("organisation", "topic", "post", "post__deputy", "committee")
UNREAD = [
    "summary",
    "need",
    "outcomes",
    "fixed",
    "still_open",
    "unknowns",
    "changes_for",
    "equality_impact",
    "funding",
]
PLACES = 3  # named in a row before “and 4 more”
COLOURS = {"draft_open": "green", "engagement": "green", "cancelled": "red"}
OPEN_FOR = {"comment": "comment", "engagement": "engagement", "bids": "bids"}
DO = {"comment": "Comment", "engagement": "Take part", "bids": "Bid"}


FROM_NOTICES = "Known from notices; who is responsible is not recorded here"


@dataclass(frozen=True)
class Row:
    """One commission as a line of a list: words only."""

    commission: Commission
    holder: str
    vacant: bool
    stage: str
    colour: str
    open: str
    facts: list


def light(commissions):
    """Fetch with commissions what a row shows, without their long texts."""
    return commissions.select_related(*BESIDES).defer(*UNREAD)


def window(commission, at):
    """Say what is open and until when; nothing where nothing is or will be."""
    found = window_of(commission, at)
    if found.state == "open":
        until = f"{at_time(found.closes_at)}, {in_days(found.closes_at)}"
        return f"{DO[found.kind]} by {until}"
    if found.state == "before":
        return f"Opens for {OPEN_FOR[found.kind]} at {at_time(found.opens_at)}"
    if commission.bids_closed and not commission.kept_here:
        return f"Bids closed at {at_time(found.closes_at)}"
    return ""


def places(commission):
    """Name the first places of a commission, and say how many more there are."""
    names = sorted(area.name for area in commission.areas.all())
    more = len(names) - PLACES
    return ", ".join(names[:PLACES]) + (f" and {more} more" if more > 0 else "")


def facts(commission):
    """Say what it is worth, what it is about and where; each may be empty."""
    return (
        value_range(
            commission.value_min,
            commission.value_max,
            commission.get_value_vat_display(),
        ),
        commission.topic.name if commission.topic else "",
        places(commission),
    )


def noted(commissions, *more):
    """Read who holds these commissions and where they are; give them back."""
    posts = [found.post for found in commissions if found.post]
    if posts:
        read_holders(posts)
    prefetch_related_objects(commissions, "areas", *more)
    return commissions


def described(commissions, at):
    """Say a page of commissions in words, at a time."""
    return [describe(commission, at) for commission in noted(commissions)]


def describe(commission, at):
    """Say one commission in words."""
    held_by, vacant = holder(commission)
    if not commission.kept_here:
        held_by, vacant = FROM_NOTICES, False
    return Row(
        commission=commission,
        holder=held_by,
        vacant=vacant,
        stage=commission.get_stage_display(),
        colour=COLOURS.get(commission.stage, "blue"),
        open=window(commission, at),
        facts=[fact for fact in facts(commission) if fact],
    )
