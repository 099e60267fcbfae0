"""Files kept here: portraits are shown, documents are only ever downloads."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from commissions.models import Commissioner, Document, EasyReadPart

PICTURES = {".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
NOTHING_RUNS = "default-src 'none'; sandbox"


@require_safe
@cache_control(public=True, max_age=7 * 24 * 3600)
def portrait(request, name):
    """Show the photo of a commissioner whose name may be public.

    Search engines leave it out where the person asked that of their page.
    """
    kept = f"commissioners/{name}"
    person = get_object_or_404(Commissioner.objects.named(), photo=kept)
    kind = PICTURES.get(f".{name.rpartition('.')[2].lower()}")
    if not kind:
        raise Http404("This is not a picture.")
    response = answer(kept, content_type=kind)
    if person.hide_from_search_engines:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@cache_control(public=True, max_age=7 * 24 * 3600)
def easy_read(request, name):
    """Show a picture of the Easy Read version of a published commission."""
    kept = f"easy-read/{name}"
    shown = EasyReadPart.objects.filter(commission__published_at__isnull=False)
    if not shown.filter(picture=kept).exists():
        raise Http404("No commission shows this picture.")
    return answer(kept, content_type=PICTURES[".jpg"])


@require_safe
def document(request, year, name):
    """Hand over a document of a published commission, as a download."""
    kept = f"documents/{year}/{name}"
    get_object_or_404(Document, file=kept, commission__published_at__isnull=False)
    return answer(kept, as_attachment=True, content_type="application/octet-stream")


def answer(kept, **options):
    """Send a stored file in which nothing can run."""
    try:
        response = FileResponse(default_storage.open(kept), **options)
    except OSError:
        raise Http404("The file is not there any more.") from None
    response.headers["Content-Security-Policy"] = NOTHING_RUNS
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
