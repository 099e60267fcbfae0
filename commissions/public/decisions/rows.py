"""A decision as an item of the forward plan, wherever it is listed."""

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext

from commissions.people.holdings import committee_members, decider_in_words
from commissions.public.decisions.notice_findings import (
    find_notice_period,
    privacy_notices,
)
from commissions.text.formats import in_days, on_day, web_address


def decision_row(decision, held_by="", particulars=None):
    """Say one decision as an item of a list: title, state, when, who, notice.

    `held_by` says who decides; left out, it is the post or the committee.
    `particulars` are those of `particulars`, where the list shows them. Fetch its organisation and its holder with it.
    """
    label, colour = decision_state(decision, timezone.localdate())
    return {
        "title": decision.title,
        "url": decision.get_absolute_url(),
        "tag": label,
        "tag_kind": colour,
        "notice": find_notice_period(decision),
        "privacy": privacy_notices(decision),
        "when": decision_when(decision),
        "particulars": particulars,
        "summary": decision.outcome or decision.question,
        "meta": [
            said
            for said in (
                decision.organisation.name,
                held_by or decided_by(decision),
                gettext("Key decision") if decision.is_key else "",
                decision.get_kind_display(),
                gettext("In private") if decision.is_private else "",
            )
            if said
        ],
    }


def decided_by(decision):
    """Name the post or the committee that decides."""
    if decision.post:
        return decision.post.title
    return decision.committee.name if decision.committee else ""


def decision_state(decision, today):
    """Say in what state a decision is, and the colour of that."""
    if decision.decided_on:
        return gettext("Taken"), "green"
    if decision.is_overdue(today):
        return gettext("Overdue"), "red"
    return gettext("To come"), "blue"


def decision_when(decision):
    """Say when it was taken, or the day or the period in which it is to be."""
    if decision.decided_on:
        return gettext("Taken on {day}").format(day=on_day(decision.decided_on))
    if decision.due_on == decision.due_until:
        day, far = on_day(decision.due_on), in_days(decision.due_on)
        return gettext("Due on {day}, {far}").format(day=day, far=far)
    first, last = on_day(decision.due_on), on_day(decision.due_until)
    return gettext("Due from {first} to {last}").format(first=first, last=last)


def read_notice_particulars(decisions):
    """Read, in two queries at most, the papers and the members of who decides."""
    bodies = {each.committee_id for each in decisions if each.committee_id}
    sitting = committee_members(bodies) if bodies else {}
    prefetch_related_objects(decisions, "papers")
    for each in decisions:
        each.sitting = sitting.get(each.committee_id, [])


def member_name(member):
    """Name somebody on a committee, and in brackets who is in the chair."""
    role = f" ({member.role.lower()})" if member.role else ""
    return f"{member.commissioner.name}{role}"


def notice_particulars(decision):
    """Return who decides, who sits there, the papers and the way to them.

    After `read_particulars`. A paper without an address of the web is no link.
    """
    return {
        "who": decider_in_words(decision),
        "members": [member_name(member) for member in decision.sitting],
        "papers": [
            {"title": paper.title, "url": web_address(paper.url)}
            for paper in decision.papers.all()
        ],
        "how": decision.how_to_see_papers or ways_to_papers(decision.organisation),
    }


def ways_to_papers(organisation):
    """Say where to get papers, where the notice does not; empty if unknown."""
    ways = (organisation.contact_email, organisation.contact_address)
    ways = [" ".join(way.split()) for way in ways if way]
    if len(ways) > 1:
        return gettext("Ask {one}, or {other}, for them.").format(
            one=ways[0], other=ways[1]
        )
    return gettext("Ask {one} for them.").format(one=ways[0]) if ways else ""
