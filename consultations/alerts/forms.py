"""The forms of alerts: follow something; get the link to what one follows."""

from django import forms
from django.utils.translation import gettext, gettext_lazy

from consultations.alerts import actions
from consultations.models import Frequency
from consultations.public_forms import TrapForm, email_field


class AddressForm(TrapForm):
    """An email address, which only its holder learns anything about."""

    email = email_field(
        gettext_lazy("We send a link to this address, if it follows anything.")
    )

    def save(self):
        """Send the link to the alerts of this address."""
        actions.send_link(self.cleaned_data["email"])


class FollowForm(AddressForm):
    """Follow one thing."""

    frequency = forms.ChoiceField(
        label=gettext_lazy("How often do you want emails?"),
        choices=Frequency,
        initial=Frequency.DAILY,
        widget=forms.RadioSelect,
    )
    email = email_field(
        gettext_lazy(
            "We never show it. We send one link to it, so that you can confirm."
        )
    )

    def __init__(self, *args, subject, **kwargs):
        self.subject = subject
        super().__init__(*args, **kwargs)
        if subject.name.startswith("commission/"):
            self["frequency"].help_text = gettext(
                "While a tender is open, we email you answers to bidders’ questions "
                "at once, whatever you choose."
            )

    def save(self):
        """Take it down and ask the address to confirm."""
        actions.ask(self.subject, **self.cleaned_data)


class FrequencyForm(forms.Form):
    """How often somebody is told of one thing they follow."""

    frequency = forms.ChoiceField(choices=Frequency)

    def save(self, subscription):
        subscription.change(self.cleaned_data["frequency"])
