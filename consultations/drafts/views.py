"""Version against version, with the comments that stand behind each change."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from consultations.consultation.timetable import response_of
from consultations.consultation.views import published, version_of, versions
from consultations.drafts.compare import compare, counts


@require_safe
def detail(request, reference, a, b):
    """Compare two published versions, the older first whichever way they are asked."""
    if a == b:
        raise Http404("A version is not compared with itself.")
    if a > b:
        return redirect("consultations:draft-compare", reference, b, a)
    consultation = published(reference)
    older, newer = version_of(consultation, a), version_of(consultation, b)
    shown = compare(older, newer)
    context = {
        "consultation": consultation,
        "response": response_of(consultation),
        "older": older,
        "newer": newer,
        "shown": shown,
        "summary": counts(shown),
        "versions": [draft for draft, _ in versions(consultation)],
    }
    return render(request, "consultations/drafts/compare.html", context)
