"""Consultations in the admin: the list, and the way to what is done after closing."""

from django.contrib import admin
from django.urls import path

from commissions.admin.scope import ScopedAdmin
from consultations.admin import considering
from consultations.models import Consultation


@admin.register(Consultation)
class ConsultationAdmin(ScopedAdmin):
    """Prepare, announce and extend a consultation; consider what was said."""

    list_display = ["title", "commission", "opens_at", "closes_at", "response_due_on"]
    search_fields = ["title", "reference", "commission__title"]
    list_select_related = ["commission"]
    autocomplete_fields = ["commission"]
    actions = None

    def has_delete_permission(self, request, obj=None):
        """Only what is not announced can be deleted."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and not (obj and obj.published_at)

    def get_urls(self):
        """Add the pages of considering."""
        pages = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(view, cacheable=False),
                {"desk": self},
                name=f"consultation-{name}",
            )
            for name, view in considering.PAGES.items()
        ]
        return pages + super().get_urls()
