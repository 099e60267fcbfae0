"""A commission as a row of a list: in its own list, and on a page about something else.

`describe_commissions` reads what a page of rows needs beside the commissions in two
queries, however many rows there are.
"""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext, gettext_lazy

from commissions.models import Commission
from commissions.people.holdings import holder_in_words, read_holders
from commissions.public.commission.page import window_of
from commissions.text.formats import at_time, in_days, on_day, value_range

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
OPENS = {
    "comment": gettext_lazy("Opens for comment at {time}"),
    "engagement": gettext_lazy("Opens for engagement at {time}"),
    "bids": gettext_lazy("Opens for bids at {time}"),
}
DO = {
    "comment": gettext_lazy("Comment by {time}, {days}"),
    "engagement": gettext_lazy("Take part by {time}, {days}"),
    "bids": gettext_lazy("Bid by {time}, {days}"),
}


FROM_NOTICES = gettext_lazy(
    "Known from notices; who is responsible is not recorded here"
)


@dataclass(frozen=True)
class CommissionRow:
    """One commission as a line of a list: words only."""

    commission: Commission
    holder: str
    vacant: bool
    stage: str
    colour: str
    open: str
    facts: list


def without_long_texts(commissions):
    """Fetch with commissions what a row shows, without their long texts."""
    return commissions.select_related(*BESIDES).defer(*UNREAD)


def window_in_words(commission, at):
    """Say what is open and until when; nothing where nothing is or will be."""
    found = window_of(commission, at)
    if found.state == "open":
        time, days = at_time(found.closes_at), in_days(found.closes_at)
        return DO[found.kind].format(time=time, days=days)
    if found.state == "before":
        return OPENS[found.kind].format(time=at_time(found.opens_at))
    if commission.bids_closed and not commission.kept_here:
        return gettext("Bids closed at {time}").format(time=at_time(found.closes_at))
    return ""


def places_in_words(commission):
    """Name the first places of a commission, and say how many more there are."""
    names = sorted(area.name for area in commission.areas.all())
    more = len(names) - PLACES
    first = ", ".join(names[:PLACES])
    if more > 0:
        return gettext("{names} and {n} more").format(names=first, n=more)
    return first


def facts_in_words(commission):
    """Say what it is worth, what it is about and where; each may be empty."""
    return (
        value_range(
            commission.value_min,
            commission.value_max,
            commission.get_value_vat_display(),
        ),
        commission.topic.name if commission.topic else "",
        places_in_words(commission),
    )


def read_holders_and_places(commissions, *more):
    """Read who holds these commissions and where they are; give them back."""
    posts = [found.post for found in commissions if found.post]
    if posts:
        read_holders(posts)
    prefetch_related_objects(commissions, "areas", *more)
    return commissions


def describe_commissions(commissions, at):
    """Say a page of commissions in words, at a time."""
    return [
        describe_commission(commission, at)
        for commission in read_holders_and_places(commissions)
    ]


def describe_commission(commission, at):
    """Say one commission in words."""
    held_by, vacant = holder_in_words(commission)
    if not commission.kept_here:
        held_by, vacant = FROM_NOTICES, False
    return CommissionRow(
        commission=commission,
        holder=held_by,
        vacant=vacant,
        stage=commission.get_stage_display(),
        colour=COLOURS.get(commission.stage, "blue"),
        open=window_in_words(commission, at),
        facts=[fact for fact in facts_in_words(commission) if fact],
    )


WINDOW_COLOURS = {
    Commission.Window.COMMENT: "green",
    Commission.Window.ENGAGEMENT: "green",
    Commission.Window.BIDS: "purple",
}


def commission_result(commission, now):
    """Present a commission: its title, what is open or its stage, and where from.

    Fetch its organisation with it.
    """
    is_open = commission.window_closes_at and commission.window_closes_at > now
    begun = not commission.window_opens_at or commission.window_opens_at <= now
    if is_open and begun:
        tag, kind = (
            commission.get_window_for_display(),
            WINDOW_COLOURS[commission.window_for],
        )
    else:
        tag, kind = commission.get_stage_display(), "blue"
    return {
        "pk": commission.pk,
        "title": commission.title,
        "url": commission.get_absolute_url(),
        "tag": tag,
        "tag_kind": kind,
        "summary": shorten_summary(commission.summary or commission.need),
        "meta": facts_of_result(commission, is_open and begun),
    }


def facts_of_result(commission, is_open):
    """List the short facts beneath a commission's title."""
    said = [commission.organisation.name]
    if is_open:
        closes = commission.window_closes_at
        until = gettext("Until {time}, {days}")
        said.append(until.format(time=at_time(closes), days=in_days(closes)))
    elif commission.published_at:
        day = on_day(commission.published_at)
        said.append(gettext("Published on {day}").format(day=day))
    return said


def shorten_summary(text, most=160):
    """Cut a text at a word, with a mark that it goes on."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[:most].rsplit(" ", 1)[0]
    return f"{cut.rstrip('.,;:')}…"
