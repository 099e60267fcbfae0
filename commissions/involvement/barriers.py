"""Barriers: laws and policies that stop something useful, and ways round them."""

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from commissions.addresses import WebAddressField
from commissions.commission.models import Commission
from commissions.fields import MomentField
from commissions.organisations.models import Organisation
from commissions.places.models import Topic
from commissions.record.models import Entry, Kind


class BarrierQuerySet(models.QuerySet):
    """Barriers by who may see them."""

    def published(self, at=None):
        """Barriers that are public at a time (now, unless said)."""
        return self.filter(published_at__lte=at or timezone.now())


class Barrier(models.Model):
    """A law or policy that stops something, where, and how it was worked around."""

    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=200, unique=True)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="barriers",
        help_text="The body that met it.",
    )
    commissions = models.ManyToManyField(
        Commission, blank=True, related_name="barriers"
    )
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="barriers"
    )
    law = models.CharField(
        max_length=300, help_text="The law or policy, as it is cited."
    )
    law_url = WebAddressField(max_length=1000, blank=True)
    stops = models.TextField(help_text="What it stops, and for whom.")
    workaround = models.TextField(
        blank=True, help_text="How it was got round, lawfully, and where."
    )
    is_solved = models.BooleanField(default=False)
    published_at = MomentField(null=True, blank=True, editable=False)

    objects = BarrierQuerySet.as_manager()

    class Meta:
        ordering = ["title"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Return the address of its public page."""
        return reverse("commissions:barrier-detail", args=[self.slug])

    @property
    def record_name(self):
        """Its name on the public record."""
        return f"barrier/{self.slug}"

    def publish(self, *, by, at=None):
        """Show it in the register; publishing again changes nothing."""
        now = at or timezone.now()
        with transaction.atomic():
            waiting = Barrier.objects.filter(pk=self.pk, published_at__isnull=True)
            if waiting.update(published_at=now):
                self.published_at = now
                Entry.objects.append(
                    Kind.BARRIER_PUBLISHED, self, by=by, at=at, law=self.law
                )
