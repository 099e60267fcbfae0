"""Two response headers that Django 5.2 does not send yet.

`ContentSecurityPolicyMiddleware` and its setting are named as in Django 6:
delete this class on upgrade.
"""

from django.conf import settings
from django.http import Http404


class ContentSecurityPolicyMiddleware:
    """Send SECURE_CSP: nothing runs or loads that this site did not serve."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.policy = "; ".join(
            f"{directive} {' '.join(sources)}"
            for directive, sources in settings.SECURE_CSP.items()
        )

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        return response


class PermissionsPolicyMiddleware:
    """Send PERMISSIONS_POLICY: no camera, no microphone, no place."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.policy = ", ".join(
            f"{feature}=({' '.join(allowed)})"
            for feature, allowed in settings.PERMISSIONS_POLICY.items()
        )

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.policy)
        return response


# Addresses that no page can have.


class NoSuchPathMiddleware:
    """Answer 404 to a path with a NUL, which PostgreSQL cannot even look up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path:
            raise Http404("No page has this address.")
        return self.get_response(request)
