"""The tender of a commission: what is asked, how it is judged, by when."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from commissions.law.deadlines import (
    ClockError,
    ProcurementFacts,
    count,
    tendering_rule,
)
from commissions.law.notices import codes_that
from commissions.models import AwardCriterion, Commission, Tender
from commissions.people.holdings import committee_members, read_holders
from commissions.public.commission import page as commission_page
from commissions.public.commission.page import window_of
from commissions.public.listing.feeds import ical_calendar, ical_event, whole_days
from commissions.public.listing.page import Excerpt
from commissions.public.panels import Panels
from commissions.text import labels
from commissions.text.charts import BarPart, bar_parts
from commissions.text.formats import how_many, london, on_day, web_address

WHOLE = Decimal(100)


@dataclass(frozen=True)
class CriteriaChart:
    """One set of criteria: whose it is, the parts of its bar, its rows, a doubt."""

    title: str
    rows: list
    caution: str = ""

    @property
    def drawn(self):
        return any(row["part"] for row in self.rows)


def criteria_chart(title, criteria) -> CriteriaChart:
    """Lay out (name, kind, weight or None, words) as a bar whose whole is 100 per cent.

    What the weights lack of it is left blank in the picture, and said.
    """
    given = [weight for _, _, weight, _ in criteria if weight is not None]
    total = sum(given, Decimal(0))
    counts = [("", name, weight or 0) for name, _, weight, _ in criteria]
    rest = max(WHOLE - total, Decimal(0))
    parts = bar_parts([*counts, ("rest", gettext("Not stated"), rest)]) if given else []
    rows = [
        {
            "name": name,
            "kind": kind,
            "weight": f"{weight.normalize():f}%" if weight is not None else "",
            "words": words,
            "part": bar_part_of(parts, place, weight),
        }
        for place, (name, kind, weight, words) in enumerate(criteria)
    ]
    return CriteriaChart(
        title, rows, doubt_about_weights(total, len(given), len(criteria))
    )


def bar_part_of(parts, place, weight) -> BarPart | None:
    """Return the part of the bar that shows one criterion; none without a weight."""
    return parts[place] if parts and weight is not None else None


def doubt_about_weights(total, given, criteria) -> str:
    """Say what is odd about a set of weights."""
    if not given:
        return gettext("The notice gives no weights.")
    if total > WHOLE:
        return gettext(
            "As published, these weights come to {total} per cent: more than the whole."
        ).format(total=f"{total.normalize():f}")
    if total < WHOLE:
        left = (WHOLE - total).normalize()
        return gettext(
            "{left} per cent of the score is not accounted for here."
        ).format(left=f"{left:f}")
    return ""


FIRST = 6  # sets of criteria shown before a reader asks for all
MOST = 400  # criteria read for one page


def commissions_with_tender():
    """Select public commissions with all that the page of a tender names."""
    return Commission.objects.published().select_related(
        "organisation",
        "post__organisation",
        "post__deputy",
        "committee__organisation",
        "tender",
    )


class TenderPage:
    """What the public sees of the tender of one commission of `public`, at a time.

    `whole` names the list that the reader wants whole: lots, documents, criteria.
    """

    def __init__(self, commission, at, *, whole=""):
        self.commission, self.at, self.whole = commission, at, whole
        self.panels = Panels("tender", commission)
        read_holders([commission.post])

    @cached_property
    def tender(self):
        """The tender; None where nobody was invited to bid."""
        return getattr(self.commission, "tender", None)

    @cached_property
    def members(self):
        """Who sits on the committee that holds the commission."""
        key = self.commission.committee_id
        return committee_members([key]).get(key, []) if key else []

    @cached_property
    def is_open(self):
        """Whether bids can be sent now."""
        found = window_of(self.commission, self.at)
        return found.state == "open" and found.kind == "bids"

    @cached_property
    def facts(self):
        return commission_page.show_tender(self.commission)

    @property
    def platform_url(self):
        return web_address(self.tender.platform_url)

    @cached_property
    def deadlines(self):
        """(what, when) of what closes, soonest first; days have no time."""
        times = [
            (gettext("Bids open"), self.tender.opens_at),
            (gettext("Questions close"), self.tender.questions_close_at),
            (gettext("Bids close"), self.tender.closes_at),
        ]
        rows = sorted((row for row in times if row[1]), key=lambda row: row[1])
        if day := self.tender.award_expected_on:
            rows.append((gettext("Choice expected"), day))
        return rows

    @cached_property
    def period(self):
        """Whether there was time to bid; asked only of who keeps it here."""
        if not self.commission.kept_here:
            return None
        return tendering_period(self.commission, self.tender)

    @cached_property
    def latest_notice(self):
        """The newest notice seen, of a commission known from notices only; or None."""
        return commission_page.latest_notice(self.commission)

    @cached_property
    def lots(self):
        return commission_page.list_lots(self.commission, self.whole)

    @cached_property
    def documents(self):
        return commission_page.list_documents(self.commission, self.whole)

    @cached_property
    def conditions(self):
        """(heading, text) of what the tender says besides."""
        because = "" if self.lots.rows else self.tender.no_lots_because
        listed = (
            (gettext("What a provider must have or show"), self.tender.conditions),
            (gettext("What could change while it runs"), self.tender.risks),
            (gettext("Why it is not divided into lots"), because),
            (gettext("Reserved for"), reserved(self.tender)),
            (gettext("What can be added"), self.tender.options),
            (gettext("The body’s own reference"), self.tender.own_reference),
            (gettext("What is bought, by CPV code"), codes(self.tender)),
            (gettext("Related procurements"), related(self.tender)),
        )
        return [(heading, text) for heading, text in listed if text.strip()]

    @cached_property
    def criteria(self):
        """The criteria in sets: those of the whole tender, then each lot's."""
        found = AwardCriterion.objects.filter(tender=self.tender).select_related("lot")
        rows = sorted(
            found[:MOST], key=lambda row: (row.lot_id or 0, row.order, row.pk)
        )
        sets = [
            criteria_chart(
                gettext("Lot: {lot}").format(lot=lot)
                if lot
                else gettext("For the whole tender"),
                [
                    (row.name, kind_of(row), row.weight, row.description)
                    for row in group
                ],
            )
            for lot, group in groupby(rows, key=lambda row: row.lot)
        ]
        whole = self.whole == "criteria"
        shown = sets if whole else sets[:FIRST]
        return Excerpt("criteria", shown, len(sets) > len(shown), whole)

    @cached_property
    def notices(self):
        found = self.commission.notices.filter(
            code__in=codes_that(lambda its: its.tells_of_tender)
        )
        return [commission_page.show_notice(notice) for notice in found]


def reserved(tender):
    """Say who alone can bid, and from where; nothing where it is open to all."""
    named = [
        str(labels.RESERVED.get(c, c)) for c in tender.reserved_for.split(",") if c
    ]
    return "\n".join(filter(None, (*named, tender.reserved_place)))


def codes(tender):
    return ", ".join(filter(None, (tender.cpv, tender.other_cpv)))


def related(tender):
    """List the processes that the notices name as related, one a line."""
    return "\n".join(
        " ".join(
            filter(
                None,
                (
                    str(labels.RELATIONS.get(each["relationship"], "")),
                    each["title"],
                    each["identifier"],
                    each["uri"],
                ),
            )
        )
        for each in tender.related_processes
    )


def kind_of(criterion):
    """Return its kind in words, unless its name says it already."""
    kind = criterion.get_kind_display() if criterion.kind else ""
    return "" if kind.lower() in criterion.name.lower() else kind


# Was there time to bid? The days given, the fewest that the law asks, the working.


ASSUMED = gettext_lazy(
    "Counted as if bids are sent electronically and every document was there from the "
    "first day: the tender does not say."
)


@dataclass(frozen=True)
class PeriodFinding:
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
    return ProcurementFacts(
        light_touch=commission.light_touch,
        urgent=tender.shortened == why.URGENCY,
        qualifying_planned_notice=tender.shortened == why.PLANNED_NOTICE,
        dynamic_market=tender.shortened == why.DYNAMIC_MARKET
        or commission.route == "dynamic_market",
        electronic=tender.electronic is not False,
        documents_together=tender.documents_together is not False,
    )


def tendering_period(commission, tender) -> PeriodFinding | None:
    """Find whether bidders had the time that the law gives them; None if unknown."""
    if not (tender.opens_at and tender.closes_at):
        return None
    opens, closes = (london(at).date() for at in (tender.opens_at, tender.closes_at))
    given = (closes - opens).days
    time = gettext("Bidders have {days}.").format(days=how_many(given, "day"))
    if commission.regime != "procurement_act":
        only = gettext("Only the Procurement Act sets a minimum.")
        return PeriodFinding("none", "", "", f"{time} {only}")
    try:
        clock = count(tendering_rule(facts_of(commission, tender)), opens)
    except ClockError as none:
        return PeriodFinding("none", "", "", f"{time} {none}")
    kept = closes >= clock.date
    sentence = period_in_words(given, (clock.date - opens).days, clock.date)
    return PeriodFinding(
        "kept" if kept else "short",
        gettext("Time to bid kept") if kept else gettext("Too little time to bid"),
        "green" if kept else "red",
        sentence,
        clock.counting,
        clock.source,
        ASSUMED if None in (tender.electronic, tender.documents_together) else "",
    )


def period_in_words(given, least, earliest):
    """Say how many days bidders have, of how many that the law asks."""
    days = how_many(given, "day").capitalize()
    said = gettext("{days}; the law asks at least {least}.")
    said = said.format(days=days, least=least)
    if given >= least:
        return said
    short = gettext(
        "That is {days} too few: bids can close on {day} at the earliest."
    ).format(days=how_many(least - given, "day"), day=on_day(earliest))
    return f"{said} {short}"


@require_safe
def detail(request, reference):
    """Show what is asked of providers, how bids are judged and by when."""
    commission = get_object_or_404(commissions_with_tender(), reference=reference)
    page = TenderPage(commission, timezone.now(), whole=request.GET.get("all", ""))
    return render(request, "commissions/tenders/detail.html", {"page": page})


@require_safe
def deadlines(request, reference):
    """Answer with the deadlines of a tender as a calendar."""
    with_tender = Commission.objects.published().select_related("tender")
    commission = get_object_or_404(
        with_tender, reference=reference, tender__isnull=False
    )
    text = ical_calendar(
        f"Tender: {commission.title}", events(commission, commission.tender)
    )
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


def events(commission, tender):
    """Return the events of a tender's calendar: two moments and a day."""
    page = reverse("commissions:tender-detail", args=[commission.reference])
    about = {"now": commission.changed_at, "url": f"{settings.PORTAL_ORIGIN}{page}"}
    found = [
        ical_event(
            uid=f"{commission.ocid}@{name}",
            at=at,
            title=f"{what}: {commission.title}",
            **about,
        )
        for name, what, at in (
            ("questions", "Questions close", tender.questions_close_at),
            ("bids", "Bids close", tender.closes_at),
        )
        if at
    ]
    if day := tender.award_expected_on:
        title = f"Choice expected: {commission.title}"
        uid = f"{commission.ocid}@choice"
        found.append(whole_days(uid=uid, first=day, last=day, title=title, **about))
    return found
