"""The council's logo: one small file that the portal itself serves."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

LARGEST = 100_000  # bytes: it is on every page
STARTS = {
    "image/png": lambda content: content.startswith(b"\x89PNG\r\n\x1a\n"),
    "image/svg+xml": lambda content: b"<svg" in content[:2000],
}


@dataclass(frozen=True)
class Logo:
    """A picture, its media type, and its version, which its address names."""

    content: bytes
    kind: str
    version: str


@lru_cache(maxsize=4)
def read_logo(path):
    """Return the Logo in a file, read once; raises ValueError, with a sentence."""
    try:
        with Path(path).open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError:
        raise ValueError(f"“{path}” cannot be read.") from None
    if len(content) > LARGEST:
        raise ValueError(f"“{path}” is larger than 100 kB.")
    kind = next((kind for kind, fits in STARTS.items() if fits(content)), None)
    if kind is None:
        raise ValueError(f"“{path}” is neither an SVG nor a PNG picture.")
    return Logo(content, kind, hashlib.sha256(content).hexdigest()[:12])
