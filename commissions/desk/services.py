"""Services in the admin: written as drafts, then published."""

from django.contrib import admin, messages

from commissions.desk.base import PortalAdmin, acting_as
from commissions.models import Service


@admin.register(Service)
class ServiceAdmin(PortalAdmin):
    """What is commissioned again and again for the same people."""

    fieldsets = [
        (
            "What it is",
            {"fields": ["name", "slug", "organisation", "summary", "who_uses_it"]},
        ),
        ("What about, and where", {"fields": ["topic", "areas"]}),
        (
            "Who provides it now",
            {"fields": ["providers", "contract_ends_on", "yearly_spend"]},
        ),
    ]
    autocomplete_fields = ["organisation", "topic", "areas", "providers"]
    prepopulated_fields = {"slug": ["name"]}
    list_display = ["name", "organisation", "contract_ends_on", "published_at"]
    list_select_related = ["organisation"]
    list_filter = ["topic"]
    search_fields = ["name", "organisation__name"]
    actions = ["publish"]

    def get_actions(self, request):
        """Leave out deletion in bulk: what is public stays."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    @admin.action(description="Publish", permissions=["change"])
    def publish(self, request, services):
        """Show the chosen services in public."""
        for service in services:
            service.publish(by=acting_as(request.user))
        messages.success(request, "Published. Everybody can see them now.")

    def has_delete_permission(self, request, obj=None):
        """Only a draft can be deleted."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and not (obj and obj.published_at)
