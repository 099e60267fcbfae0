"""What the forms share that anybody may send: fields, a trap for robots, limits."""

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from commissions.models import NotReady
from commissions.public.forms import PublicForm
from consultations import rate_limit
from consultations.signed_links import canonical

LONGEST = 10_000  # characters


def long_text_field(label, hint="", *, rows=6, required=False, or_file=True):
    """Return a field for text of any length people are likely to write.

    `or_file` says whether the form takes a file instead of too long a text.
    """
    too_long = (
        gettext_lazy("Shorten “{label}” to {most} characters, or attach a file")
        if or_file
        else gettext_lazy("Shorten “{label}” to {most} characters")
    )
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": rows}),
        error_messages={
            "max_length": format_lazy(too_long, label=label, most=f"{LONGEST:,}")
        },
    )


def email_field(hint, *, required=True):
    """Return the field for somebody's email address."""
    return forms.EmailField(
        label=gettext_lazy("Your email address"),
        help_text=hint,
        required=required,
        widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "invalid": gettext_lazy(
                "Enter an email address in the right form, such as name@example.org"
            )
        },
    )


class TrapForm(PublicForm):
    """A public form with an input that people do not see."""

    @property
    def is_trapped(self):
        """Whether a robot filled `homepage`."""
        return bool(self.data.get("homepage"))


def save_unless_trapped(request, form):
    """Save a valid form; return whether that went, with what was wrong on the form.

    What robots send is answered like any other and thrown away. Limits are by
    network and by address.
    """
    if form.is_trapped:
        return True
    email = canonical(form.cleaned_data["email"])
    return save_within_limits(request, form, form.save, address=email)


def save_within_limits(request, form, save, *, scope="network", address=""):
    """Save within the limits; return what was saved, or None with why on the form."""
    try:
        network = rate_limit.network_of(request)
        rate_limit.count_attempt(scope, network, settings.COMMENTS_PER_NETWORK)
        if address:
            rate_limit.count_attempt("address", address, settings.COMMENTS_PER_ADDRESS)
        return save() or True
    except (NotReady, rate_limit.TooOften) as refused:
        form.add_error(None, str(refused))
        return None
