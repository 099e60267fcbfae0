"""Files sent with a comment: checked by their content, never by their name.

PDF, Word and pictures are taken. A picture is drawn afresh, which leaves out
where and when it was taken. Files lie outside the static tree and leave as
downloads that a browser may not run.
"""

import hashlib
import io
import warnings
import zipfile

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.http import FileResponse
from PIL import Image, UnidentifiedImageError

from consultations.comments.submissions import Attachment

MOST_FILES = 3
LARGEST = 10 * 1024 * 1024  # bytes
MOST_PIXELS = 40_000_000
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SUFFIXES = {
    "application/pdf": "pdf",
    WORD: "docx",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
}


def kind_of(content):
    """Return the media type of a file's bytes, or None for one we do not take."""
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"PK\x03\x04"):
        return WORD if is_word(content) else None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=["PNG", "JPEG", "WEBP"]) as im:
                return f"image/{im.format.lower()}"
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        Image.DecompressionBombWarning,
        Image.DecompressionBombError,
        SyntaxError,
    ):
        return None


def is_word(content):
    """Tell whether a zip file is a Word document without macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = {name.lower() for name in parts.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    return "word/document.xml" in names and "word/vbaproject.bin" not in names


def redrawn(content, kind):
    """Draw a picture afresh: the same picture without what it says of its maker."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(
                    "This picture is too large to check. Send one of at most 40 megapixels."
                )
            plain = Image.new(
                "RGBA" if "A" in picture.getbands() else "RGB", picture.size
            )
            plain.paste(picture.convert(plain.mode))
    except (OSError, ValueError, SyntaxError) as error:
        raise ValidationError(
            "This picture is damaged. Save it again, then choose it once more."
        ) from error
    out = io.BytesIO()
    plain.convert("RGB" if kind == "image/jpeg" else plain.mode).save(
        out, format=kind.removeprefix("image/").upper()
    )
    return out.getvalue()


def checked(upload):
    """Return an uploaded file's name, kind and bytes, fit to be kept.

    Raises ValidationError with a sentence saying what is wrong and what to do.
    """
    if upload.size > LARGEST:
        raise ValidationError(
            f"“{upload.name}” is larger than 10 MB. Send a smaller file, or a link."
        )
    content = upload.read()
    kind = kind_of(content)
    if kind is None:
        raise ValidationError(
            f"“{upload.name}” is not a PDF, a Word file (.docx) without macros, or a "
            "PNG, JPEG or WebP picture. Save it as one of those and choose it again."
        )
    if kind.startswith("image/"):
        content = redrawn(content, kind)
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
        )
        attachment.file.save(
            f"{attachment.reference}.{SUFFIXES[kind]}", ContentFile(content)
        )


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
