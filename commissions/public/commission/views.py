"""A commission's public page: who holds it, where it stands, what is open to you."""

from functools import cached_property

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import pluralize
from django.utils import timezone
from django.views.decorators.http import require_safe

from commissions.law.direct_award_grounds import WITHOUT_COMPETITION
from commissions.models import (
    Award,
    Commission,
    Contract,
    DirectAward,
    Exemption,
    Handover,
)
from commissions.people.holders import members, read_holders
from commissions.public.commission import facets
from commissions.public.commission import page as commission_page
from commissions.public.commission.exports import EXPORT
from commissions.public.commission.filters import CommissionFilter
from commissions.public.commission.inferred_stage import likely, said_in_public
from commissions.public.commission.next_steps import next_expected, why_here
from commissions.public.commission.public_window import invitation
from commissions.public.commission.related import particulars, ties
from commissions.public.commission.rows import described
from commissions.public.commission.stage_timeline import COLUMNS, dates_from, line
from commissions.public.listing.excerpts import LONGEST
from commissions.public.listing.page import ListPage, list_view
from commissions.public.panels import Panels
from commissions.public.people.holder_history import acts_of, entries_of, stretches
from commissions.text import labels
from commissions.text.formats import value_range

SUMMARY = "In short"
UNDECIDED = {Commission.Route.NOT_DECIDED, Commission.Route.OTHER}


@require_safe
def detail(request, reference):
    """Show one commission that is public."""
    public = with_its_bodies(Commission.objects.published())
    commission = public.filter(reference=reference).first()
    if commission is None:
        return redirect(stood_for(reference), permanent=True)
    context = page_context(commission, asked=request.GET.get("all", ""))
    return render(request, "commissions/commission/detail.html", context)


def stood_for(reference):
    """Return the commission for which one known from notices only stood in."""
    public = Commission.objects.published()
    return get_object_or_404(public, linked_ocids__stand_in__reference=reference)


def with_its_bodies(commissions):
    """Fetch with each commission its organisation, holder, topic and tender.

    Tell also whether it has an exemption, a direct award, awards and contracts, and
    whether its stage may lag, so that nothing is asked about what is not there.
    """
    its = {"commission": OuterRef("pk")}
    return commissions.annotate(
        is_exempted=Exists(Exemption.objects.filter(**its)),
        is_passing_on=Exists(Handover.objects.announced().order_by().filter(**its)),
        is_direct=Exists(DirectAward.objects.filter(**its)),
        has_awards=Exists(Award.objects.filter(**its)),
        has_contracts=Exists(Contract.objects.filter(**its)),
        may_lag=likely(timezone.now()),
    ).select_related(
        "organisation",
        "topic",
        "post__organisation",
        "post__deputy",
        "committee__organisation",
        "tender",
    )


def page_context(commission, *, asked="", preview=False):
    """Return all that templates/commissions/commission/detail.html shows.

    `asked` names the list that the reader wants whole: documents, notices,
    awards, contracts or record. With `preview` a banner says that the
    page is not public; the commission may then be a working draft.
    """
    exempt = exemptions(commission)
    read_holders([commission.post, *[exemption.approver for exemption in exempt]])
    sitting = members([commission.committee_id]) if commission.committee_id else {}
    tied = ties(commission)
    notices = commission_page.notices(commission, asked)
    entries = entries_of(
        commission, LONGEST + 1 if asked == "record" else commission_page.RECORD + 1
    )
    acts = acts_of(entries)
    steps = stage_line(commission)
    awards = commission_page.awards(commission, tied, asked)
    panels = Panels("commission", commission)
    return {
        "panels": panels,
        "contents_after_exemptions": panels.contents("exemptions"),
        "contents_after_contracts": panels.contents("contracts"),
        "commission": commission,
        "preview": preview,
        "members": sitting.get(commission.committee_id, []),
        "to_pass": to_pass(commission),
        "contact": commission_page.newest_contact(notices),
        "line": steps,
        "hands": stretches(commission, acts),
        "why_here": why_here(acts),
        "gone_on": said_in_public(commission),
        "next": next_expected(commission, steps, acts, notices),
        "invitation": open_to_you(commission),
        "exemptions": exempt,
        "words": words(commission),
        **narrative(commission),
        "areas": tied["area", commission.pk],
        "partners": tied["partner", commission.pk],
        "services": tied["service", commission.pk],
        "replaces": tied["replaces", commission.pk],
        **particulars(commission, tied),
        "documents": commission_page.documents(commission, asked),
        "notices": notices,
        "tender": commission_page.tender(commission),
        "awards": awards,
        "is_direct": is_direct(commission),
        "contracts": commission_page.contracts(commission, tied, asked),
        "record": commission_page.record(commission, entries, asked),
    }


def exemptions(commission):
    """List the gates that a commission passes unmet, with the posts that approved."""
    if not getattr(commission, "is_exempted", True):
        return []
    return list(
        commission.exemptions.select_related(
            "approver__organisation", "approver__deputy"
        )
    )


def to_pass(commission):
    """Return the hand-over that is announced, or None; asks only where there is one."""
    is_passing_on = getattr(commission, "is_passing_on", False)
    return Handover.to_come(commission) if is_passing_on else None


def is_direct(commission):
    """Tell whether its provider was chosen without a competition."""
    if commission.route in WITHOUT_COMPETITION and getattr(
        commission, "has_awards", False
    ):
        return True
    if hasattr(commission, "is_direct"):
        return commission.is_direct
    return DirectAward.objects.filter(commission=commission).exists()


def stage_line(commission):
    """Return the steps from intention to review, with every date that moved."""
    rows = commission.stage_dates.order_by(
        "pk", "changes__moved_at", "changes__pk"
    ).values_list(*COLUMNS)
    return line(
        commission.stage,
        dates_from(rows),
        timezone.localdate(),
        commission.regime,
        "" if commission.route in UNDECIDED else commission.route,
        light_touch=commission.light_touch,
    )


def open_to_you(commission):
    """Tell what somebody outside can do now."""
    return invitation(
        commission.window_for,
        commission.window_opens_at,
        commission.window_closes_at,
        timezone.now(),
    )


def words(commission):
    """Say the codes and the money of one commission in plain words."""
    return {
        "regime": labels.REGIMES.get(commission.regime, ""),
        "route": labels.ROUTES.get(commission.route, ""),
        "light_touch": labels.LIGHT_TOUCH if commission.light_touch else "",
        "rung": labels.RUNGS.get(commission.rung, ""),
        "value": value_range(
            commission.value_min,
            commission.value_max,
            commission.get_value_vat_display(),
        ),
    }


def narrative(commission):
    """Return what is said about it and, by name, what is not said yet."""
    told = [
        ("summary", SUMMARY, commission.summary),
        ("need", "The need", commission.need),
        ("outcomes", "Outcomes sought", commission.outcomes),
        ("fixed", "What is fixed", commission.fixed),
        ("influence", "What you can still influence", commission.still_open),
        ("unknowns", "What we do not know yet", commission.unknowns),
        ("changes", "Who it changes things for", commission.changes_for),
    ]
    return {
        "said": [part for part in told if part[2].strip()],
        "unsaid": [
            "a summary" if heading == SUMMARY else heading.lower()
            for _, heading, text in told
            if not text.strip()
        ],
    }


# The list of commissions: searched, filtered, in order, page by page.


WIDENED = 1_000  # what taking a filter off would leave is counted up to here


class CommissionList(ListPage):
    """One page of the list of commissions, with the counts beside the filters."""

    filter_set = CommissionFilter
    template = "commissions/commission/list.html"
    title, noun, nouns = "Commissions", "commission", "commissions"
    export = EXPORT

    def __init__(self, request):
        super().__init__(request)
        self.counts = facets.count(self.filters)
        facets.label(self.filters, self.counts)

    @property
    def count(self):
        """How many commissions are left, in words."""
        return f"{self.counts.said}."

    def present(self, rows):
        """Say a page of commissions in words."""
        return described(rows, self.filters.at)

    @cached_property
    def wider(self):
        """Which filters to take off, and how many commissions that would show."""
        if self.rows or not self.chosen:
            return []
        links = {each["key"]: each for each in self.chosen}
        return [
            {
                **links[name],
                "found": f"{number:,} commission{pluralize(number)}"
                if number <= WIDENED
                else f"more than {WIDENED:,} commissions",
            }
            for name, number in facets.widened(self.filters, WIDENED + 1)
        ]


index = list_view(CommissionList)
