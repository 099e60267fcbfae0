"""What notices would change on commissions that people hold: confirm or decline."""

from django import forms
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.urls import reverse

from commissions.desk.action_views import action_urls, get_row, render_page, save_form
from commissions.desk.base import NoDelete, PortalAdmin
from commissions.desk.ocds.proposed_changes import changes_in_words, organisation_slugs
from commissions.law.lifecycle import ADVANCE, COMMIT, SIGNED, STAGES
from commissions.law.lifecycle.transitions import COMMITTING
from commissions.models import NotReady, Organisation, Proposal
from commissions.ocds.proposals.snapshots import up_to_date

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
        if stage and not self.user.has_perm(needs):
            raise forms.ValidationError(
                f"Moving it to “{STAGES[stage].name}” is for somebody who may choose, "
                "sign or call off. Untick “Stage”, or ask them to confirm this."
            )
        chosen = any(what.startswith(("award/", "contract/")) for what in taken)
        if chosen and not self.user.has_perm(COMMIT):
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
