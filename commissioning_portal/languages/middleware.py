"""Which language a request is answered in: what its address says, and nothing else."""

import re

from django.http import HttpResponseRedirect
from django.utils import translation

from commissions.text.languages import ENGLISH

FILE = re.compile(r"^/[a-z]{2}(/.*\.[a-z]{2,12})$")


class LanguageMiddleware:
    """Answer in the language of the address, and say which it is.

    Django's own asks the browser too; a page would then differ for one address, and
    no cache in front could keep it. Files are the same in every language.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = translation.get_language_from_path(request.path_info)
        if language and (file := FILE.match(request.path_info)):
            query = request.META.get("QUERY_STRING")
            return HttpResponseRedirect(f"{file[1]}?{query}" if query else file[1])
        with translation.override(language or ENGLISH):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language or ENGLISH)
            return response
