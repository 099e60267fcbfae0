"""Boxes in which a row is chosen, which no forged or stale key can break.

Django asks the database for whatever key was sent: a word, or a number too long
for a column, would be an error of the server. Here such a key is nobody's, so
that the field says that it is not one of the choices.
"""

from django import forms
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import (
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    FilteredSelectMultiple,
)

NOBODY = "0"  # no row has this key
LONGEST = 18  # digits that every column of keys can hold


def is_possible_key(key):
    """Tell whether a key can be one of a row, or says that none is chosen."""
    key = str(key or "")
    return not key or (key.isascii() and key.isdigit() and len(key) <= LONGEST)


def too_long(value):
    """Tell whether a value is a number that no column can hold."""
    return value.isdigit() and len(value) > LONGEST


class KeysOnly:
    """Makes a widget take keys only."""

    def value_from_datadict(self, data, files, name):
        """Return what was sent, nobody's key in place of what is none."""
        sent = super().value_from_datadict(data, files, name)
        if isinstance(sent, list):
            return [key if is_possible_key(key) else NOBODY for key in sent]
        return sent if is_possible_key(sent) else NOBODY

    def optgroups(self, name, value, attr=None):
        """Offer what is chosen, leaving out what is no key (as an address may give)."""
        return super().optgroups(
            name, [key for key in value if is_possible_key(key)], attr
        )


class RowSelect(KeysOnly, AutocompleteSelect):
    """One row, chosen by typing part of its name."""


class RowSelectMultiple(KeysOnly, AutocompleteSelectMultiple):
    """Rows, chosen by typing parts of their names."""


class RowLists(KeysOnly, FilteredSelectMultiple):
    """Rows, moved from a list of all to a list of the chosen."""


class RowCheckboxes(KeysOnly, forms.CheckboxSelectMultiple):
    """Rows, each with a box to tick."""


class SafeChangeList(ChangeList):
    """A list at the desk, whose filters take keys and numbers that can be."""

    def get_filters_params(self, params=None):
        """Refuse NUL, and a number too long for any column: the list goes without."""
        found = super().get_filters_params(params)
        values = found.values()
        flat = [
            v for each in values for v in (each if isinstance(each, list) else [each])
        ]
        if any("\x00" in str(v) or too_long(str(v)) for v in flat):
            raise IncorrectLookupParameters
        return found
