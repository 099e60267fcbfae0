"""The staff trail at the desk: searched, filtered, taken as a file; never changed."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from django.utils.html import format_html

from commissioning_portal.staff_trail.models import StaffAct
from commissions.desk.base import PortalAdmin, ReadOnly
from commissions.public.listing.exports import Column, as_csv, iso_value, same_value

COLUMNS = [
    Column("at", lambda act: iso_value(act.at)),
    Column("account", "user.username"),
    Column("body", "organisation.name"),
    *same_value("roles", "post", "act"),
    Column("on_what", "subject"),
    *same_value("result", "why", "changed", "network"),
]


@admin.register(StaffAct)
class StaffActAdmin(ReadOnly, PortalAdmin):
    """What staff of a body did and tried, newest first."""

    list_display = ["at", "user", "act", "subject", "result", "organisation"]
    list_filter = ["result", "at", "act"]
    list_select_related = ["user", "organisation"]
    search_fields = ["user__username", "subject", "act", "organisation__name"]
    search_help_text = "A user name, a reference, an act or a body."
    ordering = ["-at", "-pk"]
    actions = None

    def get_urls(self):
        """Add the file of what the list shows."""
        view = self.admin_site.admin_view(self.export)
        return [path("csv/", view, name="staff-trail-csv"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        """Offer the file above the list."""
        asked = request.GET.urlencode()
        url = reverse("admin:staff-trail-csv") + (f"?{asked}" if asked else "")
        link = format_html('<a href="{}">Take this list as CSV</a>', url)
        return super().changelist_view(
            request, {"subtitle": link, **(extra_context or {})}
        )

    def export(self, request):
        """Answer with the rows that the list shows, as CSV."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = self.get_changelist_instance(request).get_queryset(request)
        return as_csv("acts", COLUMNS, rows.iterator(chunk_size=1000), "staff-trail")
