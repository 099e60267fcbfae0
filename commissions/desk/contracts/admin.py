"""Contracts at the desk: signed, completed, extended, changed, rated and ended by acts only."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils import timezone

from commissions.contracts.models import COMPETED
from commissions.desk.action_views import (
    action_urls,
    form_page,
    get_row,
    redirect_to_row,
    render_page,
    save_form,
)
from commissions.desk.base import NoDelete, PortalAdmin, acting_as
from commissions.desk.contracts import forms
from commissions.desk.contracts.forms import CompleteContractForm
from commissions.desk.permissions import where
from commissions.law.lifecycle.transitions import COMMIT
from commissions.models import Contract

AS_SIGNED = [
    "reference",
    "commission",
    "suppliers",
    "signed_on",
    "starts_on",
    "ends_on",
    "latest_end_on",
    "amount",
    "amount_gross",
]
MONEY = "Money"
FIELDSETS = [
    (
        "What the register asks for",
        {
            "description": "Notices do not say all of this. Leave empty what you do "
            "not know.",
            "fields": ["title", "description", "post", "department", "review_on"],
        },
    ),
    (MONEY, {"fields": ["irrecoverable_vat", "tendered"]}),
    (
        "Copy of the contract",
        {
            "description": "Contracts worth more than £5 million, VAT included: within "
            "90 days of the signature, 180 if light touch. After a change that had a "
            "notice (UK10): within 90 days of the change, the contract as changed.",
            "fields": [
                "copy_url",
                "copy_published_on",
                "changed_copy_url",
                "changed_copy_published_on",
            ],
        },
    ),
    ("Performance", {"fields": ["no_indicators_because"]}),
    (
        "As it was signed, and changed since",
        {"description": "Changed by the acts above only.", "fields": AS_SIGNED},
    ),
]
STANDINGS = {"running": "Running", "soon": "Ends within a year", "ended": "Ended"}


class StandingFilter(admin.SimpleListFilter):
    """Which contracts run, end soon or have ended."""

    title = "where it stands"
    parameter_name = "stands"

    def lookups(self, request, model_admin):
        return STANDINGS.items()

    def queryset(self, request, queryset):
        """Keep those asked for."""
        today = timezone.localdate()
        if self.value() == "ended":
            return queryset.ended(today)
        if self.value() == "soon":
            return queryset.ending_soon(today)
        return queryset.running(today) if self.value() == "running" else queryset


@admin.register(Contract)
class ContractAdmin(NoDelete, PortalAdmin):
    """A contract: recorded by a page of its own, completed here, changed by acts."""

    form = CompleteContractForm
    fieldsets = FIELDSETS
    readonly_fields = AS_SIGNED
    autocomplete_fields = ["post"]
    list_display = ["__str__", "reference", "stands", "ends_on", "amount", "body"]
    list_filter = [StandingFilter]
    list_select_related = ["commission__organisation"]
    search_fields = [
        "title",
        "reference",
        "commission__title",
        "commission__reference",
        "suppliers__name",
    ]
    search_help_text = "Words of the title, the reference or the supplier."
    ordering = ["-signed_on", "-pk"]
    actions = None

    @admin.display(description="stands")
    def stands(self, contract):
        return contract.standing().label

    @admin.display(description="organisation")
    def body(self, contract):
        return contract.commission.organisation

    def get_queryset(self, request):
        """Fetch with each its commission, with what tells whether a notice is due."""
        rows = super().get_queryset(request)
        return rows.select_related("commission__tender", "commission__organisation")

    def get_fieldsets(self, request, obj=None):
        """Ask whether it was tendered only where the route does not tell."""
        if not obj or obj.commission.route not in COMPETED:
            return FIELDSETS
        told = {"fields": ["irrecoverable_vat"]}
        return [(name, told if name == MONEY else part) for name, part in FIELDSETS]

    def has_add_permission(self, request):
        """Ask for the right to sign, as the move to the contract does."""
        return super().has_add_permission(request) and request.user.has_perm(COMMIT)

    def add_view(self, request, form_url="", extra_context=None):
        """Record one by the page that asks for its terms."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return sign_contract(request, desk=self)

    def save_model(self, request, obj, form, change):
        """Complete it by its verb."""
        kept = Contract.objects.get(pk=obj.pk)
        said = {name: form.cleaned_data[name] for name in form.changed_data}
        kept.complete(by=acting_as(request.user), **said)

    def get_urls(self):
        """Add the pages of its acts."""
        return action_urls(self, PAGES, "contract") + super().get_urls()

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.commission.published_at else None


def commission_asked_for(request):
    """Return the commission that the address or the form names, or None."""
    key = request.POST.get("commission") or request.GET.get("commission", "")
    whole = key.isascii() and key.isdigit() and len(key) < 19
    rows = where(request.user, COMMIT, forms.public_commissions())
    return rows.filter(pk=int(key)).first() if whole else None


def sign_contract(request, *, desk):
    """Ask for the terms of a contract that was signed; record it."""
    form = forms.SignContractForm(
        request.POST or None,
        user=request.user,
        commission=commission_asked_for(request),
    )
    if save_form(request, form):
        return redirect("admin:commissions_contract_change", form.contract.pk)
    return render_page(
        request,
        "admin/commissions/contract/sign.html",
        desk,
        title="Record a signed contract",
        label="Record it",
        form=form,
    )


def record_signature(request, pk, *, desk):
    """Record the signature of a contract that a notice proposed."""
    contract = get_row(request, pk, desk)
    if not request.user.has_perm(COMMIT, contract.commission):
        raise PermissionDenied
    if contract.is_signed:
        messages.error(request, "This contract is signed already.")
        return redirect_to_row(desk, pk)
    form = forms.RecordSignatureForm(request.POST or None, contract=contract)
    title = "Record its signature"
    return form_page(request, desk, contract, form, title=title, label="Record it")


def contract_act(form_class, title, label):
    """Make the page of one act."""

    def view(request, pk, *, desk):
        contract = get_row(request, pk, desk)
        if hindrance := form_class.hindrance(contract):
            messages.error(request, hindrance)
            return redirect_to_row(desk, pk)
        form = form_class(request.POST or None, contract=contract)
        return form_page(request, desk, contract, form, title=title, label=label)

    return view


PAGES = {
    "signature": record_signature,
    "extend": contract_act(
        forms.ExtendContractForm, "Use an option to extend", "Extend it"
    ),
    "amend": contract_act(forms.AmendContractForm, "Record a change", "Record it"),
    "offer": contract_act(
        forms.OfferExtensionForm, "Add an option to extend", "Add it"
    ),
    "measure": contract_act(
        forms.AddIndicatorForm, "Add a performance indicator", "Add it"
    ),
    "rate": contract_act(
        forms.RateIndicatorsForm, "Rate a period", "Publish the ratings"
    ),
    "end": contract_act(forms.EndContractForm, "Record the end", "Record it"),
}
