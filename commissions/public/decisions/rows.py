"""A decision as an item of the forward plan, wherever it is listed."""

from django.utils import timezone

from commissions.public.decisions.notice_period import notice_period
from commissions.public.decisions.private_decisions import privacy
from commissions.text.formats import in_days, on_day


def row(decision, held_by="", particulars=None):
    """Say one decision as an item of a list: title, state, when, who, notice.

    `held_by` says who decides; left out, it is the post or the committee.
    `particulars` are those of `commissions.public.decisions.notice_period`, where the list
    shows them. Fetch its organisation and its holder with it.
    """
    label, colour = state(decision, timezone.localdate())
    return {
        "title": decision.title,
        "url": decision.get_absolute_url(),
        "tag": label,
        "tag_kind": colour,
        "notice": notice_period(decision),
        "privacy": privacy(decision),
        "when": when(decision),
        "particulars": particulars,
        "summary": decision.outcome or decision.question,
        "meta": [
            said
            for said in (
                decision.organisation.name,
                held_by or decided_by(decision),
                "Key decision" if decision.is_key else "",
                decision.get_kind_display(),
                "In private" if decision.is_private else "",
            )
            if said
        ],
    }


def decided_by(decision):
    """Name the post or the committee that decides."""
    if decision.post:
        return decision.post.title
    return decision.committee.name if decision.committee else ""


def state(decision, today):
    """Say how a decision stands, and the colour of that."""
    if decision.decided_on:
        return "Taken", "green"
    if decision.is_overdue(today):
        return "Overdue", "red"
    return "To come", "blue"


def when(decision):
    """Say when it was taken, or the day or the period in which it is to be."""
    if decision.decided_on:
        return f"Taken on {on_day(decision.decided_on)}"
    if decision.due_on == decision.due_until:
        return f"Due on {on_day(decision.due_on)}, {in_days(decision.due_on)}"
    return f"Due from {on_day(decision.due_on)} to {on_day(decision.due_until)}"
