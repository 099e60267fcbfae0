"""Bank holidays in the admin: the dated table that every clock reads."""

from django.contrib import admin

from commissions.admin.scope import ScopedAdmin
from commissions.models import Holiday


@admin.register(Holiday)
class HolidayAdmin(ScopedAdmin):
    """Days that are no working days. A change moves the clocks still running."""

    fields = ["nation", "day", "name", "announced_on"]
    list_display = ["day", "name", "nation", "announced_on"]
    list_filter = ["nation"]
    search_fields = ["name"]
    date_hierarchy = "day"
    ordering = ["-day", "nation"]
