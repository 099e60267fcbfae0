"""Commissions in the admin: the list, and the form in which one is written."""

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Exists, OuterRef
from django.shortcuts import redirect
from django.urls import reverse

from commissions.desk.action_views import action_urls
from commissions.desk.base import PortalAdmin, acting_as
from commissions.desk.commission.forms import FIELDSETS, HOLDER, CommissionForm
from commissions.desk.commission.inlines import DocumentInline, StageDateInline
from commissions.desk.commission.views import PAGES
from commissions.desk.concurrency import VersionedAdmin
from commissions.desk.notices import drafts, record_notice
from commissions.models import Commission, CommitteeMember, Post, StageDate, Tenure


class VisibilityFilter(admin.SimpleListFilter):
    """Working drafts or public commissions."""

    title = "who can see it"
    parameter_name = "seen"

    def lookups(self, request, model_admin):
        """Offer the two."""
        return [("draft", "Staff only: drafts"), ("public", "Everybody")]

    def queryset(self, request, queryset):
        """Keep those asked for."""
        if self.value() is None:
            return queryset
        return queryset.filter(published_at__isnull=self.value() == "draft")


class HolderFilter(admin.SimpleListFilter):
    """Whether somebody is named for it."""

    title = "holder"
    parameter_name = "holder"

    def lookups(self, request, model_admin):
        """Offer the two."""
        return [("named", "Somebody is named"), ("nobody", "Nobody is named")]

    def queryset(self, request, queryset):
        """Keep those asked for."""
        if self.value() is None:
            return queryset
        return queryset.filter(names_somebody=self.value() == "named")


@admin.register(Commission)
class CommissionAdmin(VersionedAdmin, PortalAdmin):
    """Write a draft, preview it, publish it; afterwards every change is on record."""

    form = CommissionForm
    fieldsets = FIELDSETS
    inlines = [StageDateInline, DocumentInline]
    autocomplete_fields = [
        "organisation",
        "post",
        "committee",
        "partners",
        "services",
        "areas",
        "replaces",
        "topic",
    ]
    list_display = ["title", "holder", "stands", "missing", "changed", "organisation"]
    list_filter = [VisibilityFilter, HolderFilter, "stage", "regime"]
    list_select_related = ["organisation", "post", "committee"]
    search_fields = ["title", "reference", "ocid", "organisation__name", "post__title"]
    search_help_text = "Words of the title, the reference, the body or the post."
    ordering = ["-changed_at", "-pk"]
    actions = None

    def get_queryset(self, request):
        """Fetch with each whether somebody is named for it, and dates planned."""
        in_post = Tenure.objects.current().filter(post=OuterRef("post"))
        sitting = CommitteeMember.objects.filter(
            committee=OuterRef("committee"), ended_on__isnull=True
        )
        planned = StageDate.objects.filter(
            commission=OuterRef("pk"), planned_on__isnull=False
        )
        return (
            super()
            .get_queryset(request)
            .filter(stands_for__isnull=True)
            .annotate(
                names_somebody=Exists(in_post) | Exists(sitting),
                has_a_date=Exists(planned),
            )
        )

    @admin.display(description="holder")
    def holder(self, commission):
        """Name the post or committee."""
        held_by = commission.post or commission.committee
        return (held_by.title if commission.post else held_by.name) if held_by else "–"

    @admin.display(description="stage", ordering="stage")
    def stands(self, commission):
        """Say the stage, or that it is a draft."""
        return commission.get_stage_display() if commission.published_at else "Draft"

    @admin.display(description="missing")
    def missing(self, commission):
        """Say what keeps a draft from the public, or a public one from being right."""
        gaps = [
            (commission.names_somebody, "holder"),
            (commission.need.strip(), "need"),
            (commission.has_a_date, "date"),
        ]
        return ", ".join(word for there, word in gaps if not there) or "nothing"

    @admin.display(description="changed", ordering="changed_at")
    def changed(self, commission):
        """Say when it was last saved."""
        return commission.changed_at

    def has_delete_permission(self, request, obj=None):
        """Only a draft can be deleted; what is public is cancelled, in public."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and not (obj and obj.published_at)

    def get_readonly_fields(self, request, obj=None):
        """Once public, only a hand-over changes the holder: by its button."""
        return HOLDER if obj and obj.published_at else ()

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Leave out the small links to other forms: they lead away from this one."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def get_changeform_initial_data(self, request):
        """Begin with the post that the person signed in holds, and its body."""
        initial = super().get_changeform_initial_data(request)
        post = acting_as(request.user)
        if isinstance(post, Post):
            initial = {"post": post, "organisation": post.organisation} | initial
        return initial

    def save_model(self, request, obj, form, change):
        """Save; on a public commission put on the record what changed."""
        by = acting_as(request.user)
        super().save_model(request, obj, form, change)
        if not obj.published_at:
            return
        obj.record_changes(set(form.changed_data) - {"version"}, by=by)

    def save_formset(self, request, form, formset, change):
        """Let each date and document be saved by its verb, in the right name."""
        formset.by = acting_as(request.user)
        super().save_formset(request, form, formset, change)

    def get_urls(self):
        """Add the pages that preview, publish and move a commission."""
        views = PAGES
        return [
            *action_urls(self, views, "commission"),
            *record_notice.record_notice_urls(self),
            *drafts.draft_urls(self),
            *super().get_urls(),
        ]

    def response_add(self, request, obj, post_url_continue=None):
        """Go on to the page asked for by the button."""
        return self.onward(request, obj) or super().response_add(request, obj)

    def response_change(self, request, obj):
        """Go on to the page asked for by the button."""
        return self.onward(request, obj) or super().response_change(request, obj)

    def onward(self, request, obj):
        """Return the way to the preview or the publishing page, if asked for."""
        for name in ("preview", "publish"):
            if f"_{name}" in request.POST:
                return redirect(reverse(f"admin:commission-{name}", args=[obj.pk]))
        return None

    def view_on_site(self, obj):
        """Lead to the public page, once there is one."""
        return obj.get_absolute_url() if obj.published_at else None
