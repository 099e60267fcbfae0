"""Services: what is commissioned, again and again, for the same people."""

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from commissions.classification.models import Topic
from commissions.fields import DayField, MomentField
from commissions.organisations.models import Organisation
from commissions.places.models import Area
from commissions.record.models import Entry, Kind


class ServiceQuerySet(models.QuerySet):
    """Services by who may see them."""

    def published(self, at=None):
        """Services that are public at a time (now, unless said)."""
        return self.filter(published_at__lte=at or timezone.now())


class Service(models.Model):
    """A public service people use, whoever provides it at present."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=200, unique=True)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="services",
        help_text="The body that commissions it.",
    )
    summary = models.TextField(help_text="What it is, in plain words.")
    who_uses_it = models.TextField(
        blank=True, help_text="Who it is for, and how many people use it."
    )
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="services"
    )
    areas = models.ManyToManyField(Area, blank=True, related_name="services")
    providers = models.ManyToManyField(
        Organisation,
        blank=True,
        related_name="provides",
        help_text="Who runs it now.",
    )
    contract_ends_on = DayField(
        null=True, blank=True, help_text="When the present contract ends."
    )
    yearly_spend = models.DecimalField(
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="What it costs in a year: pounds, excluding VAT.",
    )
    published_at = MomentField(null=True, blank=True, editable=False)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["name", "id"], name="service_by_name")]
        constraints = [
            models.CheckConstraint(
                name="service_spend_is_not_negative",
                condition=Q(yearly_spend__isnull=True) | Q(yearly_spend__gte=0),
                violation_error_message="The yearly spend must be nothing or more, in pounds.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """Return the address of its public page."""
        return reverse("commissions:service-detail", args=[self.slug])

    @property
    def record_name(self):
        return f"service/{self.slug}"

    def publish(self, *, by, at=None):
        """Show the service in public; publishing again changes nothing."""
        with transaction.atomic():
            now = at or timezone.now()
            waiting = Service.objects.filter(pk=self.pk, published_at__isnull=True)
            if waiting.update(published_at=now):
                self.published_at = now
                Entry.objects.append(Kind.SERVICE_PUBLISHED, self, by=by, at=at)
