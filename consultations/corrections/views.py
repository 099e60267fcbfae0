"""“Something here is wrong? Tell us”: the forms of readers and staff, and the page."""

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultations.corrections.models import settle, subject_of
from consultations.models import Correction
from consultations.public_forms import (
    TrapForm,
    email_field,
    long_text_field,
    save_within_limits,
)


class ReportErrorForm(TrapForm):
    """What is wrong, and where to say what was found."""

    text = long_text_field(
        gettext_lazy("What is wrong, and what would be right?"),
        gettext_lazy("Only staff read this. Do not include anything private."),
        rows=5,
        required=True,
        or_file=False,
    )
    email = email_field(
        gettext_lazy(
            "Only if you want us to email you what we found. We never show it, and we "
            "erase it once we have emailed you."
        ),
        required=False,
    )

    def save(self, about):
        return Correction.objects.create(about=about, **self.cleaned_data)


class SettleCorrectionForm(forms.Form):
    """What came of a report."""

    state = forms.ChoiceField(
        label="What you found",
        choices=Correction.State.choices[1:],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label="In a sentence or two",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Emailed to the person who reported it, if they gave an address. Correct the "
        "page itself first.",
    )

    def save(self, correction, *, by):
        """Answer by the verb; raises NotReady or Overtaken."""
        settle(correction, **self.cleaned_data, by=by)


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
