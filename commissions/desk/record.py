"""The public record in the admin: to read; the database refuses anything else."""

from django.contrib import admin

from commissions.desk.base import PortalAdmin, ReadOnly
from commissions.models import Entry


@admin.register(Entry)
class EntryAdmin(ReadOnly, PortalAdmin):
    """One public act, to read."""

    list_display = ["at", "recorded_at", "kind", "subject", "commission"]
    list_filter = ["kind"]
    search_fields = ["subject", "commission"]
