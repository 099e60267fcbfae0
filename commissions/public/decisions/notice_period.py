"""Whether a decision was announced early enough, computed and said in words.

Key decisions of a council's executive in England wait 28 clear days from the
notice (SI 2012/2089 regulation 9), unless the general exception (10) or special
urgency (11) is claimed. Taking one in private is the subject of `privacy`.
"""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from commissions.law.deadlines import count
from commissions.models import Decision, Organisation
from commissions.people.holders import decider, members
from commissions.public.commission.page import web
from commissions.text.formats import london, on_day

EXECUTIVE = (Decision.Kind.EXECUTIVE, Decision.Kind.OFFICER)
RULES = {
    "": ("exec_key_decision_earliest", 28),
    Decision.Urgency.GENERAL: ("exec_general_exception_earliest", 5),
}


@dataclass(frozen=True)
class Finding:
    """What was found: a few words and a colour for a tag, then the working."""

    state: str
    label: str
    colour: str
    sentences: tuple[str, ...]
    source: str = ""
    short_by: int = 0


def days(number):
    """Write a number of days: 1 day, 26 days."""
    return f"{number} day" if number == 1 else f"{number} days"


def clear(number):
    """Write a number of clear days: 26 clear days."""
    return f"{number} clear day" if number == 1 else f"{number} clear days"


def clear_days(notice, first):
    """Count the whole days between two days, neither of them counted."""
    return max((first - notice).days - 1, 0)


def is_under_the_regulations(decision):
    """Tell whether the 28 days are the law: an executive's key decision in England."""
    return (
        decision.is_key
        and decision.kind in EXECUTIVE
        and decision.organisation.nation == Organisation.Nation.ENGLAND
        and decision.organisation.kind == Organisation.Kind.LOCAL_AUTHORITY
    )


def notice_period(decision):
    """Find whether the notice of a published decision came early enough: a Finding.

    Counts from the day of publication in London to the day of the decision, or
    the first day of its period. Fetch its organisation with it.
    """
    notice = london(decision.published_at).date()
    day = decision.decided_on or decision.due_on
    given = clear_days(notice, day)
    upon = (
        "the decision"
        if decision.decided_on
        else "the first day on which it may be taken"
    )
    told = (
        f"The notice was published on {on_day(notice)}, with {clear(given)} before "
        f"{upon}, {on_day(day)}."
    )
    if not is_under_the_regulations(decision):
        return Finding("free", "", "", (why_free(decision), told))
    clock = count(RULES[""][0], notice)
    short_by = max((clock.date - day).days, 0)
    counted = f"{clock.counting} Without an exception, it may not be taken before then."
    if not short_by:
        met = "The 28 clear days are met."
        label = "28 clear days met"
        return Finding("met", label, "green", (met, told, counted), clock.source)
    return shorter(decision, notice, short_by, (told, counted), clock.source)


def why_free(decision):
    """Say why no 28 days are asked for."""
    if not decision.is_key:
        return (
            "This is not a key decision, so no law says how long before it must be "
            "announced."
        )
    return (
        "The 28 clear days bind the executives of councils in England. They do not "
        "bind this body or this kind of decision."
    )


def shorter(decision, notice, short_by, working, source):
    """Find what stands in for 28 clear days where they were not given."""
    lead = f"The 28 clear days are not met: they are short by {days(short_by)}."
    if decision.urgency == Decision.Urgency.GENERAL:
        return exception(decision, notice, short_by, (lead, *working), source)
    if decision.urgency == Decision.Urgency.SPECIAL:
        said = (
            "Special urgency is claimed (regulation 11): the chair of the scrutiny "
            "committee has to agree that the decision cannot reasonably wait."
        )
        label = f"{days(short_by)} short: special urgency"
        return Finding(
            "excepted", label, "yellow", (lead, *working, said), source, short_by
        )
    said = (
        "No general exception and no special urgency is claimed. Taken on this day, "
        "it would breach regulation 9."
    )
    label = f"{days(short_by)} short: no exception claimed"
    return Finding("short", label, "red", (lead, *working, said), source, short_by)


def exception(decision, notice, short_by, working, source):
    """Find whether the 5 clear days of the general exception were given."""
    clock = count(RULES[Decision.Urgency.GENERAL][0], notice)
    day = decision.decided_on or decision.due_on
    said = (
        f"The general exception is claimed (regulation 10), which asks for 5 clear "
        f"days and a notice to the scrutiny committee. The first day allowed under it "
        f"is {on_day(clock.date)}."
    )
    kept = day >= clock.date
    verdict = "That is kept." if kept else "That is not kept either."
    label = f"{days(short_by)} short: general exception" + ("" if kept else " not met")
    return Finding(
        "excepted" if kept else "short",
        label,
        "yellow" if kept else "red",
        (*working, f"{said} {verdict}"),
        f"{source}; {clock.source}",
        short_by,
    )


# What the notice of a decision must say before it is taken (SI 2012/2089 regulation
# 9(1)).


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
