"""From a Word file to sections: checked, pruned, converted, cleaned, split.

What becomes of the things in a Word file that are not plain text:
tracked changes are read as accepted; margin comments, headers, footers, hidden
text and the table of contents are left out; a picture leaves its description;
a footnote goes to the end of the section that refers to it.
"""

import re
from typing import BinaryIO

import mammoth
from lxml import etree
from mammoth import html as mammoth_html

from consultations.drafts import plain_text
from consultations.drafts.document_import.docx_cleanup import prune
from consultations.drafts.document_import.docx_safety import (
    SAVE_AGAIN,
    open_package,
    pack,
)
from consultations.drafts.document_import.limits import USUAL, Limits, Refused
from consultations.drafts.document_import.split_sections import (
    HEADINGS,
    Reading,
    read_sections,
)

STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='TOC Heading'] => !
p[style-name^='toc '] => !
p[style-name^='TOC '] => !
p[style-name='table of figures'] => !
strike => s
"""
_UNKNOWN_STYLE = re.compile(r"Unrecognised paragraph style: '?(?P<name>[^'(]+)'?")
_UNREAD = {
    "oMath": "An equation could not be read and was left out. Put it in words.",
    "sym": "A special symbol could not be read and was left out. Type it instead.",
}
_FOUND = {
    "tracked": "The document has tracked changes. They were read as accepted: "
    "insertions are kept and deletions are left out.",
    "comments": "Comments in the margin were left out.",
    "hidden": "Hidden text was left out.",
}
_PICTURES = (
    "Pictures were left out; each has left its description behind, if it had one. Say "
    "in words what a picture shows."
)
_STRUCK = (
    "Some words are struck through. They were kept as ordinary words: delete those "
    "that no longer apply."
)
_LISTS = (
    "Numbered lists start again in every section, and numbers that Word gives to "
    "headings are not part of their text. Check references such as “see 4.2”."
)
_NOTES = "Footnotes were moved to the end of the section that refers to them."


def from_docx(file: BinaryIO, limits: Limits = USUAL) -> Reading:
    """Read an uploaded Word document as proposed sections with warnings.

    Raises `Refused`, with one sentence for the author, for whatever is not a
    plain Word document within the limits, and for one without any words.
    """
    data = file.read(limits.file_bytes + 1)
    parts = open_package(data, limits)
    if not any(name_of(root) == "document" for root in parts.values()):
        raise Refused(f"This is not a Word document. {SAVE_AGAIN}")
    found = prune(parts, limits)
    markup, messages = _convert(parts)
    root = plain_text.parse(markup)
    warnings = [sentence for key, sentence in _FOUND.items() if found[key]]
    warnings += _marks(root) + _explain(messages)
    _place_notes(root)
    return read_sections(root, limits, warnings)


def name_of(root: etree._Element) -> str:
    """Give the name of a part's outermost element."""
    return etree.QName(root).localname


def _convert(parts):
    """Run the converter; what it cannot read is the file's fault, not the portal's."""
    try:
        result = mammoth.convert_to_html(
            pack(parts),
            style_map=STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=_describe,
            id_prefix="word-",
        )
    except Exception as error:  # a hostile file can fail in ways nobody has listed
        raise Refused(f"The document could not be read. {SAVE_AGAIN}") from error
    return result.value, [message.message for message in result.messages]


def _describe(image):
    words = plain_text.tidy(image.alt_text or "")
    note = f"[Picture: {words}]" if words else "[Picture without a description]"
    return [mammoth_html.element("em", {}, [mammoth_html.text(note)])]


def _marks(root):
    """Warn of what the page will not show as Word did."""
    signs = {
        _PICTURES: any("[Picture" in (mark.text or "") for mark in root.iter("em")),
        _STRUCK: root.find(".//s") is not None,
        _LISTS: root.find(".//ol/li") is not None,
        _NOTES: _notes(root) != [],
    }
    return [sentence for sentence, present in signs.items() if present]


def _explain(messages):
    """Put the converter's messages in words for an author, each once."""
    said = {}
    for message in messages:
        style = _UNKNOWN_STYLE.match(message)
        if style:
            name = style["name"].strip()
            said[f"Paragraphs in the style “{name}” were read as ordinary text."] = None
        for mark, sentence in _UNREAD.items():
            if mark in message:
                said[sentence] = None
    return list(said)[:20]


def _notes(root):
    """Find the converter's list of notes, which stands at the very end."""
    found = root.xpath("./ol[last()]/li[starts-with(@id, 'word-')]")
    return [note for note in found if "note-" in note.get("id")]


def _place_notes(root):
    """Move each note behind the last block of the section that refers to it."""
    notes = _notes(root)
    for note in notes:
        link = root.find(f".//sup/a[@href='#{note.get('id')}']")
        if link is not None:
            words = plain_text.tidy("".join(note.itertext()).replace("↑", " "))
            paragraph = etree.Element("p")
            paragraph.text = f"{link.text} {words}"
            _end_of_section(link, root).addnext(paragraph)
    if notes:
        root.remove(notes[0].getparent())


def _end_of_section(link, root):
    """Find the block after which the next heading, or the list of notes, comes."""
    block = next(a for a in link.iterancestors() if a.getparent() is root)
    for after in block.itersiblings():
        if after.tag in HEADINGS or after.find("li[@id]") is not None:
            return block
        block = after
    return block
