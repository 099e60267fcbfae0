"""Addresses that no page can have."""

from django.http import Http404


class NoSuchPathMiddleware:
    """Answer 404 to a path with a NUL, which PostgreSQL cannot even look up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path:
            raise Http404("No page has this address.")
        return self.get_response(request)
