"""From a Word file to sections: checked, pruned, converted, cleaned, split.

What becomes of the things in a Word file that are not plain text:
tracked changes are read as accepted; margin comments, headers, footers, hidden
text and the table of contents are left out; a picture leaves its description;
a footnote goes to the end of the section that refers to it.

Formatting is most of a Word file and none of its meaning, and every element costs
the converter time, so it is taken out of the XML first. Hidden text must not be
published by accident, so it goes too. What is left is counted, and a document that
would take too long is refused.
"""

import re
from collections import Counter
from typing import BinaryIO

import mammoth
from lxml import etree
from mammoth import html as mammoth_html

from consultations.drafts import plain_text
from consultations.drafts.document_import.docx_safety import (
    SAVE_AGAIN,
    open_package,
    pack,
)
from consultations.drafts.document_import.limits import USUAL, Limits, Refused
from consultations.drafts.document_import.sections import (
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
_W = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
_BODIES = frozenset({"document", "footnotes", "endnotes"})
_LOOKS = (
    "bidi bookmarkEnd bookmarkStart caps cnfStyle color contextualSpacing highlight "
    "ind jc keepLines keepNext kern lang lastRenderedPageBreak noProof outlineLvl "
    "pBdr permEnd permStart proofErr rFonts sectPr shd smallCaps softHyphen spacing "
    "sz szCs tabs tblBorders tblCellMar tblGrid tblInd tblLayout tblLook tblW tcBorders "
    "tcMar tcW trHeight u vAlign w widowControl bCs iCs rPrChange pPrChange"
)
_FORMATTING = frozenset(_LOOKS.split())
_TRACES = "rsidR rsidRPr rsidRDefault rsidP rsidDel rsidTr paraId textId author date"
_LOOK_OF_STYLES = (
    "latentStyles",
    "docDefaults",
    "rPr",
    "tblPr",
    "trPr",
    "tcPr",
    "tblStylePr",
    "lvlText",
    "lvlJc",
)
_WHO = frozenset(_TRACES.split())
_MARGIN = frozenset({"commentRangeStart", "commentRangeEnd", "commentReference"})
_TRACKED = frozenset({"ins", "del", "moveFrom", "moveTo"})
_NOTE_REFERENCES = frozenset({"footnoteReference", "endnoteReference"})
_OFF = frozenset({"0", "false", "off"})


def from_docx(file: BinaryIO, limits: Limits = USUAL) -> Reading:
    """Read an uploaded Word document as proposed sections with warnings.

    Raises `Refused`, with one sentence for the author, for whatever is not a
    plain Word document within the limits, and for one without any words.
    """
    data = file.read(limits.file_bytes + 1)
    parts = open_package(data, limits)
    if not any(_name(root) == "document" for root in parts.values()):
        raise Refused(f"This is not a Word document. {SAVE_AGAIN}")
    found = prune(parts, limits)
    markup, messages = _convert(parts)
    root = plain_text.parse_html(markup)
    warnings = [sentence for key, sentence in _FOUND.items() if found[key]]
    warnings += _marks(root) + _explain(messages)
    _place_notes(root)
    return read_sections(root, limits, warnings)


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
    words = plain_text.tidy_spaces(image.alt_text or "")
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
            words = plain_text.tidy_spaces("".join(note.itertext()).replace("↑", " "))
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


def prune(parts: dict[str, etree._Element], limits: Limits) -> Counter:
    """Leave only what the converter reads, in place; count what authors should know.

    Counts `hidden` passages, `tracked` changes and margin `comments`. Raises
    `Refused` when too much is left to read.
    """
    found, hidden_styles = Counter(), _hidden_styles(parts)
    bodies = [root for root in parts.values() if _name(root) in _BODIES]
    for root in bodies:
        _prune_body(root, hidden_styles, found)
    for root in parts.values():
        if _name(root) in ("styles", "numbering"):
            etree.strip_elements(root, *(f"{{*}}{name}" for name in _LOOK_OF_STYLES))
    attributes = [
        len(element.attrib) for root in parts.values() for element in root.iter()
    ]
    if len(attributes) > limits.elements or sum(attributes) > 2 * limits.elements:
        raise Refused(
            "The document is too long or has too much formatting to be read as one. "
            "Split it into parts, or copy its text into a new document."
        )
    for root in bodies:
        _refuse_nesting(root, limits)
    return found


def _name(element):
    """Give an element's name without its namespace; comments have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _value(element):
    return next((element.get(f"{w}val") for w in _W if element.get(f"{w}val")), None)


def _hidden_styles(parts):
    return {
        value
        for root in parts.values()
        if _name(root) == "styles"
        for style in root
        if any(_is_on(mark) for mark in style.iterfind("{*}rPr/{*}vanish"))
        for value in [next((style.get(f"{w}styleId") for w in _W), None)]
    }


def _is_on(element):
    return (_value(element) or "true") not in _OFF


def _prune_body(root, hidden_styles, found):
    seen = set()
    for element in list(root.iter()):
        name = _name(element)
        if name in _FORMATTING or name in _MARGIN or not name:
            found["comments"] += name == "commentReference"
            _drop(element)
        elif name in _TRACKED:
            found["tracked"] += 1
        elif name in _NOTE_REFERENCES:
            _keep_first(element, name, seen, root)
        _forget_who(element)
    _drop_hidden(root, hidden_styles, found)


def _forget_who(element):
    """Drop the marks of who typed what when; each run carries several."""
    for name in list(element.attrib):
        if name.rpartition("}")[2] in _WHO:
            del element.attrib[name]


def _keep_first(element, name, seen, root):
    """Drop a second reference to a note: the note would be written out again."""
    number = next((element.get(f"{w}id") for w in _W if element.get(f"{w}id")), None)
    if (name, number) in seen or _name(root) != "document":
        _drop(element)
    seen.add((name, number))


def _drop_hidden(root, hidden_styles, found):
    for run in list(root.iter("{*}r", "{*}p")):
        properties = run.find(f"{{*}}{_name(run)}Pr")
        if properties is not None and _is_hidden(run, properties, hidden_styles):
            found["hidden"] += 1
            _drop(run)


def _is_hidden(run, properties, hidden_styles):
    """Tell hidden text; a paragraph's own mark being hidden hides nothing else."""
    own = properties.iterfind("{*}vanish") if _name(run) == "r" else ()
    styles = properties.iterfind(f"{{*}}{_name(run)}Style")
    return any(map(_is_on, own)) or any(
        _value(style) in hidden_styles for style in styles
    )


def _drop(element):
    """Remove an element but keep the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail and element.tail.strip():
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def _refuse_nesting(root, limits):
    fields = deepest = depth = tables = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name, step = _name(element), 1 if event == "start" else -1
        depth += step
        tables += step * (name == "tbl")
        if name == "fldChar" and step == 1:
            fields += _opens(element)
        deepest = max(deepest, depth)
        if fields > limits.fields or tables > limits.tables or deepest > 100:
            raise Refused(
                "The document has tables or fields nested too deeply to be read. Copy "
                "its text into a new document and save that."
            )


def _opens(element):
    kind = next((element.get(f"{w}fldCharType") for w in _W), None)
    return {"begin": 1, "end": -1}.get(kind, 0)
