"""After closing: themes, outcomes, the response, and what came on paper."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect

from commissions.desk import action_views
from commissions.desk.base import acting_as
from commissions.models import NotReady, Overtaken
from consultations.comments.models import AnsweringProgress, progress_of
from consultations.models import Response
from consultations.responses import actions
from consultations.responses.forms import (
    CommentOutcomeForm,
    PaperCommentForm,
    ResponseForm,
    ThemeFormSet,
)

A_PAGE = 50
SHOWN = ("unanswered", "all")


def found(request, pk, desk, may="consultations.publish_response"):
    """Return the announced consultation, if this user may see it and answer it."""
    rows = desk.get_queryset(request).select_related(
        "commission__organisation", "draft__specification"
    )
    consultation = rows.filter(pk=pk, published_at__isnull=False).first()
    if consultation is None:
        raise Http404("There is no such consultation, or it is not announced yet.")
    if not request.user.has_perm(may, consultation):
        raise PermissionDenied
    return consultation


def page(request, name, desk, consultation, **context):
    """Render one of these pages inside the admin."""
    return action_views.render_page(
        request,
        f"admin/consultations/{name}.html",
        desk,
        consultation=consultation,
        progress=progress_of([consultation]).get(consultation.pk, AnsweringProgress()),
        **context,
    )


def consider(request, pk, *, desk):
    """Give comments their outcomes: one, some, or a whole group at once."""
    consultation = found(request, pk, desk)
    form = CommentOutcomeForm(request.POST or None, consultation=consultation)
    if request.method == "POST" and form.is_valid():
        try:
            overtaken = form.save()
        except NotReady as refusal:
            form.add_error(None, action_views.refusal_reasons(refusal))
        else:
            return answered(request, consultation, overtaken)
    show = request.GET.get("show") if request.GET.get("show") in SHOWN else "unanswered"
    comments = (
        consultation.comments.public()
        if show == "all"
        else (consultation.comments.without_outcome())
    )
    comments = (
        comments.select_related(
            "submission__consultation", "section_text", "theme", "changed_section"
        )
        .prefetch_related("redactions")
        .order_by("section_text__order", "stated_at", "pk")
    )
    return page(
        request,
        "consider",
        desk,
        consultation,
        title="Give each comment an outcome",
        form=form,
        show=show,
        rows=Paginator(comments, A_PAGE).get_page(request.GET.get("page")),
        groups=actions.propose_groups(consultation),
        ticked=request.POST.getlist("comments"),
    )


def answered(request, consultation, overtaken):
    """Say what was answered, and what somebody else had answered first."""
    if overtaken:
        names = ", ".join(comment.reference for comment in overtaken)
        messages.warning(
            request, f"Somebody else was first with: {names}. The others are answered."
        )
    else:
        messages.success(request, "Answered. It is public once the response is.")
    return redirect("admin:consultation-consider", consultation.pk)


def themes(request, pk, *, desk):
    """Write under each theme what people said and what you did."""
    consultation = found(request, pk, desk)
    formset = ThemeFormSet(
        request.POST or None, queryset=consultation.themes.all(), prefix="themes"
    )
    for form in formset.forms:
        form.instance.consultation = consultation
    if request.method == "POST" and formset.is_valid():
        formset.save()
        messages.success(request, "Saved.")
        return redirect("admin:consultation-themes", consultation.pk)
    return page(request, "themes", desk, consultation, title="Themes", formset=formset)


def publish(request, pk, *, desk):
    """Introduce the response, see what is missing, publish it once."""
    consultation = found(request, pk, desk)
    response, _ = Response.objects.get_or_create(consultation=consultation)
    if response.published_at:
        messages.info(request, "The response is public.")
        return redirect(consultation)
    form = ResponseForm(request.POST or None, instance=response)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        if "_publish" not in request.POST:
            messages.success(request, "Saved.")
            return redirect("admin:consultation-response", consultation.pk)
        try:
            actions.publish(saved, by=acting_as(request.user))
        except (NotReady, Overtaken) as refusal:
            form.add_error(None, action_views.refusal_reasons(refusal))
        else:
            messages.success(
                request,
                "Published. Each person who commented is told of their outcome.",
            )
            return redirect(consultation)
    return page(
        request,
        "response",
        desk,
        consultation,
        title="The response",
        form=form,
        gaps=response.publication_gaps(),
    )


def paper(request, pk, *, desk):
    """Enter a letter, a call or a meeting's note."""
    consultation = found(request, pk, desk)
    form = PaperCommentForm(request.POST or None, consultation=consultation)
    if request.method == "POST" and form.is_valid():
        form.save(by=acting_as(request.user))
        messages.success(request, "Entered, and published as what it is.")
        return redirect("admin:consultation-paper", consultation.pk)
    return page(
        request,
        "paper",
        desk,
        consultation,
        title="Enter a letter, a call or a meeting’s note",
        form=form,
    )


PAGES = {
    "consider": consider,
    "themes": themes,
    "response": publish,
    "paper": paper,
}
