"""Look inside a Word file before anything reads it, and refuse what is unsafe.

A .docx is a zip of XML parts. Only the parts that hold words, styles, numbering
and links are handed on; pictures, macros, margin comments, headers and embedded
files never reach the reader, whatever they are called.
"""

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from consultations.drafts.document_import.limits import Limits, Refused, megabytes

SAVE_AGAIN = "Open it in Word and save it as a Word document (.docx)."
_READ = "document footnotes endnotes styles numbering Types Relationships"
_KEPT = frozenset(_READ.split())
_BROKEN = (NotImplementedError, RuntimeError, zlib.error, lzma.LZMAError)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ELSEWISE = {
    b"%PDF": f"This is a PDF, not a Word document. {SAVE_AGAIN}",
    b"{\\rtf": f"This is a rich text file (.rtf). {SAVE_AGAIN}",
}
_OTHER_KINDS = {
    "xl/": "This is a spreadsheet, not a Word document. Upload a .docx file.",
    "ppt/": "These are slides, not a Word document. Upload a .docx file.",
    "content.xml": f"This is an OpenDocument file. {SAVE_AGAIN}",
}


def open_package(data: bytes, limits: Limits) -> dict[str, etree._Element]:
    """Return the parts of a Word file that may be read, as parsed XML by name.

    Raises `Refused` for anything that is not a plain, moderate Word document.
    """
    _refuse_other_formats(data, limits)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_unsafe(archive.infolist(), limits)
            return dict(_parts(archive, limits))
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, *_BROKEN):
        raise Refused(
            f"The file is damaged and cannot be opened. {SAVE_AGAIN}"
        ) from None


def _refuse_other_formats(data, limits):
    if not data:
        raise Refused("The file is empty. Choose the Word document again.")
    if len(data) > limits.file_bytes:
        raise Refused(
            f"The file is larger than {megabytes(limits.file_bytes)}, the most that is "
            "accepted. Take out the pictures, which are not kept, and save it again."
        )
    _refuse_other_starts(data)


def _refuse_other_starts(data):
    if data.startswith(_OLE):
        raise Refused(_old_or_locked(data))
    for start, sentence in _ELSEWISE.items():
        if data.startswith(start):
            raise Refused(sentence)
    if not data.startswith(b"PK"):
        raise Refused(f"This is not a Word document. {SAVE_AGAIN}")


def _old_or_locked(data):
    if "EncryptedPackage".encode("utf-16-le") in data:
        return (
            "The document is protected by a password. Take the password off in Word "
            "(File, Info, Protect Document) and save it again."
        )
    return f"This is a Word 97-2003 file (.doc), or another old format. {SAVE_AGAIN}"


def _refuse_unsafe(members, limits):
    names = [member.filename for member in members]
    if any(member.flag_bits & 1 for member in members):
        raise Refused(
            "The document is protected by a password. Take it off and save it again."
        )
    if len(names) > limits.parts:
        raise Refused(
            f"The document has {len(names):,} parts inside; at most {limits.parts:,} "
            "are accepted. Take out the pictures and save it again."
        )
    _refuse_names(names)
    _refuse_bombs(members, limits)


def _refuse_names(names):
    if len({name.lower() for name in names}) < len(names) or any(map(_strays, names)):
        raise Refused(
            f"The document has parts with misleading names and was not opened. {SAVE_AGAIN}"
        )
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused(
            "The document holds macros (small programs). Save it without them, as a "
            "Word document (.docx)."
        )
    for start, sentence in _OTHER_KINDS.items():
        if any(name.startswith(start) for name in names):
            raise Refused(sentence)


def _strays(name):
    """Tell a name that points outside its folder or hides its end."""
    return (
        name.startswith(("/", "\\"))
        or "\\" in name
        or ":" in name
        or ".." in name.split("/")
        or not name.isprintable()
    )


def _refuse_bombs(members, limits):
    total = sum(member.file_size for member in members)
    if total > limits.unpacked_bytes:
        raise Refused(
            f"The document unpacks to {megabytes(total)}; at most "
            f"{megabytes(limits.unpacked_bytes)} is accepted. Take out the pictures, "
            "which are not kept, and save it again."
        )
    for member in members:
        packed = member.file_size / max(member.compress_size, 1)
        if member.file_size > 1_000_000 and packed > limits.ratio:
            raise Refused(
                "The document is packed far more tightly than Word packs one, so it was "
                f"not opened. {SAVE_AGAIN}"
            )


def _parts(archive, limits) -> Iterator[tuple[str, etree._Element]]:
    marks = 0
    for member in archive.infolist():
        if not member.filename.lower().endswith((".xml", ".rels")):
            continue
        if member.file_size > limits.part_bytes:
            raise Refused(
                f"The document's text takes {megabytes(member.file_size)}; at most "
                f"{megabytes(limits.part_bytes)} is accepted. Split it into parts."
            )
        data = archive.read(member)
        marks += data.count(b"<")
        _refuse_thickets(marks, limits)
        root = _root(data)
        if etree.QName(root).localname in _KEPT:
            yield member.filename, root


def _refuse_thickets(marks, limits):
    if marks > limits.marks:
        raise Refused(
            "The document has far too much formatting to be read. Copy its text into a "
            "new document, keep the headings, and save that."
        )


def _root(data):
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise Refused(f"A part of the document is damaged. {SAVE_AGAIN}") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused(
            f"The document declares its own XML entities, which Word never does. {SAVE_AGAIN}"
        )
    listed = root.tag.endswith("}Types") and data.lower()
    if listed and (b"macroenabled" in listed or b"vbaproject" in listed):
        raise Refused(
            "The document is of a kind that runs macros (.docm). Save it without them, "
            "as a Word document (.docx)."
        )
    return root


def pack(parts: dict[str, etree._Element]) -> io.BytesIO:
    """Write parts into a fresh, uncompressed package."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, root in parts.items():
            archive.writestr(name, etree.tostring(root, encoding="utf-8"))
    out.seek(0)
    return out
