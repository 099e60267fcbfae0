"""“This is wrong”: report an error on a page, without an account."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultations.corrections.actions import subject_of
from consultations.corrections.forms import ReportErrorForm
from consultations.public_forms import save_within_limits


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request):
    """Show the form for what `?about=` names; take the report in.

    Without `about` it says how to report what is wrong on a page.
    """
    about = request.GET.get("about", "")[:255]
    if not about:
        return render(request, "consultations/corrections/how.html")
    found = subject_of(about)
    if found is None:
        raise Http404("There is no page of that name.")
    form = ReportErrorForm(request.POST or None)
    context = {"title": found[0], "url": found[1], "form": form}
    if request.method == "POST" and form.is_valid() and sent(request, form, about):
        return render(request, "consultations/corrections/reported.html", context)
    return render(request, "consultations/corrections/form.html", context)


def sent(request, form, about):
    """Take it in, unless a robot or a flood sent it; say on the form what is wrong."""
    if form.is_trapped:
        return True
    return save_within_limits(request, form, lambda: form.save(about), scope="report")
