"""Holdings: who held a commission or a decision, from when to when, and why.

The trail of hands is the sequence of holdings. What a person did while they
held it follows from their tenure of the post in that time; a stretch in which
the post was vacant is a gap, and is drawn as one.
"""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from commissions.fields import DayField
from commissions.people.models import Committee, Post
from commissions.record.exceptions import NotReady, Overtaken


class HoldingQuerySet(models.QuerySet):
    """Holdings of one thing, in order."""

    def of(self, held):
        """Return the holdings of a commission or a decision, first to last."""
        return self.filter(**{held._meta.model_name: held}).order_by("since", "pk")


class Hand(models.Model):
    """One commission or decision in the hand of one post or committee."""

    commission = models.ForeignKey(
        "commissions.Commission",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
    )
    decision = models.ForeignKey(
        "commissions.Decision",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
    )
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )
    committee = models.ForeignKey(
        Committee, models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_is_of_a_commission_or_a_decision",
                condition=Q(commission__isnull=True, decision__isnull=False)
                | Q(commission__isnull=False, decision__isnull=True),
            ),
            models.CheckConstraint(
                name="%(class)s_is_by_a_post_or_a_committee",
                condition=Q(post__isnull=True, committee__isnull=False)
                | Q(post__isnull=False, committee__isnull=True),
            ),
        ]

    @property
    def held(self):
        """The commission or the decision."""
        return self.commission or self.decision

    @property
    def holder(self):
        """The post or the committee."""
        return self.post or self.committee


def fields_of(held, holder):
    """Return the fields of a hand: what is held, and by which post or committee."""
    return {
        held._meta.model_name: held,
        "post": holder if isinstance(holder, Post) else None,
        "committee": holder if isinstance(holder, Committee) else None,
    }


class Holding(Hand):
    """A stretch of time in which one post or committee held one thing.

    `until` is the first day on which it no longer did; none while it does.
    `why` is why it was passed to this holder.
    """

    since = DayField()
    until = DayField(null=True, blank=True)
    why = models.TextField(blank=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            *Hand.Meta.constraints,
            models.CheckConstraint(
                name="holding_ends_on_or_after_its_start",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                violation_error_message="Hand over on a day after the present holder took it.",
            ),
            models.UniqueConstraint(
                fields=["commission"],
                condition=Q(until__isnull=True, commission__isnull=False),
                name="commission_has_one_present_holding",
            ),
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(until__isnull=True, decision__isnull=False),
                name="decision_has_one_present_holding",
            ),
        ]

    def __str__(self):
        return f"{self.holder} since {self.since}"

    @classmethod
    def begin(cls, held, holder, *, since, why="", at=None):
        """End the present holding of a thing, if any, and begin the next.

        Part of the verb that hands it over. Where this holder has it already
        nothing changes. Raises NotReady where the day lies before the present
        holder took it or is still to come (until then they have it), Overtaken
        where it has passed on since it was read.
        """
        take(held)
        present = cls.objects.of(held).filter(until__isnull=True).first()
        if present and present.holder == holder:
            return present
        if present and since < present.since:
            raise NotReady(
                "Choose a day on or after the one on which the present holder took it."
            )
        if present and since > timezone.localdate(at):
            raise NotReady(
                "The present holder has it until that day. Announce the hand-over "
                "ahead, or choose today or earlier."
            )
        if present:
            present.until = since
            present.save(update_fields=["until"])
        return cls.objects.create(**fields_of(held, holder), since=since, why=why)


def take(held):
    """Take the row of what is held: of two who hand it over, the second comes after.

    Raises Overtaken where it has passed to somebody else since it was read. Needs a
    transaction.
    """
    rows = type(held)._default_manager.select_for_update().filter(pk=held.pk)
    if (held.post_id, held.committee_id) not in rows.values_list("post", "committee"):
        raise Overtaken("It has just passed to somebody else. Look at who holds it.")
