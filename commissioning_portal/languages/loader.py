"""Loads templates, once in each language: a page in Welsh costs what English does."""

from django.template.loaders import cached
from django.utils.translation import get_language, gettext

from commissioning_portal.languages import segments
from commissions.text.languages import is_welsh

DESK = ("admin/", "gallery.html")
"""How the names of the templates of the desk begin, which is in English."""


class Loader(cached.Loader):
    """Keeps a compiled template for each language, its words in that language.

    The desk, which is in English, is left alone. Words that the catalogue lacks
    stay English.
    """

    def cache_key(self, template_name, skip=None):
        """Keep the templates of one language apart from those of another."""
        return f"{get_language()}:{super().cache_key(template_name, skip)}"

    def get_contents(self, origin):
        """Return a template's source, in Welsh where Welsh is being shown."""
        source = super().get_contents(origin)
        if not is_welsh() or origin.template_name.startswith(DESK):
            return source
        by_line = origin.template_name.endswith(".txt")
        return segments.changed(source, gettext, by_line=by_line)
