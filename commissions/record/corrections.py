"""What is entered on a commission's page, and corrected in public, never silently.

A draft has no `entered_at` and is seen by staff only. What is entered stays as
it was: a correction is another row, which names the one it corrects and why.
"""

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from commissions.record.exceptions import NotReady, Overtaken
from commissions.record.models import Entry


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
        if not self.entered_at or model.objects.filter(corrects=self).exists():
            raise Overtaken("It is a draft, or somebody else has corrected it already.")
        kept = ("id", "entered_at", "corrects", "corrected_because")
        fields = [field for field in self._meta.fields if field.name not in kept]
        same = {field.name: getattr(self, field.name) for field in fields}
        now = model(**(same | said), corrects=self, corrected_because=why)
        facts = {**now.told(), "was": self.told(), "why": why}
        now.put_down(self.CORRECTED, by=by, at=at, **facts)
        return now

    def put_down(self, kind, *, by, at, **facts):
        """Save it as public, with one entry about its commission."""
        self.entered_at = at or timezone.now()
        self.full_clean()
        with transaction.atomic():
            self.save()
            Entry.objects.append(kind, self.commission, by=by, at=at, **facts)
