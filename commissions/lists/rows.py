"""The rows of the list of commissions, in words: who holds each, what is open.

`described` reads what a page of rows needs beside the commissions themselves
in three queries, however many rows there are.
"""

from dataclasses import dataclass

from django.db.models import Max, prefetch_related_objects

from commissions.models import Commission, Tenure
from commissions.pages.amounts import value_range
from commissions.pages.holders import seat
from commissions.pages.invitations import invitation
from commissions.written import at_time, for_days, in_days, on_day

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


def note_vacancies(posts):
    """Read, in one query, since when each vacant post is vacant."""
    vacant = [post for post in posts if not post.tenure]
    left = Tenure.objects.filter(post__in={post.pk for post in vacant}).order_by()
    last = dict(left.values_list("post").annotate(Max("ended_on")))
    for post in vacant:
        post.last_held = last.get(post.pk)


def holder(commission):
    """Say who holds a commission, and whether nobody does."""
    post = commission.post
    if not post:
        return (
            (commission.committee.name, False)
            if commission.committee
            else ("No named holder", True)
        )
    if person := post.named_person:
        return f"{person.name}, {post.title}", False
    if post.tenure:
        return post.title, False
    since, lasted = on_day(post.vacant_since), for_days(post.vacant_since)
    said = f"Vacant {lasted}, since {since}" if lasted else f"Vacant since {since}"
    said += f": {post.title}"
    if post.deputy and post.deputy.named_person:
        said += f". Covered by {post.deputy.named_person.name}, {post.deputy.title}"
    return said, True


def window(commission, at):
    """Say what is open and until when; nothing where nothing is or will be."""
    found = invitation(
        commission.window_for,
        commission.window_opens_at,
        commission.window_closes_at,
        at,
    )
    if found.state == "open":
        until = f"{at_time(found.closes_at)}, {in_days(found.closes_at)}"
        return f"{DO[found.kind]} by {until}"
    if found.state == "before":
        return f"Opens for {OPEN_FOR[found.kind]} at {at_time(found.opens_at)}"
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


def noted(commissions):
    """Read who holds these commissions and where they are; give them back."""
    posts = [found.post for found in commissions if found.post]
    if posts:
        seat(posts)
        note_vacancies(posts)
    prefetch_related_objects(commissions, "areas")
    return commissions


def described(commissions, at):
    """Say a page of commissions in words, at a time."""
    return [describe(commission, at) for commission in noted(commissions)]


def describe(commission, at):
    """Say one commission in words."""
    held_by, vacant = holder(commission)
    return Row(
        commission=commission,
        holder=held_by,
        vacant=vacant,
        stage=commission.get_stage_display(),
        colour=COLOURS.get(commission.stage, "blue"),
        open=window(commission, at),
        facts=[fact for fact in facts(commission) if fact],
    )
