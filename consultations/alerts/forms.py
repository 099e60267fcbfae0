"""The forms of alerts: follow something; get the link to what one follows."""

from django import forms

from consultations.alerts import actions
from consultations.models import Frequency
from consultations.public_forms import TrapForm, email_field


class AddressForm(TrapForm):
    """An email address, which only its holder learns anything about."""

    email = email_field("We send the link there, if it follows anything.")

    def save(self):
        """Send the link to the alerts of this address."""
        actions.send_link(self.cleaned_data["email"])


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
        actions.ask(self.subject, **self.cleaned_data)


class FrequencyForm(forms.Form):
    """How often somebody is told of one thing they follow."""

    frequency = forms.ChoiceField(choices=Frequency)

    def save(self, subscription):
        subscription.change(self.cleaned_data["frequency"])
