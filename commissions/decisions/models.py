"""Decisions: questions that somebody will decide, and what they decided.

The notice carries what SI 2012/2089 regulation 9 lists of a key decision; the
outcome what regulations 12 and 13, and for officers SI 2014/2095, ask of the
record of a decision. Taking it in private needs two notices (regulation 5): the
first 28 clear days before, the second, with what people said against it and the
answer, 5 clear days before.
"""

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from commissions.commission import choices as commission_choices
from commissions.commission.models import Commission
from commissions.decisions.notice_period import NoticePeriod, notice_period
from commissions.decisions.unanswered import due_too_early, taken_too_early
from commissions.fields import DayField, MomentField, WebAddressField
from commissions.organisations.models import Organisation
from commissions.people.holdings import Holding
from commissions.people.models import Committee, Post, Tenure
from commissions.record.models import Entry, Kind
from commissions.record.references import NotReady, Overtaken, new_reference


class DecisionQuerySet(models.QuerySet):
    """Decisions by who may see them and whether they are taken."""

    def published(self, at=None):
        """Decisions whose notice is public at a time (now, unless said)."""
        return self.filter(published_at__lte=at or timezone.now())

    def to_come(self):
        """Decisions not taken yet, soonest first."""
        return self.filter(decided_on__isnull=True).order_by("due_on", "pk")

    def taken(self):
        """Decisions taken, newest first."""
        return self.filter(decided_on__isnull=False).order_by("-decided_on", "-pk")

    def overdue(self, on=None):
        """Decisions whose day, or period, passed without an outcome."""
        return self.to_come().filter(due_until__lt=on or timezone.localdate())

    def before_answers(self, answered_on, at=None):
        """Announced ones due before people are answered, that do not say why."""
        announced = self.published(at).to_come()
        return announced.filter(due_until__lt=answered_on, early_reason="")


class Decision(models.Model):
    """A question that one post or committee decides, on a day or in a period."""

    Kind = commission_choices.DecisionKind
    Urgency = commission_choices.Urgency

    reference = models.CharField(max_length=60, unique=True, default=new_reference)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="decisions"
    )
    commission = models.ForeignKey(
        Commission,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        help_text="The commission it is part of, if any.",
    )
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.EXECUTIVE)
    title = models.CharField(max_length=300)
    question = models.TextField(help_text="What has to be decided, as a question.")
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    committee = models.ForeignKey(
        Committee, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    held_since = DayField(null=True, blank=True)
    is_key = models.BooleanField(
        "key decision",
        default=False,
        help_text="Significant money for its budget, or significant effects in two or "
        "more wards (regulation 8).",
    )
    key_because = models.CharField(max_length=300, blank=True)
    due_on = DayField(help_text="The day, or the first day of the period.")
    due_until = DayField(help_text="The same day, or the last day of the period.")
    urgency = models.CharField(max_length=20, choices=Urgency, blank=True)
    urgency_reason = models.TextField(blank=True)
    early_reason = models.TextField(
        blank=True, help_text="Why it is taken before people are answered."
    )
    consulted = models.TextField(
        blank=True, help_text="Who was asked, how, and what they said."
    )
    risks = models.TextField(blank=True, help_text="What could go wrong.")
    how_to_see_papers = models.TextField(
        blank=True, help_text="How to ask for papers, and how to send your own."
    )

    is_private = models.BooleanField(
        "taken in private",
        default=False,
        help_text="Then 28 clear days’ notice of that is due too (regulation 5).",
    )
    private_reason = models.TextField(blank=True)
    private_notice_on = DayField(null=True, blank=True)
    second_notice_on = DayField(
        null=True,
        blank=True,
        help_text="The day of the further notice, 5 clear days before (regulation 5(4)).",
    )
    representations = models.TextField(
        blank=True,
        help_text="What people said against taking it in private. Leave it empty if "
        "nobody did. Names of people stay out.",
    )
    representations_response = models.TextField(
        "answer to them",
        blank=True,
        help_text="The statement of response that regulation 5(5)(c) asks for.",
    )

    outcome = models.TextField(blank=True, help_text="What was decided.")
    reasons = models.TextField(blank=True)
    alternatives_rejected = models.TextField(blank=True)
    risks_accepted = models.TextField(blank=True)
    conflicts = models.TextField(
        blank=True, help_text="Conflicts of interest declared. Write “None declared”."
    )
    dispensations = models.TextField(blank=True)
    decided_on = DayField(null=True, blank=True)
    published_at = MomentField(null=True, blank=True, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["decided_on", "due_on", "id"], name="decision_by_day"),
            models.Index(
                fields=["organisation", "due_on", "id"], name="decision_by_body"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="decision_is_held_by_a_post_or_a_committee",
                condition=Q(post__isnull=True) | Q(committee__isnull=True),
                violation_error_message="One post or one committee decides, not both.",
            ),
            models.CheckConstraint(
                name="decision_period_ends_after_it_begins",
                condition=Q(due_until__gte=F("due_on")),
                violation_error_message="The period must end on or after its first day.",
            ),
            models.CheckConstraint(
                name="decision_with_urgency_says_why",
                condition=Q(urgency="") | ~Q(urgency_reason=""),
                violation_error_message="Say why it cannot wait 28 clear days.",
            ),
            models.CheckConstraint(
                name="decision_in_private_says_why",
                condition=Q(is_private=False) | ~Q(private_reason=""),
                violation_error_message="Say why it is taken in private.",
            ),
            models.CheckConstraint(
                name="second_notice_of_privacy_follows_the_first",
                condition=Q(second_notice_on__isnull=True)
                | Q(is_private=True, second_notice_on__gte=F("private_notice_on")),
                violation_error_message="The second notice follows the first notice "
                "that it is taken in private.",
            ),
            models.CheckConstraint(
                name="decision_taken_says_what_and_why",
                condition=Q(decided_on__isnull=True)
                | (~Q(outcome="") & ~Q(reasons="") & ~Q(conflicts="")),
                violation_error_message="Give what was decided, the reasons, and the "
                "conflicts declared (or “None declared”).",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Return the address of its public page."""
        return reverse("commissions:decision-detail", args=[self.reference])

    @property
    def record_name(self):
        return f"decision/{self.reference}"

    @property
    def record_commission(self):
        """The reference of the commission it concerns, if any."""
        return self.commission.reference if self.commission else ""

    @property
    def holder(self):
        return self.post or self.committee

    @property
    def notice_period(self) -> NoticePeriod:
        """The clear days between its notice and the day; only once it is published."""
        return notice_period(self)

    def is_overdue(self, on=None):
        """Tell whether its day or period passed without an outcome."""
        on = on or timezone.localdate()
        return self.decided_on is None and self.due_until < on

    @property
    def early_facts(self):
        """What an entry says of the reason to decide before people are answered."""
        return {"early_reason": self.early_reason} if self.early_reason else {}

    def publication_gaps(self, at=None):
        """List, as sentences, what is missing before its notice can be published."""
        gaps = []
        if not self.holder:
            gaps.append("Say who decides: choose a post or a committee.")
        elif self.post and not Tenure.objects.current().filter(post=self.post).exists():
            gaps.append(
                "The post that decides is vacant. Put a person in it, or choose another."
            )
        if not self.question.strip():
            gaps.append("Say what has to be decided, as a question.")
        if not self.early_reason.strip():
            today = timezone.localdate(at)
            gaps += due_too_early(self.commission, self.due_until, on=today)
        return gaps

    def publish(self, *, by, at=None):
        """Publish the notice of the decision to come; raises NotReady, Overtaken."""
        if gaps := self.publication_gaps(at):
            raise NotReady(*gaps)
        now = at or timezone.now()
        with transaction.atomic():
            waiting = Decision.objects.filter(pk=self.pk, published_at__isnull=True)
            if not waiting.update(published_at=now):
                raise Overtaken("The notice of this decision is public already.")
            Entry.objects.append(
                Kind.DECISION_PUBLISHED,
                self,
                by=by,
                at=at,
                title=self.title,
                organisation=self.organisation.record_name,
                holder=self.holder.record_name,
                key=self.is_key,
                due_on=self.due_on.isoformat(),
                due_until=self.due_until.isoformat(),
                urgency=self.urgency,
                **self.early_facts,
            )
            if not self.held_since:
                self.held_since = timezone.localdate(now)
                self.save(update_fields=["held_since"])
            Holding.begin(self, self.holder, since=self.held_since)
        self.published_at = now

    def hand_over(self, holder, *, since, why, by, at=None):
        """Pass the decision to another post or committee, for a reason.

        Naming the first holder needs no reason. Raises NotReady otherwise, and
        Overtaken where it is taken: who took it stays who took it.
        """
        if self.decided_on:
            raise Overtaken("This decision is taken. There is nothing to hand over.")
        if self.holder == holder:
            raise NotReady("This post or committee holds it already. Choose another.")
        if self.holder and not why.strip():
            raise NotReady("Say why the decision passes to someone else.")
        before = self.holder
        with transaction.atomic():
            Holding.begin(self, holder, since=since, why=why, at=at)
            self.post = holder if isinstance(holder, Post) else None
            self.committee = holder if isinstance(holder, Committee) else None
            self.held_since = since
            self.save(update_fields=["post", "committee", "held_since"])
            if self.published_at:
                Entry.objects.append(
                    Kind.HANDED_OVER,
                    self,
                    by=by,
                    at=at,
                    before=before.record_name if before else "",
                    holder=holder.record_name,
                    since=since.isoformat(),
                    why=why,
                )

    def defer(self, due_on, *, due_until=None, reason, by, at=None, early_reason=""):
        """Decide later than announced; the old date and the reason stay visible.

        `early_reason` says why it is due before people are answered, where it is.
        """
        if not reason.strip():
            raise NotReady("Say why the decision moves. The public sees the reason.")
        due_until = due_until or due_on
        early_reason = early_reason.strip() or self.early_reason
        early = due_too_early(self.commission, due_until, on=timezone.localdate(at))
        if early and not early_reason:
            raise NotReady(*early)
        with transaction.atomic():
            unmoved = Decision.objects.filter(
                pk=self.pk, due_on=self.due_on, decided_on__isnull=True
            )
            if not unmoved.update(
                due_on=due_on, due_until=due_until, early_reason=early_reason
            ):
                raise Overtaken("Somebody else has moved or taken this decision.")
            self.early_reason = early_reason
            self.deferrals.create(
                due_before=self.due_on,
                due_after=due_on,
                reason=reason,
                at=at or timezone.now(),
            )
            Entry.objects.append(
                Kind.DECISION_DEFERRED,
                self,
                by=by,
                at=at,
                before=self.due_on.isoformat(),
                due_on=due_on.isoformat(),
                reason=reason,
                **self.early_facts,
            )
        self.due_on, self.due_until = due_on, due_until

    def give_second_notice(
        self, *, by, on=None, at=None, representations="", response=""
    ):
        """Say again that it is taken in private, with the objections and the answer.

        `on` is the day of the notice: today, unless said. Raises NotReady where
        the first notice or the answer is missing, or the day does not fit;
        Overtaken where it is decided, or the notice is recorded, already.
        """
        on = on or timezone.localdate(at)
        self.check_second_notice(on, representations, response)
        fields = {
            "second_notice_on": on,
            "representations": representations.strip(),
            "representations_response": response.strip(),
        }
        with transaction.atomic():
            waiting = Decision.objects.filter(
                pk=self.pk, second_notice_on__isnull=True, decided_on__isnull=True
            )
            if not waiting.update(**fields):
                raise Overtaken(
                    "The second notice is recorded, or it is decided, already."
                )
            Entry.objects.append(
                Kind.PRIVACY_CONFIRMED,
                self,
                by=by,
                at=at,
                on=on.isoformat(),
                due_on=self.due_on.isoformat(),
                objected=bool(fields["representations"]),
            )
        for name, value in fields.items():
            setattr(self, name, value)

    def check_second_notice(self, on, representations, response):
        """Refuse a second notice that cannot follow the first, or answers nobody."""
        if not (self.is_private and self.published_at and self.private_notice_on):
            raise NotReady(
                "A second notice follows a first: publish the decision as one taken in "
                "private, with the day of its first notice."
            )
        if not self.private_notice_on <= on <= timezone.localdate():
            raise NotReady(
                "The second notice is published on or after the day of the first, and "
                "is recorded once it is published: today or earlier."
            )
        if representations.strip() and not response.strip():
            raise NotReady(
                "Answer what people said: the second notice has to carry a statement "
                "of response (regulation 5(5)(c))."
            )

    def decide(self, *, by, on=None, at=None, **said):
        """Record what was decided: outcome, reasons, alternatives, conflicts …

        `said` are the fields of the outcome, and why it is taken before people are
        answered. Raises NotReady where they are not and nothing says why,
        ValidationError where the constraints refuse, Overtaken where it is decided
        already.
        """
        said["early_reason"] = said.get("early_reason", "").strip() or self.early_reason
        decided_on = on or timezone.localdate()
        early = taken_too_early(self.commission, decided_on)
        if early and not said["early_reason"]:
            raise NotReady(*early)
        for name in said:
            setattr(self, name, said[name])
        self.decided_on = decided_on
        self.validate_constraints()
        with transaction.atomic():
            open_still = Decision.objects.filter(pk=self.pk, decided_on__isnull=True)
            if not open_still.update(decided_on=self.decided_on, **said):
                raise Overtaken("The outcome of this decision is recorded already.")
            Entry.objects.append(
                Kind.DECISION_TAKEN,
                self,
                by=by,
                at=at,
                outcome=self.outcome,
                on=self.decided_on.isoformat(),
                holder=self.holder.record_name if self.holder else "",
                **self.early_facts,
            )


# What belongs to a decision: its options, its papers, and the dates that moved.


class Option(models.Model):
    """One of the ways a decision could go, with its cost and effect."""

    decision = models.ForeignKey(
        "commissions.Decision", models.CASCADE, related_name="options"
    )
    order = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=200)
    cost = models.CharField(
        max_length=200, blank=True, help_text="In pounds a year, or in words."
    )
    effect = models.TextField(blank=True, help_text="Who it changes what for.")
    is_chosen = models.BooleanField(default=False)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return self.title


class Deferral(models.Model):
    """A decision's date that moved: the old one, the new one, and why."""

    decision = models.ForeignKey(
        "commissions.Decision", models.CASCADE, related_name="deferrals"
    )
    due_before = DayField()
    due_after = DayField()
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.due_before} to {self.due_after}"


class Paper(models.Model):
    """A document that those who decide consider (regulation 9(1)(f))."""

    decision = models.ForeignKey(
        "commissions.Decision", models.CASCADE, related_name="papers"
    )
    title = models.CharField(max_length=300)
    url = WebAddressField(max_length=1000)
    published_on = DayField(default=timezone.localdate)

    class Meta:
        ordering = ["published_on", "pk"]

    def __str__(self):
        return self.title
