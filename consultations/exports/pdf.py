"""Pages as accessible PDF (PDF/UA), where the `pdf` extra is installed.

WeasyPrint opens no address that a page names; its one stylesheet is given to it. Without the extra, or without the system library it draws with (Pango),
the links to PDF files are absent and their addresses answer 404.
"""

import hashlib
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

try:
    import weasyprint
except (ImportError, OSError):  # no extra; no Pango
    weasyprint = None

LONGEST = 400_000  # characters of HTML: some seconds to draw
KEPT_FOR = 3600  # seconds
SHEET = "paper.css"


def is_available():
    """Tell whether PDF files can be made here."""
    return weasyprint is not None


def write_pdf(html: str) -> bytes:
    """Write a whole HTML page as a tagged PDF that follows PDF/UA-1."""
    closed = weasyprint.URLFetcher(allowed_protocols=())
    rules = Path(finders.find(SHEET)).read_text()
    sheet = weasyprint.CSS(string=rules, url_fetcher=closed)
    page = weasyprint.HTML(string=html, url_fetcher=closed)
    return page.write_pdf(stylesheets=[sheet], pdf_variant="pdf/ua-1")


def kept_pdf(html):
    """Return a page as a PDF, made once an hour for the same words."""
    key = f"pdf-{hashlib.sha256(html.encode()).hexdigest()}"
    return cache.get_or_set(key, lambda: write_pdf(html), KEPT_FOR)


def pdf_response(request, template, context, name):
    """Answer with a template as a PDF file; 404 where none can be made."""
    if not is_available():
        raise Http404("PDF files are not made here.")
    html = render_to_string(template, context, request)
    if len(html) > LONGEST:
        return render(request, "consultations/exports/too_long.html", status=413)
    content = kept_pdf(html)
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}"',
            "X-Robots-Tag": "noindex",
        },
    )
