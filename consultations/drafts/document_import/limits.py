"""How large a document may be, and the refusal that says what to do about it.

A 99 kB Word file can hold work for a minute of processor time and a gigabyte of
memory. What costs is the number of elements, so that is what is counted, before
anything slow begins.
"""

from dataclasses import dataclass


class Refused(Exception):
    """A document cannot be read; the message is a sentence for its author."""


@dataclass(frozen=True)
class Limits:
    """The most that one document may hold. Sizes in bytes unless said."""

    file_bytes: int = 10_000_000
    """The file as uploaded."""
    unpacked_bytes: int = 20_000_000
    """All the parts of a Word file together, unpacked."""
    part_bytes: int = 5_000_000
    """The longest part that is XML; the text itself is one such part."""
    ratio: int = 200
    """How many times smaller than its content a part of over 1 MB may be packed."""
    parts: int = 2_000
    """Files inside a Word file; each picture is one."""
    marks: int = 500_000
    """Opening and closing tags in all parts, before anything is left out."""
    elements: int = 60_000
    """Elements that are read once formatting is left out; some 200 pages of text."""
    fields: int = 20
    """Fields (links, page numbers) that may stand open inside one another."""
    tables: int = 5
    """Tables inside tables."""
    markdown_characters: int = 300_000
    """Text pasted as Markdown."""
    markdown_marks: int = 30_000
    """Line ends, brackets, stars and bars in it; each costs the reader time."""
    sections: int = 400
    """Headings that begin a section."""
    heading_characters: int = 200
    """A longer heading is read as a paragraph."""


USUAL = Limits()
"""Where the settings say nothing else."""


def megabytes(count):
    """Say a size in bytes the way people do: 12.3 MB."""
    return f"{count / 1_000_000:.1f}".removesuffix(".0") + " MB"
