"""Form fields for what people type into a list's filters: a body, a place, pounds.

A body or a place is typed, not picked from a list of thousands. A whole name,
a slug or an official code means that one; part of a name means all that have it.
"""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, Q, When

from commissions.models import Area, Organisation

MOST = 50  # where more than this many match, the reader is asked to type more
POUNDS = re.compile(
    r"£?\s*([\d,]+(?:\.\d+)?)\s*(k|m|bn|thousand|million|billion)?", re.I
)
UNITS = {"k": 1_000, "t": 1_000, "m": 1_000_000, "b": 1_000_000_000}


class NamedField(forms.CharField):
    """A field that finds rows by name: its value is a list of rows.

    `rows` are those that may be named, `keys` the other fields, besides the
    name, that name one row in full. One query.
    """

    rows, keys = None, ()
    none = "There is no “{}” here. Check the spelling, or type less of the name."
    many = "More than {} names have “{}” in them. Type more of the name."

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": 200, **kwargs})

    def clean(self, value):
        """Find what is named; raise ValidationError where nothing is, or too much."""
        text = super().clean(value).strip()
        if not text:
            return []
        whole = Q(name__iexact=text)
        for key in self.keys:
            whole |= Q(**{f"{key}__iexact": text})
        near = self.rows().annotate(far=Case(When(whole, then=0), default=1))
        found = list(
            near.filter(whole | Q(name__icontains=text)).order_by("far")[: MOST + 1]
        )
        exact = [row for row in found if row.far == 0]
        if not found:
            raise ValidationError(self.none.format(text))
        if len(found) > MOST and not exact:
            raise ValidationError(self.many.format(MOST, text))
        return exact or found


class OrganisationField(NamedField):
    """Public bodies by name or slug."""

    rows, keys = Organisation.objects.commissioning, ("slug",)
    none = (
        "No organisation here has “{}” in its name. Check the spelling, or type "
        "less of the name."
    )
    many = "More than {} organisations have “{}” in their name. Type more of it."


class SupplierField(NamedField):
    """Bodies of any kind by name or slug: public bodies supply one another too."""

    rows, keys = Organisation.objects.all, ("slug",)
    none = (
        "No supplier here has “{}” in its name. Check the spelling, or type less "
        "of the name."
    )
    many = "More than {} suppliers have “{}” in their name. Type more of it."


class AreaField(NamedField):
    """Places by name, slug or GSS code."""

    rows, keys = Area.objects.all, ("slug", "code")
    none = (
        "No place here has “{}” in its name. Type a nation, region, county, "
        "district or borough."
    )
    many = "More than {} places have “{}” in their name. Type more of it."


class PoundsField(forms.DecimalField):
    """Pounds as people write them: 250000, £250,000, 1.2 million, 50k."""

    default_error_messages = {
        "invalid": "Enter pounds in numbers, such as 250,000 or 1.2 million.",
        "max_digits": "Enter a smaller number of pounds.",
        "max_decimal_places": "Enter pounds and pence, such as 99.50.",
        "max_whole_digits": "Enter a smaller number of pounds.",
    }

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(
            **{"max_digits": 15, "decimal_places": 2, "widget": widget, **kwargs}
        )

    def to_python(self, value):
        """Read what was typed; raise ValidationError where it is no sum of money."""
        if value in self.empty_values:
            return None
        typed = POUNDS.fullmatch(str(value).strip())
        if not typed:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        number = super().to_python(typed[1].replace(",", ""))
        unit = (typed[2] or "").lower()[:1]
        return (number * UNITS[unit]).normalize() if unit else number
