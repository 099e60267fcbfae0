"""Salted digests: the record can prove words that can still be erased.

An entry on the record holds SHA-256 of a comment's salt and words. The salt
(16 random bytes) is kept with the words and given to the commenter on their
receipt. Whoever has both can show that the record speaks of these words;
without the salt nobody can guess short words by trying them. When a person is
erased the salt goes with the words, and the digest matches nothing any more.
Imports no Django.
"""

import hashlib
import hmac
import secrets


def new_salt() -> str:
    """Return a fresh salt: 16 random bytes in hexadecimal."""
    return secrets.token_hex(16)


def digest(text: str, salt: str) -> str:
    """Return SHA-256 of the salt's bytes followed by the text in UTF-8."""
    return hashlib.sha256(bytes.fromhex(salt) + text.encode()).hexdigest()


def verify(text: str, salt: str, expected: str) -> bool:
    """Tell whether a text and its salt give the digest on the record."""
    return hmac.compare_digest(digest(text, salt), expected)
