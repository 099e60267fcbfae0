"""The forms of a correction: a reader's report, and the staff's answer."""

from django import forms

from commissions.public.forms import PublicForm
from consultations.comments.forms import words
from consultations.corrections import service
from consultations.models import Correction


class ReportForm(PublicForm):
    """What is wrong, and where to say what became of it."""

    text = words(
        "What is wrong, and what would be right?",
        "Only staff read this. Leave out private matters of anybody.",
        rows=5,
        required=True,
        or_file=False,
    )
    email = forms.EmailField(
        label="Your email address",
        required=False,
        help_text="Only if you want to hear what became of it. Never shown, and "
        "forgotten once we have told you.",
        widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "invalid": "Enter an email address in the right form, such as name@example.org"
        },
    )

    @property
    def is_trapped(self):
        """Whether a robot filled `homepage`, the input that people do not see."""
        return bool(self.data.get("homepage"))

    def save(self, about):
        """Take the report in."""
        return service.receive(about, **self.cleaned_data)


class SettleForm(forms.Form):
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
        service.settle(correction, **self.cleaned_data, by=by)
