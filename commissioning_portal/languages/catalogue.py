"""The catalogue of Welsh: what there is to say, and what the shipped file says.

Collecting needs Babel, which comes with the extra `test`; showing Welsh needs only
the compiled file that is shipped. The system's own gettext is never needed.
"""

import re
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings

from commissioning_portal.languages import segments
from commissioning_portal.languages.loader import DESK
from commissions.law import language
from commissions.text.languages import WELSH

FOLDER = Path(settings.LOCALE_PATHS[0]) / WELSH / "LC_MESSAGES"
SOURCE, COMPILED = FOLDER / "django.po", FOLDER / "django.mo"
PACKAGES = ("commissioning_portal", "commissions", "consultations")
CALLS = {
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}
OF_LAW = {"say": None, "say_number": (1, 2)}  # `commissions.law.language`
PLURAL = (
    "nplurals=6; plural=(n==0) ? 0 : (n==1) ? 1 : (n==2) ? 2 : (n==3) ? 3"
    " : (n==6) ? 4 : 5;"
)
HEADER = """\
# The portal's words in Welsh.
# A draft: no speaker has reviewed it yet.
# Collected by `manage.py translations`; translate here, then run it again."""
HEADERS = [
    ("Language", WELSH),
    ("Plural-Forms", PLURAL),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "8bit"),
]
PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{\w*\}|</?\w+>")


class WelshCatalogue(Catalog):
    """A catalogue whose head names no day and no tool, so that it changes with its words."""

    @property
    def mime_headers(self):
        """Return what gettext needs to read it."""
        return HEADERS


def collected() -> dict:
    """Return {what there is to say: the files that say it}; a plural is a pair."""
    found = {}
    for where, words in (*of_templates(), *of_code(), *of_the_law()):
        found.setdefault(words, set()).add(where)
    return found


def of_templates():
    """Yield (file, words) of every template that the public may see."""
    for folder in settings.TEMPLATES[0]["DIRS"]:
        for path in sorted(Path(folder).rglob("*.*")):
            if path.suffix in {".html", ".txt"} and not is_of_desk(path, folder):
                for words in segments.segments(
                    path.read_text(), by_line=path.suffix == ".txt"
                ):
                    yield shown(path), words


def of_code():
    """Yield (file, words) of every call of gettext in the code."""
    for package in PACKAGES:
        for path in sorted((settings.BASE_DIR / package).rglob("*.py")):
            name = shown(path)
            calls = CALLS | OF_LAW if name.startswith("commissions/law/") else CALLS
            with path.open("rb") as file:
                for _, words, *_rest in extract("python", file, keywords=calls):
                    yield name, words


def of_the_law():
    """Yield (file, words) of the names in the data of the law."""
    for words in language.names():
        yield "commissions/law/", words


def is_of_desk(path, folder) -> bool:
    """Tell whether a template is of the desk, which is in English."""
    return path.relative_to(folder).as_posix().startswith(DESK)


def shown(path) -> str:
    """Name a file as seen from the top level."""
    return path.relative_to(settings.BASE_DIR).as_posix()


def read() -> Catalog:
    """Return the catalogue as it is shipped."""
    with SOURCE.open("rb") as file:
        return read_po(file, locale=WELSH)


def renewed(translated: dict) -> Catalog:
    """Return a catalogue of all there is to say, with what is translated of it.

    `translated` has the Welsh by the English: a tuple of six forms for a plural.
    """
    catalogue = WelshCatalogue(locale=WELSH, header_comment=HEADER, fuzzy=False)
    for words, files in collected().items():
        key = words[0] if isinstance(words, tuple) else words
        places = [(name, None) for name in sorted(files)]
        catalogue.add(words, translated.get(key, ""), locations=places)
    return catalogue


def said(catalogue: Catalog) -> dict:
    """Return {English: Welsh} of what a catalogue has translated."""
    return {
        message.id[0] if message.pluralizable else message.id: tuple(message.string)
        if message.pluralizable
        else message.string
        for message in catalogue
        if message.id and all_forms(message)
    }


def all_forms(message) -> bool:
    """Tell whether a message is translated, in each form where it is counted."""
    forms = message.string if message.pluralizable else (message.string,)
    return bool(forms) and all(forms)


def as_source(catalogue: Catalog) -> bytes:
    """Write a catalogue as its source, in the order of its words."""
    out = BytesIO()
    write_po(out, catalogue, width=0, sort_output=True, include_lineno=False)
    return out.getvalue()


def as_compiled(catalogue: Catalog) -> bytes:
    """Compile a catalogue."""
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def missing(catalogue: Catalog) -> list:
    """Return the messages that have no Welsh."""
    return [each for each in catalogue if each.id and not all_forms(each)]


def unlike(catalogue: Catalog) -> list[tuple[str, str]]:
    """Return (English, Welsh) where one has a variable or an element the other lacks."""
    return [
        (english, form)
        for english, welsh in said(catalogue).items()
        for form in (welsh if isinstance(welsh, tuple) else (welsh,))
        if set(PLACEHOLDER.findall(english)) - {"{n}"}
        != set(PLACEHOLDER.findall(form)) - {"{n}"}
    ]
