"""The public response to a consultation: “you said, we did”."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultations import answers, pdf, threads, timetable
from consultations.progress import Progress, progress_of
from consultations.views.reading import published


@require_safe
def detail(request, reference):
    """Show the response; before it is published, how far the answering has come."""
    consultation = published(reference)
    context = about(consultation)
    if context["response"] is None:
        found = progress_of([consultation])
        context["progress"] = found.get(consultation.pk, Progress())
        return render(request, "consultations/response_due.html", context)
    page, mangled = threads.thread(threads.public(consultation), request.GET)
    context |= {
        "comments": page.rows,
        "mangled": mangled,
        "pdf": pdf.is_available(),
        **page.links(request.GET),
    }
    return render(request, "consultations/response.html", context)


def about(consultation):
    """Return what the response's page and its paper have in common."""
    found = answers.figures(consultation)
    return {
        "consultation": consultation,
        "response": timetable.response_of(consultation),
        "punctuality": timetable.punctuality(consultation),
        "late": timetable.is_late(consultation),
        "outcomes": answers.outcomes(found),
        "themes": answers.themes(consultation, found),
    }


def paper(reference, layout):
    """Return the whole published response for paper, in one of its two layouts."""
    context = about(published(reference))
    if context["response"] is None:
        raise Http404("The response is not published yet.")
    comments = threads.with_voices(threads.public(context["consultation"]))
    return {**context, "comments": comments.order_by("stated_at"), "layout": layout}


@require_safe
def response_print(request, reference):
    """Show the whole response on one page, ready for paper."""
    return render(
        request, "consultations/response_paper.html", paper(reference, "base.html")
    )


@require_safe
def response_pdf(request, reference):
    """Hand over the whole response as an accessible PDF."""
    context = paper(reference, "consultations/paper.html")
    name = f"{reference}-response.pdf"
    return pdf.answer(request, "consultations/response_paper.html", context, name)
