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
from functools import wraps

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from commissions.organisations.models import Organisation
from commissions.record.references import NotReady, Overtaken
from consultations.languages import language_field

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

    PERSONAL = "personal", gettext_lazy("It contains somebody's personal details")
    ABUSIVE = "abusive", gettext_lazy("It is abusive or threatening")
    UNLAWFUL = "unlawful", gettext_lazy("It may be against the law to publish it")
    ADVERTISING = "advertising", gettext_lazy("It is advertising")
    UNRELATED = "unrelated", gettext_lazy("It is not about this consultation")
    DUPLICATE = "duplicate", gettext_lazy("The same person sent the same words before")


def fingerprint(*parts):
    """Return the digest of several values, each in its place."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def held(verb):
    """Let a verb begin by holding what it changes, as it was read; else Overtaken.

    Each thing has one order in which its rows are held (`hold`), so that of several
    who act at once each waits for the one before, and none for each other.
    """

    @wraps(verb)
    def begun(self, *args, **kwargs):
        with transaction.atomic():
            self.hold()
            return verb(self, *args, **kwargs)

    return begun


def hold(rows):
    """Hold rows until the transaction ends; tell whether there are any."""
    return bool(list(rows.select_for_update().order_by("pk").values_list("pk")))


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


class SpeaksFor(Approval):
    """Who says that they speak for a body.

    One that is known here is asked by its own mailbox; until it agrees the public
    reads that it has not.
    """

    organisation = models.CharField(max_length=200, blank=True)
    speaks_for = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The body known here under that name: its mailbox is asked.",
    )
    body_confirmed_at = models.DateTimeField(null=True, blank=True)
    body_denied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def shown_body(self):
        """The body they say they speak for, and whether a body known here agrees."""
        if self.body_denied_at:
            return ""
        if self.speaks_for_id and not self.body_confirmed_at:
            said = gettext("{organisation} (not confirmed by that organisation)")
            return said.format(organisation=self.organisation)
        return self.organisation

    @property
    def body_to_ask(self):
        """The body known here that has yet to say whether they speak for it."""
        answered = self.body_confirmed_at or self.body_denied_at
        return None if answered else self.speaks_for

    def answer_for_body(self, *, agrees, at=None):
        """Keep what the body's mailbox says: once, and never over another answer."""
        asked = type(self).objects.filter(
            pk=self.pk,
            speaks_for__isnull=False,
            body_confirmed_at__isnull=True,
            body_denied_at__isnull=True,
        )
        field = "body_confirmed_at" if agrees else "body_denied_at"
        asked.update(**{field: at or timezone.now()})
        self.refresh_from_db()


def body_called(name):
    """Return the body known here by the name that somebody gives, or None."""
    return Organisation.objects.called(name).first()


class Sender(SpeaksFor):
    """Who sent a comment or asks a question."""

    class Role(models.TextChoices):
        """Who is speaking."""

        USES_SERVICE = "uses_service", gettext_lazy("I use this service")
        CARER = "carer", gettext_lazy("I care for someone who uses it")
        RESIDENT = "resident", gettext_lazy("I live here")
        PROVIDER = "provider", gettext_lazy("I provide services")
        FRONTLINE = "frontline", gettext_lazy("I work with people who use it")
        COMMUNITY = (
            "community",
            gettext_lazy("I speak for a community group or charity"),
        )
        COLLEAGUE = "colleague", gettext_lazy("I work for the council")
        OTHER_BODY = "other_body", gettext_lazy("I work for another public body")
        OTHER = "other", gettext_lazy("Something else")

    role = models.CharField(max_length=20, choices=Role)
    public_name = models.CharField(max_length=200, blank=True)
    name_withheld = models.BooleanField(default=False)
    erased_at = models.DateTimeField(null=True, blank=True)
    language = language_field()

    approved_parts = ("public_name", "name_withheld", "organisation", "role")
    nameless = gettext_lazy("Name withheld")
    removed = gettext_lazy("Removed at the sender’s request")

    class Meta:
        abstract = True

    @property
    def shown_name(self):
        """The name as its sender wishes it to be shown, approved or not."""
        if self.erased_at:
            return str(self.removed)
        body = self.shown_body
        if self.name_withheld or not self.public_name:
            return body or str(self.nameless)
        return f"{self.public_name}, {body}" if body else self.public_name

    @property
    def approved_name(self):
        """The name the public sees: nothing but what was approved."""
        if self.erased_at or self.is_approved:
            return self.shown_name
        return str(self.nameless)

    @property
    def approved_role(self):
        """Who is speaking, as the public sees it."""
        return self.role if self.is_approved else ""


SECOND_PERSON = (
    "You run this, so a second person decides whether it is kept from the public. Your "
    "reason is kept for them."
)


def second_person(name):
    """Return the constraint that who proposes to hide something does not decide it."""
    return models.CheckConstraint(
        name=name,
        condition=models.Q(decline_proposed_by__isnull=True)
        | models.Q(declined_by__isnull=True)
        | ~models.Q(decline_proposed_by=models.F("declined_by")),
        violation_error_message=SECOND_PERSON,
    )


def decided_by():
    """Return the field for the account that kept something from the public."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )


class Declinable(models.Model):
    """What can be kept from the public, with why, and who proposed that.

    Who runs what it criticises only proposes: a second person decides.
    """

    decline_words = models.TextField(blank=True)
    decline_proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who runs what it criticises and would not publish it.",
    )

    class Meta:
        abstract = True

    def check_declining(self, words, person):
        """Raise NotReady where nobody says why, or one person would be both."""
        if not words.strip():
            raise NotReady("Say in a sentence why. We email it to the sender.")
        if person and person.pk == self.decline_proposed_by_id:
            raise NotReady(SECOND_PERSON)

    def propose(self, *, words, person):
        """Keep why somebody would keep it from the public, for a second person.

        Raises NotReady without a word why, Overtaken where somebody has proposed it.
        """
        self.check_declining(words, None)
        first = type(self).objects.filter(pk=self.pk, decline_proposed_by__isnull=True)
        if not first.update(decline_words=words, decline_proposed_by=person):
            raise Overtaken("Somebody else has just proposed this. Look again.")
        self.refresh_from_db()


class Changeable(Declinable):
    """Public words whose sender may ask for other ones: its `pending_edit` waits."""

    noun = ""  # of a comment, of a question: in what a refusal says

    class Meta(Declinable.Meta):
        abstract = True

    @property
    def is_changing(self):
        """Whether its sender asks for a change that no moderator has looked at."""
        return hasattr(self, "pending_edit")

    def reread(self):
        """Read it from the database again, with what was worked out of it."""
        self.refresh_from_db()
        self.__dict__.pop("approved", None)

    def edit_asked_for(self):
        """Return the change that waits; raise Overtaken where none does."""
        edits = self._meta.get_field("pending_edit")
        asked = edits.related_model.objects.filter(**{edits.field.name: self}).first()
        if asked is None or self.state != "published":
            raise Overtaken(f"No change of this {self.noun} is waiting any more.")
        return asked

    @held
    def refuse_edit(self, *, by, words, person=None):
        """Leave it as it is public; the change is dropped.

        Raises NotReady without a word why, Overtaken.
        """
        asked = self.edit_asked_for()
        asked.check_declining(words, person)
        with transaction.atomic():
            asked.delete()
            self.move(None, None, by=by, since=self.stated_at)


NOBODY_DECLINED = {
    "decline_reason": "",
    "decline_words": "",
    "decline_proposed_by": None,
    "declined_by": None,
}
"""The fields of what is not declined, and nobody proposes it."""
