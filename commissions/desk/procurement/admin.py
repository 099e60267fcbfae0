"""Notices, tenders and awards: as the central platforms published them."""

from django.contrib import admin

from commissions.desk.base import PortalAdmin, ReadOnly, VisibleRows
from commissions.models import (
    Award,
    AwardCriterion,
    CpvCode,
    DirectAward,
    Lot,
    Notice,
    Representations,
    Tender,
)


@admin.register(Notice)
class NoticeAdmin(ReadOnly, PortalAdmin):
    """A notice, to read."""

    list_display = ["title", "code", "platform", "release_id", "published_at"]
    list_filter = ["platform", "code"]
    search_fields = ["release_id", "ocid", "title"]


class LotInline(ReadOnly, VisibleRows, admin.TabularInline):
    """The lots of a tender, to read."""

    model = Lot
    extra = 0


class CriterionInline(ReadOnly, VisibleRows, admin.TabularInline):
    """What the bids of a tender are judged by, to read."""

    model = AwardCriterion
    extra = 0


@admin.register(Tender)
class TenderAdmin(ReadOnly, PortalAdmin):
    """A tender with its lots, to read."""

    inlines = [LotInline, CriterionInline]
    list_display = ["title", "commission", "status", "closes_at"]
    list_select_related = ["commission"]
    list_filter = ["status"]
    search_fields = ["title", "commission__reference"]


@admin.register(Award)
class AwardAdmin(ReadOnly, PortalAdmin):
    """An award, to read."""

    list_display = ["__str__", "commission", "status", "amount", "starts_on", "ends_on"]
    list_select_related = ["commission"]
    list_filter = ["status"]
    search_fields = ["title", "commission__reference"]


@admin.register(DirectAward)
class DirectAwardAdmin(ReadOnly, PortalAdmin):
    """A choice without a competition, to read: it is made from its commission."""

    list_display = ["commission", "ground", "supplier", "amount", "justified_at"]
    list_select_related = ["commission", "supplier"]
    list_filter = ["ground"]
    search_fields = ["commission__title", "commission__reference", "supplier__name"]


@admin.register(Representations)
class RepresentationsAdmin(ReadOnly, PortalAdmin):
    """Providers' representations, to read: only their number and what came of them."""

    list_display = ["commission", "received", "outcome", "told_on"]
    list_select_related = ["commission"]
    list_filter = ["outcome"]
    search_fields = ["commission__title", "commission__reference"]


@admin.register(CpvCode)
class CpvCodeAdmin(PortalAdmin):
    """A code of the procurement vocabulary, and the topic that it leads to."""

    list_display = ["code", "description", "topic"]
    list_select_related = ["topic"]
    search_fields = ["code", "description"]
    autocomplete_fields = ["parent", "topic"]
