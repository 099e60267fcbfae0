"""Organisations, and the topics, places and bank holidays that everything refers to."""

from django.contrib import admin
from django.utils import timezone

from commissions.desk.base import NoDelete, PortalAdmin, TableInline, acting_as
from commissions.desk.notices import organisation_notices
from commissions.models import (
    Area,
    AreaCode,
    Entry,
    Holiday,
    Kind,
    Organisation,
    OrganisationIdentifier,
    OtherName,
    Topic,
)


class IdentifierInline(TableInline):
    """The numbers by which registers know it."""

    model = OrganisationIdentifier
    extra = 0


class OtherNameInline(TableInline):
    """The names by which notices have known it."""

    model = OtherName
    extra = 0


@admin.register(Organisation)
class OrganisationAdmin(NoDelete, PortalAdmin):
    """A public body or a provider."""

    kinds = (Kind.ORGANISATION_ADDED, Kind.ORGANISATION_CHANGED)
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", "nation", "about"]}),
        (
            "How to reach it",
            {
                "fields": [
                    "website",
                    "contact_email",
                    "contact_phone",
                    "contact_address",
                ]
            },
        ),
        ("If it supplies services", {"fields": ["is_sme", "is_vcse"]}),
        ("Where it belongs", {"fields": ["parent", "area"]}),
        (
            "How it takes comments and questions",
            {
                "fields": [
                    "least_consultation_days",
                    "moderates_every_comment",
                    "same_people_decline",
                    "moderated_by",
                    "moderators",
                    "question_days",
                    "agenda_in_working_days",
                ]
            },
        ),
        ("How notices move its commissions", {"fields": ["moved_by_notices"]}),
        (
            "Which notices it has to publish",
            {"fields": ["owes_pipeline_notice", "owes_payments_notice"]},
        ),
        ("When it ends", {"fields": ["founded_on", "dissolved_on", "successor"]}),
    ]
    autocomplete_fields = ["parent", "area", "successor", "moderated_by", "moderators"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [IdentifierInline, OtherNameInline]
    list_display = ["name", "kind", "nation", "dissolved_on"]
    list_filter = ["kind", "nation"]
    search_fields = ["name", "slug", "identifiers__value", "other_names__name"]

    def get_urls(self):
        """Add the pages of the notices that it has to publish."""
        return [*organisation_notices.action_urls(self), *super().get_urls()]

    def get_prepopulated_fields(self, request, obj=None):
        """Make the address from the name once; after that links rely on it."""
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def get_readonly_fields(self, request, obj=None):
        """Keep the address that links rely on."""
        return ["slug"] if obj else []


class AreaCodeInline(TableInline):
    """The other codes by which notices name a place."""

    model = AreaCode
    extra = 0


@admin.register(Area)
class AreaAdmin(NoDelete, PortalAdmin):
    """A place with an official code."""

    autocomplete_fields = ["parent"]
    inlines = [AreaCodeInline]
    list_display = ["name", "code", "kind", "ended_on"]
    list_filter = ["kind"]
    search_fields = ["name", "code"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Topic)
class TopicAdmin(NoDelete, PortalAdmin):
    """What a service is about."""

    autocomplete_fields = ["parent"]
    list_display = ["name", "parent"]
    list_select_related = ["parent"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


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
