"""An act at the desk: a page of its own that asks, and then performs one verb.

A verb may refuse (something is missing, somebody else was first). The sentence
is shown where the person is looking, and nothing that they typed is lost.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.forms import Field
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path

from commissions.desk.base import acting_as, check_plausible
from commissions.models import NotReady, Overtaken

REFUSALS = (NotReady, Overtaken, ValidationError, IntegrityError)
SOMEBODY_FIRST = (
    "Nothing was saved: somebody else was probably first, with the same thing. Look "
    "at it again before you try once more."
)
"""What is said where the database itself refuses: two people pressed at once."""


def get_row(request, pk, desk, act="publish"):
    """Return what the act is about, if this user may see it and do such acts to it."""
    row = desk.get_queryset(request).filter(pk=pk).first()
    if row is None:
        name = desk.opts.verbose_name
        raise Http404(f"There is no such {name}, or you may not see it.")
    if not desk.has(act, request, row):
        raise PermissionDenied
    return row


def render_page(request, template, desk, **context):
    """Render a page inside the admin; `original` leads back to what it is about."""
    form = context.get("form")
    return render(
        request,
        template,
        {
            **desk.admin_site.each_context(request),
            "opts": desk.opts,
            "original": None,
            "subtitle": None,
            "is_popup": False,
            "is_nav_sidebar_enabled": False,
            "media": desk.media + form.media if form else desk.media,
            **context,
        },
    )


def redirect_to_row(desk, pk):
    """Return the way to the form of what the act was about."""
    return redirect(f"admin:{desk.opts.app_label}_{desk.opts.model_name}_change", pk)


def refusal_reasons(refusal):
    """Return why a verb refused, as sentences."""
    if isinstance(refusal, IntegrityError):
        return [SOMEBODY_FIRST]
    if isinstance(refusal, ValidationError):
        return refusal.messages
    return getattr(refusal, "reasons", None) or [str(refusal)]


def name_required_fields(form):
    """Let each field that must not be empty say so by its own name, not in general."""
    general = Field.default_error_messages["required"]
    for name, field in form.fields.items():
        if field.error_messages.get("required") == general:
            field.error_messages["required"] = f"Fill in “{form[name].label}”."


def save_form(request, form, *args, done="", said=""):
    """Save a form that was sent in, in the name of whoever is signed in.

    Tells whether its verb was performed; where it refused, the form says why.
    `done` is said to the person, or else what the form's `save` returned, or `said`.
    """
    name_required_fields(form)
    if request.method != "POST" or not form.is_valid():
        return False
    check_plausible(form)
    if form.errors:
        return False
    try:
        said = form.save(*args, by=acting_as(request.user)) or said
    except REFUSALS as refusal:
        request.trail_refused = refusal_reasons(refusal)
        form.add_error(None, request.trail_refused)
        return False
    messages.success(request, done or said)
    return True


def form_page(request, desk, row, form, *, title, label):
    """Show the form of an act; on a valid one perform it and go back to its row."""
    if save_form(request, form):
        return redirect_to_row(desk, row.pk)
    return render_page(
        request,
        "admin/commissions/form.html",
        desk,
        original=row,
        title=title,
        label=label,
        form=form,
    )


def run_verb(request, verb, done):
    """Perform a verb that needs no more words; say that it was done, or why not."""
    try:
        verb(by=acting_as(request.user))
    except REFUSALS as refusal:
        messages.error(request, " ".join(refusal_reasons(refusal)))
        return False
    messages.success(request, done)
    return True


def action_urls(desk, views, name):
    """Return the addresses of the acts of one kind: `name` and the act's own."""
    return [
        path(
            f"<int:pk>/{act}/",
            desk.admin_site.admin_view(view, cacheable=False),
            {"desk": desk},
            name=f"{name}-{act}",
        )
        for act, view in views.items()
    ]
