"""Photographs of commissioners: checked, turned upright, shrunk, freed of metadata."""

import hashlib
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
LARGEST_FILE = 8 * 1024 * 1024  # bytes
LARGEST_PICTURE = 40_000_000  # pixels: a bomb is refused before it is unpacked
TOO_MANY_PIXELS = ValidationError(
    "This photo has more than 40 million pixels. Choose a smaller one."
)
EDGE = 480  # pixels: twice the largest size at which a face is shown


def shrink_photo(upload):
    """Return an uploaded photograph as a small JPEG file named by its content.

    Where it was taken, and everything else the camera wrote into it, is
    dropped. Raises ValidationError, in a sentence, for what is no photograph.
    """
    if upload.size > LARGEST_FILE:
        raise ValidationError("This photo is larger than 8 MB. Choose a smaller one.")
    try:
        upload.seek(0)
        with Image.open(upload, formats=FORMATS) as picture:
            return reencode_photo(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise TOO_MANY_PIXELS from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as fault:
        raise ValidationError(
            "This file cannot be read as a photo. Choose a JPEG, PNG or WebP picture."
        ) from fault


def reencode_photo(picture):
    """Return the picture, upright and at most EDGE pixels wide, as a JPEG file."""
    if picture.width * picture.height > LARGEST_PICTURE:
        raise TOO_MANY_PIXELS
    picture.draft("RGB", (EDGE * 2, EDGE * 2))
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    upright.thumbnail((EDGE, EDGE), Image.Resampling.LANCZOS)
    flat = Image.new("RGB", upright.size, "white")
    flat.paste(upright, mask=upright.getchannel("A"))
    file = BytesIO()
    flat.save(file, "JPEG", quality=82, optimize=True, progressive=True)
    name = hashlib.sha256(file.getvalue()).hexdigest()[:20]
    return ContentFile(file.getvalue(), f"{name}.jpg")
