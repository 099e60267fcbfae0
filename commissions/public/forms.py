"""Public forms: labels, hints and errors that everyone can use.

`PublicForm` draws each field with its label or legend, hint and error tied to
it (templates/forms/); a page names its problems above its heading, in a summary
whose links reach the fields (components/_error_summary.html). The renderer hangs on these classes alone: a project-wide one would
restyle the admin.
"""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates
from django.template import TemplateDoesNotExist, loader
from django.utils.translation import gettext, gettext_lazy


class PortalRenderer(DjangoTemplates):
    """Draw forms with the project's own templates, widgets with Django's."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"

    def get_template(self, template_name):
        """Look in templates/ first, then among Django's own form templates."""
        try:
            return loader.get_template(template_name)
        except TemplateDoesNotExist:
            return super().get_template(template_name)


def lower_first(label):
    """Return a label as it reads inside a sentence; leaves acronyms alone."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def missing_message(field, label):
    """Say in a sentence what to do about a field left empty."""
    if label.endswith("?"):
        return gettext("Answer “{label}”").format(label=label)
    if isinstance(field, forms.BooleanField):
        return gettext("Tick “{label}” to continue").format(label=label)
    choose = isinstance(field, forms.ChoiceField | forms.FileField)
    said = gettext("Choose {label}") if choose else gettext("Enter {label}")
    return said.format(label=lower_first(label))


class PublicFormMixin:
    """What every public form shares, whatever else it is."""

    default_renderer = PortalRenderer()
    use_required_attribute = False  # the server's sentences say more than bubbles
    all_optional = False
    asked_for = ()  # fields that only another answer makes optional

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        general = forms.Field.default_error_messages["required"]
        for name, field in self.fields.items():
            if field.error_messages.get("required") == general:
                field.error_messages["required"] = missing_message(
                    field, str(self[name].label)
                )

    @property
    def problems(self):
        """List {message, target}: each error with the id of the input to mend.

        Errors of the whole form and of hidden fields have no target. Groups
        (radios, checkboxes, the parts of a date) are reached at their first
        input, whose id Django ends in _0.
        """
        found = [{"message": m, "target": ""} for m in self.non_field_errors()]
        for field in self:
            target = field.id_for_label or f"{field.auto_id}_0"
            found += [
                {"message": message, "target": "" if field.is_hidden else target}
                for message in field.errors
            ]
        return found


class PublicForm(PublicFormMixin, forms.Form):
    """A form for the public."""


class FilterForm(PublicForm):
    """The form of a list's filters: nothing in it has to be filled in."""

    all_optional = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False


class DayInput(forms.MultiWidget):
    """A date as three numbers, as people say it: day, month, year."""

    template_name = "forms/widgets/date.html"
    use_fieldset = True

    def __init__(self, attrs=None):
        parts = ("day", "month", "year")
        super().__init__({part: forms.TextInput() for part in parts}, attrs)

    def decompress(self, value):
        """Split a date for its three inputs."""
        return [value.day, value.month, value.year] if value else [None] * 3


PARTS_OF_A_DAY = (
    (gettext_lazy("Enter the day too"), gettext_lazy("Enter the day as a number")),
    (gettext_lazy("Enter the month too"), gettext_lazy("Enter the month as a number")),
    (gettext_lazy("Enter the year too"), gettext_lazy("Enter the year as a number")),
)
"""What is said of a part of a date that is missing, and of one that is no number."""


class DayField(forms.MultiValueField):
    """A date typed as day, month and year; says which part is missing or wrong."""

    widget = DayInput
    default_error_messages = {
        "unreal": gettext_lazy("Enter a real date, such as 27 3 2027"),
        "invalid": gettext_lazy("Enter the date in numbers, such as 27 3 2027"),
    }

    def __init__(self, **kwargs):
        fields = [
            forms.IntegerField(error_messages={"incomplete": too, "invalid": number})
            for too, number in PARTS_OF_A_DAY
        ]
        super().__init__(fields, require_all_fields=False, **kwargs)

    def compress(self, data_list):
        """Put the parts together; raise ValidationError if no such day exists."""
        if not data_list:
            return None
        day, month, year = data_list
        if 0 <= year < 1000:
            raise ValidationError(
                gettext("Enter the year with four digits"), code="year"
            )
        try:
            return datetime.date(year, month, day)
        except (ValueError, OverflowError):
            raise ValidationError(
                self.error_messages["unreal"], code="unreal"
            ) from None
