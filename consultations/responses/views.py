"""The public response to a consultation: “you said, we did”."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultations.comments.page import Thread
from consultations.consultation.views import published
from consultations.exports import pdf
from consultations.responses.page import ResponsePage


@require_safe
def detail(request, reference):
    """Show the response; before it is published, how far the answering has come."""
    page = ResponsePage(published(reference))
    if page.response is None:
        return render(request, "consultations/responses/due.html", {"page": page})
    context = {
        "page": page,
        "thread": Thread(page.consultation.comments.public(), request.GET),
        "pdf": pdf.is_available(),
    }
    return render(request, "consultations/responses/detail.html", context)


def paper(reference, layout):
    """Return the whole published response for paper, in one of its two layouts."""
    page = ResponsePage(published(reference))
    if page.response is None:
        raise Http404("The response is not published yet.")
    return {"page": page, "layout": layout}


@require_safe
def response_print(request, reference):
    """Show the whole response on one page, ready for paper."""
    return render(
        request, "consultations/responses/paper.html", paper(reference, "base.html")
    )


@require_safe
def response_pdf(request, reference):
    """Hand over the whole response as an accessible PDF."""
    context = paper(reference, "consultations/exports/pdf_layout.html")
    name = f"{reference}-response.pdf"
    return pdf.pdf_response(
        request, "consultations/responses/paper.html", context, name
    )
