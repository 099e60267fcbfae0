"""Notices, tenders, awards and contracts: as the central platforms published them."""

from django.contrib import admin

from commissions.admin.scope import ReadOnly, Scoped, ScopedAdmin
from commissions.models import Award, Contract, CpvCode, Lot, Notice, Tender


@admin.register(Notice)
class NoticeAdmin(ReadOnly, ScopedAdmin):
    """A notice, to read."""

    list_display = ["title", "code", "platform", "release_id", "published_at"]
    list_filter = ["platform", "code"]
    search_fields = ["release_id", "ocid", "title"]


class LotInline(ReadOnly, Scoped, admin.TabularInline):
    """The lots of a tender, to read."""

    model = Lot
    extra = 0


@admin.register(Tender)
class TenderAdmin(ReadOnly, ScopedAdmin):
    """A tender with its lots, to read."""

    inlines = [LotInline]
    list_display = ["title", "commission", "status", "closes_at"]
    list_select_related = ["commission"]
    list_filter = ["status"]
    search_fields = ["title", "commission__reference"]


@admin.register(Award, Contract)
class ChosenAdmin(ReadOnly, ScopedAdmin):
    """An award or a contract, to read."""

    list_display = ["__str__", "commission", "status", "amount", "starts_on", "ends_on"]
    list_select_related = ["commission"]
    list_filter = ["status"]
    search_fields = ["title", "commission__reference"]


@admin.register(CpvCode)
class CpvCodeAdmin(ScopedAdmin):
    """A code of the procurement vocabulary, and the topic that it leads to."""

    list_display = ["code", "description", "topic"]
    list_select_related = ["topic"]
    search_fields = ["code", "description"]
    autocomplete_fields = ["parent", "topic"]
