"""The home page, the pages about the portal itself, and its health."""

import ipaddress
import shutil
import tempfile

from django.conf import settings
from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from commissioning_portal.logo import read_logo
from commissioning_portal.theme import stylesheet
from commissions.public.home import HomePage
from consultations import retention
from consultations.models import Message

ROOM = 100_000_000  # bytes: of three submissions with all their files
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_VIA")
OWN_SIGN = settings.BASE_DIR / "static" / "favicon.svg"
PAGES = ("about", "accessibility", "privacy", "cookies", "glossary")


@require_safe
def home(request):
    """Search; what is open now; whose it is."""
    return render(request, "home.html", {"page": HomePage()})


@require_safe
def page(request, name):
    """Show one of the pages about the portal itself: PAGES."""
    context = {"kept": retention.ROWS} if name == "privacy" else {}
    return render(request, f"pages/{name}.html", context)


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def theme(request):
    """Serve the installation's colour, kept for a year: its link names the version."""
    css = stylesheet(settings.PORTAL_COLOUR)
    return HttpResponse(css, content_type="text/css; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def logo(request):
    """Serve the council's logo, kept for a year: its link names the version.

    The portal's own sign where there is none. An SVG may hold scripts: opened by
    itself, it runs none.
    """
    shown = read_logo(settings.PORTAL_LOGO or OWN_SIGN)
    policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    headers = {"Content-Security-Policy": policy}
    return HttpResponse(shown.content, content_type=shown.kind, headers=headers)


@require_safe
@never_cache
def healthz(request):
    """Say that this process is up; asks nothing of the database."""
    return HttpResponse("up\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request):
    """Say whether the database answers, every migration is applied, and files fit."""
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return not_ready("The database does not answer.")
    if plan:
        return not_ready(f"{len(plan)} migrations are not applied: run migrate.")
    if not has_room(settings.DATA_DIR):
        return not_ready("The disk is full, or PORTAL_DATA cannot be written.")
    return HttpResponse("ready\n", content_type="text/plain")


def not_ready(why):
    return HttpResponse(f"{why}\n", content_type="text/plain", status=503)


def has_room(folder):
    """Tell whether a folder can be written and its disk has room for some uploads.

    By writing: a quota, a lack of inodes and a disk gone read-only count no bytes.
    """
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(4096))
            probe.flush()
        return shutil.disk_usage(folder).free > ROOM
    except OSError:
        return False


TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request, exception):
    """Say that a request could not be read, or that it was too large."""
    if isinstance(exception, TOO_LARGE):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def is_here(request):
    """Tell whether a request comes from this machine, and through no proxy."""
    try:
        sender = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    forwarded = any(name in request.META for name in FORWARDED)
    return sender.is_loopback and not forwarded


@require_safe
@never_cache
def demonstration_mail(request):
    """Show the newest messages a demonstration would have sent, instead of sending.

    They hold private links: only this machine reads them, of a demonstration that
    serves nobody else.
    """
    if not settings.PORTAL_DEMO or settings.PUBLIC or not is_here(request):
        raise Http404
    return render(
        request,
        "pages/demonstration_mail.html",
        {"mail": Message.objects.order_by("-pk")[:20]},
    )
