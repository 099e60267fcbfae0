"""The language in which a sentence is said: English, until a translator is given.

The law imports no Django. `commissions.apps` hands over the site's translator, which
is asked each time a sentence is said. Texts of a table stay in English in the table:
a `Translated` field of a row, or a text that is `marked`, is put into the language of
the reader where it is read. `names` lists them all for translators.
"""

from collections.abc import Callable


class Translator:
    """What puts texts into the language that is active, and names that language."""

    gettext: Callable[[str], str] = staticmethod(str)
    ngettext: Callable[[str, str, int], str] = staticmethod(
        lambda one, many, number: one if number == 1 else many
    )
    language: Callable[[], str | None] = staticmethod(lambda: "en")


MARKED: set[str] = set()


def gettext(text: str) -> str:
    """Return a text in the language that is active: at once where that is English."""
    return Translator.gettext(text) if text and is_welsh() else text


def ngettext(one: str, many: str, number: int) -> str:
    """Return the form of a text that goes with a number."""
    if is_welsh():
        return Translator.ngettext(one, many, number)
    return one if number == 1 else many


def is_welsh() -> bool:
    return Translator.language() == "cy"


def marked(text: str) -> str:
    """Note a text of a table for translators, and return it as it is."""
    MARKED.add(text)
    return text


def names() -> list[str]:
    """List the texts of tables that are translated where they are read."""
    return sorted(filter(None, MARKED))


class Translated:
    """A field of a row that is kept in English and read in the active language."""

    def __set_name__(self, owner, name):
        self.kept = f"_{name}"

    def __get__(self, row, owner=None):
        if row is None:  # a dataclass asks for a default: there is none
            raise AttributeError(self.kept)
        return gettext(row.__dict__[self.kept])

    def __set__(self, row, text):
        row.__dict__[self.kept] = marked(text)
