"""Documents about a commission: links, and files kept here."""

from django.db import models, transaction
from django.utils import timezone

from commissions.commission.models import Commission
from commissions.fields import MomentField, WebAddressField
from commissions.record.models import Entry, Kind


class Document(models.Model):
    """A document about a commission: a link, or a file kept here (OCDS document)."""

    commission = models.ForeignKey(Commission, models.CASCADE, related_name="documents")
    source_id = models.CharField(
        max_length=255,
        blank=True,
        editable=False,
        help_text="Where an imported release has it: section and id.",
    )
    title = models.CharField(max_length=500)
    description = models.TextField(blank=True)
    document_type = models.CharField(
        max_length=60, blank=True, help_text="A code of OCDS documentType."
    )
    url = WebAddressField(max_length=1000, blank=True)
    file = models.FileField(upload_to="documents/%Y/", blank=True, max_length=300)
    format = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=20, blank=True)
    published_at = MomentField(null=True, blank=True)
    is_accessible = models.BooleanField(
        null=True,
        blank=True,
        help_text="Whether a screen reader can read it. Empty if nobody has checked.",
    )

    class Meta:
        ordering = ["-published_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="document_is_a_link_or_a_file",
                condition=(models.Q(url="") & ~models.Q(file=""))
                | (~models.Q(url="") & models.Q(file="")),
                violation_error_message="Give a link or a file, one of the two.",
            ),
            models.UniqueConstraint(
                fields=["commission", "source_id"],
                condition=~models.Q(source_id=""),
                name="imported_document_is_listed_once",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def record_name(self):
        return f"{self.commission.record_name}/documents/{self.pk}"

    @property
    def record_commission(self):
        """The reference of the commission it concerns."""
        return self.commission.reference

    def attach(self, *, by, at=None):
        """Add it to its commission; on a published one that is a public act."""
        with transaction.atomic():
            self.published_at = self.published_at or at or timezone.now()
            self.save(force_insert=True)
            if self.commission.published_at:
                Entry.objects.append(
                    Kind.DOCUMENT_ADDED, self, by=by, at=at, title=self.title
                )
