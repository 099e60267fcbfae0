"""What a member of staff sees in the admin, and in whose name they act.

Every queryset of the admin goes through `visible_to`, every right is asked of the row
it is about (`commissions.desk.permissions`), and every verb gets its `by` from
`acting_as`.
"""

from datetime import date
from decimal import Decimal
from functools import wraps

from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import AutoField, DateTimeField
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator

from commissions.desk.permissions import offered_to, visible_to
from commissions.desk.widgets import (
    RowLists,
    RowSelect,
    RowSelectMultiple,
    SafeChangeList,
    is_possible_key,
)
from commissions.fields import YEARS
from commissions.law.deadlines.calculate import FIRST, LAST
from commissions.models import Entry, Tenure
from commissions.search.index import index_subjects
from commissions.search.words import fold


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


def check_key(view, numbered):
    """Return a view of one row that is asked with possible keys only."""

    @wraps(view)
    def asked(request, object_id, *args, **kwargs):
        key = unquote(object_id)
        if "\x00" in key or (numbered and not is_possible_key(key)):
            raise Http404("There is no such row.")
        return view(request, object_id, *args, **kwargs)

    return asked


def field_completed(request, model):
    """Return the field for whose box an address asks for choices; None of another."""
    if not request.path.endswith("/autocomplete/"):
        return None
    try:
        source = apps.get_model(request.GET["app_label"], request.GET["model_name"])
        field = source._meta.get_field(request.GET["field_name"])
    except (LookupError, KeyError, FieldDoesNotExist):
        return None
    return field if field.related_model is model else None


class VisibleRows:
    """Limits an admin, or an inline of one, to the rows its user may see."""

    def get_queryset(self, request):
        """Return the rows this user may see; as choices of a box, what it offers."""
        rows = super().get_queryset(request)
        if field := field_completed(request, self.model):
            return offered_to(request.user, field, rows)
        return visible_to(request.user, rows)

    def get_field_queryset(self, db, db_field, request):
        """Offer only what this user may choose in a field."""
        chosen = super().get_field_queryset(db, db_field, request)
        offered = chosen if chosen is not None else db_field.related_model.objects.all()
        return offered_to(request.user, db_field, offered)

    def has(self, act, request, row=None):
        """Tell whether the user may do an act, somewhere or to a row."""
        right = f"{self.opts.app_label}.{act}_{self.opts.model_name}"
        return request.user.has_perm(right, row)

    def has_view_permission(self, request, obj=None):
        """Tell whether the user may look at a row."""
        return self.has("view", request, obj) or self.has("change", request, obj)

    def has_add_permission(self, request, obj=None):
        """Tell whether the user may add a row; of an inline, to the row it is in."""
        return self.has("add", request, obj)

    def has_change_permission(self, request, obj=None):
        """Tell whether the user may change a row: what is public, who may publish."""
        act = "publish" if getattr(obj, "published_at", None) else "change"
        return self.has(act, request, obj)

    def has_delete_permission(self, request, obj=None):
        """Tell whether the user may delete a row."""
        return self.has("delete", request, obj)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Let a row be chosen in a box that no forged key can break."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", RowSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Let rows be chosen in such a box."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", RowSelectMultiple(db_field, self.admin_site))
        elif db_field.name in self.filter_horizontal:
            kwargs.setdefault(
                "widget", RowLists(db_field.verbose_name, is_stacked=False)
            )
        return super().formfield_for_manytomany(db_field, request, **kwargs)


def name_inputs(field, *, whole=True):
    """Give the inputs of a form's field its label, where Django draws them without.

    A day and its time are told apart; of anything else, where the `whole` has none.
    """
    widget = getattr(field.widget, "widget", field.widget)
    if isinstance(widget, AdminSplitDateTime):
        day, hour = widget.widgets
        day.attrs["aria-label"] = f"{field.label}: day"
        hour.attrs["aria-label"] = f"{field.label}: time"
    elif whole:
        widget.attrs["aria-label"] = str(field.label)


class TableInline(VisibleRows, admin.TabularInline):
    """An inline whose rows are those of a table: the inputs have no labels there."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Name the input by its column."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            name_inputs(field)
        return field

    def get_formset(self, request, obj=None, **kwargs):
        """Name the box that deletes a row."""
        found = super().get_formset(request, obj, **kwargs)
        found.deletion_widget = forms.CheckboxInput({"aria-label": "Delete this row"})
        return found


class NamedDays:
    """Names the day and the time of a field apart."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Name a day and its time, which share one label."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            name_inputs(field, whole=False)
        return field


class AnyAddress:
    """Answers whatever stands in an address of the desk, as its own pages do."""

    def get_object(self, request, object_id, from_field=None):
        """Look a row up by its key where an address names an empty field."""
        return super().get_object(request, object_id, from_field or None)

    def changelist_view(self, request, extra_context=None):
        """Show the whole list where Django would blame the database for an address."""
        shown = super().changelist_view(request, extra_context)
        if getattr(shown, "template_name", None) == "admin/invalid_setup.html":
            return redirect(request.path)
        return shown


class PortalAdmin(NamedDays, AnyAddress, VisibleRows, admin.ModelAdmin):
    """The base of every admin here.

    `kinds` are the kinds of entry that say such a thing was added and changed:
    reference data is public as soon as it is saved.
    """

    kinds = None
    show_full_result_count = False
    list_per_page = 50

    class Media:
        js = ["admin-labels.js"]

    def get_urls(self):
        """Answer 404 to an address whose key is none, before anything is looked up."""
        found = super().get_urls()
        numbered = isinstance(self.opts.pk, AutoField)
        for each in found:
            if each.callback and "object_id" in each.pattern.converters:
                each.callback = check_key(each.callback, numbered)
        return found

    def get_changeform_initial_data(self, request):
        """Begin with what the address gives, except times, which it gives as words."""
        given = super().get_changeform_initial_data(request)
        times = {f.name for f in self.opts.fields if isinstance(f, DateTimeField)}
        return {name: value for name, value in given.items() if name not in times}

    def get_search_fields(self, request):
        """Look in the columns however they are spelt: see `commissions.search.words`."""
        return [f"{name}__folded" for name in super().get_search_fields(request)]

    def get_search_results(self, request, queryset, search_term):
        """Find what has the words, however they were typed."""
        return super().get_search_results(request, queryset, fold(search_term))

    def get_changelist(self, request, **kwargs):
        """Return the list that no forged filter can break."""
        return SafeChangeList

    def save_model(self, request, obj, form, change):
        """Save, and put on the record that it was added or which fields changed."""
        super().save_model(request, obj, form, change)
        request.trail_subject, request.trail_changed = obj, sorted(form.changed_data)
        if self.kinds and (form.changed_data or not change):
            Entry.objects.append(
                self.kinds[change],
                obj,
                by=acting_as(request.user),
                fields=sorted(form.changed_data),
                **self.facts_of(obj, form, change),
            )

    def save_related(self, request, form, formsets, change):
        """Save what hangs on it too; then it is found by its new words, if it is public."""
        super().save_related(request, form, formsets, change)
        index_subjects([form.instance])

    def facts_of(self, obj, form, change):
        """Return what the entry says besides the names of the fields."""
        return {}


class NoDelete:
    """Nothing public is deleted: it is withdrawn, ended or replaced."""

    def has_delete_permission(self, request, obj=None):
        """Refuse, whoever asks."""
        return False


class ReadOnly(NoDelete):
    """What came from a platform, or was sealed, is looked at and not touched."""

    def has_add_permission(self, request, obj=None):
        """Refuse, whoever asks."""
        return False

    def has_change_permission(self, request, obj=None):
        """Refuse, whoever asks."""
        return False


# Days and sums that can be meant: a slip of the pen in one row must not stop a list.


MOST = Decimal(10) ** 15
LESS = "Check the sum: it must be less than a thousand million million pounds."


def check_plausible(form):
    """Say beside each field of a form which day or sum cannot be meant."""
    for name, value in list(form.cleaned_data.items()):
        if isinstance(value, date) and not FIRST.year <= value.year < LAST.year:
            form.add_error(name, YEARS)
        if isinstance(value, Decimal) and not abs(value) < MOST:
            form.add_error(name, LESS)


class VersionedForm(forms.ModelForm):
    """A form that knows which version of the thing its user was shown.

    The model has `changed_at`, renewed by every save. Where it has moved on,
    the save is refused once, with what the other person wrote in each field
    that differs; what was typed stays, and saving again puts it in place.
    """

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["version"] = self.instance.changed_at.isoformat()

    def clean(self):
        """Refuse where somebody saved since the form was shown."""
        cleaned = super().clean()
        if self.instance.pk and cleaned.get("version") != self.initial["version"]:
            self.show_the_newer_version()
            raise ValidationError(self.what_the_other_wrote(), code="overtaken")
        return cleaned

    def show_the_newer_version(self):
        """Let the next save count as made in knowledge of the other's."""
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = self.initial["version"]

    def what_the_other_wrote(self):
        """Say, field by field, what is saved now and differs from what was typed."""
        when = timezone.localtime(self.instance.changed_at)
        sentences = [
            "Somebody else saved this at "
            f"{date_format(when, 'H:i')} on {date_format(when, 'j F Y')}, after you "
            "opened it. Nothing was saved now, and what you typed is kept below. "
            "Where it differs, their words follow here: bring the two together, "
            "look at the dates and documents too, then save again."
        ]
        for name in self.changed_data:
            if name != "version":
                now = Truncator(self.stored(name)).chars(2000)
                sentences.append(f"{self.fields[name].label} is now: {now}")
        return sentences

    def stored(self, name):
        """Return what is saved in a field, in words."""
        value, field = self.initial.get(name), self.fields[name]
        if value in (None, "", []):
            return "(empty)"
        if isinstance(field, forms.ModelMultipleChoiceField):
            return ", ".join(str(item) for item in value)
        if isinstance(field, forms.ModelChoiceField):
            return str(field.queryset.get(pk=value))
        return dict(getattr(field, "choices", ())).get(value, str(value))


class VersionedAdmin:
    """An admin whose saves of one thing wait for each other, so that each is checked."""

    def get_object(self, request, object_id, from_field=None):
        """Fetch the object; before a save, only once nobody else is saving it."""
        there = super().get_object(request, object_id, from_field)
        if there is None or request.method != "POST":
            return there
        self.model.objects.select_for_update().get(pk=there.pk)
        return super().get_object(request, object_id, from_field)
