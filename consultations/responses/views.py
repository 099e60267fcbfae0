"""The public response to a consultation: “you said, we did”."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultations.comments import querysets as comments_querysets
from consultations.comments.progress import Progress, progress_of
from consultations.consultation import timetable
from consultations.consultation.views import published
from consultations.exports import pdf
from consultations.responses import page as responses_page


@require_safe
def detail(request, reference):
    """Show the response; before it is published, how far the answering has come."""
    consultation = published(reference)
    context = about(consultation)
    if context["response"] is None:
        found = progress_of([consultation])
        context["progress"] = found.get(consultation.pk, Progress())
        return render(request, "consultations/responses/due.html", context)
    page, mangled = comments_querysets.thread(
        comments_querysets.public(consultation), request.GET
    )
    context |= {
        "comments": page.rows,
        "mangled": mangled,
        "pdf": pdf.is_available(),
        **page.links(request.GET),
    }
    return render(request, "consultations/responses/detail.html", context)


def about(consultation):
    """Return what the response's page and its paper have in common."""
    found = responses_page.figures(consultation)
    return {
        "consultation": consultation,
        "response": timetable.response_of(consultation),
        "punctuality": timetable.punctuality(consultation),
        "late": timetable.is_late(consultation),
        "outcomes": responses_page.outcomes(found),
        "themes": responses_page.themes(consultation, found),
    }


def paper(reference, layout):
    """Return the whole published response for paper, in one of its two layouts."""
    context = about(published(reference))
    if context["response"] is None:
        raise Http404("The response is not published yet.")
    comments = comments_querysets.with_voices(
        comments_querysets.public(context["consultation"])
    )
    return {**context, "comments": comments.order_by("stated_at"), "layout": layout}


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
    return pdf.answer(request, "consultations/responses/paper.html", context, name)
