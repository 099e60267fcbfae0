"""A new password by email, inside the admin's pages."""

from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.urls import reverse_lazy

from commissioning_portal.sign_in.forms import (
    ChangePasswordForm,
    ForgottenForm,
    NewPasswordForm,
)
from consultations import rate_limit
from consultations.signed_links import private_page

RESETS_PER_NETWORK = 20  # an hour


class InAdmin:
    """A page of the sign-in, in the admin's frame."""

    def get_context_data(self, **kwargs):
        site = admin.site.each_context(self.request)
        return super().get_context_data(**(site | kwargs))


class Change(InAdmin, auth_views.PasswordChangeView):
    """Choose another password, by the person signed in: Django's admin has it fixed."""

    form_class = ChangePasswordForm
    success_url = reverse_lazy("admin:password_change_done")


class Forgotten(InAdmin, auth_views.PasswordResetView):
    """Ask for a link; the answer is the same whether there is such an account."""

    form_class = ForgottenForm

    def form_valid(self, form):
        try:
            network = rate_limit.network_of(self.request)
            rate_limit.count_attempt("password-reset", network, RESETS_PER_NETWORK)
        except rate_limit.TooOften:
            form.add_error(
                "email", "Too many links were asked for. Try again in an hour."
            )
            return self.form_invalid(form)
        return super().form_valid(form)


class Sent(InAdmin, auth_views.PasswordResetDoneView):
    """Say that a link is on its way, if there is such an account."""


class New(InAdmin, auth_views.PasswordResetConfirmView):
    """Choose another password, by the link."""

    form_class = NewPasswordForm


class Chosen(InAdmin, auth_views.PasswordResetCompleteView):
    """Say that the new password holds."""


change = admin.site.admin_view(Change.as_view(), cacheable=False)
forgotten = Forgotten.as_view()
sent = Sent.as_view()
new = private_page(New.as_view())
chosen = Chosen.as_view()
