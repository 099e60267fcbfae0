"""Subscriptions: who follows what by email, and what they were told of it.

Private throughout, so nothing here is on the public record. A subscription is
a filter over the record's entries; an address is kept once, with its follower.
Each entry is read once, and a delivery notes each subscription that it
concerns. What somebody has not been told yet is therefore a query (deliveries
without a time), never a stretch of time: a worker that stood still, or an
entry that was committed late under a lower number, loses nobody anything.
"""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from commissions.record.models import Entry
from consultations.comments.submissions import MOST_SHOWN, UNCONFIRMED_FOR
from consultations.languages import language_field, language_here
from consultations.signed_links import PrivateLinkQuerySet, new_key

LONGEST_TRANSACTION = timedelta(hours=6)
STOPPED_FOR = timedelta(days=30)
SEARCH = "search"


class Frequency(models.TextChoices):
    """How often somebody is told; the days and hours are London's."""

    AT_ONCE = "at_once", gettext_lazy("At once, within a minute")
    DAILY = "daily", gettext_lazy("Once a day, at 7am")
    WEEKLY = "weekly", gettext_lazy("Once a week, on Monday at 7am")


class Follower(models.Model):
    """An email address that asked to be told of something."""

    email = models.EmailField()
    address_key = models.CharField(max_length=40, unique=True)
    key = models.CharField(max_length=40, unique=True, default=new_key)
    language = language_field()

    objects = PrivateLinkQuerySet.as_manager()

    def __str__(self):
        return f"Follower {self.pk}"

    def speak(self, language=None):
        """Write to them in another language from now: that of this request, unless said."""
        self.language = language or language_here()
        self.save(update_fields=["language"])


class SubscriptionQuerySet(PrivateLinkQuerySet):
    """Subscriptions by state."""

    def active(self):
        """Those that are confirmed and not stopped."""
        return self.filter(confirmed_at__isnull=False, unsubscribed_at__isnull=True)

    def asked_beside(self, one):
        """The others that the same address has been asked to confirm."""
        waiting = self.filter(follower=one.follower_id, confirmed_at__isnull=True)
        return waiting.exclude(pk=one.pk).order_by("-asked_at")[:MOST_SHOWN]

    def lapsed(self, at=None):
        """Those nobody confirmed within seven days: to be erased."""
        asked_by = (at or timezone.now()) - UNCONFIRMED_FOR
        return self.filter(confirmed_at__isnull=True, asked_at__lt=asked_by)

    def long_stopped(self, at=None):
        """Those stopped thirty days ago: to be erased."""
        stopped_by = (at or timezone.now()) - STOPPED_FOR
        return self.filter(unsubscribed_at__lt=stopped_by)


class Subscription(models.Model):
    """One thing that one follower is told of, once they have confirmed it.

    `subject` is the public name of what is followed (commission/2026-K7M3Q2,
    organisation/kent, commissioner/ada-obi, topic/…, area/…), or "search", and
    then `query` is the query string of the list of commissions.
    """

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="subscriptions")
    subject = models.CharField(max_length=255)
    query = models.CharField(max_length=1000, blank=True)
    frequency = models.CharField(
        max_length=10, choices=Frequency, default=Frequency.DAILY
    )
    key = models.CharField(max_length=40, unique=True, default=new_key)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    unsubscribed_at = models.DateTimeField(null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["subject"],
                condition=Q(confirmed_at__isnull=False, unsubscribed_at__isnull=True),
                name="subscription_active_by_subject",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["follower", "subject", "query"],
                condition=Q(unsubscribed_at__isnull=True),
                name="follower_follows_a_thing_once",
                violation_error_message="This address follows it already.",
            ),
            models.CheckConstraint(
                name="subscription_to_a_search_and_no_other_has_a_query",
                condition=(Q(subject=SEARCH) & ~Q(query=""))
                | (~Q(subject=SEARCH) & Q(query="")),
                violation_error_message="Choose at least one filter of the list to follow.",
            ),
            models.CheckConstraint(
                name="subscription_stopped_was_confirmed",
                condition=Q(unsubscribed_at__isnull=True)
                | Q(confirmed_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Subscription {self.pk} to {self.subject}"

    def confirm(self, *, at=None):
        """Begin to tell, as the holder of the address asks; again changes nothing."""
        waiting = Subscription.objects.filter(pk=self.pk, confirmed_at__isnull=True)
        waiting.update(confirmed_at=at or timezone.now())
        self.refresh_from_db()

    def change(self, frequency):
        """Tell more or less often; what waits goes by the new choice."""
        Subscription.objects.filter(pk=self.pk).update(frequency=frequency)

    def stop(self, *, at=None):
        """Tell nothing more, from now; stopping again changes nothing."""
        Subscription.objects.active().filter(pk=self.pk).update(
            unsubscribed_at=at or timezone.now()
        )
        self.refresh_from_db()


class Delivery(models.Model):
    """An entry that a subscription concerns, and when its follower was told.

    Made in the same transaction that marks the entry as read; `told_at` is set
    in the one that queues the mail. Both are guarded, so that two workers tell
    nobody twice. Kept for thirty days, then erased: a read entry is never read
    again.
    """

    subscription = models.ForeignKey(
        Subscription, models.CASCADE, related_name="deliveries"
    )
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    at_once = models.BooleanField(
        default=False, help_text="Goes at once, however often the follower chose."
    )
    noted_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(
                fields=["noted_at"],
                condition=Q(told_at__isnull=True),
                name="delivery_waiting",
            ),
            models.Index(
                fields=["told_at"],
                condition=Q(told_at__isnull=False),
                name="delivery_told",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subscription", "entry"], name="entry_is_delivered_once"
            ),
        ]

    def __str__(self):
        return f"Entry {self.entry_id} for subscription {self.subscription_id}"


class Reading(models.Model):
    """An entry that was read for its followers.

    Every entry up to the floor is settled. An entry above it without a row is
    still to be read, which finds those that were committed late under a lower
    number. A row that was made LONGEST_TRANSACTION ago becomes the floor:
    whoever was writing beneath it has finished since.
    """

    entry = models.OneToOneField(
        Entry, models.PROTECT, primary_key=True, related_name="+"
    )
    read_at = models.DateTimeField(default=timezone.now, db_index=True)
    is_floor = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_floor"],
                condition=Q(is_floor=True),
                name="reading_has_one_floor",
            ),
        ]

    def __str__(self):
        return f"Entry {self.entry_id} was read"
