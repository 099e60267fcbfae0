"""Contracts in the admin: recorded when signed, completed, and changed by acts only."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from commissions.contracts.models import COMPETED
from commissions.desk.action_views import action_urls
from commissions.desk.base import NoDelete, PortalAdmin, acting_as
from commissions.desk.contracts import views
from commissions.desk.contracts.forms import CompleteContractForm
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
        return views.sign_contract(request, desk=self)

    def save_model(self, request, obj, form, change):
        """Complete it by its verb."""
        kept = Contract.objects.get(pk=obj.pk)
        said = {name: form.cleaned_data[name] for name in form.changed_data}
        kept.complete(by=acting_as(request.user), **said)

    def get_urls(self):
        """Add the pages of its acts."""
        return action_urls(self, views.PAGES, "contract") + super().get_urls()

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.commission.published_at else None
