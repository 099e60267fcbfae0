"""Two people with the same form open: the second save is refused and nothing is lost."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator


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
