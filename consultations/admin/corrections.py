"""Reports of errors in the admin: the list, and the page on which one is answered."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from commissions.admin.scope import ReadOnly, ScopedAdmin, acting_as
from commissions.models import NotReady, Overtaken
from consultations.corrections import subject_of
from consultations.forms.correcting import SettleForm
from consultations.models import Correction


@admin.register(Correction)
class CorrectionAdmin(ReadOnly, ScopedAdmin):
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
        if not request.user.has_perm("consultations.change_correction"):
            raise PermissionDenied
        correction = get_object_or_404(self.get_queryset(request), pk=object_id)
        form = SettleForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            if self.settled(request, form, correction):
                return redirect("admin:consultations_correction_changelist")
            correction.refresh_from_db()
        return render(
            request,
            "admin/consultations/correction.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "is_nav_sidebar_enabled": False,
                "title": f"Report {correction.reference}",
                "correction": correction,
                "subject": subject_of(correction.about),
                "form": form,
            },
        )

    def settled(self, request, form, correction):
        """Answer it, unless that is refused; the form keeps what was typed."""
        try:
            form.save(correction, by=acting_as(request.user))
        except (NotReady, Overtaken) as refused:
            form.add_error(None, getattr(refused, "reasons", None) or str(refused))
            return False
        messages.success(
            request, "Answered. It is on the record, and the sender is told."
        )
        return True
