"""What was approved: the public reads exactly that, and nothing that came later.

A comment, a sender's name with the body they speak for, each co-signatory and each
file keep a digest of what a moderator looked at, or what the body's rule for known
addresses let through. Where the digest no longer matches, it is not shown. The
database refuses a change of approved words without a new digest (`triggers.py`).

The record never holds a comment's words, only a salted digest. The salt is kept with
the words and erased with them, so that nobody can find an erased comment again by
trying likely texts; the commenter's receipt holds both, and proves what was said.

    digest = SHA-256(salt || text), 16 random bytes and the text in UTF-8

The text is written one way first (Unicode NFC, lines ended by a line feed, no white
space round the whole), so that a receipt saved on another machine still verifies.
"""

import hashlib
import json
import secrets
import unicodedata

from django.db import models

from commissions.record.references import Overtaken

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


class DeclineReason(models.TextChoices):
    """Why a comment is not published, or a passage, a name or a file is hidden."""

    PERSONAL = "personal", "It contains somebody's personal details"
    ABUSIVE = "abusive", "It is abusive or threatening"
    UNLAWFUL = "unlawful", "It may be against the law to publish it"
    ADVERTISING = "advertising", "It is advertising"
    UNRELATED = "unrelated", "It is not about this consultation"
    DUPLICATE = "duplicate", "The same person sent the same words before"


def fingerprint(*parts):
    """Return the digest of several values, each in its place."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


class Approval(models.Model):
    """A name or a file that the public sees once it is approved, unless withheld.

    `approved_parts` names the fields that the digest covers.
    """

    approved_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    withheld_as = models.CharField(max_length=20, choices=DeclineReason, blank=True)

    approved_parts = ()

    class Meta:
        abstract = True

    def fingerprint(self):
        """Return the digest of what would be shown."""
        return fingerprint(*(getattr(self, name) for name in self.approved_parts))

    @property
    def is_approved(self):
        """Whether the public may see it as it is."""
        return not self.withheld_as and self.approved_sha256 == self.fingerprint()

    def approve(self):
        """Let the public see it as it is now, unless it is withheld."""
        same = {name: getattr(self, name) for name in self.approved_parts}
        rows = type(self).objects.filter(pk=self.pk, withheld_as="", **same)
        if rows.update(approved_sha256=self.fingerprint()):
            self.approved_sha256 = self.fingerprint()

    def withhold(self, reason):
        """Hide it alone, for a reason; raises Overtaken where it is hidden already."""
        if (
            not type(self)
            .objects.filter(pk=self.pk, withheld_as="")
            .update(withheld_as=reason)
        ):
            raise Overtaken("Somebody else has hidden this already.")
        self.withheld_as = reason

    def show(self):
        """Show it as it is now; raises Overtaken where it is shown already."""
        hidden = type(self).objects.filter(pk=self.pk).exclude(withheld_as="")
        if not hidden.update(withheld_as="", approved_sha256=self.fingerprint()):
            raise Overtaken("Somebody else has shown this again already.")
        self.refresh_from_db()
