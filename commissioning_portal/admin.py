"""The admin's own forms of accounts, in place of Django's."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from commissioning_portal.sign_in.forms import SetPasswordForm, SignInForm
from commissioning_portal.sign_in.models import tell_of_new_address


def save_account(self, request, obj, form, change):
    """Save an account; tell its former address that another takes its place."""
    if change and "email" in form.changed_data:
        tell_of_new_address(obj, form.initial.get("email", ""))
    super(UserAdmin, self).save_model(request, obj, form, change)


admin.site.login_form = SignInForm
UserAdmin.change_password_form = SetPasswordForm
UserAdmin.save_model = save_account
