"""The forms of a correction: a reader's report, and the staff's answer."""

from django import forms

from consultations.corrections import actions
from consultations.models import Correction
from consultations.public_forms import TrapForm, email_field, long_text_field


class ReportErrorForm(TrapForm):
    """What is wrong, and where to say what became of it."""

    text = long_text_field(
        "What is wrong, and what would be right?",
        "Only staff read this. Leave out private matters of anybody.",
        rows=5,
        required=True,
        or_file=False,
    )
    email = email_field(
        "Only if you want to hear what became of it. Never shown, and "
        "forgotten once we have told you.",
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
        help_text="Sent to whoever reported it, if they left an address. Correct the "
        "page itself first.",
    )

    def save(self, correction, *, by):
        """Answer by the verb; raises NotReady or Overtaken."""
        actions.settle(correction, **self.cleaned_data, by=by)
