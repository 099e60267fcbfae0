"""Drafts, responses and comments as PDF and as Word files."""

import hashlib
import tempfile
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from docx import Document

from commissions.text.characters import printable
from commissions.text.formats import at_time, on_day
from consultations.comments import labels
from consultations.comments.models import comment_tally
from consultations.models import SectionText
from consultations.responses.views import ResponsePage

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
    html = printable(render_to_string(template, context, request))
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


KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BATCH = 200


class WordFile:
    """A Word file of headings, paragraphs and tables, whatever is in the words."""

    def __init__(self, title):
        self.document = Document()
        self.document.core_properties.title = printable(title)
        self.document.core_properties.language = "en-GB"

    def add_heading(self, words, level):
        self.document.add_heading(printable(words), level=level)

    def add_paragraph(self, words, style=None):
        """Add a paragraph; return it."""
        return self.document.add_paragraph(printable(words), style=style)

    def add_table(self, heads, rows):
        """Add a table whose first row is the heads."""
        look = "Light Grid Accent 1"
        grid = self.document.add_table(rows=0, cols=len(heads), style=look)
        for row in [heads, *rows]:
            for cell, value in zip(grid.add_row().cells, row, strict=True):
                cell.text = printable(str(value))

    def saved(self):
        """Return the file, at its start."""
        kept = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
        self.document.save(kept)
        kept.seek(0)
        return kept


def write_word_report(consultation, comments):
    """Write the report of these public comments; return the file, at its start."""
    document = WordFile(f"Report: {consultation.title}")
    document.add_heading(consultation.title, level=0)
    page = ResponsePage(consultation)
    add_summary(document, page)
    add_themes(document, page)
    add_comments(document, consultation, comments)
    return document.saved()


def add_summary(document, page):
    """Say when it was open and how far answered; count what was not published."""
    consultation = page.consultation
    counted = comment_tally(consultation)
    document.add_paragraph(f"Commission: {consultation.commission.title}")
    document.add_paragraph(
        f"Open from {at_time(consultation.opens_at)} to {at_time(consultation.closes_at)}."
    )
    document.add_paragraph(f"{counted.progress}. {consultation.punctuality}")
    rows = [(part.label, part.count, part.share) for part in page.outcomes]
    add_table(
        document,
        "What happened to the comments",
        ("Outcome", "Comments", "Share"),
        rows,
    )
    add_table(
        document, "Not published, by reason", ("Reason", "Comments"), counted.declined
    )
    add_table(
        document, "Passages hidden, by reason", ("Reason", "Comments"), counted.redacted
    )


def add_table(document, title, heads, rows):
    """Add a table under its heading, where it has rows; its first row is the heads."""
    if not rows:
        return
    document.add_heading(title, level=2)
    document.add_table(heads, rows)


def add_themes(document, page):
    """Write each theme: what people said, what is done."""
    for found in page.themes:
        document.add_heading(found.theme.title, level=1)
        document.add_paragraph(f"{found.comments} comments. {found.outcomes}")
        for heading, words in (
            ("You said", found.theme.you_said),
            ("We did", found.theme.we_did),
        ):
            document.add_heading(heading, level=2)
            document.add_paragraph(words or "Not written yet.")


def add_comments(document, consultation, comments):
    """Write every comment under the section it was made on, read a batch at a time."""
    headings = dict(
        SectionText.objects.filter(draft=consultation.draft).values_list(
            "pk", "heading"
        )
    )
    for pk, heading in [*headings.items(), (None, "On the whole")]:
        found = comments.filter(section_text=pk).for_page()
        said = found.order_by("stated_at", "pk").iterator(chunk_size=BATCH)
        for number, comment in enumerate(said):
            if number == 0:
                document.add_heading(heading, level=1)
            add_comment(document, comment)


def add_comment(document, comment):
    """Write one comment and its outcome."""
    public = comment.approved
    by = f"{public.name} ({labels.role_in_words(public.role).lower()})"
    sent_on = on_day(comment.submission.received_at)
    title = f"{by}, {sent_on}, {comment.reference}"
    document.add_paragraph(title).runs[0].bold = True
    document.add_paragraph(public.text)
    if public.proposed_wording:
        document.add_paragraph(f"Suggested wording: {public.proposed_wording}")
    outcome = comment.get_outcome_display() or "No outcome yet"
    reason = f": {comment.outcome_reason}" if comment.outcome_reason else ""
    document.add_paragraph(f"{outcome}{reason}", style="Intense Quote")
