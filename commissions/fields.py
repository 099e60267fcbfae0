"""The fields of the models: days and times that can be meant, addresses, sums of money.

A slip of the pen, or of an import, in one row (the year 1 or 9999) must not stop a
list, a calendar or a clock. So no such day is kept: the range is that of the
clocks of the law, from 1972 to 2199: the database holds that, and says so in words.
"""

from copy import copy
from datetime import UTC, datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.lookups import In

from commissions.law.dates import DAY
from commissions.law.deadlines.calculate import FIRST, LAST

YEARS = f"Check the year: give a day from {FIRST.year} to {LAST.year - 1}."


class Countable(models.Field):
    """A day or a time whose column refuses years that no clock can count."""

    def db_check(self, connection):
        """Return the condition on its column, as both engines know it."""
        column = connection.ops.quote_name(self.column)
        return f"{column} >= '{FIRST}' AND {column} < '{LAST}'"


class DayField(Countable, models.DateField):
    """A day from 1972 to 2199."""

    default_validators = [
        MinValueValidator(FIRST, YEARS),
        MaxValueValidator(LAST - DAY, YEARS),
    ]


class MomentField(Countable, models.DateTimeField):
    """A time from 1972 to 2199, by the clock of Greenwich."""

    default_validators = [
        MinValueValidator(datetime(FIRST.year, 1, 1, tzinfo=UTC), YEARS),
        MaxValueValidator(datetime(LAST.year - 1, 12, 31, 23, 59, tzinfo=UTC), YEARS),
    ]


@models.IntegerField.register_lookup
class AnyThatFits(In):
    """`in` of whole numbers: one that no column can hold is in none.

    Django leaves such a number out of every other look-up; here SQLite's driver
    would fail on it. Drop this once Django's own `in` does the same.
    """

    def process_rhs(self, compiler, connection):
        """Leave out of a list of numbers those beyond the column's range."""
        if not self.rhs_is_direct_value():
            return super().process_rhs(compiler, connection)
        kind = self.lhs.output_field.get_internal_type()
        low, high = connection.ops.integer_field_range(kind)
        fitting = copy(self)
        fitting.rhs = [
            value
            for value in self.rhs
            if not isinstance(value, int)
            or ((low is None or low <= value) and (high is None or value <= high))
        ]
        return super(AnyThatFits, fitting).process_rhs(compiler, connection)


# Web addresses, as fields.


class WebAddressField(models.URLField):
    """A URL whose form takes “council.example” to mean https, as Django 6 will.

    Use URLField itself again on upgrade: migrations name that one already.
    """

    def formfield(self, **kwargs):
        """Return the form's field, which assumes https."""
        return super().formfield(**{"assume_scheme": "https", **kwargs})

    def deconstruct(self):
        """Name Django's own field in migrations."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs


# Sums of money, as fields.


class AmountField(models.DecimalField):
    """A sum of money to the penny; empty where it is not stated."""

    def __init__(self, *args, **kwargs):
        defaults = {"max_digits": 18, "decimal_places": 2, "null": True, "blank": True}
        super().__init__(*args, **{**defaults, **kwargs})

    def deconstruct(self):
        """Name Django's own field in migrations."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.DecimalField", args, kwargs
