"""Consultations in the admin: prepare, announce, extend, consider."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from commissions.desk import action_views
from commissions.desk.action_views import action_urls
from commissions.desk.base import PortalAdmin, VisibleRows
from commissions.desk.widgets import is_possible_key
from consultations.consultation.forms import ConsultationForm, ExtensionForm
from consultations.models import Consultation, Prompt, Specification
from consultations.responses import admin as responses_admin

# Preview, announce and extend a consultation, each a page of its own.


FORM = "admin:consultations_consultation_change"


def found(request, pk, desk, may="consultations.publish_consultation"):
    """Return the consultation, if this user may see it and do this to it."""
    rows = desk.get_queryset(request).select_related(
        "commission__organisation", "draft__specification"
    )
    consultation = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm(may, consultation):
        raise PermissionDenied
    return consultation


def page(request, name, desk, consultation, **context):
    """Render one of these pages inside the admin."""
    template = f"admin/consultations/{name}.html"
    return action_views.render_page(
        request, template, desk, consultation=consultation, **context
    )


def preview(request, pk, *, desk):
    """Show what the public will read."""
    consultation = found(request, pk, desk)
    return page(
        request,
        "consultation_preview",
        desk,
        consultation,
        title="Preview of the consultation",
        prompts=list(consultation.prompts.all()),
        texts=list(consultation.draft.texts.all()) if consultation.draft else [],
    )


def announce(request, pk, *, desk):
    """Say what is missing, or ask once more; then announce."""
    consultation = found(request, pk, desk)
    if consultation.published_at:
        messages.info(request, "This consultation is public already.")
        return redirect(FORM, pk)
    done = "Announced. It is on the record."
    if request.method == "POST" and action_views.run_verb(
        request, consultation.publish, done
    ):
        return redirect(FORM, pk)
    gaps = consultation.publication_gaps()
    form = reverse(FORM, args=[pk])
    return page(
        request,
        "announce",
        desk,
        consultation,
        title="Not ready to announce" if gaps else "Announce this consultation?",
        gaps=[(form, sentence) for sentence in gaps],
    )


def extend(request, pk, *, desk):
    """Close later than announced, for a reason that the public sees."""
    consultation = found(request, pk, desk)
    if consultation.published_at is None:
        messages.info(request, "It is not announced: change the closing time here.")
        return redirect(FORM, pk)
    form = ExtensionForm(request.POST or None)
    done = "Extended. The old time and the reason stay shown."
    if action_views.save_form(request, form, consultation, done=done):
        return redirect(FORM, pk)
    return page(
        request, "extend", desk, consultation, title="Close it later", form=form
    )


PAGES = {"preview": preview, "announce": announce, "extend": extend}


class PromptInline(VisibleRows, admin.StackedInline):
    """Prompts beside the text, until the consultation is announced."""

    model = Prompt
    fields = ["order", "text", "hint", "kind", "choices", "is_required"]
    extra = 0

    def has_add_permission(self, request, obj=None):
        """Only before the announcement."""
        return working(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        """Only before the announcement."""
        return working(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Only before the announcement."""
        return working(obj) and super().has_delete_permission(request, obj)


def working(consultation):
    """Tell whether a consultation is still being prepared."""
    return not (consultation and consultation.published_at)


@admin.register(Consultation)
class ConsultationAdmin(PortalAdmin):
    """Prepare, announce and extend a consultation; consider what was said."""

    form = ConsultationForm
    inlines = [PromptInline]
    list_display = ["title", "commission", "opens_at", "closes_at", "response_due_on"]
    search_fields = ["title", "reference", "commission__title"]
    list_select_related = ["commission"]
    autocomplete_fields = ["commission"]
    actions = None
    fieldsets = [
        ("What about", {"fields": ["commission", "kind", "title", "draft"]}),
        (
            "When",
            {"fields": ["opens_at", "closes_at", "short_reason", "response_due_on"]},
        ),
        (
            "Whom you want to hear from",
            {"fields": ["audience", "introduction", "stamp"]},
        ),
    ]
    shown = [
        (None, {"fields": ["reference", "commission", "kind", "title", "draft"]}),
        (
            "When",
            {
                "fields": [
                    "opens_at",
                    "closes_at",
                    "short_reason",
                    "response_due_on",
                    "published_at",
                ]
            },
        ),
        ("Whom you want to hear from", {"fields": ["audience", "introduction"]}),
    ]

    def get_fieldsets(self, request, obj=None):
        """Show what was announced; ask for it before."""
        return self.fieldsets if working(obj) else self.shown

    def has_change_permission(self, request, obj=None):
        """After the announcement nothing changes but by a verb."""
        return working(obj) and super().has_change_permission(request, obj)

    def get_changeform_initial_data(self, request):
        """Begin with the commission and the draft that one comes from."""
        initial = super().get_changeform_initial_data(request)
        key = initial.get("commission")
        known = Specification.objects.filter(
            commission=(is_possible_key(key) and key) or 0
        )
        for specification in known.select_related("commission"):
            initial.setdefault(
                "title", f"Your say on: {specification.commission}"[:300]
            )
            initial.setdefault("draft", specification.latest())
        return initial

    def save_model(self, request, obj, form, change):
        """Save a consultation in preparation; an announced one is left alone."""
        held = Consultation.objects.select_for_update().filter(pk=obj.pk)
        with transaction.atomic():
            if change and not held.filter(published_at__isnull=True).exists():
                return
            super().save_model(request, obj, form, change)

    def has_delete_permission(self, request, obj=None):
        """Only what is not announced can be deleted."""
        return working(obj) and super().has_delete_permission(request, obj)

    def get_urls(self):
        """Add the pages of announcing and of considering."""
        views = {**PAGES, **responses_admin.PAGES}
        return action_urls(self, views, "consultation") + super().get_urls()

    def response_add(self, request, obj, post_url_continue=None):
        """Go on to the page asked for by the button."""
        return self.onward(request, obj) or super().response_add(request, obj)

    def response_change(self, request, obj):
        """Go on to the page asked for by the button."""
        return self.onward(request, obj) or super().response_change(request, obj)

    def onward(self, request, obj):
        """Return the way to the preview or the announcement, if asked for."""
        for name in ("preview", "announce"):
            if f"_{name}" in request.POST:
                return redirect(reverse(f"admin:consultation-{name}", args=[obj.pk]))
        return None

    def view_on_site(self, obj):
        """Lead to the public page, once there is one."""
        return obj.get_absolute_url() if obj.published_at else None
