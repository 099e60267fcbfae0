"""The admin's own forms of accounts, in place of Django's."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from commissioning_portal.sign_in.forms import SetPasswordForm, SignInForm
from commissioning_portal.sign_in.models import tell_of_new_address
from commissions.desk.base import AnyAddress, NamedDays
from commissions.desk.widgets import RowLists

admin.site.login_form = SignInForm
admin.site.unregister([Group, User])


@admin.register(Group)
class RoleAdmin(AnyAddress, GroupAdmin):
    """What each group of staff may do."""

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        """Offer what may be done in two lists that take keys only."""
        kwargs["widget"] = RowLists(db_field.verbose_name, is_stacked=False)
        return super().formfield_for_manytomany(db_field, request=request, **kwargs)


@admin.register(User)
class AccountAdmin(NamedDays, AnyAddress, UserAdmin):
    """The accounts of staff, whose holders are emailed what changes their safety."""

    change_password_form = SetPasswordForm

    def save_model(self, request, obj, form, change):
        """Save an account; tell its former address that another takes its place."""
        if change and "email" in form.changed_data:
            tell_of_new_address(obj, form.initial.get("email", ""))
        super().save_model(request, obj, form, change)
