"""Atom feeds that one pasted character cannot break."""

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from commissions.text.characters import UNPRINTABLE


def write_feed(said):
    """Return words, or anything else, without control characters."""
    return UNPRINTABLE.sub(" ", said) if isinstance(said, str) else said


class AtomFeed(Atom1Feed):
    """An Atom feed; a vertical tab that a word processor left becomes a space."""

    def __init__(self, *args, **kwargs):
        super().__init__(*map(write_feed, args), **clean_for_xml(kwargs))

    def add_item(self, *args, **kwargs):
        """Add an entry; its description is words, and Atom1Feed sends it as HTML."""
        kwargs["description"] = escape(kwargs.get("description", ""))
        super().add_item(*map(write_feed, args), **clean_for_xml(kwargs))


def clean_for_xml(said):
    """Return named words without control characters."""
    return {name: write_feed(value) for name, value in said.items()}
