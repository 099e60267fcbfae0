"""Days and times that can be meant: the database holds them, and says so in words.

A slip of the pen, or of an import, in one row (the year 1 or 9999) must not stop a
list, a calendar or a clock. So no such day is kept: the range is that of the
clocks of the law, from 1972 to 2199.
"""

from datetime import UTC, datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models, transaction
from django.db.migrations import AlterField

from commissions.clocks.days import DAY
from commissions.clocks.running import FIRST, LAST

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


def bring_within(apps, operations, app):
    """Mend what the columns of a migration's operations would refuse.

    A day that cannot be meant is taken away; where there must be one, the nearest
    that can stands in its place.
    """
    for operation in operations:
        if isinstance(operation, AlterField):
            model = apps.get_model(app, operation.model_name)
            bring_column_within(model, model._meta.get_field(operation.name))


def bring_column_within(model, field):
    """Mend one column."""
    ends = FIRST, LAST
    last = LAST - DAY
    if isinstance(field, models.DateTimeField):
        ends = [datetime(day.year, 1, 1, tzinfo=UTC) for day in ends]
        last = ends[1] - DAY
    too_early = model.objects.filter(**{f"{field.name}__lt": ends[0]})
    too_late = model.objects.filter(**{f"{field.name}__gte": ends[1]})
    for rows, nearest in ((too_early, ends[0]), (too_late, last)):
        try:
            with transaction.atomic():
                rows.update(**{field.name: None if field.null else nearest})
        except IntegrityError:  # a rule of the row wants a day there
            rows.update(**{field.name: nearest})


def hold(schema_editor, apps, operations, app):
    """Have PostgreSQL refuse what the columns of a migration's operations must not hold.

    Django gives a column its condition as the column is made, and SQLite makes a
    table anew to change it; PostgreSQL has to be told.
    """
    for table, field, name in conditions(schema_editor, apps, operations, app):
        condition = field.db_check(schema_editor.connection)
        schema_editor.execute(
            f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({condition})"
        )


def let_go(schema_editor, apps, operations, app):
    """Take back what `hold` told PostgreSQL, so that the migration can be undone."""
    for table, _, name in conditions(schema_editor, apps, operations, app):
        schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")


def conditions(schema_editor, apps, operations, app):
    """Yield (table, field, name of the condition) of each column, on PostgreSQL alone."""
    if schema_editor.connection.vendor != "postgresql":
        return
    for operation in operations:
        if isinstance(operation, AlterField):
            table = apps.get_model(app, operation.model_name)._meta.db_table
            field = operation.field.clone()
            field.set_attributes_from_name(operation.name)
            yield table, field, f"{table}_{field.column}_can_be_counted"
