"""Signing in, and choosing another password, by the rules of `sign_in.models`."""

from django.contrib.admin import forms as admin_forms
from django.contrib.auth import forms as auth_forms
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.utils import timezone

from commissioning_portal.sign_in.models import (
    FREE,
    SignInCount,
    Waiting,
    send_link,
    tell_of_failures,
    tell_of_new_password,
)
from consultations.rate_limit import network_of


def minutes(until):
    """Return how long to wait, in words."""
    left = max(1, -int((timezone.now() - until).total_seconds() // 60))
    return "a minute" if left == 1 else f"{left} minutes"


class SignInForm(admin_forms.AdminAuthenticationForm):
    """A username and a password, looked at only while neither has to wait."""

    error_messages = {
        "invalid_login": (
            "Enter the username and password of a staff account. Capital letters count."
        ),
        "inactive": "This account is closed.",
    }

    def clean(self):
        """Count the attempt, then look at the password; tell the account of many."""
        account, place = self.cleaned_data.get("username"), network_of(self.request)
        if not account:
            return self.cleaned_data
        try:
            count = SignInCount.objects.begin(account, place)
        except Waiting as waiting:
            raise ValidationError(
                "There were too many wrong passwords. Try again in "
                f"{minutes(waiting.until)}, or choose a new password by email."
            ) from None
        try:
            cleaned = super().clean()
        except ValidationError:
            if count.failures == FREE["account"]:
                tell_of_failures(account, count)
            raise
        SignInCount.objects.succeed(account, place)
        return cleaned


class TellsOfChange:
    """A form that sets a password, and emails the account that it was set."""

    def save(self, commit=True):
        user = super().save(commit)
        tell_of_new_password(user)
        SignInCount.objects.forget(user.get_username())
        return user


class NewPasswordForm(TellsOfChange, auth_forms.SetPasswordForm):
    """A new password, by the link in an email."""


class ChangePasswordForm(TellsOfChange, admin_forms.AdminPasswordChangeForm):
    """A new password in place of the old, by the person signed in."""


class SetPasswordForm(TellsOfChange, auth_forms.AdminPasswordChangeForm):
    """A new password for someone else's account."""


class ForgottenForm(auth_forms.PasswordResetForm):
    """The address of an account; whether there is one is not said."""

    def save(self, **options):
        """Queue a link for each account of the address."""
        for user in self.get_users(self.cleaned_data["email"]):
            send_link(user, default_token_generator.make_token(user))
