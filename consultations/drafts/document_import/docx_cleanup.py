"""Take out of a Word file's XML what is not words, before it is converted.

Formatting is most of a Word file and none of its meaning, and every element costs
the converter time. Hidden text must not be published by accident, so it goes too.
What is left is counted, and a document that would take too long is refused.
"""

from collections import Counter

from lxml import etree

from consultations.drafts.document_import.limits import Limits, Refused

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
_NOTES = frozenset({"footnoteReference", "endnoteReference"})
_OFF = frozenset({"0", "false", "off"})


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
        elif name in _NOTES:
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
