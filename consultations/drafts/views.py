"""Reading a draft: one section with its comments, one version, two versions compared."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from consultations import exports
from consultations.comments.page import Thread
from consultations.consultation.views import draft_versions, published
from consultations.drafts.models import Draft, SectionText
from consultations.drafts.page import ComparisonPage
from consultations.drafts.readability import readability

OPEN_TO_READ = 20
"""Sections of a draft on one page; the print page has them all."""


@require_safe
def section(request, reference, key):
    """Show one section, what it means, and the comments on it, oldest first."""
    consultation = published(reference)
    texts = SectionText.objects.filter(draft=consultation.draft).select_related(
        "section"
    )
    text = get_object_or_404(texts, section__key=key)
    comments = consultation.comments.public().filter(section_text=text)
    latest = consultation.draft.specification.latest()
    context = {
        "consultation": consultation,
        "response": consultation.published_response,
        "text": text,
        "reading": readability(text.body),
        "before": texts.filter(order__lt=text.order).order_by("-order").first(),
        "after": texts.filter(order__gt=text.order).order_by("order").first(),
        "newer": latest if latest.version > consultation.draft.version else None,
        "count": comments.count(),
        "thread": Thread(comments, request.GET),
    }
    return render(request, "consultations/drafts/section.html", context)


def version_of(consultation, version):
    """Return a public version of the draft that a consultation is on, or 404."""
    if consultation.draft is None:
        raise Http404
    drafts = Draft.objects.published().select_related("specification")
    return get_object_or_404(
        drafts, specification=consultation.draft.specification_id, version=version
    )


@require_safe
def draft(request, reference, version):
    """Show the words of one version, some sections at a time, from `?from=key` on."""
    consultation = published(reference)
    chosen = version_of(consultation, version)
    texts = list(chosen.texts.select_related("section").defer("body"))
    keys = [text.section.key for text in texts]
    start = keys.index(request.GET["from"]) if request.GET.get("from") in keys else 0
    shown = [text.pk for text in texts[start : start + OPEN_TO_READ]]
    context = {
        "consultation": consultation,
        "draft": chosen,
        "previous": chosen.previous,
        "texts": chosen.texts.filter(pk__in=shown).select_related("section"),
        "all_texts": texts,
        "shown": set(shown),
        "is_consulted_on": chosen.pk == consultation.draft_id,
        "pdf": exports.is_available(),
        "previous_url": page_from(keys, start - OPEN_TO_READ) if start else "",
        "next_url": page_from(keys, start + OPEN_TO_READ),
    }
    return render(request, "consultations/drafts/detail.html", context)


def page_from(keys, start):
    """Return the address of the page that begins at a section; empty past the end."""
    return f"?from={keys[max(start, 0)]}" if start < len(keys) else ""


@require_safe
def draft_print(request, reference, version):
    """Show the whole of one version on one page, ready for paper."""
    return render(
        request,
        "consultations/drafts/print.html",
        paper(reference, version, "base.html"),
    )


@require_safe
def draft_pdf(request, reference, version):
    """Hand over one version as an accessible PDF."""
    context = paper(reference, version, "consultations/exports/pdf_layout.html")
    name = f"{reference}-version-{version}.pdf"
    return exports.pdf_response(
        request, "consultations/drafts/print.html", context, name
    )


def paper(reference, version, layout):
    """Return what the printed draft shows, in one of its two layouts."""
    consultation = published(reference)
    chosen = version_of(consultation, version)
    return {
        "consultation": consultation,
        "draft": chosen,
        "texts": list(chosen.texts.select_related("section")),
        "layout": layout,
    }


@require_safe
def compare(request, reference, a, b):
    """Compare two published versions, the older first whichever way they are asked."""
    if a == b:
        raise Http404("A version is not compared with itself.")
    if a > b:
        return redirect("consultations:draft-compare", reference, b, a)
    consultation = published(reference)
    older, newer = version_of(consultation, a), version_of(consultation, b)
    listed = [draft for draft, _ in draft_versions(consultation)]
    page = ComparisonPage(consultation, older, newer, listed)
    return render(request, "consultations/drafts/compare.html", {"page": page})
