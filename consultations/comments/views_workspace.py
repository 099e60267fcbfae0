"""A response written over several days, alone or together, behind a secret link."""

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultations import rate_limit
from consultations.comments import views_submit
from consultations.comments.forms_response import BeginForm, BoxesForm, SendForm
from consultations.comments.submissions import key_of
from consultations.comments.submissions import token as secret
from consultations.comments.views_sender import private
from consultations.models import Workspace


def workspace_or_404(token):
    """Return the workspace that a secret link opens."""
    workspaces = Workspace.objects.select_related(
        "consultation__commission__organisation", "consultation__draft"
    )
    return get_object_or_404(workspaces, key=key_of("workspace", token) or "")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def create(request, reference):
    """Begin a workspace and go to its secret link."""
    consultation = views_submit.consultation_or_404(reference)
    if not consultation.is_open():
        return render(
            request,
            "consultations/consultation/not_open.html",
            {"consultation": consultation},
        )
    form = BeginForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            rate_limit.count(
                "network", rate_limit.network(request), settings.COMMENTS_PER_NETWORK
            )
        except rate_limit.TooOften as refused:
            form.add_error(None, str(refused))
        else:
            workspace = form.save(consultation)
            return redirect(
                "consultations:workspace-detail", secret("workspace", workspace.key)
            )
    return render(
        request,
        "consultations/comments/workspace_begin.html",
        {"consultation": consultation, "form": form},
    )


@private
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request, token):
    """Read and write the boxes."""
    workspace = workspace_or_404(token)
    texts = views_submit.texts_of(workspace.consultation)
    posted = request.POST if request.method == "POST" else None
    form = BoxesForm(posted, workspace=workspace, texts=texts)
    if posted is not None and form.is_valid() and form.save():
        return redirect(f"{request.path}?saved=1")
    names = [(text, form.box(text)) for text in [*texts, None]]
    return render(
        request,
        "consultations/comments/workspace.html",
        {
            "workspace": workspace,
            "consultation": workspace.consultation,
            "form": form,
            "rows": [(text, form[n], form[f"{n}-version"]) for text, n in names],
            "token": token,
            "words_here": views_submit.are_short(texts),
            "saved": "saved" in request.GET and posted is None,
        },
    )


@private
@require_http_methods(["GET", "HEAD", "POST"])
def send(request, token):
    """Send what the workspace holds, as one person on everybody's behalf."""
    workspace = workspace_or_404(token)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SendForm(
        *posted,
        workspace=workspace,
        initial={"organisation": workspace.organisation},
    )
    if posted and form.is_valid() and views_submit.send(request, form):
        return redirect(
            "consultations:submission-sent", workspace.consultation.reference
        )
    boxes = workspace.contributions.select_related("section_text")
    return render(
        request,
        "consultations/comments/workspace_send.html",
        {
            "workspace": workspace,
            "consultation": workspace.consultation,
            "form": form,
            "boxes": boxes.order_by("section_text__order"),
        },
    )
