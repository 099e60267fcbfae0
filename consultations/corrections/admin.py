"""Reports of errors in the admin: the list, and the page on which one is answered."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect

from commissions.desk import action_views
from commissions.desk.base import PortalAdmin, ReadOnly
from consultations.corrections.models import subject_of
from consultations.corrections.views import SettleCorrectionForm
from consultations.models import Correction


@admin.register(Correction)
class CorrectionAdmin(ReadOnly, PortalAdmin):
    """What readers say is wrong, the oldest open one first."""

    list_display = ["about", "said", "state", "received_at"]
    list_filter = ["state"]
    search_fields = ["reference", "about", "text"]
    ordering = ["answered_at", "received_at"]
    actions = None

    @admin.display(description="what is wrong")
    def said(self, correction):
        """Show the first words."""
        return correction.text[:80]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show one report, with the form that answers it."""
        correction = get_object_or_404(self.get_queryset(request), pk=object_id)
        if not request.user.has_perm("consultations.change_correction", correction):
            raise PermissionDenied
        form = SettleCorrectionForm(request.POST or None)
        done = "Answered. It is on the record, and the sender is told."
        if action_views.save_form(request, form, correction, done=done):
            return redirect("admin:consultations_correction_changelist")
        correction.refresh_from_db()
        return action_views.render_page(
            request,
            "admin/consultations/correction.html",
            self,
            title=f"Report {correction.reference}",
            correction=correction,
            subject=subject_of(correction.about),
            form=form,
        )
