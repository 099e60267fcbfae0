"""Version against version, with the comments that led to each change."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from consultations.consultation.views import published, version_of, versions
from consultations.drafts.page import ComparisonPage


@require_safe
def detail(request, reference, a, b):
    """Compare two published versions, the older first whichever way they are asked."""
    if a == b:
        raise Http404("A version is not compared with itself.")
    if a > b:
        return redirect("consultations:draft-compare", reference, b, a)
    consultation = published(reference)
    older, newer = version_of(consultation, a), version_of(consultation, b)
    listed = [draft for draft, _ in versions(consultation)]
    page = ComparisonPage(consultation, older, newer, listed)
    return render(request, "consultations/drafts/compare.html", {"page": page})
