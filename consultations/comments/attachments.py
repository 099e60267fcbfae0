"""Files sent with a comment: checked by their content, never by their name.

PDF, Word and pictures are taken. In the request a file costs next to nothing: its
size and its first bytes decide, and of a picture the size that its header states.
It is kept unseen by anybody; the worker draws a picture afresh (`pictures`), which
leaves out where and when it was taken, and only then may it be read. Files lie
outside the static tree and leave as downloads that a browser may not run.
"""

import hashlib
import io
import logging
import lzma
import re
import zipfile
import zlib

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.http import FileResponse
from django.utils.translation import gettext
from lxml import etree

from consultations.comments import documents, pictures
from consultations.comments.submissions import Attachment
from consultations.signed_links import new_key

logger = logging.getLogger(__name__)
MOST_FILES = 3
LONGEST_DIRECTORY = 300_000  # bytes: of some four thousand files
LONGEST_END = 22 + 0xFFFF  # bytes: where a zip file says where its directory is
LONGEST_LIST = 1_000_000  # bytes: of the parts of a Word file, and what they call for
PROGRAM = re.compile("macroenabled|vbaproject|vbadata|activex|keymapcustomizations")
CAUTIOUS = {"resolve_entities": False, "no_network": True, "load_dtd": False}
BROKEN = (
    zipfile.BadZipFile,
    NotImplementedError,  # such as a directory of version 9.9
    RuntimeError,  # such as a part that is locked
    EOFError,
    OSError,
    ValueError,
    zlib.error,
    lzma.LZMAError,
    etree.XMLSyntaxError,
)
BATCH = 20  # pictures of one round
LARGEST = 10 * 1024 * 1024  # bytes
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SUFFIXES = {
    "application/pdf": "pdf",
    WORD: "docx",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
}


def kind_of(content):
    """Return the media type of a file's bytes, or None for one we do not take.

    Raises ValidationError for a picture of too many pixels.
    """
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"PK\x03\x04"):
        return WORD if is_word(content) else None
    header = pictures.header(content)
    if header is None:
        return None
    if header.width * header.height > pictures.MOST_PIXELS:
        sentence = gettext(
            "This picture is too large to check. Send one of at most {most} megapixels."
        )
        raise ValidationError(sentence.format(most=pictures.MOST_PIXELS // 1_000_000))
    return header.media_type


def is_word(content):
    """Tell whether a zip file is a Word document without macros."""
    if not has_short_directory(content):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = {name.lower() for name in parts.namelist()}
            return "word/document.xml" in names and is_self_contained(parts)
    except BROKEN:
        return False


def is_self_contained(parts):
    """Tell a Word file that runs nothing and fetches nothing when it is opened.

    What its parts are, and what they call for, its own lists say: macros may have
    any name there, and a template may lie on another's server. A link that the
    reader has to follow is no call.
    """
    for part in parts.infolist():
        if not part.filename.lower().endswith((".rels", "[content_types].xml")):
            continue
        if part.file_size > LONGEST_LIST:
            return False
        root = etree.fromstring(parts.read(part), etree.XMLParser(**CAUTIOUS))
        if any(map(runs_or_fetches, root.iter("{*}*"))):
            return False
    return True


def runs_or_fetches(listed):
    """Tell a listed part that is a program, or one to be fetched from elsewhere."""
    kind = (listed.get("ContentType") or listed.get("Type") or "").lower()
    away = (listed.get("TargetMode") or "").lower() == "external"
    return bool(PROGRAM.search(kind)) or (away and not kind.endswith("/hyperlink"))


def has_short_directory(content):
    """Tell, before the directory of a zip file is read, that it is soon read."""
    tail = content[-LONGEST_END:]
    ends = [found.start() for found in re.finditer(b"PK\x05\x06", tail)]
    sizes = [int.from_bytes(tail[at + 12 : at + 16], "little") for at in ends]
    is_zip64 = b"PK\x06\x07" in tail
    return not is_zip64 and 0 < max(sizes, default=0) <= LONGEST_DIRECTORY


def checked(upload):
    """Return an uploaded file's name, kind and bytes, fit to be kept.

    Raises ValidationError with a sentence saying what is wrong and what to do.
    """
    if upload.size > LARGEST:
        sentence = gettext(
            "“{name}” is larger than 10 MB. Choose a smaller file, or give a link to it."
        )
        raise ValidationError(sentence.format(name=upload.name))
    content = upload.read()
    kind = kind_of(content)
    if kind is None:
        sentence = gettext(
            "“{name}” is not a PDF, a Word file (.docx) without macros, or a PNG, JPEG "
            "or WebP picture. Save it as one of those and choose it again."
        )
        raise ValidationError(sentence.format(name=upload.name))
    return upload.name, kind, content


def attach(submission, files):
    """Keep checked files with a submission."""
    for name, kind, content in files:
        attachment = Attachment(
            submission=submission,
            name=name[:200],
            content_type=kind,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            state=Attachment.State.WAITING,
        )
        attachment.file.save(
            f"{attachment.reference}.{SUFFIXES[kind]}", ContentFile(content)
        )


def redraw_waiting(at=None):
    """Make the files that wait afresh, one by one; return how many were settled.

    A picture is drawn, a document goes without what it says of its maker. A file
    with which that cannot be done within the limits is kept from everybody, and
    its sender and the moderator read why. What two workers do is kept once.
    """
    done = 0
    for attachment in Attachment.objects.filter(state=Attachment.State.WAITING)[:BATCH]:
        done += redraw(attachment)
    return done


def made_afresh(content, kind):
    """Return a file as it may be read; raises pictures.Refused."""
    if kind.startswith("image/"):
        return pictures.redrawn(content, kind)
    return documents.cleaned(content, kind, pictures.Refused)


def redraw(attachment):
    """Make one file afresh and let it be read; tell whether this worker did."""
    waiting = Attachment.objects.filter(
        pk=attachment.pk, state=Attachment.State.WAITING
    )
    try:
        with attachment.file.open() as file:
            content = made_afresh(file.read(), attachment.content_type)
    except (OSError, pictures.Refused) as refused:
        logger.warning("file %s was not redrawn: %s", attachment.pk, refused)
        return waiting.update(state=Attachment.State.REFUSED)
    storage, raw = attachment.file.storage, attachment.file.name
    suffix = SUFFIXES[attachment.content_type]
    name = storage.save(
        raw.rpartition("/")[0] + f"/{new_key()}.{suffix}", ContentFile(content)
    )
    settled = waiting.update(
        file=name,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        state=Attachment.State.READY,
    )
    storage.delete(raw if settled else name)
    return settled


def download(attachment):
    """Return a file as a download that a browser may neither run nor show inline."""
    response = FileResponse(
        attachment.file.open(),
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.content_type,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
