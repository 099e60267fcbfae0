"""Comments: what was said, on which words, with which outcome.

A comment belongs to the words it was made on, for ever. Its state moves by
verbs with a guarded update: of two people who act at once, the second reads
what the first did. Its entries on the record hold a salted digest of the
text, so that words can be redacted or erased while the record still verifies.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from django.db import models, transaction
from django.db.models import Count, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from commissions.record.models import Entry, Kind
from commissions.record.references import NotReady, Overtaken, new_short_reference
from consultations.comments import redaction
from consultations.comments.approval import (
    NOBODY_DECLINED,
    Changeable,
    Declinable,
    DeclineReason,
    decided_by,
    digest,
    fingerprint,
    held,
    hold,
    new_salt,
    second_person,
)
from consultations.comments.near_duplicates import text_key
from consultations.comments.submissions import Attachment, CoSignatory, Submission
from consultations.comments.triggers import STEPS
from consultations.consultation.models import Consultation
from consultations.drafts.models import Section, SectionText


class CommentState(models.TextChoices):
    """The states of a comment. Only a published one is public."""

    UNCONFIRMED = (
        "unconfirmed",
        gettext_lazy("Waiting for the sender to confirm by email"),
    )
    AWAITING = "awaiting", gettext_lazy("Waiting for a moderator")
    PUBLISHED = "published", gettext_lazy("Published")
    DECLINED = "declined", gettext_lazy("Not published")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn by the sender")


CHECKING = gettext_lazy("[A moderator is checking this comment]")
CHANGEABLE = ("text", "quote", "stance", "proposed_wording")


class Outcome(models.TextChoices):
    """What was decided about a comment, with a reason."""

    ACCEPTED = "accepted", gettext_lazy("Accepted")
    PARTLY = "partly", gettext_lazy("Accepted in part")
    NOT_ACCEPTED = "not_accepted", gettext_lazy("Not accepted")
    OUT_OF_SCOPE = (
        "out_of_scope",
        gettext_lazy("Outside what this consultation decides"),
    )
    ALREADY = "already", gettext_lazy("Already the case")


class CommentQuerySet(models.QuerySet):
    """Comments by who may see them."""

    def public(self):
        """Comments that everybody may read: each needs an outcome."""
        return self.filter(state=CommentState.PUBLISHED)

    def awaiting_moderation(self):
        """Comments that a moderator has yet to look at, oldest first.

        A published one waits where its sender asks for a change.
        """
        changing = Q(state=CommentState.PUBLISHED, pending_edit__isnull=False)
        waiting = self.filter(Q(state=CommentState.AWAITING) | changing)
        return waiting.order_by("stated_at", "pk")

    def readable_by_staff(self):
        """Comments whose senders confirmed them: of the others nobody reads a word."""
        return self.exclude(state=CommentState.UNCONFIRMED)

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
            "pending_edit",
        )

    def for_page(self):
        """Fetch with comments all that a page or a file shows of them."""
        return self.with_sender().prefetch_related(*RELATED)


RELATED = [
    "redactions",
    Prefetch(
        "submission__co_signatories",
        CoSignatory.objects.filter(
            Q(confirmed_at__isnull=False, withheld_as="") & ~Q(approved_sha256="")
        ),
        to_attr="signed",
    ),
    Prefetch(
        "submission__attachments",
        Attachment.objects.ready().filter(withheld_as="").exclude(approved_sha256=""),
        to_attr="public_files",
    ),
]
"""The rows of each comment that a page shows: hidden passages, who signed, files."""


class ApprovedComment:
    """What the public reads of a comment: exactly what was approved."""

    def __init__(self, comment):
        self.comment, self.submission = comment, comment.submission

    @cached_property
    def stands(self):
        """Whether the comment is as it was approved."""
        comment = self.comment
        return (
            comment.state == CommentState.PUBLISHED
            and comment.approved_sha256 == comment.fingerprint()
        )

    @cached_property
    def hidden(self):
        """The text and the proposed wording, hidden passages replaced."""
        return self.comment.without_hidden() if self.stands else (str(CHECKING), "")

    @property
    def text(self):
        return self.hidden[0]

    @property
    def proposed_wording(self):
        return self.hidden[1]

    @property
    def quote(self):
        return self.comment.quote if self.stands else ""

    @property
    def stance(self):
        return self.comment.stance if self.stands else ""

    @property
    def name(self):
        return self.submission.approved_name

    @property
    def role(self):
        return self.submission.approved_role

    @cached_property
    def signed(self):
        """Who signed with the sender, of a comment fetched for a page."""
        return [each for each in self.submission.signed if each.is_approved]

    @cached_property
    def files(self):
        """The files that came with it, of a comment fetched for a page."""
        return [each for each in self.submission.public_files if each.is_approved]

    @property
    def is_changing(self):
        """Whether a change that its sender asks for is being checked."""
        return not self.stands or self.comment.is_changing


class Comment(Changeable):
    """What a submission says about one section, or about the whole."""

    class Stance(models.TextChoices):
        """What the comment thinks of the words."""

        SUPPORT = "support", gettext_lazy("I support this")
        CONCERN = "concern", gettext_lazy("I have a concern")
        CHANGE = "change", gettext_lazy("I suggest a change")

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
    text_key = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="A keyed digest, by which the same words are known again.",
    )
    proposed_wording = models.TextField(blank=True)
    approved_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    salt = models.CharField(max_length=32, default=new_salt, blank=True, editable=False)

    state = models.CharField(
        max_length=20, choices=CommentState, default=CommentState.UNCONFIRMED
    )
    stated_at = models.DateTimeField(default=timezone.now)
    decline_reason = models.CharField(max_length=20, choices=DeclineReason, blank=True)
    declined_by = decided_by()
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
    body_path = "consultation__commission__organisation"
    run_by = "consultations.change_consultation"
    noun = "comment"

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
            models.Index(fields=["text_key"], name="comment_by_text"),
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
            models.CheckConstraint(
                name="comment_in_public_was_approved",
                condition=~Q(state="published") | ~Q(approved_sha256=""),
            ),
            second_person("comment_is_declined_by_a_second_person"),
        ]

    def __str__(self):
        return f"Comment {self.reference}"

    def save(self, **kwargs):
        """Keep with the words the key by which they are known again."""
        self.text_key = text_key(self.text)
        super().save(**kwargs)

    @property
    def record_name(self):
        return f"comment/{self.reference}"

    @property
    def record_commission(self):
        return self.consultation.commission.reference

    @property
    def body(self):
        """The body that asked for it, and that it may criticise."""
        return self.consultation.commission.organisation

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

    def fingerprint(self):
        """Return the digest of all that is approved: the words and what is hidden."""
        hidden = [(each.passage, each.words) for each in self.hidden_passages]
        words = [getattr(self, name) for name in CHANGEABLE]
        return fingerprint(self.salt, words, hidden)

    @property
    def hidden_passages(self):
        """The passages that are hidden now."""
        return [each for each in self.redactions.all() if each.undone_at is None]

    @cached_property
    def approved(self):
        """What the public reads of it; each channel shows this and nothing else."""
        return ApprovedComment(self)

    def without_hidden(self, words=None):
        """Return the text and the proposed wording with each hidden passage replaced.

        `words` are others in their place, such as a change that is asked for.
        """
        text, wording = words or (self.text, self.proposed_wording)
        note = gettext("[Passage removed: {why}]")
        notes = [
            (each.passage, note.format(why=each.words)) for each in self.hidden_passages
        ]
        return redaction.hide(text, wording, notes)

    @property
    def as_shown(self):
        """Its words for others than its sender and moderators: what is hidden is not there."""
        text, wording = self.without_hidden()
        return Edit(
            text=text,
            quote=self.quote,
            stance=self.stance,
            proposed_wording=wording,
        )

    def is_mostly_hidden(self):
        """Tell whether the hidden passages leave less than half of its letters."""
        notes = [(each.passage, "") for each in self.hidden_passages]
        left = redaction.hide(self.text, self.proposed_wording, notes)
        said = self.text, self.proposed_wording
        whole, rest = (sum(map(str.isalnum, "".join(each))) for each in (said, left))
        return rest * 2 < whole

    def move(self, to, kind, *, by, since=None, facts=None, at=None, **fields):
        """Go to a state, or stay (None), if nobody was first; put it on the record.

        Raises Overtaken, saying what the other person did, where the state is no
        longer the one this object was read with, or none to go from. The database
        refuses any other step too.
        """
        with transaction.atomic():
            unmoved = Comment.objects.filter(
                pk=self.pk, state=self.state, version=self.version
            )
            if to != CommentState.WITHDRAWN:
                unmoved = unmoved.filter(
                    submission__confirmed_at__isnull=False,
                    submission__withdrawn_at__isnull=True,
                    submission__erased_at__isnull=True,
                )
            since = since or at or timezone.now()
            if "text" in fields:
                fields["text_key"] = text_key(fields["text"])
            possible = to is None or to in STEPS[self.state]
            if not possible or not unmoved.update(
                state=to or self.state,
                stated_at=since,
                version=self.version + 1,
                **fields,
            ):
                raise self.overtaken()
            if kind:
                Entry.objects.append(kind, self, by=by, at=at, **(facts or {}))
        self.reread()

    def overtaken(self):
        """Return the refusal that says what the other person did."""
        self.reread()
        sentence = gettext("Someone else was first: this comment is now “{state}”.")
        return Overtaken(sentence.format(state=self.get_state_display().lower()))

    def hold(self):
        """Hold the submission, then the comment as it was read; raises Overtaken."""
        hold(Submission.objects.filter(pk=self.submission_id))
        as_read = {"pk": self.pk, "state": self.state, "version": self.version}
        if not hold(Comment.objects.filter(**as_read)):
            raise self.overtaken()

    @held
    def publish(self, *, by, at=None, sender_too=True):
        """Show the comment in public, as it is now: that is what is approved.

        The sender's name, co-signatories and files are approved with it, but for
        those that are withheld; `sender_too` is false where they have just been.
        """
        facts = {
            "sha256": self.digest(),
            "section": self.section_text.section.key if self.section_text else None,
            "consultation": self.consultation.reference,
        }
        with transaction.atomic():
            if sender_too:
                self.submission.approve_all()
            self.move(
                CommentState.PUBLISHED,
                Kind.COMMENT_PUBLISHED,
                by=by,
                at=at,
                facts=facts,
                approved_sha256=self.fingerprint(),
                **NOBODY_DECLINED,
            )

    @held
    def decline(self, *, reason, words, by, at=None, person=None):
        """Do not publish it, for a reason from the list and in words.

        `person` is the account that declines it. Raises NotReady where the words
        are missing, Overtaken.
        """
        self.check_declining(words, person)
        self.move(
            CommentState.DECLINED,
            Kind.COMMENT_DECLINED,
            by=by,
            at=at,
            facts={"reason": reason, "consultation": self.consultation.reference},
            decline_reason=reason,
            decline_words=words,
            declined_by=person,
        )

    @held
    def propose_declining(self, *, reason, words, person):
        """Keep why somebody who runs the consultation would not publish it.

        The comment stays where it is until a second person decides.
        """
        self.check_declining(words, None)
        if self.state not in (CommentState.AWAITING, CommentState.PUBLISHED):
            raise Overtaken(f"This comment is “{self.get_state_display().lower()}”.")
        self.move(
            None,
            None,
            by=person,
            since=self.stated_at,
            decline_reason=reason,
            decline_words=words,
            decline_proposed_by=person,
        )

    @held
    def reconsider(self, *, by):
        """Undo a moderator's act: put the comment back in the queue."""
        self.move(
            CommentState.AWAITING,
            Kind.COMMENT_RECONSIDERED,
            by=by,
            facts={"consultation": self.consultation.reference},
            approved_sha256="",
            **NOBODY_DECLINED,
        )

    @held
    def redact(self, passage, *, reason, words, by, at=None):
        """Hide a passage from the public, for a reason that the public sees.

        Raises NotReady where the passage does not stand in the comment or the
        words are missing, Overtaken.
        """
        gaps = []
        if not redaction.is_found(self.text, self.proposed_wording, passage):
            gaps.append(
                "Copy the passage exactly as it is in the comment: it was not found."
            )
        if not words.strip():
            gaps.append(
                "Say in a sentence why the passage is hidden. The public sees it."
            )
        if gaps:
            raise NotReady(*gaps)
        if self.state not in (CommentState.AWAITING, CommentState.PUBLISHED):
            raise Overtaken(f"This comment is “{self.get_state_display().lower()}”.")
        with transaction.atomic():
            hidden = self.redactions.create(
                passage=passage, reason=reason, words=words, at=at or timezone.now()
            )
            self.approve_again(
                Kind.COMMENT_REDACTED,
                by=by,
                at=at,
                facts={
                    "reason": reason,
                    "consultation": self.consultation.reference,
                },
            )
        return hidden

    def approve_again(self, kind, *, by, facts, at=None):
        """Keep the digest of what is public now that other passages are hidden."""
        self._prefetched_objects_cache = {}
        public = self.state == CommentState.PUBLISHED
        self.move(
            None,
            kind,
            by=by,
            at=at,
            since=self.stated_at,
            facts=facts,
            approved_sha256=self.fingerprint() if public else "",
        )

    @held
    def withdraw(self, *, at=None):
        """Withdraw the comment, as its sender asks. Its reference stays."""
        with transaction.atomic():
            Edit.objects.filter(comment=self).delete()
            self.move(
                CommentState.WITHDRAWN,
                Kind.COMMENT_WITHDRAWN
                if self.state == CommentState.PUBLISHED
                else None,
                by="commenter",
                at=at,
                facts={"consultation": self.consultation.reference},
            )

    @held
    def edit(self, *, text, quote, stance, proposed_wording, at=None):
        """Change the words before closing; what was approved stays public meanwhile.

        A change of a published comment waits for a moderator; the same words as now
        take an earlier change back. Raises NotReady after closing, Overtaken where
        the comment changed meanwhile.
        """
        if not self.submission.may_change(at):
            raise NotReady(
                gettext(
                    "This consultation has closed, so comments can no longer change."
                )
            )
        now = at or timezone.now()
        words = {
            "text": text,
            "quote": quote,
            "stance": stance,
            "proposed_wording": proposed_wording,
        }
        with transaction.atomic():
            if self.state == CommentState.PUBLISHED:
                self.ask_for(words, now)
                return
            Edit.objects.filter(comment=self).delete()
            self.keep_revision(now)
            declined = self.state == CommentState.DECLINED
            self.move(
                CommentState.AWAITING if declined else None,
                None,
                by="commenter",
                since=now if declined else self.stated_at,
                edited_at=now,
                **words,
            )

    def ask_for(self, words, at):
        """Keep a change for a moderator, in place of an earlier one."""
        Edit.objects.filter(comment=self).delete()
        if words != {name: getattr(self, name) for name in words}:
            Edit.objects.create(comment=self, asked_at=at, **words)
        self.move(None, None, by="commenter", since=self.stated_at)

    def keep_revision(self, at):
        """Keep the words of now among the earlier ones."""
        self.revisions.create(
            replaced_at=at, **{name: getattr(self, name) for name in CHANGEABLE}
        )

    @held
    def approve_edit(self, *, by, looked=False, at=None):
        """Publish the change that its sender asks for.

        Passages that are hidden stay so. Where one is no longer found, `looked` says
        that the moderator has seen to it; raises NotReady without, Overtaken.
        """
        asked = self.edit_asked_for()
        lost = asked.lost_passages()
        if lost and not looked:
            raise NotReady(
                *(
                    f"“{each.passage}” is hidden now and is not found in the new "
                    "words. Look whether it is there in another way; hide it, or tick "
                    "that you have looked."
                    for each in lost
                )
            )
        words = {name: getattr(asked, name) for name in CHANGEABLE}
        with transaction.atomic():
            self.keep_revision(at or timezone.now())
            for name, value in words.items():
                setattr(self, name, value)
            self.move(
                None,
                Kind.COMMENT_EDITED,
                by=by,
                at=at,
                since=self.stated_at,
                facts={"sha256": self.digest()},
                approved_sha256=self.fingerprint(),
                edited_at=asked.asked_at,
                **words,
            )
            asked.delete()
        self.reread()

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


class Edit(Declinable):
    """A change of a published comment that its sender asks for.

    Nobody but moderators and its sender reads it until it is approved.
    """

    comment = models.OneToOneField(Comment, models.CASCADE, related_name="pending_edit")
    text = models.TextField()
    quote = models.TextField(blank=True)
    stance = models.CharField(max_length=10, blank=True)
    proposed_wording = models.TextField(blank=True)
    asked_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"change of comment {self.comment_id}"

    def words(self):
        """Return everything the digest covers, as `Comment.words` does."""
        return "\n".join([self.text, self.quote, self.proposed_wording])

    def as_public(self):
        """Return its text and wording as the public would read them."""
        return self.comment.without_hidden((self.text, self.proposed_wording))

    def lost_passages(self):
        """Return the hidden passages of the comment that are not found in it."""
        return [
            each
            for each in self.comment.hidden_passages
            if not redaction.is_found(self.text, self.proposed_wording, each.passage)
        ]


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
            self.comment.hold()
            hidden = Redaction.objects.filter(pk=self.pk, undone_at__isnull=True)
            if not hidden.update(undone_at=timezone.now()):
                raise Overtaken("Somebody else has shown this passage again already.")
            self.comment.approve_again(
                Kind.COMMENT_RECONSIDERED,
                by=by,
                facts={"consultation": self.comment.consultation.reference},
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


ANSWERED = ~Q(outcome="")


@dataclass(frozen=True)
class AnsweringProgress:
    """Comments published, and how many of them have an outcome."""

    answered: int = 0
    of: int = 0

    def __str__(self):
        said = gettext("Answered {answered} of {of}")
        return said.format(answered=f"{self.answered:,}", of=f"{self.of:,}")


@dataclass
class CommentTally:
    """The counts of one consultation; `by_section` has None for the whole draft."""

    progress: AnsweringProgress = field(default_factory=AnsweringProgress)
    by_section: Counter = field(default_factory=Counter)
    declined: list = field(default_factory=list)
    redacted: list = field(default_factory=list)


def progress_of(consultations):
    """Count, in one query, the comments and outcomes of several consultations."""
    rows = (
        Comment.objects.public()
        .filter(consultation__in=consultations)
        .order_by()
        .values_list("consultation")
        .annotate(answered=Count("pk", filter=ANSWERED), of=Count("pk"))
    )
    return {pk: AnsweringProgress(answered, of) for pk, answered, of in rows}


def comment_tally(consultation):
    """Count the comments of one consultation, in two queries however many."""
    groups = (
        Comment.objects.filter(
            consultation=consultation,
            state__in=[CommentState.PUBLISHED, CommentState.DECLINED],
        )
        .order_by()
        .values_list("section_text", "state", "decline_reason")
        .annotate(n=Count("pk"), answered=Count("pk", filter=ANSWERED))
    )
    answered, by_section, declined = 0, Counter(), Counter()
    for section_text, state, reason, n, with_outcome in groups:
        if state == CommentState.PUBLISHED:
            by_section[section_text] += n
            answered += with_outcome
        else:
            declined[reason] += n
    progress = AnsweringProgress(answered, by_section.total())
    return CommentTally(
        progress, by_section, tally_in_words(declined), comments_not_shown(consultation)
    )


def comments_not_shown(consultation):
    """Count the published comments with a passage hidden, by reason."""
    rows = Redaction.objects.filter(
        undone_at__isnull=True,
        comment__consultation=consultation,
        comment__state=CommentState.PUBLISHED,
    ).order_by()
    found = rows.values_list("reason").annotate(Count("comment", distinct=True))
    return tally_in_words(dict(found))


def tally_in_words(counts):
    """Say each reason in words with its count, in the order of the list of reasons."""
    return [
        (reason.label, counts[reason.value])
        for reason in DeclineReason
        if counts.get(reason.value)
    ]
