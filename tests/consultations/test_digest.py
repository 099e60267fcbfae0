"""Erasable words are proved by a salted digest, and by nothing less."""

import hashlib

import pytest

from consultations.comments.approval import digest, new_salt

SALT = bytes(range(16))


def test_the_digest_is_sha_256_of_salt_and_text():
    assert digest("Keep it open.", SALT) == (
        hashlib.sha256(SALT + b"Keep it open.").hexdigest()
    )


def test_the_digest_never_changes_between_releases():
    assert digest("caf\u00e9\nopen", SALT) == (
        "0e26717cb60678a8c06cf2d3a6f5474b595478b2f2416f6503279594f1b2082c"
    )


def test_one_text_has_another_salt_every_time():
    assert len(bytes.fromhex(new_salt())) == 16
    assert new_salt() != new_salt()


@pytest.mark.parametrize("saved", ["a\r\nb", "a\rb", "a\nb\n", "  a\nb"])
def test_a_receipt_saved_on_another_machine_still_has_the_digest(saved):
    assert digest(saved, SALT) == digest("a\nb", SALT)


@pytest.mark.parametrize(
    ("words", "salt"), [("a", SALT), ("A\nb", SALT), ("a\nb", SALT[::-1])]
)
def test_other_words_or_another_salt_have_another_digest(words, salt):
    assert digest(words, salt) != digest("a\nb", SALT)


@pytest.mark.parametrize("salt", [b"", SALT[:15], SALT + b"x"])
def test_a_salt_of_another_length_is_refused(salt):
    with pytest.raises(ValueError, match="16 bytes"):
        digest("a", salt)
