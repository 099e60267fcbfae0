"""Asking for what is held about oneself: the form and its pages."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from consultations.own_data.models import DataRequest, archive_of, request_data
from consultations.public_forms import TrapForm, email_field, save_unless_trapped
from consultations.signed_links import private_page


class DataRequestForm(TrapForm):
    """An address to which the link goes."""

    email = email_field(
        gettext_lazy(
            "We send one link to this address. For one day, it shows everything that we "
            "have under it."
        )
    )

    def save(self):
        return request_data(self.cleaned_data["email"])


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
    """Hand over all that is held about the address, as an archive with its files."""
    asked = get_object_or_404(DataRequest.objects.valid().by_token("data", token))
    return FileResponse(
        archive_of(asked.email), as_attachment=True, filename="my-data.zip"
    )
