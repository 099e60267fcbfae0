"""One decision as its page shows it: the notice, the choice, the outcome, the record."""

from django.utils import timezone

from commissions.models import Decision, Handover
from commissions.people.holders import decider, members, read_deciders, read_holders
from commissions.public.commission import page as commission_page
from commissions.public.commission.page import RECORD, web
from commissions.public.decisions import next_steps
from commissions.public.decisions.agenda import agenda
from commissions.public.decisions.notice_period import notice_period
from commissions.public.decisions.private_decisions import privacy
from commissions.public.decisions.rows import state, when
from commissions.public.listing.excerpts import LONGEST
from commissions.public.panels import Panels
from commissions.public.people.holder_history import acts_of, entries_of, stretches
from commissions.text.formats import amount

LAWS = {
    Decision.Kind.EXECUTIVE: "A decision of the council’s executive: regulations 9, 12 "
    "and 13 of SI 2012/2089 say what must be public before and after it.",
    Decision.Kind.OFFICER: "An officer’s decision: regulations 7 and 8 of SI 2014/2095 "
    "(and, for the executive, regulation 13 of SI 2012/2089) ask for its date, the "
    "reasons, the alternatives rejected and any conflict of interest. The record "
    "stays public for 6 years, the papers for 4.",
    Decision.Kind.COMMITTEE: "A decision of a committee, which meets in public unless "
    "it says why not (Local Government Act 1972, Part VA).",
    Decision.Kind.BOARD: "A decision of an NHS board or of one of its committees.",
    Decision.Kind.PCC: "A decision of the police and crime commissioner.",
    Decision.Kind.MINISTER: "A decision of central government.",
}


def page_context(decision, *, asked="", preview=False):
    """Return all that templates/commissions/decisions/detail.html shows.

    `decision` comes with its organisation, holder and commission. With
    `preview` a banner says that the page is not public; there is no notice to
    count from then.
    """
    read_holders([decision.post])
    read_deciders([decision])
    sitting = members([decision.committee_id]) if decision.committee_id else {}
    entries = entries_of(decision, LONGEST + 1 if asked == "record" else RECORD + 1)
    label, colour = state(decision, timezone.localdate())
    commission = decision.commission
    is_passing_on = getattr(decision, "is_passing_on", False)
    papers_due = agenda(decision)
    return {
        "decision": decision,
        "preview": preview,
        "panels": Panels("decision", decision),
        "members": sitting.get(decision.committee_id, []),
        "to_pass": Handover.to_come(decision) if is_passing_on else None,
        "state": {"label": label, "colour": colour, "when": when(decision)},
        "taken_by": decider(decision) if decision.decided_on else "",
        "law": LAWS[decision.kind],
        "notice": notice_period(decision) if decision.published_at else None,
        "privacy": privacy(decision),
        "agenda": papers_due,
        "next": next_steps.expected(decision, papers_due, timezone.localdate()),
        "options": list(decision.options.all()),
        "papers": [papers(paper) for paper in decision.papers.all()],
        "deferrals": list(decision.deferrals.order_by("-at", "-pk")),
        "commission": commission if commission and commission.published_at else None,
        "awards": awards(commission, decision),
        "said": said(decision),
        "hands": stretches(decision, acts_of(entries)),
        "record": commission_page.record(decision, entries, asked),
    }


def awards(commission, decision):
    """List the choices of providers that it made, each with whom and for how much.

    Nothing is asked of one that is not taken, nor of one without a public commission.
    """
    if not (decision.decided_on and commission and commission.published_at):
        return []
    rows = decision.awards.filter(commission=commission).prefetch_related("suppliers")
    return [
        {
            "title": str(award),
            "suppliers": [supplier.name for supplier in award.suppliers.all()],
            "amount": amount(award.amount, award.amount_gross, award.currency),
        }
        for award in rows
    ]


def papers(paper):
    """Present one paper; an address that is not the web's is no link."""
    return {
        "title": paper.title,
        "url": web(paper.url),
        "published_on": paper.published_on,
    }


def said(decision):
    """List (heading, text) of what was said about a decision once it was taken."""
    if not decision.decided_on:
        return []
    return [
        ("Reasons", decision.reasons),
        ("Alternatives considered and rejected", decision.alternatives_rejected),
        ("Risks accepted", decision.risks_accepted),
        ("Conflicts of interest declared", decision.conflicts),
        ("Dispensations granted", decision.dispensations),
    ]
