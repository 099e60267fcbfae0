"""The admin's own forms of accounts, in place of Django's."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from commissioning_portal.sign_in.forms import SetPasswordForm, SignInForm

admin.site.login_form = SignInForm
UserAdmin.change_password_form = SetPasswordForm
