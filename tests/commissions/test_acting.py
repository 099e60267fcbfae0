"""Two people press at once: the database refuses the second, and the page says so."""

from django import forms
from django.db import IntegrityError

from commissions.desk import action_views


class Doubled(forms.Form):
    """A form whose verb meets a row that somebody else has just made."""

    def save(self, *, by):
        """Be second."""
        raise IntegrityError("UNIQUE constraint failed: secret_table.column")


def test_the_second_of_two_is_told_and_sees_nothing_of_the_database(
    rf, db, django_user_model
):
    request = rf.post("/", {"a": "1"})
    request.user = django_user_model.objects.create_user("jo")
    form = Doubled(request.POST)
    assert action_views.save_form(request, form) is False
    assert form.non_field_errors() == [action_views.SOMEBODY_FIRST]
