"""Bank holidays in the admin: the dated table that every clock reads."""

from django.contrib import admin
from django.utils import timezone

from commissions.desk.base import PortalAdmin, acting_as
from commissions.models import Entry, Holiday, Kind


@admin.register(Holiday)
class HolidayAdmin(PortalAdmin):
    """Days that are no working days. A change moves the clocks still running."""

    fields = ["nation", "day", "name", "announced_on"]
    list_display = ["day", "name", "nation", "announced_on"]
    list_filter = ["nation"]
    search_fields = ["name"]
    date_hierarchy = "day"
    ordering = ["-day", "nation"]

    def get_changeform_initial_data(self, request):
        """Begin with today as the day on which it was announced.

        A day that staff add is one the table did not know: clocks that run say
        then what moved them. For days years ahead it makes no difference.
        """
        initial = {"announced_on": timezone.localdate()}
        return initial | super().get_changeform_initial_data(request)

    def save_model(self, request, obj, form, change):
        """Save, and put on the record which day was added or changed, and from what."""
        super().save_model(request, obj, form, change)
        if form.changed_data:
            before = form.initial.get("day") if change else None
            act = "changed" if change else "added"
            self.put_on_record(request, obj, act, before=before)

    def delete_model(self, request, obj):
        """Take a day out of the table, and put that on the record."""
        self.put_on_record(request, obj, "removed")
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        """Take several days out, each with its entry."""
        for holiday in queryset:
            self.delete_model(request, holiday)

    def put_on_record(self, request, holiday, act, *, before=None):
        """Say what happened to a day: every clock still running reads the table."""
        announced = holiday.announced_on
        Entry.objects.append(
            Kind.HOLIDAY_CHANGED,
            holiday,
            by=acting_as(request.user),
            act=act,
            name=holiday.name,
            announced_on=announced.isoformat() if announced else "",
            before=before.isoformat() if before else "",
        )
