"""Ask for what is held about oneself, and read it by the link in the mail."""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from consultations.own_data.actions import data_of
from consultations.own_data.forms import DataRequestForm
from consultations.own_data.models import DataRequest
from consultations.public_forms import save_unless_trapped
from consultations.signed_links import private_page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    """Take an address and send it the link, whether anything is held or not."""
    form = DataRequestForm(request.POST if request.method == "POST" else None)
    if (
        request.method == "POST"
        and form.is_valid()
        and save_unless_trapped(request, form)
    ):
        return redirect("consultations:own-data-sent")
    return render(request, "consultations/own_data/form.html", {"form": form})


@require_safe
def sent(request):
    return render(request, "consultations/own_data/sent.html")


@private_page
@require_safe
def download(request, token):
    """Hand over all that is held about the address, as a file."""
    asked = get_object_or_404(DataRequest.objects.valid().by_token("data", token))
    response = JsonResponse(
        data_of(asked.email), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response
