"""What the notice of a decision must say before it is taken (SI 2012/2089 regulation 9(1)).

That it is a key decision, on what and when stands in every row of the forward
plan. Here is the rest: by whom, a body with its members; the papers to be
considered and how to get them; that others may be sent, and how.
"""

from django.db.models import prefetch_related_objects

from commissions.public.commission.page import web
from commissions.public.people.held_by import decider
from commissions.public.people.holders import members


def note_particulars(decisions):
    """Read, in two queries at most, the papers and the members of who decides."""
    bodies = {each.committee_id for each in decisions if each.committee_id}
    sitting = members(bodies) if bodies else {}
    prefetch_related_objects(decisions, "papers")
    for each in decisions:
        each.sitting = sitting.get(each.committee_id, [])


def sits(member):
    """Name somebody on a committee, and in brackets who is in the chair."""
    role = f" ({member.role.lower()})" if member.role else ""
    return f"{member.commissioner.name}{role}"


def particulars(decision):
    """Return who decides, who sits there, the papers and the way to them.

    After `note_particulars`. A paper without an address of the web is no link.
    """
    return {
        "who": decider(decision),
        "members": [sits(member) for member in decision.sitting],
        "papers": [
            {"title": paper.title, "url": web(paper.url)}
            for paper in decision.papers.all()
        ],
        "how": decision.how_to_see_papers or ask(decision.organisation),
    }


def ask(organisation):
    """Say where papers can be had from, where the notice does not; empty if unknown."""
    ways = (organisation.contact_email, organisation.contact_address)
    said = ", or ".join(" ".join(way.split()) for way in ways if way)
    return f"Ask {said} for them." if said else ""
