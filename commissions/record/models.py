"""The public record: one entry for each public act, never changed.

An entry's `body` is its canonical JSON (UTF-8, keys sorted, no spaces), the
bytes that will be hashed as a leaf of the record's tree. The columns beside
it repeat what lists and gates ask for. An entry holds no personal data that
the law could require us to erase: who acted is a post or an organisation,
never a person, and long or erasable text is only ever a salted digest.
"""

import json

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy

from commissions.record.references import NotReady, Overtaken
from commissions.search.index import index_subjects

LATECOMERS = 50  # entries, among which one that is seen late is looked for
LARGEST_ENTRY = 65_535  # bytes: an entry bundle writes each length in 16 bits


class Kind(models.TextChoices):
    """What an entry says was done."""

    COMMISSION_PUBLISHED = "commission.published", gettext_lazy("Intention published")
    COMMISSION_CHANGED = "commission.changed", gettext_lazy("Details changed")
    COMMISSION_HELD = "commission.held", gettext_lazy("Holder named")
    STAGE_REACHED = "commission.stage", gettext_lazy("Stage reached")
    DATE_PLANNED = "commission.date", gettext_lazy("Date planned")
    DATE_MOVED = "commission.date-moved", gettext_lazy("Date moved")
    DOCUMENT_ADDED = "commission.document", gettext_lazy("Document added")
    NOTICE_RECEIVED = "notice.received", gettext_lazy("Notice received")
    NOTICE_PUBLISHED = (
        "notice.published",
        gettext_lazy("Notice published on its platform"),
    )
    NOTICE_CONFIRMED = (
        "notice.confirmed",
        gettext_lazy("What a notice says was confirmed"),
    )
    NOTICE_DECLINED = "notice.declined", gettext_lazy("What a notice says was declined")
    OCID_LINKED = "commission.ocid", gettext_lazy("Platform's OCID linked")
    BIDS_CLOSED = "commission.bids-closed", gettext_lazy("Bids closed")
    TERM_BEGAN = "commission.term-began", gettext_lazy("Service began by its contract")
    TERM_ENDED = "commission.term-ended", gettext_lazy("Contract's term over")
    ORGANISATION_ADDED = "organisation.added", gettext_lazy("Organisation added")
    ORGANISATION_CHANGED = (
        "organisation.changed",
        gettext_lazy("Organisation's details changed"),
    )
    ORGANISATION_SUCCEEDED = (
        "organisation.succeeded",
        gettext_lazy("Organisation replaced"),
    )
    POST_ADDED = "post.added", gettext_lazy("Post created")
    POST_CHANGED = "post.changed", gettext_lazy("Post's details changed")
    POST_TAKEN = "post.taken", gettext_lazy("Post taken up")
    POST_VACATED = "post.vacated", gettext_lazy("Post fell vacant")
    SERVICE_PUBLISHED = "service.published", gettext_lazy("Service published")
    HANDED_OVER = "holder.handed-over", gettext_lazy("Handed over")
    HANDOVER_ANNOUNCED = "holder.announced", gettext_lazy("Hand-over announced")
    HANDOVER_WITHDRAWN = "holder.withdrawn", gettext_lazy("Hand-over withdrawn")
    DECISION_PUBLISHED = "decision.published", gettext_lazy("Decision announced")
    DECISION_CHANGED = "decision.changed", gettext_lazy("Decision's details completed")
    DECISION_DEFERRED = "decision.deferred", gettext_lazy("Decision moved")
    PRIVACY_CONFIRMED = (
        "decision.private",
        gettext_lazy("Second notice of taking it in private"),
    )
    DECISION_TAKEN = "decision.taken", gettext_lazy("Decision taken")
    PEOPLE_INVOLVED = "commission.involved", gettext_lazy("People involved")
    LESSON_LEARNT = "commission.lesson", gettext_lazy("Lesson learnt")
    CONTRACT_SIGNED = "contract.signed", gettext_lazy("Contract signed")
    CONTRACT_CHANGED = "contract.changed", gettext_lazy("Contract's details completed")
    CONTRACT_EXTENDED = "contract.extended", gettext_lazy("Contract extended")
    CONTRACT_AMENDED = "contract.amended", gettext_lazy("Contract changed")
    CONTRACT_MEASURED = "contract.indicator", gettext_lazy("Performance indicator set")
    CONTRACT_RATED = "contract.rated", gettext_lazy("Performance rated")
    CONTRACT_ENDED = "contract.ended", gettext_lazy("Contract ended")
    INVOLVEMENT_CORRECTED = (
        "commission.involved-corrected",
        gettext_lazy("Involvement corrected"),
    )
    LESSON_CORRECTED = "commission.lesson-corrected", gettext_lazy("Lesson corrected")
    BARRIER_PUBLISHED = "barrier.published", gettext_lazy("Barrier put in the register")
    DETAILS_CONFIRMED = "details.confirmed", gettext_lazy("Details confirmed")
    QUESTION_PUBLISHED = "enquiry.published", gettext_lazy("Question to the holder")
    QUESTION_ANSWERED = "enquiry.answered", gettext_lazy("Question answered")
    QUESTION_DECLINED = "enquiry.declined", gettext_lazy("Question not published")
    QUESTION_EDITED = "enquiry.edited", gettext_lazy("Question edited by its asker")
    QUESTION_WITHDRAWN = (
        "enquiry.withdrawn",
        gettext_lazy("Question withdrawn by its sender"),
    )
    QUESTION_ERASED = (
        "enquiry.erased",
        gettext_lazy("Question erased at its sender's request"),
    )
    CORRECTION_SETTLED = "correction.settled", gettext_lazy("Reported error looked at")
    HOLIDAY_CHANGED = "holiday.changed", gettext_lazy("Bank holiday changed")
    TENDER_INVITED = "tender.invited", gettext_lazy("Bids invited")
    AWARD_ANNOUNCED = "award.announced", gettext_lazy("Award announced")
    DIRECT_AWARD_JUSTIFIED = (
        "direct-award.justified",
        gettext_lazy("Choice without a competition"),
    )
    PROVIDER_CHOSEN = (
        "direct-award.chosen",
        gettext_lazy("Most suitable provider named"),
    )
    CRITERIA_WEIGHED = "criteria.weighed", gettext_lazy("Key criteria weighed")
    REPRESENTATIONS_OPENED = (
        "representations.opened",
        gettext_lazy("Open for representations"),
    )
    REPRESENTATIONS_RECEIVED = (
        "representations.received",
        gettext_lazy("Representations received"),
    )
    REPRESENTATIONS_SETTLED = (
        "representations.settled",
        gettext_lazy("Representations reviewed"),
    )
    EXEMPTION_ASKED = "exemption.asked", gettext_lazy("Exemption asked for")
    EXEMPTION_ENTERED = "commission.exempted", gettext_lazy("Exemption approved")
    EXEMPTION_REFUSED = "exemption.refused", gettext_lazy("Exemption refused")
    EXEMPTION_LAPSED = (
        "exemption.lapsed",
        gettext_lazy("Exemption not answered in time"),
    )
    DRAFT_PUBLISHED = "draft.published", gettext_lazy("Draft published")
    CONSULTATION_PUBLISHED = (
        "consultation.published",
        gettext_lazy("Consultation announced"),
    )
    CONSULTATION_EXTENDED = (
        "consultation.extended",
        gettext_lazy("Consultation extended"),
    )
    COMMENT_PUBLISHED = "comment.published", gettext_lazy("Comment published")
    COMMENT_EDITED = "comment.edited", gettext_lazy("Comment edited by its sender")
    COMMENT_DECLINED = "comment.declined", gettext_lazy("Comment not published")
    COMMENT_REDACTED = "comment.redacted", gettext_lazy("Passage of a comment hidden")
    COMMENT_RECONSIDERED = "comment.reconsidered", gettext_lazy("Moderation undone")
    COMMENT_WITHDRAWN = (
        "comment.withdrawn",
        gettext_lazy("Comment withdrawn by its sender"),
    )
    COMMENT_ERASED = (
        "comment.erased",
        gettext_lazy("Comment erased at its sender's request"),
    )
    RESPONSE_PUBLISHED = "response.published", gettext_lazy("Response published")
    EVENT_PUBLISHED = "event.published", gettext_lazy("Event announced")
    EVENT_CHANGED = "event.changed", gettext_lazy("Event changed")
    EVENT_CANCELLED = "event.cancelled", gettext_lazy("Event cancelled")


def canonical(value):
    """Return a value as canonical JSON: one way to write it, so one hash."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class EntryQuerySet(models.QuerySet):
    """Entries, and the one door through which they come."""

    def append(self, kind, subject, *, by, at=None, **facts):
        """Add one public act to the record, inside the verb's own transaction.

        `subject` is what the act was about: any model with `record_name` (its
        public name, such as "commission/2026-K7M3Q") and, where there is one,
        `record_commission` (the reference of the commission it concerns).
        `by` says who acted: see `actor`. `facts` are plain JSON values.

        What it was about is then found by its new words (`commissions.search`).

        Takes no lock: sealing gives committed entries their place later.
        Raises ValidationError where the entry would be too large.
        """
        entry = self.model.about(kind, subject, by=by, at=at, facts=facts)
        entry.full_clean(exclude=["commission", "recorded_at"])
        entry.save(force_insert=True)
        index_subjects([subject])
        return entry

    def append_all(self, acts):
        """Add many acts at once: an importer's (kind, subject, by, facts)."""
        acts = list(acts)
        entries = [
            self.model.about(kind, subject, by=by, facts=facts)
            for kind, subject, by, facts in acts
        ]
        for entry in entries:
            entry.clean()
        made = self.bulk_create(entries, batch_size=500)
        index_subjects([subject for _, subject, _, _ in acts])
        return made

    def head(self):
        """Return the number and time of the newest entries: it changes with each act.

        Several, since of two acts at once the one with the lower number may be seen
        last: a reader that kept the newest alone would miss it. Empty without any.
        """
        return tuple(self.order_by("-pk").values_list("pk", "at")[:LATECOMERS])


class Entry(models.Model):
    """One public act on the record. The database refuses to change or delete it."""

    at = models.DateTimeField(
        db_index=True, help_text="When it was done, as its body says."
    )
    recorded_at = models.DateTimeField(
        db_default=Now(),
        editable=False,
        help_text="When it was put here, by the database's own clock.",
    )
    kind = models.CharField(max_length=40, choices=Kind)
    subject = models.CharField(
        max_length=255, help_text="What the act was about, by its public name."
    )
    commission = models.CharField(
        max_length=255,
        blank=True,
        help_text="The reference of the commission it concerns, if any.",
    )
    body = models.TextField(help_text="The entry as canonical JSON.")

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["commission", "-id"], name="entry_by_commission"),
            models.Index(fields=["subject", "-id"], name="entry_by_subject"),
            models.Index(fields=["kind", "-id"], name="entry_by_kind"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.subject}"

    @classmethod
    def about(cls, kind, subject, *, by, facts, at=None):
        """Build, without saving it, the entry for one act."""
        at = at or timezone.now()
        name = subject.record_name
        commission = getattr(subject, "record_commission", "")
        body = {
            "at": at.isoformat(timespec="microseconds"),
            "by": actor(by),
            "facts": facts,
            "kind": str(kind),
            "subject": name,
        }
        if commission:
            body["commission"] = commission
        return cls(
            at=at, kind=kind, subject=name, commission=commission, body=canonical(body)
        )

    @property
    def facts(self):
        """What the act changed, as plain values."""
        return json.loads(self.body)["facts"]

    @property
    def by(self):
        """Who acted: a post, an organisation, or the portal itself."""
        return json.loads(self.body)["by"]

    def clean(self):
        """Refuse an entry that no entry bundle could hold."""
        if len(self.body.encode()) > LARGEST_ENTRY:
            raise ValidationError(
                "This entry is too long for the public record. Shorten the text, "
                "or put it in a document and refer to that."
            )


def actor(by):
    """Name who acted without naming a person.

    A post and an organisation have a `record_name`. Anything else with
    `acts_as` (a staff account) says for itself which post or organisation it
    acts for. A plain string is the portal's own doing: "import", "demo".
    """
    if isinstance(by, str):
        return by
    return getattr(by, "record_name", None) or "staff"


class CorrectableQuerySet(models.QuerySet):
    """Rows by who may see them."""

    def entered(self):
        """Rows that are public, corrected ones too."""
        return self.filter(entered_at__isnull=False)

    def standing(self):
        """Rows that are public and hold: no correction has replaced them."""
        return self.entered().filter(corrected_by__isnull=True)


class Correctable(models.Model):
    """Something entered once; `told` gives what its entry says of it.

    `corrects` is the earlier row whose words this one replaces.
    """

    ENTERED, CORRECTED = None, None  # the kinds of its entries

    entered_at = models.DateTimeField(null=True, blank=True, editable=False)
    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="corrected_by",
    )
    corrected_because = models.TextField(blank=True, editable=False)

    objects = CorrectableQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_is_corrected_for_a_reason",
                condition=Q(corrects__isnull=True) | ~Q(corrected_because=""),
                violation_error_message="Say why it is corrected.",
            ),
        ]

    def told(self):
        """Return the facts of its entry, as plain JSON values."""
        raise NotImplementedError

    def enter(self, *, by, at=None):
        """Show it in public and put it on the record; raises Overtaken where it is."""
        if self.entered_at:
            raise Overtaken("It is on the record already. Correct it instead.")
        self.put_down(self.ENTERED, by=by, at=at, **self.told())

    def correct(self, *, why, by, at=None, **said):
        """Enter other words in place of these, for a reason; these stay to be read.

        `said` are the fields that change. Returns the row that holds now. Raises
        NotReady where the reason is missing or nothing changes, Overtaken where
        somebody has corrected it already.
        """
        model = type(self)
        if not why.strip():
            raise NotReady("Say why it is corrected. The public sees it.")
        if all(getattr(self, name) == value for name, value in said.items()):
            raise NotReady("Nothing is different. Change what was wrong.")
        if not self.entered_at:
            raise Overtaken("It is a draft: it is changed, not corrected.")
        kept = ("id", "entered_at", "corrects", "corrected_because")
        fields = [field for field in self._meta.fields if field.name not in kept]
        same = {field.name: getattr(self, field.name) for field in fields}
        now = model(**(same | said), corrects=self, corrected_because=why)
        facts = {**now.told(), "was": self.told(), "why": why}
        with transaction.atomic():
            # Held, so that of two who correct at once the second finds it corrected.
            model.objects.select_for_update(of=("self",)).get(pk=self.pk)
            if model.objects.filter(corrects=self).exists():
                raise Overtaken("Someone else has corrected it already.")
            now.put_down(self.CORRECTED, by=by, at=at, **facts)
        return now

    def put_down(self, kind, *, by, at, **facts):
        """Save it as public, with one entry about its commission."""
        self.entered_at = at or timezone.now()
        self.full_clean()
        with transaction.atomic():
            self.save()
            Entry.objects.append(kind, self.commission, by=by, at=at, **facts)
