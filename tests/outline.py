"""Read a page in tests: its elements, its ids, its words."""

from functools import lru_cache
from html.parser import HTMLParser

INLINE = {"a", "abbr", "span", "strong", "em", "b"}


def flat(response):
    """Return a response's HTML with each run of white space as one space.

    How a template's lines are wrapped is then nothing that a test can see.
    """
    return " ".join(response.content.decode().split())


class Outline(HTMLParser):
    """The elements of a page: (tag, attributes), ids, and the text between."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.words = [], []
        self.feed(html)
        self.ids = [attrs["id"] for _, attrs in self.elements if "id" in attrs]

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag not in INLINE:
            self.words.append(" ")

    def handle_data(self, data):
        if self.cdata_elem is None:  # nobody reads what a script holds
            self.words.append(data)

    def all(self, tag):
        """Return the attributes of every element with this tag."""
        return [attrs for name, attrs in self.elements if name == tag]

    @property
    def text(self):
        """Return the words of the page with single spaces."""
        return " ".join("".join(self.words).split())


@lru_cache(maxsize=1)
def outline_of(html):
    """Read a page, once for two who ask in turn."""
    return Outline(html)
