"""The admin's own form of accounts, in place of Django's; what they may do is in roles."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User

from commissioning_portal.sign_in.forms import SetPasswordForm, SignInForm
from commissioning_portal.sign_in.models import tell_of_new_address
from commissioning_portal.staff_trail import admin as staff_trail
from commissions.desk.base import AnyAddress, NamedDays
from commissions.models import StaffRole

__all__ = ["AccountAdmin", "staff_trail"]
admin.site.login_form = SignInForm
admin.site.unregister([Group, User])


class RoleInline(admin.TabularInline):
    """The roles of an account, at which bodies and from when to when."""

    model = StaffRole
    extra = 0
    autocomplete_fields = ["organisation"]


@admin.register(User)
class AccountAdmin(NamedDays, AnyAddress, UserAdmin):
    """The accounts of staff, whose holders are emailed what changes their safety."""

    change_password_form = SetPasswordForm
    inlines = [RoleInline]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Who it is", {"fields": ["first_name", "last_name", "email"]}),
        (
            "Signing in",
            {
                "description": "What an account may do is in its roles, below. An "
                "administrator of the installation may do everything, everywhere.",
                "fields": ["is_active", "is_staff", "is_superuser"],
            },
        ),
        ("When", {"fields": ["last_login", "date_joined"]}),
    ]
    list_filter = ["is_staff", "is_superuser", "is_active"]
    filter_horizontal = []

    def get_inlines(self, request, obj):
        """Give roles to an account that is there already."""
        return self.inlines if obj else []

    def save_model(self, request, obj, form, change):
        """Save an account; tell its former address that another takes its place."""
        if change and "email" in form.changed_data:
            tell_of_new_address(obj, form.initial.get("email", ""))
        super().save_model(request, obj, form, change)
