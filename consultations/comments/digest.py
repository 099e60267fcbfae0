"""Prove words without keeping them: a salted digest of a text that may be erased.

The record never holds a comment's words, only the digest. The salt is kept with
the words and erased with them, so that nobody can find an erased comment again by
trying likely texts; the commenter's receipt holds both, and proves what was said.

    digest = SHA-256(salt || text), 16 random bytes and the text in UTF-8

The text is written one way first (Unicode NFC, lines ended by a line feed, no white
space round the whole), so that a receipt saved on another machine still verifies.
"""

import hashlib
import secrets
import unicodedata

SALT_BYTES = 16


def new_salt() -> str:
    """Draw a salt, in hexadecimal."""
    return secrets.token_hex(SALT_BYTES)


def digest(text: str, salt: bytes) -> str:
    """Return the digest of a text under a salt, as 64 hexadecimal digits.

    Raises `ValueError` for a salt of another length, which would make two texts
    share one digest.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"A salt has {SALT_BYTES} bytes, not {len(salt)}.")
    return hashlib.sha256(salt + one_way(text).encode()).hexdigest()


def one_way(text: str) -> str:
    """Write a text the one way that is digested."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return lines.strip()
