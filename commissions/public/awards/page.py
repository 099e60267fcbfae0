"""Who was chosen, as its page shows it: why, by whom, how to object and until when."""

from datetime import timedelta

from django.utils import timezone

from commissions.commission.standstill import standstill_of
from commissions.law.direct_award_grounds import (
    GROUNDS,
    KEY_CRITERIA,
    REPRESENTED,
    WITHOUT_COMPETITION,
)
from commissions.law.lifecycle import ORDER
from commissions.law.notices import codes_that, notice_type
from commissions.law.standstill import first_day_to_identify
from commissions.models import Award, Committee
from commissions.organisations.holidays import Calendars
from commissions.public.commission import page as commission_page
from commissions.public.listing.excerpts import excerpt
from commissions.public.panels import Panels
from commissions.public.people.holders import members, seat
from commissions.public.tenders.criteria_chart import weights
from commissions.text.formats import amount, on_day, value_range
from commissions.text.labels import AWARD_STATES

# What comes next once a provider is chosen, in sentences. Pure.


DUE = {
    "procurement_act": "Within {days} days of that the contract details notice (UK7) "
    "must be published.",
    "psr": "Within 30 days of the award the award notice must be published.",
}


def coming(commission, standstill, review, naming):
    """List what happens next, first thing first; nothing once the contract is signed.

    `standstill` is a Standstill or None, `review` what the page shows of the
    representations, `naming` the clock of the day the provider may be named.
    """
    if ORDER[commission.stage] >= ORDER["contract"]:
        return []
    return [
        sentence
        for sentence in (
            named(naming),
            objected(review),
            signed(commission, standstill),
        )
        if sentence
    ]


def named(naming):
    """Say from when the provider may be named, where it is not yet."""
    if naming is None:
        return ""
    return f"The provider is named, on {on_day(naming.date)} at the earliest."


def objected(review):
    """Say what becomes of objections."""
    if not review or review["settled"]:
        return ""
    if review["is_open"]:
        return (
            f"Providers can object until the end of {on_day(review['clock'].date)}. "
            "If one does, the choice is looked at again before anybody signs."
        )
    if review["received"]:
        return "The choice is looked at again, and providers are told what is decided."
    return ""


def signed(commission, standstill):
    """Say from when the contract may be signed, and what is due after."""
    days = 120 if commission.light_touch else 30
    due = DUE.get(commission.regime, "").format(days=days)
    if standstill is None or standstill.state in ("unknown", "review", "stopped"):
        return ""
    if standstill.state == "running":
        first = on_day(standstill.last + timedelta(days=1))
        return f"The contract may be signed from {first}. {due}".strip()
    return f"The contract may be signed now. {due}".strip()


WITHOUT_STANDSTILL = ("old_regulations", "not_stated", "grant", "in_house")
"""Regimes of which a standstill is told only where an award states one."""


def page_context(commission, *, now, asked=""):
    """Return all that templates/commissions/awards/detail.html shows.

    `commission` comes with its organisation, holder, direct award (decider and
    supplier) and representations; `asked` names the list wanted whole: awards.
    """
    direct = getattr(commission, "direct_award", None)
    review = getattr(commission, "representations", None)
    awards = awards_of(commission, asked)
    posts = [commission.post, direct and direct.post]
    seat([*posts, *[a.decision.post for a in awards.rows if a.decision]])
    decider = direct.decider if direct else commission.post or commission.committee
    deciding = getattr(decider, "pk", None) if is_committee(decider) else None
    sitting = members([deciding]) if deciding else {}
    notices = list(
        commission.notices.filter(
            code__in=codes_that(lambda notice: notice.tells_of_choice)
        ).order_by("-published_at")
    )
    calendars = Calendars()
    waits = standing(commission, awards.rows, direct, calendars, now)
    explained = direct and show_direct(direct, notices)
    objections = review and show_review(review, calendars, now)
    naming = explained and explained["naming"]
    return {
        "commission": commission,
        "panels": Panels("award", commission),
        "awards": commission_page.shown(awards, show_award),
        "direct": explained,
        "unexplained": not direct and uncontested(commission, awards.rows, notices),
        "as_noticed": None if direct else as_noticed(commission, notices),
        "decider": decider,
        "by_committee": is_committee(decider),
        "members": sitting.get(deciding, []),
        "standstill": waits,
        "review": objections,
        "next": coming(commission, waits, objections, naming),
        "can_represent": commission.regime == "psr" and commission.route in REPRESENTED,
        "weighed": weighed(commission),
        "notices": [commission_page.show_notice(notice) for notice in notices],
    }


def is_committee(holder):
    """Tell whether a committee, and not a post, decides."""
    return isinstance(holder, Committee)


def uncontested(commission, awards, notices):
    """Tell whether a choice known from its notices had no competition."""
    said = any(notice_type(each.code).opens_direct_award for each in notices)
    return said or bool(awards and commission.route in WITHOUT_COMPETITION)


def as_noticed(commission, notices):
    """Return what a notice says of why there is no competition, or None.

    Its ground and its reason, in its own words; `notice` is the one that says so.
    """
    tender = getattr(commission, "tender", None)
    if not tender or not (
        tender.no_competition_ground or tender.no_competition_because
    ):
        return None
    listed = [
        commission_page.show_notice(each)
        for each in notices
        if notice_type(each.code).explains
    ]
    return {
        "ground": tender.no_competition_ground,
        "why": tender.no_competition_because,
        "notice": next(iter(listed), None),
    }


def awards_of(commission, asked):
    """Read its awards, newest first, with their suppliers, lots and decisions."""
    rows = Award.objects.filter(commission=commission)
    rows = rows.select_related("decision__post", "decision__committee")
    rows = rows.prefetch_related("suppliers", "lots")
    return excerpt(
        commission_page.newest(rows, "decided_on"), "awards", first=10, asked=asked
    )


def show_award(award):
    """Present one award."""
    decision = award.decision
    public = decision and decision.published_at
    return {
        "title": str(award),
        "description": award.description,
        "reasons": award.reasons,
        "status": AWARD_STATES.get(award.status, ""),
        "suppliers": list(award.suppliers.all()),
        "lots": [str(lot) for lot in award.lots.all()],
        "amount": amount(award.amount, award.amount_gross, award.currency),
        "decided_on": award.decided_on,
        "starts_on": award.starts_on,
        "ends_on": award.ends_on,
        "decision": decision if public else None,
        "decider": (decision.post or decision.committee) if public else None,
        "bids": bids(award),
    }


def bids(award):
    """List (what, how many) of the bids that are counted."""
    counted = (
        ("Received", award.bids_received),
        ("Assessed", award.bids_assessed),
        ("From small and medium-sized firms", award.bids_from_sme),
        ("From voluntary and community bodies", award.bids_from_vcse),
    )
    return [(what, number) for what, number in counted if number is not None]


def show_direct(direct, notices):
    """Present the choice without a competition."""
    ground = GROUNDS[direct.ground]
    return {
        "ground": ground,
        "explanation": direct.explanation,
        "supplier": direct.supplier,
        "value": value_range(direct.amount, direct.amount, direct.get_vat_display()),
        "conflicts": direct.conflicts,
        "no_conflicts": direct.conflicts.lower().startswith("none"),
        "conflicts_managed": direct.conflicts_managed,
        "justified_at": direct.justified_at,
        "naming": naming(direct, ground, notices) if not direct.supplier else None,
    }


def naming(direct, ground, notices):
    """Count from which day the most suitable provider may be named; None if unknown."""
    followed = next((n for n in notices if n.code in ground.notices), None)
    if not (ground.later and followed):
        return None
    return first_day_to_identify(followed.published_at)


def standing(commission, awards, direct, calendars, now):
    """Say until when nobody may sign, or None where nobody is chosen."""
    if not (awards or direct):
        return None
    found = standstill_of(commission, at=now, calendars=calendars)
    unstated = commission.regime in WITHOUT_STANDSTILL and not found.last
    return None if unstated else found


def show_review(review, calendars, now):
    """Present how to object, how many did, and what came of it."""
    clock = review.clock(calendars.of("england"))
    return {
        "clock": clock,
        "is_open": timezone.localdate(now) <= clock.date and not review.settled_at,
        "mailbox": review.mailbox,
        "how": review.how,
        "received": review.received,
        "settled": review.settled_at is not None,
        "outcome": review.get_outcome_display(),
        "reasons": review.reasons,
        "told_on": review.told_on,
    }


def weighed(commission):
    """Lay out how the five key criteria weighed; None outside the NHS regime."""
    if commission.regime != "psr":
        return None
    rows = list(commission.weighings.all())
    if not rows:
        return None
    names = [(KEY_CRITERIA[r.criterion], "", r.weight, r.finding) for r in rows]
    return weights("The five key criteria", names)
