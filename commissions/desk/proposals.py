"""What notices would change on commissions that people hold: confirm or decline."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django import forms
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.urls import reverse

from commissions.commission.choices import Regime, Route, Vat
from commissions.desk.action_views import (
    action_urls,
    get_row,
    redirect_to_row,
    render_page,
    save_form,
)
from commissions.desk.base import NoDelete, PortalAdmin
from commissions.law.lifecycle import ADVANCE, COMMIT, SIGNED, STAGES
from commissions.law.lifecycle.transitions import COMMITTING
from commissions.models import NotReady, Organisation, Proposal
from commissions.ocds.actions import link_ocid
from commissions.ocds.proposals.models import in_order
from commissions.ocds.proposals.snapshots import up_to_date
from commissions.text.formats import at_time, on_day, sum_of, value_range
from commissions.text.labels import STATES as STATUSES


class LinkOcidForm(forms.Form):
    """The OCID as the platform writes it."""

    ocid = forms.CharField(
        label="The platform’s OCID",
        max_length=240,
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
        help_text="It stands on the notice: for example ocds-h6vhtk-0525b3.",
        error_messages={"required": "Copy the OCID from the notice on the platform."},
    )

    def __init__(self, *args, commission, **kwargs):
        super().__init__(*args, **kwargs)
        self.commission = commission

    def save(self, *, by):
        """Link it; return the sentence that says so."""
        ocid = self.cleaned_data["ocid"].strip()
        link = link_ocid(self.commission, ocid, by=by)
        said = f"Linked. Notices under {link.ocid} now join this commission."
        if link.stand_in:
            said += " Those received before came over; see what they would change."
        return said


def link_ocid_view(request, pk, *, desk):
    """Link a platform's OCID to a commission."""
    commission = get_row(request, pk, desk)
    form = LinkOcidForm(request.POST or None, commission=commission)
    if save_form(request, form):
        return redirect_to_row(desk, pk)
    return render_page(
        request,
        "admin/commissions/commission/link.html",
        desk,
        original=commission,
        title="Link a platform’s OCID",
        linked=commission.linked_ocids.all(),
        form=form,
    )


NOTHING = "Not stated"
LONGEST = 600  # characters of one text shown; the whole is in the notice
LABELS = {
    "stage": "Stage",
    "closes_at": "Open for bids until",
    "value": "Value",
    "regime": "Law",
    "route": "Route to a provider",
    "light_touch": "Light touch",
    "starts_on": "Starts on",
    "ends_on": "Ends on",
    "extension": "Possible extension",
    "tender": "Tender",
    "criteria": "How bids are judged",
    "documents": "Documents",
    "amount": "Value, excluding VAT",
    "amount_gross": "Value, including VAT",
    "cpv": "Procurement code (CPV)",
    "opens_at": "Opens for bids",
    "questions_close_at": "Questions until",
    "how_to_bid": "How to bid",
    "suits_sme": "Suits small and medium-sized firms",
    "suits_vcse": "Suits voluntary and community bodies",
    "decided_on": "Decided on",
    "signed_on": "Signed on",
    "standstill_ends_on": "Standstill ends on",
    "latest_end_on": "Ends at the latest on",
    "method_details": "Procedure, in words",
    "no_competition_ground": "Ground for no competition",
    "no_competition_because": "Why there is no competition",
    "award": "Follows award",
}
COLUMNS = (
    *("title", "suppliers", "lots", "amount", "amount_gross", "status"),
    *("decided_on", "signed_on", "standstill_ends_on", "starts_on", "ends_on"),
    *("opens_at", "questions_close_at", "closes_at"),
)
MANY = ("tender", "criteria", "documents")
CODES = {
    "stage": {code: stage.name for code, stage in STAGES.items()},
    "status": STATUSES,
    "regime": dict(Regime.choices),
    "route": dict(Route.choices),
}


@dataclass(frozen=True)
class ProposedChange:
    """One change that can be ticked: its key, its name, and its lines."""

    what: str
    name: str
    lines: tuple[tuple[str, str, str], ...]
    new: bool

    @property
    def single(self) -> bool:
        """Whether its one line says no more than its name does."""
        return "/" not in self.what.replace("plan/", "") and self.what not in MANY


def column_place(column: tuple) -> tuple[int, str]:
    """Say where a column stands among the others: its name first, words last."""
    name = column[0]
    return COLUMNS.index(name) if name in COLUMNS else len(COLUMNS), name


def column_label(name: str) -> str:
    return LABELS.get(name) or name.replace("_", " ").capitalize()


def value_in_words(name: str, value, bodies: Mapping[str, str]) -> str:
    """Say one plain value in words; `bodies` names organisations by slug."""
    if value in (None, "", []):
        return NOTHING
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return ", ".join(bodies.get(each, str(each)) for each in value)
    said = write_value(name, value)
    return said if len(said) <= LONGEST else f"{said[:LONGEST].rstrip()}…"


def write_value(name: str, value: str) -> str:
    """Write an amount, a day, a time or a code as people do; words as they are."""
    if name in ("amount", "amount_gross"):
        return sum_of(Decimal(value))
    if name.endswith("_on"):
        return on_day(date.fromisoformat(value))
    if name.endswith("_at"):
        return at_time(datetime.fromisoformat(value))
    return CODES.get(name, {}).get(value, str(value))


def value_range_in_words(value) -> str:
    """Say the lowest and highest value and what it counts."""
    if not value:
        return NOTHING
    low, high = (Decimal(each) if each else None for each in value[:2])
    return value_range(low, high, dict(Vat.choices)[value[2]]) or NOTHING


def change_in_words(
    what: str, ours, theirs, bodies: Mapping[str, str]
) -> ProposedChange:
    """Say one change in words."""
    kind, _, key = what.partition("/")
    if what == "value":
        lines = [
            (
                column_label(what),
                value_range_in_words(ours),
                value_range_in_words(theirs),
            )
        ]
    elif what == "documents":
        lines = [("New", "–", each["title"]) for each in theirs.values()]
    elif what == "criteria":
        lines = criteria_in_words(ours or [], theirs)
    elif kind == "plan":
        said = (value_in_words("planned_on", each, bodies) for each in (ours, theirs))
        lines = [("Planned for", *said)]
    elif isinstance(theirs, dict):
        before = ours or {}
        lines = [
            (
                column_label(n),
                value_in_words(n, before.get(n), bodies),
                value_in_words(n, v, bodies),
            )
            for n, v in sorted(theirs.items(), key=column_place)
            if (n, v) != ("currency", "GBP")
        ]
    else:
        said = (value_in_words(what, each, bodies) for each in (ours, theirs))
        lines = [(column_label(what), *said)]
    return ProposedChange(
        what, name_of_change(kind, key, theirs), tuple(lines), ours is None
    )


def criteria_in_words(ours: list, theirs: list) -> list[tuple[str, str, str]]:
    """Say what bids are judged by: each criterion with its weight on both sides."""
    sides = [
        {(lot, name): said for lot, name, *said in side} for side in (ours, theirs)
    ]
    return [
        (
            f"{name}, lot {lot}" if lot else name,
            *(weight_in_words(s.get((lot, name))) for s in sides),
        )
        for lot, name in dict.fromkeys([*sides[0], *sides[1]])
    ]


def weight_in_words(said) -> str:
    """Say a criterion's weight in per cent; that it is not there, or has none."""
    if said is None:
        return "Not there"
    return f"{Decimal(said[1]).normalize():f}%" if said[1] else "No weight"


def name_of_change(kind: str, key: str, theirs) -> str:
    """Name a change: Stage; Plan for “Tender”; Lot 1: North."""
    if kind == "plan":
        return f"Plan for “{STAGES[key].name}”"
    if not key:
        return column_label(kind)
    title = theirs.get("title", "")
    return f"{kind.capitalize()} {key}{f': {title}' if title else ''}"


def changes_in_words(
    stored: Mapping[str, list], bodies: Mapping[str, str]
) -> list[ProposedChange]:
    """Say all the changes of a proposal in words, in the order of people's interest."""
    return [change_in_words(what, *stored[what], bodies) for what in in_order(stored)]


def organisation_slugs(stored: Mapping[str, list]) -> set[str]:
    """Return the slugs of the organisations that the changes name."""
    return {
        slug
        for sides in stored.values()
        for side in sides
        if isinstance(side, dict)
        for slug in side.get("suppliers", ())
    }


LIST = "admin:commissions_proposal_changelist"


class ProposalForm(forms.Form):
    """Which changes are right; or why none is.

    Nothing is ticked beforehand: a notice can be another body's mistake.
    """

    taken = forms.MultipleChoiceField(
        label="Take over",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "What was ticked is not in this list any more. Look again."
        },
    )
    reason = forms.CharField(
        label="Why it is not right",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only to decline. The public sees it; name no person.",
    )

    def __init__(self, *args, proposal, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.proposal, self.user = proposal, user
        bodies = Organisation.objects.filter(
            slug__in=organisation_slugs(proposal.changes)
        )
        names = dict(bodies.values_list("slug", "name"))
        waits = proposal.state == Proposal.State.WAITING
        stored = up_to_date(proposal) if waits else proposal.changes
        self.changes = changes_in_words(stored, names)
        self.fields["taken"].choices = [(c.what, c.name) for c in self.changes]

    @property
    def ticked(self):
        return self["taken"].value() or []

    def clean_taken(self):
        """Refuse a choice, a contract or a stage that is not this person's to take."""
        everything = "all" in self.data
        taken = [*self.proposal.changes] if everything else self.cleaned_data["taken"]
        if "decline" not in self.data:
            self.refuse_what_commits(taken)
        return taken

    def refuse_what_commits(self, taken):
        """Raise ValidationError where what is taken asks for more than this person may."""
        now, stage = (
            self.proposal.changes.get("stage") if "stage" in taken else ("", "")
        )
        signs = stage in SIGNED and now not in SIGNED
        needs = COMMIT if signs or stage in COMMITTING else ADVANCE
        if stage and not self.user.has_perm(needs, self.proposal.commission):
            raise forms.ValidationError(
                f"Moving it to “{STAGES[stage].name}” is for somebody who may choose, "
                "sign or call off. Untick “Stage”, or ask them to confirm this."
            )
        chosen = any(what.startswith(("award/", "contract/")) for what in taken)
        if chosen and not self.user.has_perm(COMMIT, self.proposal.commission):
            raise forms.ValidationError(
                "An award or a contract is for somebody who may choose, sign or call "
                "off. Untick it, or ask them to confirm this."
            )

    def save(self, *, by):
        """Confirm what is ticked, or decline; return the sentence that says so."""
        said = self.cleaned_data
        if "decline" in self.data:
            self.proposal.decline(said["reason"], by=by)
            return "Declined. The reason is on the record; nothing was changed."
        if said["reason"].strip():
            raise NotReady(
                "A reason is given to decline. To confirm, leave it empty; to decline, "
                "press “Decline”."
            )
        self.proposal.accept(said["taken"], by=by)
        number = len(self.proposal.taken)
        return f"Taken over: {number} of {len(self.changes)}. It is on the record."


class StateFilter(admin.SimpleListFilter):
    """What became of it: those that wait, unless asked otherwise."""

    title = "what became of it"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [*Proposal.State.choices[1:], ("all", "All")]

    def choices(self, changelist):
        """Call the choice that holds unless asked otherwise by its name."""
        first, *rest = super().choices(changelist)
        return [{**first, "display": Proposal.State.WAITING.label}, *rest]

    def queryset(self, request, queryset):
        """Keep those asked for."""
        if self.value() == "all":
            return queryset
        return queryset.filter(state=self.value() or Proposal.State.WAITING)


@admin.register(Proposal)
class ProposalAdmin(NoDelete, PortalAdmin):
    """What waits first; each is settled on a page of its own."""

    list_display = ["commission", "notice_number", "holds", "proposed_at", "state"]
    list_display_links = ["commission"]
    list_filter = [StateFilter]
    list_select_related = ["commission", "notice"]
    search_fields = ["commission__title", "commission__reference", "notice__release_id"]
    actions = None

    def has_add_permission(self, request):
        return False

    @admin.display(description="notice")
    def notice_number(self, proposal):
        return f"{proposal.notice.code} {proposal.notice.release_id}".strip()

    @admin.display(description="changes")
    def holds(self, proposal):
        return len(proposal.changes)

    def get_urls(self):
        return action_urls(self, PAGES, "proposal") + super().get_urls()

    def changelist_view(self, request, extra_context=None):
        """Name the list for what is done there."""
        context = {"title": "What notices would change", **(extra_context or {})}
        return super().changelist_view(request, context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return redirect("admin:proposal-settle", object_id)


def settle_proposal(request, pk, *, desk):
    """Show ours beside theirs; take over what is ticked, or decline."""
    proposal = get_row(request, pk, desk)
    form = ProposalForm(request.POST or None, proposal=proposal, user=request.user)
    if request.method == "POST" and proposal.state != Proposal.State.WAITING:
        messages.error(request, "This was settled before. Nothing was changed.")
        return redirect(LIST)
    if save_form(request, form):
        return redirect(LIST)
    commission = proposal.commission
    return render_page(
        request,
        "admin/commissions/proposal/settle.html",
        desk,
        original=proposal,
        title="What a notice would change",
        proposal=proposal,
        commission=commission,
        form=form,
        form_url=reverse("admin:commissions_commission_change", args=[commission.pk]),
    )


PAGES = {"settle": settle_proposal}
