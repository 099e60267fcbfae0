"""The forms of alerts: follow something; get the link to what one follows."""

from django import forms

from commissions.public.forms import PublicForm
from consultations.alerts import subscribe
from consultations.models import Frequency


def email_field(hint):
    """Return the field for the address alerts go to."""
    return forms.EmailField(
        label="Your email address",
        help_text=hint,
        widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "invalid": "Enter an email address in the right form, such as name@example.org"
        },
    )


class AddressForm(PublicForm):
    """An email address, which only its holder learns anything about."""

    email = email_field("We send the link there, if it follows anything.")

    @property
    def is_trapped(self):
        """Whether a robot filled `homepage`, the input that people do not see."""
        return bool(self.data.get("homepage"))

    def save(self):
        """Send the link to the alerts of this address."""
        subscribe.send_link(self.cleaned_data["email"])


class FollowForm(AddressForm):
    """Follow one thing."""

    frequency = forms.ChoiceField(
        label="How often?",
        choices=Frequency,
        initial=Frequency.DAILY,
        widget=forms.RadioSelect,
    )
    email = email_field("Never shown. We send one link there, to confirm.")

    def __init__(self, *args, subject, **kwargs):
        self.subject = subject
        super().__init__(*args, **kwargs)
        if subject.name.startswith("commission/"):
            self["frequency"].help_text = (
                "While a tender is open, answers to bidders’ questions come at "
                "once, whatever you choose."
            )

    def save(self):
        """Take it down and ask the address to confirm."""
        subscribe.ask(self.subject, **self.cleaned_data)


class FrequencyForm(forms.Form):
    """How often somebody is told of one thing they follow."""

    frequency = forms.ChoiceField(choices=Frequency)

    def save(self, subscription):
        """Change it by the verb."""
        subscription.change(self.cleaned_data["frequency"])
