"""The tender of a commission as its page shows it: what is asked, how it is judged, by when."""

from dataclasses import dataclass
from itertools import groupby

from commissions.law.deadlines import ClockError, Facts, count, tendering_rule
from commissions.models import AwardCriterion, Tender
from commissions.public.commission import page as commission_page
from commissions.public.commission.page import web
from commissions.public.commission.public_window import invitation
from commissions.public.listing.excerpts import Excerpt
from commissions.public.panels import Panels
from commissions.public.people.holders import members, seat
from commissions.public.tenders.criteria_chart import weights
from commissions.text.formats import london, on_day

# Was there time to bid? The days given, the fewest that the law asks, the working.


ASSUMED = (
    "Counted as if bids are sent electronically and every document was there from the "
    "first day: the tender does not say."
)


@dataclass(frozen=True)
class Finding:
    """Whether the shortest tendering period was kept: "kept", "short" or "none"."""

    state: str
    label: str
    colour: str
    sentence: str
    counting: str = ""
    source: str = ""
    caution: str = ""


def facts_of(commission, tender):
    """Return what the period depends on, as section 54(4) lists it."""
    why = Tender.Shortened
    return Facts(
        light_touch=commission.light_touch,
        urgent=tender.shortened == why.URGENCY,
        qualifying_planned_notice=tender.shortened == why.PLANNED_NOTICE,
        dynamic_market=tender.shortened == why.DYNAMIC_MARKET
        or commission.route == "dynamic_market",
        electronic=tender.electronic is not False,
        documents_together=tender.documents_together is not False,
    )


def tendering_period(commission, tender) -> Finding | None:
    """Find whether bidders had the time that the law gives them; None if unknown."""
    if not (tender.opens_at and tender.closes_at):
        return None
    opens, closes = (london(at).date() for at in (tender.opens_at, tender.closes_at))
    given = (closes - opens).days
    if commission.regime != "procurement_act":
        sentence = (
            f"Bidders have {days(given)}. Only the Procurement Act sets a minimum."
        )
        return Finding("none", "", "", sentence)
    try:
        clock = count(tendering_rule(facts_of(commission, tender)), opens)
    except ClockError as none:
        return Finding("none", "", "", f"Bidders have {days(given)}. {none}")
    least = (clock.date - opens).days
    kept = closes >= clock.date
    sentence = f"{days(given).capitalize()}; the law asks at least {least}."
    if not kept:
        sentence += (
            f" That is {days(least - given)} too few: bids may close on "
            f"{on_day(clock.date)} at the earliest."
        )
    return Finding(
        "kept" if kept else "short",
        "Time to bid kept" if kept else "Too little time to bid",
        "green" if kept else "red",
        sentence,
        clock.counting,
        clock.source,
        ASSUMED if None in (tender.electronic, tender.documents_together) else "",
    )


def days(number):
    """Write so many days."""
    return "1 day" if number == 1 else f"{number} days"


NOTICES = ("UK3", "UK4", "UK12", "PSR8", "PSR9", "PSR-AB")
"""The notices about a tender, by code."""


def page_context(commission, *, now, asked=""):
    """Return all that templates/commissions/tenders/detail.html shows.

    `commission` comes with its organisation, holder and tender; `asked` names
    the list (lots, documents, criteria) that the reader wants whole.
    """
    seat([commission.post])
    sitting = members([commission.committee_id]) if commission.committee_id else {}
    tender = getattr(commission, "tender", None)
    shown = {
        "commission": commission,
        "panels": Panels("tender", commission),
        "members": sitting.get(commission.committee_id, []),
        "tender": tender,
        "invitation": invitation(
            commission.window_for,
            commission.window_opens_at,
            commission.window_closes_at,
            now,
        ),
    }
    return shown | (about(commission, tender, now, asked) if tender else {})


def about(commission, tender, now, asked):
    """Return what there is to show of a tender."""
    lots = commission_page.lots(commission, asked)
    return {
        "facts": commission_page.tender(commission),
        "platform_url": web(tender.platform_url),
        "deadlines": deadlines(tender, now),
        "period": tendering_period(commission, tender),
        "lots": lots,
        "sets": some(sets_of(tender), asked),
        "notices": [
            commission_page.show_notice(notice)
            for notice in commission.notices.filter(code__in=NOTICES)
        ],
        "documents": commission_page.documents(commission, asked),
        "said": [
            (heading, text)
            for heading, text in (
                ("What a provider must have or show", tender.conditions),
                ("What could change while it runs", tender.risks),
                (
                    "Why it is not divided into lots",
                    "" if lots.rows else tender.no_lots_because,
                ),
            )
            if text.strip()
        ],
    }


def deadlines(tender, now):
    """List what closes when, soonest first: {what, at, over}; days have no time."""
    times = [
        ("Bids open", tender.opens_at),
        ("Questions close", tender.questions_close_at),
        ("Bids close", tender.closes_at),
    ]
    rows = [{"what": what, "at": at, "over": at <= now} for what, at in times if at]
    rows.sort(key=lambda row: row["at"])
    if day := tender.award_expected_on:
        over = day < now.date()
        rows.append({"what": "Choice expected", "at": day, "over": over})
    return rows


FIRST = 6  # sets of criteria shown before a reader asks for all


def some(sets, asked):
    """Return the first sets of criteria, or all where the reader wants them."""
    whole = asked == "criteria"
    shown = sets if whole else sets[:FIRST]
    return Excerpt("criteria", shown, len(sets) > len(shown), whole)


MOST = 400  # criteria read for one page


def sets_of(tender):
    """List the criteria in sets: those of the whole tender, then each lot's."""
    found = AwardCriterion.objects.filter(tender=tender).select_related("lot")
    rows = sorted(found[:MOST], key=lambda row: (row.lot_id or 0, row.order, row.pk))
    return [
        weights(
            f"Lot: {lot}" if lot else "For the whole tender",
            [(row.name, kind_of(row), row.weight, row.description) for row in group],
        )
        for lot, group in groupby(rows, key=lambda row: row.lot)
    ]


def kind_of(criterion):
    """Return its kind in words, unless its name says it already."""
    kind = criterion.get_kind_display() if criterion.kind else ""
    return "" if kind.lower() in criterion.name.lower() else kind
