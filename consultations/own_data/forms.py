"""The form that asks for what is held about oneself."""

from consultations.own_data import actions
from consultations.public_forms import TrapForm, email_field


class DataRequestForm(TrapForm):
    """An address to which the link goes."""

    email = email_field(
        "We send one link to this address. It shows all that we hold under it, for "
        "one day."
    )

    def save(self):
        return actions.request_data(self.cleaned_data["email"])
