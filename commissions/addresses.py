"""Web addresses, as fields."""

from django.db import models


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
