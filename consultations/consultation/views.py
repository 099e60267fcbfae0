"""The public pages of consultations: the list, and one consultation."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commissions.public.listing.page import ListPage, list_view
from consultations.comments.progress import AnsweringProgress, progress_of
from consultations.consultation.filters import ConsultationFilter
from consultations.consultation.models import Consultation
from consultations.consultation.page import ConsultationPage


def published(reference):
    """Return a public consultation with its draft, its response and who holds it."""
    return get_object_or_404(
        Consultation.objects.published().for_page(), reference=reference
    )


class ConsultationList(ListPage):
    """One page of consultations."""

    filter_set = ConsultationFilter
    template = "consultations/consultation/list.html"
    title, noun, nouns = "Consultations", "consultation", "consultations"

    def present(self, rows):
        """Pair each consultation with its progress, in one query."""
        found = progress_of(rows)
        return [(row, found.get(row.pk, AnsweringProgress())) for row in rows]


index = list_view(ConsultationList)


@require_safe
def detail(request, reference):
    """Show one consultation: who holds it, until when, on what, how far answered."""
    page = ConsultationPage(published(reference))
    return render(request, "consultations/consultation/detail.html", {"page": page})
