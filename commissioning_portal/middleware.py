"""Response headers that Django 5.2 does not send yet, and paths that no page can have.

`ContentSecurityPolicyMiddleware` and its setting are named as in Django 6:
delete this class on upgrade.
"""

from django.conf import settings
from django.http import Http404


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


class NoSuchPathMiddleware:
    """Answer 404 to a path with a NUL, which PostgreSQL cannot even look up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path:
            raise Http404("No page has this address.")
        return self.get_response(request)
