"""The tender of a commission as its page shows it: what is asked, how it is judged, by when."""

from itertools import groupby

from commissions.models import AwardCriterion
from commissions.public.commission import page as commission_page
from commissions.public.commission.page import web
from commissions.public.commission.public_window import invitation
from commissions.public.listing.excerpts import Excerpt
from commissions.public.people.holders import members, seat
from commissions.public.tenders.criteria_chart import weights
from commissions.public.tenders.tendering_period import tendering_period

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
