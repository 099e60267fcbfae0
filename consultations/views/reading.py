"""Reading a draft, its sections and what people said."""

from django.shortcuts import render

from consultations.views.commenting import consultation_or_404


def index(request):
    """List consultations."""
    return render(request, "consultations/consultation_list.html")


def detail(request, reference):
    """Show one consultation."""
    return render(
        request,
        "consultations/consultation.html",
        {"consultation": consultation_or_404(reference)},
    )


section = compare = detail
