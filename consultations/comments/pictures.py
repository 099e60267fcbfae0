"""Pictures from strangers: measured by their headers, drawn afresh in a cage.

`header` reads the first bytes and decodes nothing, so that a small file which
says it has forty million pixels costs a request nothing. `redrawn` decodes in a
process of its own, with limits of memory and time: this file run as a program,
which imports neither Django nor anything of ours.
"""

import io
import resource
import struct
import subprocess
import sys
import warnings
from dataclasses import dataclass
from math import ceil
from pathlib import Path

MOST_PIXELS = 40_000_000
MEMORY = 1_500_000_000  # bytes of addresses: three times what the largest takes
SECONDS = 30
PNG = b"\x89PNG\r\n\x1a\n"
MOST_SEGMENTS = 1_000  # of a JPEG, before its picture begins
WITHOUT_LENGTH = {0xFF: 1, 0x01: 2, **dict.fromkeys(range(0xD0, 0xD8), 2)}
BEGINS = frozenset({0xD9, 0xDA})
SIZES_OF_JPEG = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class Refused(Exception):
    """This picture cannot be drawn within the limits."""


@dataclass(frozen=True)
class Header:
    """What a picture says of itself."""

    media_type: str
    width: int
    height: int


def header(content):
    """Return what a PNG, JPEG or WebP says of itself, or None where it is none."""
    for kind, measure in (("png", png), ("jpeg", jpeg), ("webp", webp)):
        try:
            size = measure(content)
        except (struct.error, IndexError):
            return None
        if size and all(size):
            return Header(f"image/{kind}", *size)
    return None


def png(content):
    """Return the size of a PNG, whose first chunk states it."""
    if content.startswith(PNG) and content[12:16] == b"IHDR":
        return struct.unpack(">II", content[16:24])
    return None


def jpeg(content):
    """Return the size of a JPEG: the largest that any of its frames states."""
    if not content.startswith(b"\xff\xd8\xff"):
        return None
    frames = (
        struct.unpack(">HH", content[at + 5 : at + 9])[::-1]
        for marker, at in segments(content)
        if marker in SIZES_OF_JPEG
    )
    return max(frames, default=None)


def segments(content):
    """Give each segment of a JPEG, by marker and place, until its picture begins."""
    at = 2
    for _ in range(MOST_SEGMENTS):
        marker = content[at + 1]
        if content[at] != 0xFF or marker in BEGINS:
            return
        yield marker, at
        at += WITHOUT_LENGTH.get(marker) or 2 + int.from_bytes(content[at + 2 : at + 4])


def webp(content):
    """Return the size of a WebP of one of its three kinds."""
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        return None
    kind, at = content[12:16], content[20:]
    if kind == b"VP8X":
        return 1 + int.from_bytes(at[4:7], "little"), 1 + int.from_bytes(
            at[7:10], "little"
        )
    if kind == b"VP8L" and at[:1] == b"\x2f":
        bits = struct.unpack("<I", at[1:5])[0]
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 " and at[3:6] == b"\x9d\x01\x2a":
        wide, high = struct.unpack("<HH", at[6:10])
        return wide & 0x3FFF, high & 0x3FFF
    return None


def redrawn(content, media_type):
    """Return a picture drawn afresh, upright; raise Refused where that cannot be."""
    command = [sys.executable, "-I", str(Path(__file__).resolve())]
    command += [media_type, str(MEMORY), str(ceil(SECONDS))]
    try:
        done = subprocess.run(  # no shell; the media type is one of ours
            command, input=content, capture_output=True, timeout=SECONDS, check=True
        )
    except subprocess.TimeoutExpired:
        raise Refused("it took too long") from None
    except subprocess.CalledProcessError as failed:
        raise Refused(f"exit status {failed.returncode}") from None
    return done.stdout


def draw(content, media_type):
    """Draw a picture afresh, in this process: its pixels upright, nothing else."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - only in the cage

    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    kind = media_type.removeprefix("image/").upper()
    with Image.open(io.BytesIO(content), formats=[kind]) as picture:
        upright = ImageOps.exif_transpose(picture)
    alpha = kind != "JPEG" and upright.has_transparency_data
    plain = upright.convert("RGBA" if alpha else "RGB")
    plain.info.clear()
    out = io.BytesIO()
    plain.save(out, format=kind, quality=90)
    return out.getvalue()


def cage(memory, seconds):
    """Give this process little memory and little time, and no files to write."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main():
    """Draw what comes in on standard input; any fault is exit status 1."""
    media_type, memory, seconds = sys.argv[1:]
    cage(int(memory), int(seconds))
    try:
        drawn = draw(sys.stdin.buffer.read(), media_type)
    except Exception as fault:  # a decoder may fail in any way
        sys.exit(f"{type(fault).__name__}")
    sys.stdout.buffer.write(drawn)


if __name__ == "__main__":
    main()
