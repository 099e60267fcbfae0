"""Who was involved, how far up the ladder, and what changed because of it."""

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from commissions.classification.models import Topic
from commissions.commission.choices import Rung
from commissions.commission.models import Commission
from commissions.fields import DayField, MomentField, WebAddressField
from commissions.organisations.models import Organisation
from commissions.record.models import Correctable, Entry, Kind


class Involvement(Correctable):
    """One group of people, involved in one commission, in one stretch of time."""

    ENTERED, CORRECTED = Kind.PEOPLE_INVOLVED, Kind.INVOLVEMENT_CORRECTED

    class Group(models.TextChoices):
        """Who."""

        USERS = "users", gettext_lazy("People who use the service")
        CARERS = "carers", gettext_lazy("Carers and families")
        PROVIDERS = "providers", gettext_lazy("Providers")
        FRONTLINE = "frontline", gettext_lazy("Frontline professionals")
        COMMUNITY = "community", gettext_lazy("Community groups")
        COLLEAGUES = "colleagues", gettext_lazy("Colleagues in the same body")
        OTHER_BODIES = "other_bodies", gettext_lazy("Other public bodies")

    commission = models.ForeignKey(
        Commission, models.PROTECT, related_name="involvements"
    )
    group = models.CharField(max_length=20, choices=Group)
    started_on = DayField()
    ended_on = DayField(null=True, blank=True)
    people = models.PositiveIntegerField(
        null=True, blank=True, help_text="How many took part."
    )
    how = models.TextField(help_text="What they did with you: interviews, a panel …")
    rung = models.PositiveSmallIntegerField("rung claimed", choices=Rung)
    evidence = models.TextField(
        blank=True, help_text="What shows that it really went that far."
    )
    evidence_url = WebAddressField(max_length=1000, blank=True)
    changed = models.TextField(
        blank=True, help_text="What is different because of it. Say if nothing is."
    )

    class Meta:
        ordering = ["started_on", "pk"]
        constraints = [
            *Correctable.Meta.constraints,
            models.CheckConstraint(
                name="involvement_ends_after_it_starts",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                violation_error_message="The last day must not lie before the first.",
            ),
        ]

    def __str__(self):
        return f"{self.get_group_display()}, {self.commission}"

    def told(self):
        """Return who was involved, how many, and how far it is claimed."""
        return {"group": self.group, "people": self.people, "rung": self.rung}


class Lesson(Correctable):
    """What was learnt at review, for the next time and for others."""

    ENTERED, CORRECTED = Kind.LESSON_LEARNT, Kind.LESSON_CORRECTED

    commission = models.ForeignKey(Commission, models.PROTECT, related_name="lessons")
    learnt = models.TextField(help_text="What went otherwise than hoped, or well.")
    next_time = models.TextField(blank=True, help_text="What to do about it.")

    class Meta:
        ordering = ["entered_at", "pk"]
        constraints = Correctable.Meta.constraints

    def __str__(self):
        return self.learnt[:80]

    def told(self):
        return {"learnt": self.learnt}


# Barriers: laws and policies that stop something useful, and ways round them.


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
