"""Submissions: what one person or body sends in one go, without an account.

A submission is the envelope: who speaks, how to reach them, the private link
by which they come back. Its comments and answers are the letter. The email
address is private; erasing a person empties the envelope and the letter, and
the record, which holds only salted digests, still verifies.
"""

from datetime import timedelta

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from commissions.record.references import NotReady
from consultations.comments.approval import Approval, Declinable, Sender, SpeaksFor
from consultations.consultation.models import Consultation, Prompt
from consultations.drafts.models import SectionText
from consultations.signed_links import PrivateLinkQuerySet, address_key, new_key

UNCONFIRMED_FOR = timedelta(days=7)
OWN = "My own"
MOST_SHOWN = 20  # other things that a page of confirmation lists


class SubmissionQuerySet(PrivateLinkQuerySet):
    """Submissions by state."""

    def confirmed(self):
        """Those whose sender followed the link in the mail, and paper ones."""
        return self.filter(confirmed_at__isnull=False, erased_at__isnull=True)

    def waiting_beside(self, one):
        """The others that the same address has yet to confirm, the oldest first."""
        waiting = self.filter(
            address_key=one.address_key,
            confirmed_at__isnull=True,
            erased_at__isnull=True,
        )
        others = waiting.exclude(pk=one.pk).select_related("consultation")
        return others.order_by("received_at", "pk")[:MOST_SHOWN]

    def lapsed(self, at=None):
        """Those not confirmed within seven days: to be erased."""
        at = at or timezone.now()
        return self.filter(
            confirmed_at__isnull=True,
            erased_at__isnull=True,
            received_at__lt=at - UNCONFIRMED_FOR,
        )

    def by_token(self, purpose, token):
        """The one that a private link opens, unless erased."""
        return super().by_token(purpose, token).filter(erased_at__isnull=True)


class Submission(Sender):
    """What one person or body sent to one consultation.

    Its approval is of the name, the role and the body they say they speak for.
    """

    class Channel(models.TextChoices):
        """How it reached us."""

        WEB = "web", gettext_lazy("On this site")
        LETTER = "letter", gettext_lazy("By letter")
        PHONE = "phone", gettext_lazy("By phone")
        MEETING = "meeting", gettext_lazy("At a meeting")

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="submissions"
    )
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    email = models.EmailField(blank=True)
    address_key = models.CharField(max_length=40, blank=True, db_index=True)
    key = models.CharField(max_length=40, unique=True, default=new_key)
    received_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    address_forgotten_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["received_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="submission_from_the_web_has_an_address_until_erased",
                condition=~Q(channel="web")
                | ~Q(email="")
                | Q(erased_at__isnull=False)
                | Q(address_forgotten_at__isnull=False),
                violation_error_message="Give an email address, so that we can send the link that confirms it.",
            ),
        ]

    def __str__(self):
        return f"{self.approved_name} to {self.consultation}"

    @property
    def written_about(self):
        """What it was sent to, for the body that they say they speak for."""
        return self.consultation

    def approve_all(self):
        """Approve the name, each co-signatory and each file, but for those withheld.

        Raises NotReady while a file waits to be checked: nobody has looked at it.
        """
        if self.attachments.filter(state=Attachment.State.WAITING).exists():
            raise NotReady(
                "A file that came with this is still being checked. Look again in "
                "a few minutes, before you publish it."
            )
        files = self.attachments.ready()
        for part in (self, *self.co_signatories.all(), *files):
            part.approve()

    @property
    def is_late(self):
        """Whether it came after the closing time."""
        return self.received_at >= self.consultation.closes_at

    def may_change(self, at=None):
        """Tell whether the sender may still edit: until closing, unless withdrawn."""
        return (
            self.withdrawn_at is None
            and self.erased_at is None
            and not self.consultation.has_closed(at)
        )


class PromptAnswer(models.Model):
    """What a sender says to a prompt."""

    submission = models.ForeignKey(
        Submission, models.CASCADE, related_name="prompt_answers"
    )
    prompt = models.ForeignKey(Prompt, models.PROTECT, related_name="answers")
    text = models.TextField(help_text="Words, a number, or the choices one a line.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "prompt"], name="prompt_is_answered_once"
            ),
        ]

    def __str__(self):
        return self.text[:60]


class AttachmentQuerySet(models.QuerySet):
    """Files by who may read them."""

    def ready(self):
        """Those that have been checked and drawn afresh: the others nobody reads."""
        return self.filter(state=Attachment.State.READY)


class Attachment(Approval, Declinable):
    """A file sent with a submission: PDF, Word or image, checked by content."""

    class State(models.TextChoices):
        """How far it has been checked. Only one that is ready can be read."""

        WAITING = (
            "waiting",
            gettext_lazy("Being checked: it can be read in a few minutes"),
        )
        READY = "ready", gettext_lazy("Checked")
        REFUSED = (
            "refused",
            gettext_lazy(
                "Damaged, locked or too large to check, so nobody can read it. Save the "
                "file again and send it with a new comment"
            ),
        )

    submission = models.ForeignKey(
        Submission, models.CASCADE, related_name="attachments"
    )
    reference = models.CharField(max_length=40, unique=True, default=new_key)
    file = models.FileField(upload_to="attachments/%Y/%m/", max_length=300)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)

    objects = AttachmentQuerySet.as_manager()
    approved_parts = ("name", "content_type", "sha256")

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(state="waiting"),
                name="attachment_waiting",
            ),
        ]

    def __str__(self):
        return self.name

    def show(self):
        """Show it as it is now; raises NotReady before it is checked, Overtaken."""
        if self.state != self.State.READY:
            raise NotReady("This file has not been checked, so nobody can read it.")
        super().show()


class CoSignatoryQuerySet(models.QuerySet):
    """Co-signatories by what they were asked."""

    def asked_beside(self, one):
        """The other comments that the same address was asked to sign."""
        waiting = self.filter(
            address_key=one.address_key,
            confirmed_at__isnull=True,
            submission__confirmed_at__isnull=False,
            submission__erased_at__isnull=True,
        ).exclude(pk=one.pk)
        others = waiting.select_related("submission__consultation")
        return others.order_by("pk")[:MOST_SHOWN]


class CoSignatory(SpeaksFor):
    """Another body or person that signs an organisation's comment by email."""

    submission = models.ForeignKey(
        Submission, models.CASCADE, related_name="co_signatories"
    )
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    address_key = models.CharField(max_length=40, blank=True, db_index=True)
    key = models.CharField(max_length=40, unique=True, default=new_key)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    approved_parts = ("name", "organisation")

    objects = CoSignatoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "co-signatories"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "address_key"],
                condition=~Q(address_key=""),
                name="address_signs_once",
                violation_error_message="Name each email address once.",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.shown_body}" if self.shown_body else self.name

    @property
    def written_about(self):
        """What they sign, for the body that they say they speak for."""
        return self.submission.consultation

    def sign(self):
        """Sign, by the link in the mail; signing again changes nothing."""
        unsigned = CoSignatory.objects.filter(pk=self.pk, confirmed_at__isnull=True)
        unsigned.update(confirmed_at=timezone.now())


class Workspace(models.Model):
    """Where a response is written over several days behind a secret link.

    Colleagues may share it: two who write at once lose no words. One of them
    submits it; it is erased with the unconfirmed submissions if nobody does
    before the consultation closes. Of whoever begins it and gives an address only
    the digest is kept, so that erasing by that address finds it.
    """

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="workspaces"
    )
    organisation = models.CharField(max_length=200)
    address_key = models.CharField(max_length=40, blank=True, db_index=True)
    key = models.CharField(max_length=40, unique=True, default=new_key)
    prompt_answers = models.JSONField(
        default=dict,
        blank=True,
        help_text="Answers typed so far, by the key of their prompt.",
    )
    created_at = models.DateTimeField(default=timezone.now)
    submission = models.OneToOneField(
        Submission, models.SET_NULL, null=True, blank=True, related_name="workspace"
    )

    objects = PrivateLinkQuerySet.as_manager()

    def __str__(self):
        return f"{self.organisation} on {self.consultation}"

    @property
    def of_organisation(self):
        """The organisation whose response it is; empty where somebody writes their own."""
        own = {OWN.casefold(), gettext("My own").casefold()}
        return "" if self.organisation.strip().casefold() in own else self.organisation

    @classmethod
    def keep(cls, consultation, organisation, comments, prompt_answers, email=""):
        """Keep what somebody has written so far in a new workspace, and return it.

        `comments` are the fields of comments; `prompt_answers` are {prompt: text};
        `email` is theirs, if they typed it.
        """
        with transaction.atomic():
            workspace = cls.objects.create(
                consultation=consultation,
                organisation=organisation,
                address_key=address_key(email) if email.strip() else "",
                prompt_answers={
                    str(prompt.pk): text for prompt, text in prompt_answers.items()
                },
            )
            Contribution.objects.bulk_create(
                Contribution(workspace=workspace, **fields) for fields in comments
            )
        return workspace

    def write(self, section_text, text, *, version, author):
        """Write one box; return the other's words where somebody was first, else None.

        `version` is the one the writer had read; 0 where the box was empty.
        """
        box = self.contributions.filter(section_text=section_text)
        existing = box.first()
        if existing is None:
            return self.write_first(section_text, text, author)
        if existing.text == text:
            return None
        moved = box.filter(version=version).update(
            text=text, author=author, version=version + 1
        )
        return None if moved else box.get()

    def write_first(self, section_text, text, author):
        """Write the first words of a box, unless somebody has just done so."""
        if not text.strip():
            return None
        box, new = self.contributions.get_or_create(
            section_text=section_text, defaults={"text": text, "author": author}
        )
        return None if new or box.text == text else box


class Contribution(models.Model):
    """What is written so far in a workspace on one section, or on the whole."""

    workspace = models.ForeignKey(
        Workspace, models.CASCADE, related_name="contributions"
    )
    section_text = models.ForeignKey(
        SectionText, models.PROTECT, null=True, blank=True, related_name="+"
    )
    author = models.CharField(max_length=100, blank=True)
    text = models.TextField()
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "section_text"],
                condition=Q(section_text__isnull=False),
                name="workspace_has_one_text_a_section",
            ),
            models.UniqueConstraint(
                fields=["workspace"],
                condition=Q(section_text__isnull=True),
                name="workspace_has_one_text_on_the_whole",
            ),
        ]

    def __str__(self):
        return self.text[:60]
