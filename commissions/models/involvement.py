"""Who was involved, how far up the ladder, and what changed because of it."""

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from commissions.models.addresses import WebAddressField
from commissions.models.commissions import Commission
from commissions.models.record import Entry, Kind
from commissions.models.terms import Rung


class Involvement(models.Model):
    """One group of people, involved in one commission, in one stretch of time."""

    class Group(models.TextChoices):
        """Who."""

        USERS = "users", "People who use the service"
        CARERS = "carers", "Carers and families"
        PROVIDERS = "providers", "Providers"
        FRONTLINE = "frontline", "Frontline professionals"
        COMMUNITY = "community", "Community groups"
        COLLEAGUES = "colleagues", "Colleagues in the same body"
        OTHER_BODIES = "other_bodies", "Other public bodies"

    commission = models.ForeignKey(
        Commission, models.PROTECT, related_name="involvements"
    )
    group = models.CharField(max_length=20, choices=Group)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
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
            models.CheckConstraint(
                name="involvement_ends_after_it_starts",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                violation_error_message="The last day must not lie before the first.",
            ),
        ]

    def __str__(self):
        return f"{self.get_group_display()}, {self.commission}"

    def enter(self, *, by, at=None):
        """Save it and put on the record who was involved and how far."""
        self.full_clean()
        with transaction.atomic():
            self.save()
            Entry.objects.append(
                Kind.PEOPLE_INVOLVED,
                self.commission,
                by=by,
                at=at,
                group=self.group,
                people=self.people,
                rung=self.rung,
            )


class Lesson(models.Model):
    """What was learnt at review, for the next time and for others."""

    commission = models.ForeignKey(Commission, models.PROTECT, related_name="lessons")
    learnt = models.TextField(help_text="What went otherwise than hoped, or well.")
    next_time = models.TextField(blank=True, help_text="What to do about it.")
    entered_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["entered_at", "pk"]

    def __str__(self):
        return self.learnt[:80]

    def enter(self, *, by, at=None):
        """Save it and put it on the record."""
        self.full_clean()
        with transaction.atomic():
            self.save()
            Entry.objects.append(
                Kind.LESSON_LEARNT, self.commission, by=by, at=at, learnt=self.learnt
            )
