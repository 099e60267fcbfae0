"""Word files made for tests: honest ones by python-docx, hostile ones by hand."""

import io
import zipfile

import docx
from docx.oxml import parse_xml

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HOLDING = f"<w:document {W}><w:body>{{}}</w:body></w:document>"


def saved(document):
    """Save a python-docx document as a file that is open for reading."""
    out = io.BytesIO()
    document.save(out)
    out.seek(0)
    return out


def written(*paragraphs):
    """Make a document from (style, text) pairs."""
    document = docx.Document()
    for style, words in paragraphs:
        document.add_paragraph(words, style=style)
    return saved(document)


def with_xml(*pieces):
    """Make a document whose body holds the given WordprocessingML."""
    document = docx.Document()
    for piece in pieces:
        end = document.element.body[-1]
        end.addprevious(parse_xml(piece.replace(">", f" {W}>", 1)))
    return saved(document)


def with_parts(changes, method=zipfile.ZIP_STORED, base=None):
    """Take a document and put parts in, or in place of its own; None takes one out."""
    base = base or written(("Normal", "Some words."))
    out = io.BytesIO()
    with zipfile.ZipFile(base) as before, zipfile.ZipFile(out, "w", method) as after:
        for name in before.namelist():
            if name not in changes:
                after.writestr(name, before.read(name))
        for name, content in changes.items():
            if content is not None:
                after.writestr(name, content)
    out.seek(0)
    return out


def with_body(body, method=zipfile.ZIP_STORED):
    """Make a document whose body is exactly the XML given."""
    return with_parts({"word/document.xml": HOLDING.format(body)}, method)
