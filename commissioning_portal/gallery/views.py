"""The page itself; the tests draw and measure it too."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commissioning_portal.gallery.pictures import pictures
from commissioning_portal.gallery.samples import STATES


@require_safe
def gallery(request, state="full"):
    """Show every component with the content of one of STATES."""
    if state not in STATES:
        raise Http404("The gallery has no such state.")
    context = {**STATES[state](), "pictures": pictures(), "state": state}
    return render(request, "gallery.html", {**context, "states": list(STATES)})
