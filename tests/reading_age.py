"""How old a reader has to be: `python -m tests.reading_age`, of the demonstration.

Lists one page of each kind, the hardest first, with its reading age by Flesch and
Kincaid (the American school year, and five: J. P. Kincaid and others, "Derivation of
new readability formulas", 1975), of the sentences in its paragraphs and lists. It
measures length, not sense, and fails nothing. GOV.UK asks for an age of nine.
"""

import os
import re
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commissioning_portal.settings")
django.setup()

import lxml.html
import pyphen
from django.test import Client
from django.test.utils import override_settings

from tests.crawl import fixed, links, route_of, shows_an_object

SYLLABLES = pyphen.Pyphen(lang="en_GB")
SENTENCE = re.compile(r"(?<=[.!?:])\s+")
FEWEST = 100  # words, below which a figure says nothing
READ = "//main//p | //main//li[not(.//p or .//li)] | //main//dd[not(.//p or .//li)]"


def sentences(html):
    """Return the sentences of a page's own paragraphs and lists."""
    texts = lxml.html.fromstring(html).xpath(READ)
    said = [" ".join(each.text_content().split()) for each in texts]
    found = [one for text in said for one in SENTENCE.split(text)]
    return [one for one in found if one.endswith((".", "!", "?")) and " " in one]


def reading_age(said):
    """Return the age that sentences ask of a reader; None of too few words."""
    words = [word for one in said for word in re.findall(r"[A-Za-z’'-]+", one)]
    if len(words) < FEWEST:
        return None
    syllables = sum(len(SYLLABLES.positions(word)) + 1 for word in words)
    grade = 0.39 * len(words) / len(said) + 11.8 * syllables / len(words) - 15.59
    return grade + 5


def pages(client):
    """Yield (route, path, HTML) of one page of each kind that the site leads to."""
    waiting, seen = fixed(), set()
    while waiting:
        path = waiting.pop(0)
        route = route_of(path)
        if not route or route in seen or not shows_an_object(path):
            continue
        response = client.get(path)
        if response.status_code != 200:
            continue
        seen.add(route)
        html = response.content.decode()
        waiting += links(path, html)
        yield route, path, html


def main():
    """Print the table."""
    with override_settings(ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False):
        found = [
            (reading_age(said := sentences(html)), len(said), path)
            for _, path, html in pages(Client())
        ]
    known = sorted((row for row in found if row[0]), reverse=True)
    lines = [
        "Reading age, sentences, page (Flesch and Kincaid; not a gate)",
        *(f"{age:5.1f} {count:5}  {path}" for age, count, path in known),
        f"{len(found) - len(known)} pages have under {FEWEST} words of sentences.",
    ]
    sys.stdout.write("\n".join([*lines, ""]))


if __name__ == "__main__":
    main()
