"""The forms of alerts: follow something; get the link to what one follows."""

from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy

from consultations.alerts import actions, subjects
from consultations.alerts.models import SEARCH
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


class FollowWordsForm(FollowForm):
    """Follow the commissions found with some words."""

    q = forms.CharField(
        label=gettext_lazy("What do you want to hear about?"),
        max_length=200,
        help_text=gettext_lazy("A service, a topic or a place. For example: home care"),
        error_messages={"required": gettext_lazy("Enter what you want to hear about")},
    )
    field_order = ("q", "email", "frequency")

    def __init__(self, *args, **kwargs):
        nothing_yet = subjects.Subject(SEARCH, "", "", "", "")
        super().__init__(*args, subject=nothing_yet, **kwargs)

    def clean_q(self):
        """Find what is to be followed; refuse words that the search cannot take."""
        words = " ".join(self.cleaned_data["q"].split())
        self.subject = subjects.search_of_query(QueryDict(urlencode({"q": words})))
        if self.subject is None:
            raise ValidationError(gettext_lazy("Enter what you want to hear about"))
        return words

    def save(self):
        """Take it down and ask the address to confirm."""
        del self.cleaned_data["q"]
        super().save()


class FrequencyForm(forms.Form):
    """How often somebody is told of one thing they follow."""

    frequency = forms.ChoiceField(choices=Frequency)

    def save(self, subscription):
        subscription.change(self.cleaned_data["frequency"])
