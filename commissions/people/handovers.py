"""Hand-overs announced ahead: to whom a thing will pass, from which day, and why.

Until the day the present holder has it; on the day the clock hands it over
(`commissions.scheduled.handovers`), by the verb of what is held.
"""

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from commissions.fields import DayField
from commissions.people.holdings import Hand, fields_of
from commissions.people.models import CommitteeMember, Post, Tenure
from commissions.record.exceptions import NotReady, Overtaken
from commissions.record.models import Entry, Kind

FURTHEST = 366  # days ahead


class HandoverQuerySet(models.QuerySet):
    """Hand-overs to come."""

    def announced(self):
        """Those that are still to come, the soonest first."""
        return self.filter(state=Handover.State.ANNOUNCED).order_by("since", "pk")

    def due(self, on=None):
        """Those whose day has come."""
        return self.announced().filter(since__lte=on or timezone.localdate())

    def with_bodies(self):
        """Fetch with each what is held, and who takes it over."""
        return self.select_related(
            "commission__post",
            "commission__committee",
            "decision__post",
            "decision__committee",
            "post__organisation",
            "committee__organisation",
        )


class Handover(Hand):
    """One commission or decision that is to pass to another holder on a day."""

    class State(models.TextChoices):
        """Where it stands: only one announced can be withdrawn or take effect."""

        ANNOUNCED = "announced", "Announced"
        DONE = "done", "Took effect"
        WITHDRAWN = "withdrawn", "Withdrawn"

    since = DayField(help_text="The first day of the next holder.")
    why = models.TextField()
    state = models.CharField(max_length=20, choices=State, default=State.ANNOUNCED)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            *Hand.Meta.constraints,
            models.CheckConstraint(
                name="handover_says_why",
                condition=~Q(why=""),
                violation_error_message="Say why it passes to somebody else.",
            ),
            models.UniqueConstraint(
                fields=["commission"],
                condition=Q(state="announced"),
                name="commission_has_one_handover_to_come",
            ),
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(state="announced"),
                name="decision_has_one_handover_to_come",
            ),
        ]

    def __str__(self):
        return f"to {self.holder} on {self.since}"

    @classmethod
    def announce(cls, held, holder, *, since, why, by, at=None):
        """Say ahead that something passes to another post or committee on a day.

        Raises NotReady where the reason, the day or the holder does not fit,
        Overtaken where a hand-over is announced already.
        """
        before = now_with(held)
        if gaps := announcement_gaps(held, holder, since, why, timezone.localdate(at)):
            raise NotReady(*gaps)
        made = cls(**fields_of(held, holder), since=since, why=why)
        with transaction.atomic():
            made.keep()
            Entry.objects.append(
                Kind.HANDOVER_ANNOUNCED,
                held,
                by=by,
                at=at,
                before=before.record_name if before else "",
                holder=holder.record_name,
                since=since.isoformat(),
                why=why,
            )
        return made

    def keep(self):
        """Save it for the first time; part of `announce`. Raises Overtaken.

        That only one is announced the database holds, however many press at once.
        """
        try:
            with transaction.atomic():
                self.save(force_insert=True)
        except IntegrityError:
            raise Overtaken(
                "A hand-over is announced already. Withdraw that one first."
            ) from None

    @classmethod
    def to_come(cls, held):
        """Return the hand-over announced of a thing, or None. One query."""
        rows = cls.objects.announced().filter(**{held._meta.model_name: held})
        return rows.with_bodies().first()

    def withdraw(self, *, by, why, at=None):
        """Take an announcement back, for a reason; raises NotReady, Overtaken."""
        if not why.strip():
            raise NotReady("Say why the hand-over is not to be. The public sees it.")
        with transaction.atomic():
            self.settle(Handover.State.WITHDRAWN)
            Entry.objects.append(
                Kind.HANDOVER_WITHDRAWN,
                self.held,
                by=by,
                at=at,
                holder=self.holder.record_name,
                since=self.since.isoformat(),
                why=why,
            )

    def take_effect(self, *, by, at=None):
        """Hand it over, on its day; one that can no longer be is withdrawn.

        Raises Overtaken where it has taken effect, or was withdrawn, already.
        """
        with transaction.atomic():
            every = type(self.held)._default_manager
            held = every.select_for_update().get(pk=self.held.pk)
            if why := self.hindrance(held):
                return self.withdraw(by=by, why=why, at=at)
            self.settle(Handover.State.DONE)
            held.hand_over(self.holder, since=self.since, why=self.why, by=by, at=at)
        return None

    def hindrance(self, held):
        """Say why a thing, as it stands on the day, cannot be handed over so; or nothing."""
        ended = getattr(self.post, "ended_on", None)
        if getattr(held, "decided_on", None):
            return "It was decided before that day."
        if self.holder == now_with(held):
            return "They came to hold it earlier."
        if ended and ended <= self.since:
            return "That post no longer exists on that day."
        if held.held_since and held.held_since > self.since:
            return "It passed to somebody else after that day."
        return ""

    def settle(self, state):
        """Move on from announced, once; raises Overtaken."""
        waiting = Handover.objects.announced().filter(pk=self.pk)
        if not waiting.order_by().update(state=state):
            raise Overtaken("This hand-over took effect, or was withdrawn, already.")
        self.state = state


def now_with(held):
    """Return the post or committee that has a thing now, or None."""
    return held.post or held.committee


def announcement_gaps(held, holder, since, why, today):
    """List, as sentences, why a hand-over cannot be announced so."""
    gaps = [] if why.strip() else ["Say why it passes to somebody else."]
    if not held.published_at:
        gaps.append("Nobody has seen it yet: choose the holder in its form.")
    if getattr(held, "decided_on", None):
        gaps.append("This decision is taken. There is nothing to hand over.")
    if holder == now_with(held):
        gaps.append("This post or committee holds it already. Choose another.")
    if not 0 < (since - today).days <= FURTHEST:
        gaps.append("Choose a day to come, within a year.")
    elif not has_somebody(holder, since):
        gaps.append(
            "Nobody is known to be in that post, or on that committee, on that day. "
            "Record who takes it up first, or choose another."
        )
    return gaps


def has_somebody(holder, on):
    """Tell whether a person is in a post, or sits on a committee, on a day."""
    if isinstance(holder, Post):
        return Tenure.objects.current(on).filter(post=holder).exists()
    return CommitteeMember.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=on),
        committee=holder,
        started_on__lte=on,
    ).exists()
