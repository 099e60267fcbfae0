"""Comments: what was said, on which words, with which outcome.

A comment belongs to the words it was made on, for ever. Its state moves by
verbs with a guarded update: of two people who act at once, the second is told
what the first did. Its entries on the record hold a salted digest of the
text, so that words can be redacted or erased while the record still verifies.
"""

from django.db import models, transaction
from django.db.models import Prefetch, Q
from django.utils import timezone

from commissions.record.exceptions import NotReady, Overtaken
from commissions.record.models import Entry, Kind
from commissions.record.references import new_short_reference
from consultations.comments.digest import digest, new_salt
from consultations.comments.submissions import Attachment, CoSignatory, Submission
from consultations.consultation.models import Consultation
from consultations.drafts.models import Section, SectionText


class State(models.TextChoices):
    """The states of a comment. Only a published one is public."""

    UNCONFIRMED = "unconfirmed", "Waiting for the sender to confirm by email"
    AWAITING = "awaiting", "Waiting for a moderator"
    PUBLISHED = "published", "Published"
    DECLINED = "declined", "Not published"
    WITHDRAWN = "withdrawn", "Withdrawn by the sender"


class Outcome(models.TextChoices):
    """What was decided about a comment, with a reason."""

    ACCEPTED = "accepted", "Accepted"
    PARTLY = "partly", "Accepted in part"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    OUT_OF_SCOPE = "out_of_scope", "Outside what this consultation decides"
    ALREADY = "already", "Already so"


class DeclineReason(models.TextChoices):
    """Why a comment is not published, or a passage is hidden."""

    PERSONAL = "personal", "It contains somebody's personal details"
    ABUSIVE = "abusive", "It is abusive or threatening"
    UNLAWFUL = "unlawful", "It may be against the law to publish it"
    ADVERTISING = "advertising", "It is advertising"
    UNRELATED = "unrelated", "It is not about this consultation"
    DUPLICATE = "duplicate", "The same person sent the same words before"


class CommentQuerySet(models.QuerySet):
    """Comments by who may see them."""

    def public(self):
        """Comments that everybody may read: each needs an outcome."""
        return self.filter(state=State.PUBLISHED)

    def awaiting_moderation(self):
        """Comments that a moderator has yet to look at, oldest first."""
        return self.filter(state=State.AWAITING).order_by("stated_at", "pk")

    def flagged(self):
        """Published comments with a flag that nobody has settled."""
        open_flags = Flag.objects.filter(settled_at__isnull=True)
        return self.public().filter(pk__in=open_flags.values("comment"))

    def without_outcome(self):
        """Public comments that still lack an outcome."""
        return self.public().filter(outcome="")

    def with_sender(self):
        """Fetch with comments who sent them, and the words they were made on."""
        return self.select_related(
            "submission__consultation",
            "consultation__response__draft",
            "section_text__section",
            "section_text__draft__specification",
            "changed_section",
            "theme",
        )

    def for_page(self):
        """Fetch with comments all that a page or a file shows of them."""
        return self.with_sender().prefetch_related(*RELATED)


RELATED = [
    "redactions",
    Prefetch(
        "submission__co_signatories",
        CoSignatory.objects.filter(confirmed_at__isnull=False),
        to_attr="signed",
    ),
    Prefetch(
        "submission__attachments",
        Attachment.objects.ready(),
        to_attr="ready_files",
    ),
]
"""The rows of each comment that a page shows: hidden passages, who signed, files."""


class Comment(models.Model):
    """What a submission says about one section, or about the whole."""

    class Stance(models.TextChoices):
        """Where the comment stands towards the words."""

        SUPPORT = "support", "I support this"
        CONCERN = "concern", "I have a concern"
        CHANGE = "change", "I suggest a change"

    reference = models.CharField(
        max_length=20, unique=True, default=new_short_reference
    )
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="comments")
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="comments"
    )
    section_text = models.ForeignKey(
        SectionText,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="comments",
        help_text="The words it was made on; empty for the whole draft.",
    )
    quote = models.TextField(blank=True)
    stance = models.CharField(max_length=10, choices=Stance, blank=True)
    text = models.TextField()
    proposed_wording = models.TextField(blank=True)
    salt = models.CharField(max_length=32, default=new_salt, blank=True, editable=False)

    state = models.CharField(max_length=20, choices=State, default=State.UNCONFIRMED)
    stated_at = models.DateTimeField(default=timezone.now)
    decline_reason = models.CharField(max_length=20, choices=DeclineReason, blank=True)
    decline_words = models.TextField(blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    theme = models.ForeignKey(
        "consultations.Theme",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="comments",
    )
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    outcome_reason = models.TextField(blank=True)
    changed_section = models.ForeignKey(
        Section,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="changed_by",
        help_text="The section that it changed, in the version of the response.",
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["stated_at", "pk"]
        indexes = [
            models.Index(
                fields=["section_text", "state", "stated_at", "id"],
                name="comment_by_section",
            ),
            models.Index(
                fields=["consultation", "state", "stated_at", "id"],
                name="comment_by_consultation",
            ),
            models.Index(fields=["state", "stated_at", "id"], name="comment_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                name="comment_outcome_has_a_reason_and_a_time",
                condition=Q(outcome="", outcome_reason="", answered_at__isnull=True)
                | (
                    ~Q(outcome="")
                    & ~Q(outcome_reason="")
                    & Q(answered_at__isnull=False)
                ),
                violation_error_message="Give the outcome and a reason for it.",
            ),
            models.CheckConstraint(
                name="comment_declined_has_a_reason",
                condition=~Q(state="declined") | ~Q(decline_reason=""),
                violation_error_message="Choose why the comment is not published.",
            ),
        ]

    def __str__(self):
        return f"Comment {self.reference}"

    @property
    def record_name(self):
        return f"comment/{self.reference}"

    @property
    def record_commission(self):
        return self.consultation.commission.reference

    @property
    def tick(self):
        """This comment as it was read: its reference and version, for a form."""
        return f"{self.reference}.{self.version}"

    def words(self):
        """Return everything the digest covers: text, quote, proposed wording."""
        return "\n".join([self.text, self.quote, self.proposed_wording])

    def digest(self):
        """Return the salted digest that is on the record for its words."""
        return digest(self.words(), bytes.fromhex(self.salt))

    def move(self, to, kind, *, by, since=None, facts=None, at=None, **fields):
        """Go to a state, if nobody was first, and put it on the record.

        Raises Overtaken, saying what the other person did, where the state is
        no longer the one this object was read with.
        """
        with transaction.atomic():
            unmoved = Comment.objects.filter(
                pk=self.pk, state=self.state, version=self.version
            )
            since = since or at or timezone.now()
            if not unmoved.update(
                state=to, stated_at=since, version=self.version + 1, **fields
            ):
                self.refresh_from_db()
                raise Overtaken(
                    "Somebody else was first: this comment is now "
                    f"“{self.get_state_display().lower()}”."
                )
            if kind:
                Entry.objects.append(kind, self, by=by, at=at, **(facts or {}))
        self.refresh_from_db()

    def publish(self, *, by, at=None):
        """Show the comment in public."""
        facts = {
            "sha256": self.digest(),
            "section": self.section_text.section.key if self.section_text else None,
            "consultation": self.consultation.reference,
        }
        self.move(
            State.PUBLISHED,
            Kind.COMMENT_PUBLISHED,
            by=by,
            at=at,
            facts=facts,
            decline_reason="",
            decline_words="",
        )

    def decline(self, *, reason, words, by, at=None):
        """Do not publish it, for a reason from the list and in words.

        Raises NotReady where the words are missing.
        """
        if not words.strip():
            raise NotReady(
                "Say in a sentence why it is not published. The sender is told."
            )
        self.move(
            State.DECLINED,
            Kind.COMMENT_DECLINED,
            by=by,
            at=at,
            facts={"reason": reason, "consultation": self.consultation.reference},
            decline_reason=reason,
            decline_words=words,
        )

    def reconsider(self, *, by):
        """Undo a moderator's act: put the comment back in the queue."""
        self.move(
            State.AWAITING,
            Kind.COMMENT_RECONSIDERED,
            by=by,
            facts={"consultation": self.consultation.reference},
            decline_reason="",
            decline_words="",
        )

    @property
    def shown_text(self):
        """The words the public reads: hidden passages replaced by their reasons."""
        return self.without_hidden(self.text)

    @property
    def shown_wording(self):
        """The proposed wording the public reads."""
        return self.without_hidden(self.proposed_wording)

    def without_hidden(self, text):
        """Replace each hidden passage by a note that says why it is hidden."""
        for redaction in self.redactions.all():
            if redaction.undone_at is None:
                note = f"[Passage removed: {redaction.words}]"
                text = text.replace(redaction.passage, note)
        return text

    def redact(self, passage, *, reason, words, by, at=None):
        """Hide a passage from the public, for a reason that the public sees.

        Raises NotReady where the passage does not stand in the comment or the
        words are missing.
        """
        gaps = []
        if (
            not passage.strip()
            or passage not in self.text + "\n" + self.proposed_wording
        ):
            gaps.append(
                "Copy the passage exactly as it stands in the comment: it was not found."
            )
        if not words.strip():
            gaps.append(
                "Say in a sentence why the passage is hidden. The public sees it."
            )
        if gaps:
            raise NotReady(*gaps)
        with transaction.atomic():
            redaction = self.redactions.create(
                passage=passage, reason=reason, words=words, at=at or timezone.now()
            )
            Entry.objects.append(
                Kind.COMMENT_REDACTED,
                self,
                by=by,
                at=at,
                reason=reason,
                consultation=self.consultation.reference,
            )
        return redaction

    def withdraw(self, *, at=None):
        """Take the comment back, as its sender asks. Its reference stays."""
        self.move(
            State.WITHDRAWN,
            Kind.COMMENT_WITHDRAWN if self.state == State.PUBLISHED else None,
            by="commenter",
            at=at,
            facts={"consultation": self.consultation.reference},
        )

    def edit(self, *, text, quote, stance, proposed_wording, held, at=None):
        """Change the words before closing; the earlier ones stay in the history.

        `held` sends it back to a moderator, where all or first comments are.
        Raises NotReady after closing, Overtaken where it changed meanwhile.
        """
        if not self.submission.may_change(at):
            raise NotReady(
                "This consultation has closed, so comments can no longer change."
            )
        with transaction.atomic():
            self.revisions.create(
                replaced_at=at or timezone.now(),
                text=self.text,
                quote=self.quote,
                stance=self.stance,
                proposed_wording=self.proposed_wording,
            )
            was_public = self.state == State.PUBLISHED
            self.text, self.quote = text, quote
            self.proposed_wording = proposed_wording
            self.move(
                State.AWAITING if held and was_public else self.state,
                Kind.COMMENT_EDITED if was_public else None,
                by="commenter",
                facts={"sha256": self.digest()},
                since=self.stated_at,
                at=at,
                text=text,
                quote=quote,
                stance=stance,
                proposed_wording=proposed_wording,
                edited_at=at or timezone.now(),
            )

    def give_outcome(
        self, outcome, *, reason, changed_section=None, theme=None, at=None
    ):
        """Give the comment its outcome, with a reason and the section it changed.

        Not public until the response is published, as a batch; until then it
        can be changed. Raises NotReady where the reason is missing, or where
        the response is out.
        """
        if not reason.strip():
            raise NotReady("Give a reason: the person who commented reads it.")
        if self.consultation.is_answered():
            raise NotReady(
                "The response is published, so outcomes can no longer change."
            )
        unchanged = Comment.objects.filter(pk=self.pk, version=self.version)
        if not unchanged.update(
            outcome=outcome,
            outcome_reason=reason,
            changed_section=changed_section,
            theme=theme or self.theme,
            answered_at=at or timezone.now(),
            version=self.version + 1,
        ):
            raise Overtaken("Somebody else has just answered this comment. Look again.")
        self.refresh_from_db()


class Revision(models.Model):
    """The words of a comment before its sender edited it."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="revisions")
    text = models.TextField()
    quote = models.TextField(blank=True)
    stance = models.CharField(max_length=10, blank=True)
    proposed_wording = models.TextField(blank=True)
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["replaced_at"]

    def __str__(self):
        return f"{self.comment} until {self.replaced_at}"


class Redaction(models.Model):
    """A passage hidden from the public, and why. The reason is public."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="redactions")
    passage = models.TextField(help_text="The words to hide, exactly as they stand.")
    reason = models.CharField(max_length=20, choices=DeclineReason)
    words = models.TextField(help_text="Why, in a sentence the public can read.")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at"]

    def __str__(self):
        return f"passage of {self.comment}"

    def undo(self, *, by):
        """Show the passage again."""
        with transaction.atomic():
            hidden = Redaction.objects.filter(pk=self.pk, undone_at__isnull=True)
            if not hidden.update(undone_at=timezone.now()):
                raise Overtaken("Somebody else has shown this passage again already.")
            Entry.objects.append(
                Kind.COMMENT_RECONSIDERED,
                self.comment,
                by=by,
                consultation=self.comment.consultation.reference,
            )


class Flag(models.Model):
    """A reader's word that something is wrong with a published comment."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="flags")
    reason = models.CharField(max_length=20, choices=DeclineReason)
    words = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_as = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at"]

    def __str__(self):
        return f"flag on {self.comment}"

    def settle(self, words):
        """Say what came of it; raises Overtaken where it is settled."""
        unsettled = Flag.objects.filter(pk=self.pk, settled_at__isnull=True)
        if not unsettled.update(settled_at=timezone.now(), settled_as=words):
            raise Overtaken("Somebody else has settled this flag already.")
