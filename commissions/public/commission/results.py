"""One commission as an item of a list on a page about something else."""

from commissions.models import Commission
from commissions.text.formats import at_time, in_days, on_day

COLOURS = {
    Commission.Window.COMMENT: "green",
    Commission.Window.ENGAGEMENT: "green",
    Commission.Window.BIDS: "purple",
}


def result(commission, now):
    """Present a commission: its title, what is open or its stage, and where from.

    Fetch its organisation with it.
    """
    is_open = commission.window_closes_at and commission.window_closes_at > now
    begun = not commission.window_opens_at or commission.window_opens_at <= now
    if is_open and begun:
        tag, kind = commission.get_window_for_display(), COLOURS[commission.window_for]
    else:
        tag, kind = commission.get_stage_display(), "blue"
    return {
        "pk": commission.pk,
        "title": commission.title,
        "url": commission.get_absolute_url(),
        "tag": tag,
        "tag_kind": kind,
        "summary": shortened(commission.summary or commission.need),
        "meta": facts(commission, is_open and begun),
    }


def facts(commission, is_open):
    """List the short facts beneath a commission's title."""
    said = [commission.organisation.name]
    if is_open:
        closes = commission.window_closes_at
        said.append(f"Until {at_time(closes)}, {in_days(closes)}")
    elif commission.published_at:
        said.append(f"Published on {on_day(commission.published_at)}")
    return said


def shortened(text, most=160):
    """Cut a text at a word, with a mark that it goes on."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[:most].rsplit(" ", 1)[0]
    return f"{cut.rstrip('.,;:')}…"
