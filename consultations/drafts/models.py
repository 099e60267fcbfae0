"""Specifications: drafts, their sections, and the words of each version.

A working draft is edited freely. Publishing freezes it: the database refuses
to change or delete a published draft's words (`commissions.record.triggers`). A
section keeps its permanent `key` through every version, so a comment always
points at the words it was made on and at what they became.
"""

import hashlib

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy

from commissions.commission.models import Commission
from commissions.record.models import Entry, Kind, canonical
from commissions.record.references import READABLE, NotReady, Overtaken


class SectionKind(models.TextChoices):
    """What a section fixes. Process and input prescribe how, so they need a reason.

    Procurement Act 2023 s.56(2): documents may not describe a design where
    they could describe performance or function.
    """

    OUTCOME = "outcome", gettext_lazy("Outcome: what is better in people's lives")
    OUTPUT = "output", gettext_lazy("Output: what is delivered")
    PROCESS = "process", gettext_lazy("Process: how it is done")
    INPUT = "input", gettext_lazy("Input: staff, buildings, equipment")
    LEGAL = "legal", gettext_lazy("Legal: what the law or the contract requires")


PRESCRIPTIVE = (SectionKind.PROCESS, SectionKind.INPUT)


class Change(models.TextChoices):
    """What happened to a section between one version and the next."""

    UNCHANGED = "unchanged", gettext_lazy("Unchanged")
    REWORDED = "reworded", gettext_lazy("Reworded")
    MOVED = "moved", gettext_lazy("Moved")
    SPLIT = "split", gettext_lazy("Split from a longer section")
    MERGED = "merged", gettext_lazy("Merged from several sections")
    NEW = "new", gettext_lazy("New")
    REMOVED = "removed", gettext_lazy("Removed")


UNEXPLAINED = (Change.REWORDED, Change.SPLIT, Change.MERGED, Change.NEW)
"""Changes of words: with no comment behind them they need a reason."""


class Specification(models.Model):
    """What a commission asks for, through all its versions."""

    commission = models.OneToOneField(
        Commission, models.PROTECT, related_name="specification"
    )
    title = models.CharField(max_length=300)

    def __str__(self):
        return self.title

    def working_draft(self):
        return self.drafts.filter(published_at__isnull=True).first()

    def latest(self):
        return self.drafts.published().order_by("-version").first()

    def begin_draft(self):
        """Return the working draft, starting the next version if there is none."""
        if draft := self.working_draft():
            return draft
        last = self.drafts.aggregate(n=models.Max("version"))["n"] or 0
        return self.drafts.create(version=last + 1)


class DraftQuerySet(models.QuerySet):
    """Drafts by who may see them."""

    def published(self, at=None):
        """Versions that are public at a time (now, unless said)."""
        return self.filter(published_at__lte=at or timezone.now())


class Draft(models.Model):
    """One version of a specification: working until published, then frozen."""

    specification = models.ForeignKey(
        Specification, models.PROTECT, related_name="drafts"
    )
    version = models.PositiveIntegerField()
    summary = models.TextField(
        blank=True, help_text="What this version is, or what changed, in plain words."
    )
    source_name = models.CharField(
        max_length=255, blank=True, help_text="The file it was read from."
    )
    matched_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When the author confirmed what became of each section.",
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["specification", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["specification", "version"], name="draft_version_is_used_once"
            ),
            models.UniqueConstraint(
                fields=["specification"],
                condition=Q(published_at__isnull=True),
                name="specification_has_one_working_draft",
                violation_error_message="This specification has a working draft already. Publish or discard it first.",
            ),
        ]

    def __str__(self):
        return f"{self.specification}, version {self.version}"

    @property
    def record_name(self):
        return f"{self.specification.commission.record_name}/draft/{self.version}"

    @property
    def record_commission(self):
        return self.specification.commission.reference

    @property
    def previous(self):
        """The published version before this one, or None."""
        return (
            Draft.objects.published()
            .filter(specification=self.specification_id, version__lt=self.version)
            .order_by("-version")
            .first()
        )

    def gaps(self):
        """List (place, sentence) for what is missing before it can be published.

        A place is `upload`, `match`, or the key of a section with `kind`, `reason`
        or `why` before it: where the author supplies what is missing.
        """
        texts = list(self.texts.select_related("section"))
        if not texts:
            return [
                (
                    "upload",
                    "Add at least one section: upload a Word file or paste text.",
                )
            ]
        found = [
            (
                f"kind-{text.section.key}",
                f"Say what kind “{text.heading}” is: outcome, output, process, input "
                "or legal.",
            )
            for text in texts
            if not text.kind
        ]
        found += [
            (
                f"reason-{text.section.key}",
                f"Give a reason why “{text.heading}” prescribes how the work is done "
                "(Procurement Act 2023, section 56(2)).",
            )
            for text in texts
            if text.kind in PRESCRIPTIVE and not text.reason.strip()
        ]
        return found + (self.gaps_in_matching(texts) if self.previous else [])

    def gaps_in_matching(self, texts):
        """List what is not said yet of the way from the version before."""
        if not self.matched_at:
            return [
                (
                    "match",
                    "Confirm what happened to each section since the last version, "
                    "under “Match sections”.",
                )
            ]
        sections = self.specification.sections.filter(changed_by__isnull=False)
        commented = set(sections.values_list("pk", flat=True))
        changed = [
            (text.section, text.heading, "changed")
            for text in texts
            if text.change in UNEXPLAINED and not text.why.strip()
        ]
        removed = [
            (row.text.section, row.text.heading, "was removed")
            for row in self.removals.select_related("text__section")
            if not row.why.strip()
        ]
        return [
            (
                f"why-{section.key}",
                f"Say why “{heading}” {became}: no comment led to it.",
            )
            for section, heading, became in changed + removed
            if section.pk not in commented
        ]

    def publication_gaps(self):
        return [sentence for _, sentence in self.gaps()]

    def publish(self, *, by, at=None):
        """Freeze this version and show it in public.

        Raises NotReady with a sentence for each thing missing, and Overtaken
        where somebody has just published it.
        """
        if gaps := self.publication_gaps():
            raise NotReady(*gaps)
        now = at or timezone.now()
        with transaction.atomic():
            working = Draft.objects.filter(pk=self.pk, published_at__isnull=True)
            if not working.update(published_at=now):
                raise Overtaken("This version is public already.")
            digest = self.digest()  # of words that nobody can add to any more
            Entry.objects.append(
                Kind.DRAFT_PUBLISHED,
                self,
                by=by,
                at=at,
                version=self.version,
                sections=self.texts.count(),
                sha256=digest,
            )
        self.published_at = now

    def digest(self):
        """Return the SHA-256 of the words, so that anyone can check they stand."""
        words = [
            [text.section.key, text.heading, text.kind, text.body]
            for text in self.texts.select_related("section")
        ]
        return hashlib.sha256(canonical(words).encode()).hexdigest()

    def discard(self):
        """Throw a working draft away, as after a bad import. Nothing public goes."""
        with transaction.atomic():
            if not Draft.objects.filter(pk=self.pk, published_at__isnull=True).exists():
                raise Overtaken("This version is public, so it stays.")
            self.delete()


def new_key():
    return get_random_string(8, READABLE).lower()


class Section(models.Model):
    """A section's identity through every version of a specification."""

    specification = models.ForeignKey(
        Specification, models.PROTECT, related_name="sections"
    )
    key = models.CharField(max_length=20, default=new_key)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["specification", "key"], name="section_key_is_permanent"
            ),
        ]

    def __str__(self):
        return self.key


class SectionText(models.Model):
    """The words of one section in one version.

    `body` is HTML cleaned on the way in. `change`, `came_from` and `why` say
    what became of the section since the version before.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="texts")
    section = models.ForeignKey(Section, models.PROTECT, related_name="texts")
    order = models.PositiveIntegerField()
    heading = models.CharField(max_length=300)
    level = models.PositiveSmallIntegerField(default=1)
    body = models.TextField(blank=True)
    welsh_heading = models.CharField("heading in Welsh", max_length=300, blank=True)
    welsh_body = models.TextField("words in Welsh", blank=True)
    kind = models.CharField(max_length=10, choices=SectionKind, blank=True)
    reason = models.TextField(
        blank=True,
        help_text="Why it has to prescribe how the work is done. Needed for process and input.",
    )
    meaning = models.TextField(
        blank=True, help_text="What this means if you use the service, in plain words."
    )
    change = models.CharField(max_length=10, choices=Change, blank=True)
    came_from = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="became"
    )
    why = models.TextField(
        blank=True, help_text="Why it changed, where no comment stands behind it."
    )

    class Meta:
        ordering = ["draft", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "section"], name="section_stands_once_in_a_draft"
            ),
        ]

    def __str__(self):
        return self.heading

    @property
    def kind_name(self):
        """Its kind in one word."""
        return str(self.get_kind_display()).partition(":")[0]


class RemovedSection(models.Model):
    """A section that a version leaves out, and why."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="removals")
    text = models.ForeignKey(SectionText, models.PROTECT, related_name="removals")
    why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "text"], name="section_is_removed_once"
            ),
        ]

    def __str__(self):
        return f"{self.text} removed"


class KeptDifference(models.Model):
    """The difference of two texts, worked out once.

    `key` is a digest of the two: they are published words, which never change.
    `summary` has how many words were added and how many removed.
    """

    key = models.CharField(max_length=64, primary_key=True)
    html = models.TextField(blank=True)
    summary = models.CharField(max_length=100)

    def __str__(self):
        return self.summary
