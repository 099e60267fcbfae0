"""Who holds a commission or a decision, from when to when, and why; hand-overs; and
holders, committee members and deciders in words."""

from collections import defaultdict
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from commissions.fields import DayField
from commissions.people.models import Committee, CommitteeMember, Post, Tenure
from commissions.record.models import Entry, Kind
from commissions.record.references import NotReady, Overtaken
from commissions.text.formats import for_days, on_day

FURTHEST = 366  # days ahead that a hand-over can be announced


class HoldingQuerySet(models.QuerySet):
    """Holdings of one thing, in order."""

    def of(self, held):
        """Return the holdings of a commission or a decision, first to last."""
        return self.filter(**{held._meta.model_name: held}).order_by("since", "pk")


class AbstractHolding(models.Model):
    """One commission or decision, and the one post or committee that holds it."""

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
        return self.commission or self.decision

    @property
    def holder(self):
        return self.post or self.committee


def holder_fields(held, holder):
    """Return the fields of a holding: what is held, and by which post or committee."""
    return {
        held._meta.model_name: held,
        "post": holder if isinstance(holder, Post) else None,
        "committee": holder if isinstance(holder, Committee) else None,
    }


class Holding(AbstractHolding):
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
            *AbstractHolding.Meta.constraints,
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
        lock_held(held)
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
        return cls.objects.create(**holder_fields(held, holder), since=since, why=why)


def lock_held(held):
    """Lock the row of what is held: of two who hand it over, the second comes after.

    Raises Overtaken where it has passed to somebody else since it was read. Needs a
    transaction.
    """
    rows = type(held)._default_manager.select_for_update().filter(pk=held.pk)
    if (held.post_id, held.committee_id) not in rows.values_list("post", "committee"):
        raise Overtaken(
            "It has just passed to someone else. Look at who is responsible now."
        )


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


class Handover(AbstractHolding):
    """One commission or decision that is to pass to another holder on a day."""

    class State(models.TextChoices):
        """Its state: only one announced can be withdrawn or take effect."""

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
            *AbstractHolding.Meta.constraints,
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
        before = held.holder
        if gaps := announcement_gaps(held, holder, since, why, timezone.localdate(at)):
            raise NotReady(*gaps)
        made = cls(**holder_fields(held, holder), since=since, why=why)
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
            raise NotReady("Say why the hand-over will not happen. The public sees it.")
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
        """Say why a thing, as it is on the day, cannot be handed over so; or nothing."""
        ended = getattr(self.post, "ended_on", None)
        if getattr(held, "decided_on", None):
            return "It was decided before that day."
        if self.holder == held.holder:
            return "They became responsible for it earlier."
        if ended and ended <= self.since:
            return "That post no longer exists on that day."
        if held.held_since and held.held_since > self.since:
            return "It passed to someone else after that day."
        return ""

    def settle(self, state):
        """Move on from announced, once; raises Overtaken."""
        waiting = Handover.objects.announced().filter(pk=self.pk)
        if not waiting.order_by().update(state=state):
            raise Overtaken("This hand-over took effect, or was withdrawn, already.")
        self.state = state


def announcement_gaps(held, holder, since, why, today):
    """List, as sentences, why a hand-over cannot be announced so."""
    gaps = [] if why.strip() else ["Say why it passes to someone else."]
    if not held.published_at:
        gaps.append("It is not published yet: choose who is responsible in its form.")
    if getattr(held, "decided_on", None):
        gaps.append("This decision is taken. There is nothing to hand over.")
    if holder == held.holder:
        gaps.append("This post or committee is responsible already. Choose another.")
    if not 0 < (since - today).days <= FURTHEST:
        gaps.append("Choose a day in the future, within a year.")
    elif not has_holder(holder, since):
        gaps.append(
            "No one is recorded in that post, or on that committee, on that day. "
            "Record who takes it up first, or choose another."
        )
    return gaps


def has_holder(holder, on):
    """Tell whether a person is in a post, or sits on a committee, on a day."""
    if isinstance(holder, Post):
        return Tenure.objects.current(on).filter(post=holder).exists()
    return CommitteeMember.objects.current(on).filter(committee=holder).exists()


NOT_RECORDED = gettext_lazy("Not recorded here")


SEATS = {"chair": 0, "co-chair": 0, "vice-chair": 1, "deputy chair": 1}


def read_holders(posts, on=None):
    """Read, in one query, who is in these posts and in the posts that cover them.

    Each post's `tenure`, `named_person` and `vacant_since` then cost nothing.
    """
    on = on or timezone.localdate()
    posts = [post for post in posts if post]
    everyone = posts + [post.deputy for post in posts if post.deputy]
    served = defaultdict(list)
    begun = Tenure.objects.filter(
        post__in={post.pk for post in everyone}, started_on__lte=on
    )
    for tenure in begun.select_related("commissioner"):
        served[tenure.post_id].append(tenure)
    for post in everyone:
        ends = [tenure.ended_on for tenure in served[post.pk]]
        post.current_tenures = [
            tenure
            for tenure in served[post.pk]
            if tenure.ended_on is None or tenure.ended_on > on
        ]
        for tenure in post.current_tenures:
            tenure.post = post
        post.last_held = max((end for end in ends if end), default=None)


def committee_members(committees, on=None):
    """Return who sits on each committee on a day: {its key: [membership]}.

    The chair comes first, then the others by name.
    """
    sitting = CommitteeMember.objects.current(on).filter(committee__in=committees)
    sitting = sitting.select_related("commissioner", "committee")
    found = defaultdict(list)
    ordered = sorted(
        sitting.order_by("commissioner__name"),
        key=lambda member: SEATS.get(member.role.lower(), 2),
    )
    for member in ordered:
        found[member.committee_id].append(member)
    return found


def holder_in_words(held):
    """Say who holds a commission or a decision, and whether nobody does.

    A vacancy is said with its days and with who covers; that a commission is known
    from notices only is no vacancy. Costs nothing after `read_holders`.
    """
    post = held.post
    if not post:
        if held.committee:
            return held.committee.name, False
        return str(NOT_RECORDED), False
    if person := post.named_person:
        return f"{person.name}, {post.title}", False
    if post.tenure:
        return post.title, False
    return vacancy_in_words(post), True


def vacancy_in_words(post):
    """Say since when a post is vacant, and who covers it where somebody does."""
    said = (
        gettext("Vacant {lasted}, since {since}: {post}")
        if for_days(post.vacant_since)
        else gettext("Vacant since {since}: {post}")
    ).format(
        lasted=for_days(post.vacant_since),
        since=on_day(post.vacant_since),
        post=post.title,
    )
    if not (post.deputy and post.deputy.named_person):
        return said
    cover = gettext("Covered by {name}, {post}").format(
        name=post.deputy.named_person.name, post=post.deputy.title
    )
    return f"{said}. {cover}"


def read_deciders(decisions):
    """Read, in one query, who was in the post on the day each decision was taken.

    Where one of them is taken. `taken_by` is a name that may be public today,
    or empty.
    """
    taken = [each for each in decisions if each.decided_on and each.post_id]
    spells = defaultdict(list)
    if taken:
        rows = Tenure.objects.named().filter(post__in={each.post_id for each in taken})
        columns = ("post", "started_on", "ended_on", "commissioner__name")
        for post, *spell in rows.order_by("started_on", "pk").values_list(*columns):
            spells[post].append(spell)
    for each in taken:
        each.taken_by = tenures_on(spells[each.post_id], each.decided_on)


def tenures_on(spells, day):
    """Name who was in a post on a day, of its (first day, day after the last, name)."""
    names = [
        name
        for first, last, name in spells
        if first <= day and (last is None or day < last)
    ]
    return names[-1] if names else ""


def decider_in_words(decision):
    """Say who is to take a decision; once it is taken, who took it.

    A post that changed hands or fell vacant later did not change who decided.
    """
    if not (decision.decided_on and decision.post):
        return holder_in_words(decision)[0]
    names = (getattr(decision, "taken_by", ""), decision.post.title)
    return ", ".join(filter(None, names))


def is_unconfirmed(confirmed_on, today=None):
    """Tell whether details went unconfirmed for too long, or were never confirmed.

    HOLDER_CONFIRM_DAYS says how many days that is.
    """
    today = today or timezone.localdate()
    longest = timedelta(days=settings.HOLDER_CONFIRM_DAYS)
    return confirmed_on is None or confirmed_on + longest < today
