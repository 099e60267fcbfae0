"""Writes down what staff try at the desk, whatever comes of it."""

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import (
    user_logged_in,
    user_logged_out,
    user_login_failed,
)
from django.contrib.messages import get_messages
from django.core.exceptions import FieldError
from django.db import Error
from django.dispatch import receiver

from commissioning_portal.staff_trail.models import StaffAct
from commissions.desk.base import acting_as
from commissions.desk.permissions import bodies_of, scope_of
from commissions.models import Organisation, Post
from consultations.rate_limit import network_of

DESK = "/admin/"
FOR_STAFF = {"consultations:comment-export", "consultations:answer-export"}
TAKEN = {"attachment-look", "commission-notice-data", "organisation-notice-data"}
"""Addresses whose answer is a file for staff: taking it is an act."""
NAMES = ("object_id", "pk", "reference")
ABOUT = {
    "comment-export": "consultations.Consultation",
    "answer-export": "consultations.Consultation",
    "comment": "consultations.Comment",
    "question": "consultations.Question",
    "attachment": "consultations.Attachment",
    "draft": "consultations.Draft",
    "section": "consultations.SectionText",
    "specification": "commissions.Commission",
}
"""What an address of the desk is about where it has no admin of its own in its name."""
LONGEST = 2_000  # characters of why
REFUSED = {
    403: "Not permitted to this account.",
    404: "There is no such thing, or this account may not see it.",
    429: "Too many tries.",
}


class StaffTrailMiddleware:
    """Keep a row for each form that staff send and each file that is for staff alone."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if is_act(request):  # before the account is looked at: that reads a cookie
            user = getattr(request, "user", None)
            if user and user.is_authenticated and user.is_staff:
                write(request, response)
        return response

    def process_view(self, request, view, args, kwargs):
        """Find what it is about before the view runs, which may delete it."""
        if not is_act(request):
            return
        match = request.resolver_match
        request.trail_about = subject_of(match.url_name or "", kwargs)


def is_act(request):
    """Tell whether a request is to be written down."""
    match = request.resolver_match
    if not match:
        return False
    if match.view_name in FOR_STAFF:
        return (
            request.GET.get("fields") == "all" or match.kwargs.get("ending") == "docx"
        )
    if not request.path.startswith(DESK):
        return False
    sent = request.method == "POST" and match.url_name != "login"  # kept as a sign-in
    return sent or match.url_name in TAKEN


def subject_of(name, kwargs):
    """Return the row that an address is about, whoever asks; None where there is none."""
    key = next((kwargs[name] for name in NAMES if name in kwargs), None)
    model = model_of(name, kwargs.get("desk"))
    if model is None or key is None:
        return None
    field = "reference" if "reference" in kwargs else "pk"
    try:
        return model._base_manager.filter(**{field: unquote(str(key))}).first()
    except (ValueError, OverflowError, FieldError, Error):
        return None


def model_of(name, desk):
    """Return the model that an address is about, by its admin or by its name."""
    if desk:
        return desk.model
    if label := ABOUT.get(name) or ABOUT.get(name.partition("-")[0]):
        return apps.get_model(label)
    return next(
        (
            model
            for model in admin.site._registry
            if name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_")
        ),
        None,
    )


def write(request, response):
    """Keep the row of one act."""
    about = getattr(request, "trail_subject", None) or getattr(
        request, "trail_about", None
    )
    refused = refusal_of(request, response)
    body = next(iter(sorted(bodies_of(about))), None) if about and about.pk else None
    post = acting_as(request.user)
    roles = scope_of(request.user).roles
    StaffAct.objects.create(
        user=request.user,
        organisation_id=body if Organisation.objects.filter(pk=body).exists() else None,
        roles=", ".join(sorted(role for role, at in roles.items() if body in at)),
        post=post.record_name if isinstance(post, Post) else "",
        act=request.resolver_match.url_name or request.resolver_match.view_name,
        subject=name_of(about)[:255],
        result=StaffAct.Result.REFUSED if refused else StaffAct.Result.DONE,
        why=refused[:LONGEST],
        changed=getattr(request, "trail_changed", []),
        network=network_of(request),
    )


def name_of(row):
    """Name a row publicly where it has such a name, else by its kind and key."""
    if row is None:
        return ""
    return getattr(row, "record_name", "") or f"{row._meta.model_name}/{row.pk}"


def refusal_of(request, response):
    """Say why an act was refused; empty where it was done."""
    if response.status_code in REFUSED:
        return REFUSED[response.status_code]
    if reasons := getattr(request, "trail_refused", None):
        return " ".join(map(str, reasons))
    if response.status_code >= 400:
        return f"Answered {response.status_code}."
    if request.method == "POST" and response.status_code == 200:
        return "The form came back: something in it was missing or wrong."
    queued = get_messages(request)
    errors = [
        str(m)
        for m in getattr(queued, "_queued_messages", [])
        if m.level >= messages.ERROR
    ]
    return " ".join(errors)


def signed(request, user, act, why=""):
    """Keep the row of signing in or out."""
    if user is None or not user.is_staff:
        return
    StaffAct.objects.create(
        user=user,
        act=act,
        result=StaffAct.Result.REFUSED if why else StaffAct.Result.DONE,
        why=why,
        network=network_of(request) if request else "",
    )


@receiver(user_logged_in)
def signed_in(sender, request, user, **signal):
    """Keep that somebody signed in."""
    signed(request, user, "sign-in")


@receiver(user_logged_out)
def signed_out(sender, request, user, **signal):
    """Keep that somebody signed out."""
    signed(request, user, "sign-out")


@receiver(user_login_failed)
def not_signed_in(sender, credentials, request=None, **signal):
    """Keep that somebody tried a password of an account in vain; of none, nothing."""
    name = credentials.get("username") or ""
    user = get_user_model().objects.filter(username=name).first()
    signed(request, user, "sign-in", why="The password was wrong, or signing in waits.")
