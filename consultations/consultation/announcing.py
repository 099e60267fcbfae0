"""Preview, announce and extend a consultation, each a page of its own."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from commissions.desk import action_views
from consultations.consultation.forms import ExtensionForm

FORM = "admin:consultations_consultation_change"


def found(request, pk, desk):
    """Return the consultation, if this user may see and change it."""
    if not request.user.has_perm("consultations.change_consultation"):
        raise PermissionDenied
    rows = desk.get_queryset(request).select_related(
        "commission__organisation", "draft__specification"
    )
    return get_object_or_404(rows, pk=pk)


def page(request, name, desk, consultation, **context):
    """Render one of these pages inside the admin."""
    template = f"admin/consultations/{name}.html"
    return action_views.page(
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
        questions=list(consultation.questions.all()),
        texts=list(consultation.draft.texts.all()) if consultation.draft else [],
    )


def announce(request, pk, *, desk):
    """Say what is missing, or ask once more; then announce."""
    consultation = found(request, pk, desk)
    if consultation.published_at:
        messages.info(request, "This consultation is public already.")
        return redirect(FORM, pk)
    done = "Announced. It is on the record."
    if request.method == "POST" and action_views.granted(
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
    if action_views.performed(request, form, consultation, done=done):
        return redirect(FORM, pk)
    return page(
        request, "extend", desk, consultation, title="Close it later", form=form
    )


PAGES = {"preview": preview, "announce": announce, "extend": extend}
