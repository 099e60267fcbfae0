"""What a member of staff sees in the admin, and in whose name they act.

Every queryset of the admin goes through `visible_to`, and every verb gets its
`by` from `acting_as`: rights by organisation have this one place to live in.
"""

from django.contrib import admin

from commissions.models import Entry, Tenure


def visible_to(user, queryset):
    """Narrow a queryset to what this member of staff may see: at present, all."""
    return queryset


def acting_as(user):
    """Return the post that the person signed in holds, else the account.

    The record then names the post; of an account it says only "staff".
    """
    tenure = (
        Tenure.objects.current()
        .filter(commissioner__user=user)
        .select_related("post__organisation")
        .first()
    )
    return tenure.post if tenure else user


class Scoped:
    """Makes an admin, or an inline of one, see only what its user may see."""

    def get_queryset(self, request):
        """Return the rows this user may see."""
        return visible_to(request.user, super().get_queryset(request))

    def get_field_queryset(self, db, db_field, request):
        """Offer only what this user may see in the choices of a field."""
        chosen = super().get_field_queryset(db, db_field, request)
        offered = chosen if chosen is not None else db_field.related_model.objects.all()
        return visible_to(request.user, offered)


class ScopedAdmin(Scoped, admin.ModelAdmin):
    """The base of every admin here.

    `kinds` are the kinds of entry that say such a thing was added and changed:
    reference data is public as soon as it is saved.
    """

    kinds = None
    show_full_result_count = False
    list_per_page = 50

    class Media:
        js = ["admin-labels.js"]

    def save_model(self, request, obj, form, change):
        """Save, and put on the record that it was added or which fields changed."""
        super().save_model(request, obj, form, change)
        if self.kinds and (form.changed_data or not change):
            Entry.objects.append(
                self.kinds[change],
                obj,
                by=acting_as(request.user),
                fields=sorted(form.changed_data),
                **self.facts_of(obj, form, change),
            )

    def facts_of(self, obj, form, change):
        """Return what the entry says besides the names of the fields."""
        return {}


class KeptForGood:
    """Nothing public is deleted: it is withdrawn, ended or replaced."""

    def has_delete_permission(self, request, obj=None):
        """Refuse, whoever asks."""
        return False


class ReadOnly(KeptForGood):
    """What came from a platform, or was sealed, is looked at and not touched."""

    def has_add_permission(self, request, obj=None):
        """Refuse, whoever asks."""
        return False

    def has_change_permission(self, request, obj=None):
        """Refuse, whoever asks."""
        return False
