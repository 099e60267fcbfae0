"""Notices, tenders and awards to read; the acts by which a provider is chosen, a page each."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.shortcuts import redirect

from commissions.desk.action_views import (
    get_row,
    redirect_to_row,
    render_page,
    save_form,
)
from commissions.desk.base import PortalAdmin, ReadOnly, VisibleRows
from commissions.desk.procurement import forms
from commissions.law.direct_award_grounds import (
    GROUNDS,
    REPRESENTED,
    WITHOUT_COMPETITION,
)
from commissions.law.lifecycle.transitions import ADVANCE, COMMIT
from commissions.models import (
    Award,
    AwardCriterion,
    CpvCode,
    DirectAward,
    Lot,
    Notice,
    Representations,
    Tender,
    Weighing,
)


class EveryValue(admin.AllValuesFieldListFilter):
    """Each value there is; none at all has a name too."""

    def choices(self, changelist):
        """Name the choice of rows without a value."""
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or "None"}


@admin.register(Notice)
class NoticeAdmin(ReadOnly, PortalAdmin):
    """A notice, to read."""

    list_display = ["title", "code", "platform", "release_id", "published_at"]
    list_filter = ["platform", ("code", EveryValue)]
    search_fields = ["release_id", "ocid", "title"]


class LotInline(ReadOnly, VisibleRows, admin.StackedInline):
    """The lots of a tender, to read."""

    model = Lot
    extra = 0


class CriterionInline(ReadOnly, VisibleRows, admin.StackedInline):
    """What the bids of a tender are judged by, to read."""

    model = AwardCriterion
    extra = 0


@admin.register(Tender)
class TenderAdmin(ReadOnly, PortalAdmin):
    """A tender with its lots, to read."""

    inlines = [LotInline, CriterionInline]
    list_display = ["title", "commission", "status", "closes_at"]
    list_select_related = ["commission"]
    list_filter = ["status"]
    search_fields = ["title", "commission__reference"]


@admin.register(Award)
class AwardAdmin(ReadOnly, PortalAdmin):
    """An award, to read."""

    list_display = ["__str__", "commission", "status", "amount", "starts_on", "ends_on"]
    list_select_related = ["commission"]
    list_filter = ["status"]
    search_fields = ["title", "commission__reference"]


@admin.register(DirectAward)
class DirectAwardAdmin(ReadOnly, PortalAdmin):
    """A choice without a competition, to read: it is made from its commission."""

    list_display = ["commission", "ground", "supplier", "amount", "justified_at"]
    list_select_related = ["commission", "supplier"]
    list_filter = ["ground"]
    search_fields = ["commission__title", "commission__reference", "supplier__name"]


@admin.register(Representations)
class RepresentationsAdmin(ReadOnly, PortalAdmin):
    """Providers' representations, to read: only their number and what came of them."""

    list_display = ["commission", "received", "outcome", "told_on"]
    list_select_related = ["commission"]
    list_filter = ["outcome"]
    search_fields = ["commission__title", "commission__reference"]


@admin.register(CpvCode)
class CpvCodeAdmin(PortalAdmin):
    """A code of the procurement vocabulary, and the topic that it leads to."""

    list_display = ["code", "description", "topic"]
    list_select_related = ["topic"]
    search_fields = ["code", "description"]
    autocomplete_fields = ["parent", "topic"]


@dataclass(frozen=True)
class ProcurementAct:
    """One act of choosing: its form, its words, the right it needs, and when it is due.

    `offered` takes a Choosing and tells whether the act belongs to it now.
    """

    form: type
    title: str
    label: str
    about: str
    right: str
    offered: callable


@dataclass(frozen=True)
class ProcurementState:
    """What is known of how a provider is chosen for a commission."""

    commission: object
    direct: DirectAward | None
    review: Representations | None
    invited: bool
    weighed: bool

    @classmethod
    def of(cls, commission):
        """Read it."""
        tender = getattr(commission, "tender", None)
        return cls(
            commission,
            getattr(commission, "direct_award", None),
            getattr(commission, "representations", None),
            bool(tender and tender.invited_at),
            Weighing.objects.filter(commission=commission).exists(),
        )

    @property
    def goes_direct(self):
        return self.commission.route in WITHOUT_COMPETITION

    @property
    def names_later(self):
        """Tell whether its supplier is still to be named."""
        direct = self.direct
        return bool(direct and GROUNDS[direct.ground].later and not direct.supplier_id)

    @property
    def is_nhs(self):
        return self.commission.regime == "psr"

    @property
    def takes_objections(self):
        """Tell whether providers may make representations on its route."""
        return self.is_nhs and self.commission.route in REPRESENTED


def is_review_open(known):
    return bool(known.review and not known.review.settled_at)


ACTS = {
    "invite": ProcurementAct(
        forms.InviteBidsForm,
        "Invite bids",
        "Invite bids",
        "What is asked, how bids are judged, and by when.",
        ADVANCE,
        lambda s: not s.invited and not s.goes_direct,
    ),
    "justify": ProcurementAct(
        forms.JustifyDirectAwardForm,
        "Choose without a competition",
        "Put it on record",
        "The ground in law, who decided, conflicts of interest, and the supplier.",
        COMMIT,
        lambda s: not s.direct and (s.goes_direct or s.is_nhs),
    ),
    "choose": ProcurementAct(
        forms.ChooseProviderForm,
        "Name the most suitable provider",
        "Name it",
        "At the earliest 14 days after the notice of intention to follow the process.",
        COMMIT,
        lambda s: s.names_later,
    ),
    "weigh": ProcurementAct(
        forms.WeighProvidersForm,
        "Weigh the five key criteria",
        "Put it on record",
        "How much each counted, and how it weighed in the choice.",
        COMMIT,
        lambda s: s.is_nhs and not s.weighed,
    ),
    "announce": ProcurementAct(
        forms.AnnounceAwardForm,
        "Announce an award",
        "Announce it",
        "Who was chosen, why, and how many bid. The standstill is counted for you.",
        COMMIT,
        lambda s: True,
    ),
    "open-representations": ProcurementAct(
        forms.OpenForRepresentationsForm,
        "Open for representations",
        "Open for representations",
        "Where providers write to. The last day is counted from the notice.",
        ADVANCE,
        lambda s: s.takes_objections and not s.review,
    ),
    "receive-representations": ProcurementAct(
        forms.ReceiveRepresentationsForm,
        "Count representations",
        "Count them",
        "Their number, and nothing else.",
        ADVANCE,
        is_review_open,
    ),
    "settle-representations": ProcurementAct(
        forms.SettleRepresentationsForm,
        "Record the review of representations",
        "Record it",
        "What was decided after the review, and when providers were told.",
        COMMIT,
        lambda s: is_review_open(s) and s.review.received > 0,
    ),
}


def choosing_a_provider(request, pk, *, desk):
    """List the acts of choosing a provider that belong to a commission now."""
    commission = get_row(request, pk, desk)
    if not commission.published_at:
        return refuse_unpublished(request, pk, desk)
    known = ProcurementState.of(commission)
    offered = {name: act for name, act in ACTS.items() if act.offered(known)}
    return render_page(
        request,
        "admin/commissions/commission/choosing.html",
        desk,
        original=commission,
        title="Choosing a provider",
        acts=[
            (f"admin:commission-{name}", act)
            for name, act in offered.items()
            if request.user.has_perm(act.right, commission)
        ],
        others=[
            act.title
            for act in offered.values()
            if not request.user.has_perm(act.right, commission)
        ],
    )


def refuse_unpublished(request, pk, desk):
    """Send somebody back to a working draft, and say why."""
    messages.error(request, "Publish the intention first: a draft has no provider.")
    return redirect_to_row(desk, pk)


def act_view(name):
    """Return the page of one act."""
    act = ACTS[name]

    def view(request, pk, *, desk):
        commission = get_row(request, pk, desk)
        if not commission.published_at:
            return refuse_unpublished(request, pk, desk)
        offered = act.offered(ProcurementState.of(commission))
        if not offered or not request.user.has_perm(act.right, commission):
            messages.error(
                request, f"“{act.title}” is not yours to do here, or is done."
            )
            return redirect("admin:commission-choosing", pk)
        form = act.form(request.POST or None, commission=commission, user=request.user)
        if save_form(request, form):
            return redirect("admin:commission-choosing", pk)
        return render_page(
            request,
            "admin/commissions/form.html",
            desk,
            original=commission,
            title=act.title,
            label=act.label,
            form=form,
        )

    return view


PAGES = {"choosing": choosing_a_provider, **{name: act_view(name) for name in ACTS}}
