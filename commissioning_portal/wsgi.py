"""The door for gunicorn and every other WSGI server."""

import os

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commissioning_portal.settings")


class Request(WSGIRequest):
    """A request that is UTF-8 whatever its Content-Type says.

    Django decodes the query by the charset named there, while the request is made
    and before any middleware: an unheard-of one would answer 500. What is named is
    kept in `content_params`, and PlainTextMiddleware refuses what is not UTF-8.
    """

    def _set_content_type_params(self, meta):
        try:
            found = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except ValueError:  # such as text/plain; charset*=nonsense''x
            found = "", {}
        self.content_type, self.content_params = found


class Handler(WSGIHandler):
    """Django's handler, with requests of our own."""

    request_class = Request


django.setup(set_prefix=False)
application = Handler()
