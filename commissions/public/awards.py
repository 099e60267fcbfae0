"""Who was chosen, as its page shows it: why, by whom, how to object and until when."""

from datetime import timedelta
from functools import cached_property

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from commissions.commission.models import worth
from commissions.commission.standstill import LOST, standstill_of
from commissions.law.direct_award_grounds import (
    GROUNDS,
    KEY_CRITERIA,
    REPRESENTED,
    WITHOUT_COMPETITION,
)
from commissions.law.lifecycle import ORDER
from commissions.law.regimes import UNCOUNTED
from commissions.law.standstill import first_day_to_identify
from commissions.models import Award, Commission, Committee
from commissions.organisations.models import HolidayCalendars
from commissions.people.holdings import committee_members, read_holders
from commissions.public.commission import page as commission_page
from commissions.public.listing.page import excerpt
from commissions.public.panels import Panels
from commissions.public.tenders import criteria_chart
from commissions.text.formats import on_day, value_range
from commissions.text.labels import AWARD_STATES

DUE = {
    "procurement_act": gettext_lazy(
        "Within {days} days of that the contract details notice (UK7) must be published."
    ),
    "psr": gettext_lazy(
        "Within 30 days of the award the award notice must be published."
    ),
}

WITHOUT_STANDSTILL = (*UNCOUNTED, "grant", "in_house")
"""Regimes of which a standstill is told only where an award states one."""


def commissions_with_awards():
    """Select public commissions with all that the page of an award names."""
    return Commission.objects.published().select_related(
        "organisation",
        "tender",
        "post__organisation",
        "post__deputy",
        "committee__organisation",
        "direct_award__post__organisation",
        "direct_award__post__deputy",
        "direct_award__committee__organisation",
        "direct_award__supplier",
        "representations__notice",
    )


class AwardPage:
    """What the public sees of who was chosen for one commission of `public`, at a time.

    `whole` names the list that the reader wants whole: awards.
    """

    def __init__(self, commission, at, *, whole=""):
        self.commission, self.at, self.whole = commission, at, whole
        self.on = timezone.localdate(at)
        self.panels = Panels("award", commission)
        self.calendars = HolidayCalendars()
        self.direct = getattr(commission, "direct_award", None)
        self.representations = getattr(commission, "representations", None)
        self.found = awards_of(commission, whole)
        posts = [commission.post, self.direct and self.direct.post]
        read_holders(
            [*posts, *[a.decision.post for a in self.found.rows if a.decision]]
        )

    @cached_property
    def awards(self):
        return commission_page.show_rows(
            self.found, lambda award: show_award(award, self.commission)
        )

    @cached_property
    def published(self):
        """The notices about the choice, newest first."""
        found = self.commission.notices.order_by("-published_at")
        return [notice for notice in found if notice.type.tells_of_choice]

    @cached_property
    def notices(self):
        return [commission_page.show_notice(notice) for notice in self.published]

    # Without a competition

    @cached_property
    def ground(self):
        """The ground on which there was no competition; None where none is on record."""
        return self.direct and GROUNDS[self.direct.ground]

    @property
    def value(self):
        """What the choice without a competition is worth, in words."""
        worth = self.direct.amount
        return value_range(worth, worth, self.direct.get_vat_display())

    @property
    def declares_conflicts(self):
        return not self.direct.conflicts.lower().startswith("none")

    @cached_property
    def naming(self):
        """From which day the most suitable provider may be named; None if unknown."""
        if not self.direct or self.direct.supplier or not self.ground.later:
            return None
        codes = self.ground.notices
        followed = next((n for n in self.published if n.code in codes), None)
        return followed and first_day_to_identify(followed.published_at)

    @cached_property
    def is_unexplained(self):
        """Whether a choice known from its notices only had no competition."""
        if self.direct:
            return False
        said = any(notice.type.opens_direct_award for notice in self.published)
        without = self.commission.route in WITHOUT_COMPETITION
        return said or bool(self.found.rows and without)

    @cached_property
    def as_noticed(self):
        """Why there is no competition in a notice's own words, and which says so; or None."""
        tender = getattr(self.commission, "tender", None)
        ground = tender.no_competition_ground if tender else ""
        why = tender.no_competition_because if tender else ""
        if self.direct or not (ground or why):
            return None
        explains = (n for n in self.published if n.type.explains)
        first = next(map(commission_page.show_notice, explains), None)
        return {"ground": ground, "why": why, "notice": first}

    # Who decided

    @property
    def decider(self):
        """The post or committee that decided, or else that holds the commission."""
        holder = self.commission.post or self.commission.committee
        return self.direct.decider if self.direct else holder

    @property
    def by_committee(self):
        return isinstance(self.decider, Committee)

    @cached_property
    def members(self):
        """Who sits on the committee that decided."""
        key = self.decider.pk
        return committee_members([key]).get(key, []) if self.by_committee else []

    # Until when nobody may sign, and how to object

    @cached_property
    def standstill(self):
        """Until when nobody may sign; None where nobody is chosen or none is told.

        Nor where it was cancelled: then there is nothing to sign. Of what is known from
        notices only the day that they state is shown: see `stated_standstill`.
        """
        commission = self.commission
        nobody = not (self.found.rows or self.direct)
        if nobody or not commission.kept_here or commission.stage == "cancelled":
            return None
        found = standstill_of(self.commission, at=self.at, calendars=self.calendars)
        unstated = self.commission.regime in WITHOUT_STANDSTILL and not found.last
        return None if unstated else found

    @cached_property
    def stated_standstill(self):
        """The last day of a standstill as a notice states it, known from notices only."""
        if self.commission.kept_here:
            return None
        days = (
            each.standstill_ends_on
            for each in self.found.rows
            if each.status not in LOST
        )
        return max(filter(None, days), default=None)

    @cached_property
    def representations_last(self):
        """The last day for representations, counted from the notice; None if unknown."""
        if self.commission.kept_here:
            return self.standstill and self.standstill.last
        found = standstill_of(self.commission, at=self.at, calendars=self.calendars)
        return found.last

    @cached_property
    def latest_notice(self):
        """The newest notice seen, of a commission known from notices only; or None."""
        return commission_page.latest_notice(self.commission)

    @cached_property
    def representations_close(self):
        """The clock of the last day for representations."""
        return self.representations.clock(self.calendars.of("england"))

    @cached_property
    def can_represent(self):
        """Whether providers may make representations: on its route, or as a notice says."""
        commission = self.commission
        if commission.regime != "psr" or commission.stage == "cancelled":
            return False
        intended = any(notice.type.opens_representations for notice in self.published)
        return intended or commission.route in REPRESENTED

    @cached_property
    def is_open(self):
        """Whether representations can be made now."""
        review = self.representations
        if review is None or review.settled_at:
            return False
        return self.on <= self.representations_close.date

    @cached_property
    def weighed(self):
        """How the five key criteria weighed; None outside the NHS regime."""
        if self.commission.regime != "psr":
            return None
        rows = [
            (gettext(KEY_CRITERIA[row.criterion]), "", row.weight, row.finding)
            for row in self.commission.weighings.all()
        ]
        return criteria_chart(gettext("The five key criteria"), rows) if rows else None

    # What comes next

    @cached_property
    def next(self):
        """What happens next, first thing first; nothing once the contract is signed."""
        if ORDER[self.commission.stage] >= ORDER["contract"]:
            return []
        sentences = (self.named(), self.objected(), self.signed())
        return [sentence for sentence in sentences if sentence]

    def named(self):
        """Say from when the provider may be named, where it is not yet."""
        if self.naming is None:
            return ""
        said = gettext("The provider is named, on {day} at the earliest.")
        return said.format(day=on_day(self.naming.date))

    def objected(self):
        """Say what happens with objections."""
        review = self.representations
        if review is None or review.settled_at:
            return ""
        if self.is_open:
            last = on_day(self.representations_close.date)
            return gettext(
                "Providers can object until the end of {day}. If one does, the choice is "
                "looked at again before a contract is signed."
            ).format(day=last)
        if review.received:
            return gettext(
                "The choice is looked at again, and providers get the new decision."
            )
        return ""

    def signed(self):
        """Say from when the contract may be signed, and what is due after."""
        found = self.standstill
        if found is None or found.state in ("unknown", "review", "stopped"):
            return ""
        days = 120 if self.commission.light_touch else 30
        due = str(DUE.get(self.commission.regime, "")).format(days=days)
        said = gettext("The contract can be signed now.")
        if found.state == "running":
            first = on_day(found.last + timedelta(days=1))
            said = gettext("The contract can be signed from {day}.").format(day=first)
        return f"{said} {due}".strip()


def awards_of(commission, whole):
    """Read its awards, newest first, with their suppliers, lots and decisions."""
    rows = Award.objects.filter(commission=commission)
    rows = rows.select_related("decision__post", "decision__committee", "buyer")
    rows = rows.prefetch_related("suppliers", "lots")
    newest = commission_page.newest_first(rows, "decided_on")
    return excerpt(newest, "awards", first=10, asked=whole)


def show_award(award, commission):
    """Present one award of a commission."""
    decision = award.decision
    public = decision and decision.published_at
    return {
        "title": str(award),
        "description": award.description,
        "reasons": award.reasons,
        "status": AWARD_STATES.get(award.status, ""),
        "suppliers": list(award.suppliers.all()),
        "lots": [str(lot) for lot in award.lots.all()],
        "amount": worth(award, commission),
        "decided_on": award.decided_on,
        "starts_on": award.starts_on,
        "ends_on": award.ends_on,
        "decision": decision if public else None,
        "decider": (decision.post or decision.committee) if public else None,
        "bids": bids_in_words(award),
        "items": award.items.splitlines(),
        "buyer": award.buyer,
    }


def bids_in_words(award):
    """List (what, how many) of the bids that are counted."""
    counted = (
        (gettext("Received"), award.bids_received),
        (gettext("Assessed"), award.bids_assessed),
        (gettext("From small and medium-sized firms"), award.bids_from_sme),
        (gettext("From voluntary and community bodies"), award.bids_from_vcse),
    )
    return [(what, number) for what, number in counted if number is not None]


@require_safe
def detail(request, reference):
    """Show who was chosen, without a competition or after one."""
    commission = get_object_or_404(commissions_with_awards(), reference=reference)
    page = AwardPage(commission, timezone.now(), whole=request.GET.get("all", ""))
    return render(request, "commissions/awards/detail.html", {"page": page})
