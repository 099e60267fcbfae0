"""Roles at the desk: who may do what for a body, given by its administrators."""

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.utils import timezone

from commissions.desk.base import NoDelete, PortalAdmin
from commissions.models import StaffRole

NOT_FOUND = "No active staff account has this user name. Accounts are made by the administrators of the installation."


class StaffRoleForm(forms.ModelForm):
    """One role. The account is named as its holder signs in."""

    username = forms.CharField(
        label="Account",
        max_length=150,
        help_text="The user name with which they sign in.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    class Meta:
        model = StaffRole
        fields = ("organisation", "role", "starts_on", "ends_on")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["username"] = self.instance.user.get_username()
            for name in {"username", "organisation", "role", "starts_on"} & {
                *self.fields
            }:
                self.fields[name].disabled = True

    def clean_username(self):
        """Find the account."""
        name = self.cleaned_data["username"]
        user = User.objects.filter(username=name, is_staff=True, is_active=True).first()
        if user is None:
            raise forms.ValidationError(NOT_FOUND)
        self.instance.user = user
        return name


@admin.register(StaffRole)
class StaffRoleAdmin(NoDelete, PortalAdmin):
    """Give a role from a day, and end it: what was, stays readable."""

    form = StaffRoleForm
    fields = ["username", "organisation", "role", "starts_on", "ends_on"]
    autocomplete_fields = ["organisation"]
    list_display = ["user", "organisation", "what", "starts_on", "ends_on", "in_force"]
    list_filter = ["role"]
    list_select_related = ["user", "organisation"]
    search_fields = ["user__username", "organisation__name"]
    actions = None

    @admin.display(description="role", ordering="role")
    def what(self, row):
        """Name the role without what it permits."""
        return row.get_role_display().partition(":")[0]

    @admin.display(description="in force", boolean=True)
    def in_force(self, row):
        """Say whether it counts today."""
        today = timezone.localdate()
        return row.starts_on <= today and (row.ends_on is None or row.ends_on >= today)
