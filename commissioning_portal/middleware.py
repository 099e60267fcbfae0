"""What comes before any view: limits, headers that Django 5.2 does not send yet.

`ContentSecurityPolicyMiddleware` and its setting are named as in Django 6:
delete this class on upgrade.
"""

import codecs
import fcntl
import os
import re
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render

from commissions.text.characters import UNPRINTABLE, printable
from consultations import rate_limit

COME_BACK = 10  # seconds: most of these pages take less
LENGTH = re.compile(r"[0-9]{1,12}")
LONG = 2**20  # bytes; only forms with files send more


class HeaderMiddleware:
    """Send one header with every response that does not set its own."""

    header = ""

    def __init__(self, get_response):
        self.get_response = get_response
        self.value = self.policy()

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault(self.header, self.value)
        return response


class ContentSecurityPolicyMiddleware(HeaderMiddleware):
    """Send SECURE_CSP: nothing runs or loads that this site did not serve."""

    header = "Content-Security-Policy"

    def policy(self):
        return "; ".join(
            f"{directive} {' '.join(sources)}"
            for directive, sources in settings.SECURE_CSP.items()
        )


class PermissionsPolicyMiddleware(HeaderMiddleware):
    """Send PERMISSIONS_POLICY: no camera, no microphone, no place."""

    header = "Permissions-Policy"

    def policy(self):
        return ", ".join(
            f"{feature}=({' '.join(allowed)})"
            for feature, allowed in settings.PERMISSIONS_POLICY.items()
        )


class PlainTextMiddleware:
    """Let nothing past that no page can look up or keep: NULs, and odd encodings.

    PostgreSQL keeps no NUL. One in a path or a cookie was never ours. Python also reads `hex` and `zlib` as encodings; browsers send UTF-8.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path:
            raise Http404("No page has this address.")
        if not is_utf8(request.content_params.get("charset", "utf-8")):
            words = "Send text as UTF-8.\n"
            return HttpResponse(words, status=415, content_type="text/plain")
        request.COOKIES = {
            name: value
            for name, value in request.COOKIES.items()
            if is_printable((name, [value]))
        }
        if not all(map(is_printable, request.GET.lists())):
            request.GET = as_printable(request.GET)
        return self.get_response(request)


class PlainFormMiddleware:
    """Take out of a form, and of its files' names, what no file can carry; keep the words.

    After its token was looked at. This is the one door for what people type: a
    vertical tab from Word, U+FFFE or a NUL never comes into the database.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method != "POST":
            return
        if not all(map(is_printable, request.POST.lists())):
            request.POST = as_printable(request.POST)
        for file in (file for _, files in request.FILES.lists() for file in files):
            file.name = printable(file.name)


def is_utf8(charset):
    """Tell whether an encoding is UTF-8, or ASCII, which is part of it."""
    try:
        return codecs.lookup(charset).name in {"utf-8", "ascii"}
    except (LookupError, ValueError):
        return False


def is_printable(field):
    """Tell whether the name and the values of a field can be written anywhere."""
    name, values = field
    return not any(UNPRINTABLE.search(text) for text in (name, *values))


def as_printable(fields):
    """Return a query or a form without what no page, feed or file can carry."""
    clean = QueryDict(mutable=True, encoding=fields.encoding)
    for name, values in fields.lists():
        clean.setlist(printable(name), [printable(value) for value in values])
    clean._mutable = False
    return clean


class BodyLimitMiddleware:
    """Refuse a body that is too long, or one of too many long ones, before it is read.

    It goes by the length that the request states: without one, a WSGI server gives
    no body at all. Everything that costs more comes afterwards.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.refusal(request) or self.get_response(request)

    def refusal(self, request):
        """Return the page that says why the body is not read, or None."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not LENGTH.fullmatch(length):
            return render(request, "400.html", status=400)
        if int(length) > settings.BODY_MAX_MB * 2**20:
            context = {"most": settings.BODY_MAX_MB}
            return render(request, "413.html", context, status=413)
        if int(length) > LONG and not self.within(request):
            return render(request, "429.html", status=429)
        return None

    def within(self, request):
        """Count a long body of this network; tell whether it may still send one."""
        network = rate_limit.network_of(request)
        try:
            rate_limit.count_attempt("body", network, settings.LONG_BODIES_PER_NETWORK)
        except rate_limit.TooOften:
            return False
        return True


class CostlyPagesMiddleware:
    """Make few of the costly pages at once; ask others for them to come back.

    A place is the lock of a file: all processes of a machine share it, and the system
    frees it at once where a worker is killed. Without it a handful of readers of
    large files would hold every worker.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.costly = re.compile(settings.COSTLY_PAGES)

    def __call__(self, request):
        if not self.costly.search(request.path):
            return self.get_response(request)
        if not (place := free_place()):
            response = render(request, "503.html", {"here": request}, status=503)
            response.headers["Retry-After"] = COME_BACK
            return response
        return held_while(place, self.get_response(request))


def free_place():
    """Return a place that is free, taken; or None."""
    for number in range(settings.COSTLY_AT_ONCE):
        place = Place(settings.DATA_DIR / f"costly-{number}")
        if place.is_taken():
            return place
        place.close()
    return None


class Place:
    """The file whose lock lets one costly page be made; given back with the answer."""

    def __init__(self, path):
        self.handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def is_taken(self):
        """Take it, and tell whether that could be done."""
        try:
            fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def close(self):
        """Give it back; twice does no harm."""
        handle, self.handle = self.handle, None
        if handle is not None:
            os.close(handle)

    __del__ = close  # of an answer that nobody read


@dataclass
class Held:
    """An answer that is made while it is sent, and the place it needs until then."""

    parts: object
    place: object

    def __iter__(self):
        yield from self.parts

    def close(self):
        self.place.close()


def held_while(place, response):
    """Give the place back once the response is made: a file that is sent is."""
    if response.streaming and not hasattr(response, "file_to_stream"):
        response.streaming_content = Held(response.streaming_content, place)
    else:
        place.close()
    return response
