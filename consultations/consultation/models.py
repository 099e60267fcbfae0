"""Consultations: when people outside may speak, about what, until when.

Open and closed follow from the dates in Europe/London and are never stored.
No change to a published consultation happens quietly: an extension is a verb
with a reason, on the record and on the page.
"""

from datetime import timedelta

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext

from commissions.commission.models import Commission
from commissions.commission.snapshots import stated_facts
from commissions.fields import DayField, MomentField
from commissions.law.lifecycle import LINE
from commissions.record.models import Entry, Kind
from commissions.record.references import NotReady, Overtaken, new_reference
from commissions.text.formats import in_days, on_day
from consultations.drafts.models import Draft

BEFORE_A_DRAFT = LINE[: LINE.index("draft_open")]
"""The stages from which announcing a draft moves a commission on."""


class ConsultationState(models.TextChoices):
    """Where a consultation is between its announcement and its response."""

    OPEN = "open", gettext_lazy("Open for comment")
    UPCOMING = "upcoming", gettext_lazy("Not open yet")
    AWAITING = "awaiting", gettext_lazy("Closed, waiting for a response")
    ANSWERED = "answered", gettext_lazy("Answered")

    @property
    def colour(self):
        """The colour of the state's tag."""
        return COLOURS[self]

    def at(self, at):
        """Return the condition that a published consultation is in this state."""
        unanswered = Q(response__isnull=True) | Q(response__published_at__isnull=True)
        return {
            ConsultationState.OPEN: Q(opens_at__lte=at, closes_at__gt=at) & unanswered,
            ConsultationState.UPCOMING: Q(opens_at__gt=at) & unanswered,
            ConsultationState.AWAITING: Q(closes_at__lte=at) & unanswered,
            ConsultationState.ANSWERED: Q(response__published_at__isnull=False),
        }[self]


COLOURS = {
    ConsultationState.OPEN: "green",
    ConsultationState.UPCOMING: "blue",
    ConsultationState.AWAITING: "yellow",
    ConsultationState.ANSWERED: "purple",
}


class ConsultationQuerySet(models.QuerySet):
    """Consultations by when."""

    def published(self, at=None):
        """Consultations announced by a time (now, unless said)."""
        return self.filter(published_at__lte=at or timezone.now())

    def open(self, at=None):
        """Published consultations that take comments at a time."""
        at = at or timezone.now()
        return self.published(at).filter(opens_at__lte=at, closes_at__gt=at)

    def closed(self, at=None):
        """Published consultations whose closing time has passed."""
        at = at or timezone.now()
        return self.published(at).filter(closes_at__lte=at)

    def for_page(self):
        """Fetch with each its draft, its response and who is responsible."""
        return self.select_related(
            "commission__organisation__moderated_by",
            "commission__post__organisation",
            "commission__post__deputy",
            "commission__committee__organisation",
            "draft__specification",
            "response__draft",
        )


class Consultation(models.Model):
    """One period in which anyone may comment, on one commission."""

    class Kind(models.TextChoices):
        """What is asked about."""

        NEEDS = "needs", gettext_lazy("What is needed")
        DRAFT = "draft_specification", gettext_lazy("A draft specification")
        MARKET = "market_engagement", gettext_lazy("Market engagement")
        CRITERIA = "award_criteria", gettext_lazy("How bids will be judged")
        REVIEW = "review", gettext_lazy("How it went")

    reference = models.CharField(max_length=60, unique=True, default=new_reference)
    commission = models.ForeignKey(
        Commission, models.PROTECT, related_name="consultations"
    )
    kind = models.CharField(max_length=30, choices=Kind, default=Kind.DRAFT)
    title = models.CharField(max_length=300)
    introduction = models.TextField(
        blank=True, help_text="What you are asking, and what people can still change."
    )
    audience = models.TextField(
        blank=True, help_text="Who you most want to hear from, and how you reach them."
    )
    draft = models.ForeignKey(
        Draft,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="consultations",
        help_text="The published version people comment on.",
    )
    opens_at = MomentField()
    closes_at = MomentField()
    response_due_on = DayField(
        help_text="The day by which you answer every comment. "
        "Government's own principles say within 12 weeks of closing."
    )
    short_reason = models.TextField(
        blank=True,
        help_text="Why it is shorter than your organisation's usual time. Shown in public.",
    )
    published_at = MomentField(null=True, blank=True, editable=False)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="consultation_closes_after_it_opens",
                condition=Q(closes_at__gt=F("opens_at")),
                violation_error_message="A consultation must close after it opens.",
            ),
            models.CheckConstraint(
                name="consultation_on_a_draft_has_a_draft",
                condition=~Q(kind="draft_specification", draft__isnull=True)
                | Q(published_at__isnull=True),
                violation_error_message="Choose the version of the draft that people comment on.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Return the address of its public page."""
        return reverse("consultations:consultation-detail", args=[self.reference])

    @property
    def record_name(self):
        return f"consultation/{self.reference}"

    @property
    def record_commission(self):
        return self.commission.reference

    def is_open(self, at=None):
        """Tell whether it takes comments at a time (now, unless said)."""
        at = at or timezone.now()
        return bool(
            self.published_at
            and self.published_at <= at
            and self.opens_at <= at < self.closes_at
        )

    def opens_later(self, at=None):
        return self.opens_at > (at or timezone.now())

    def has_closed(self, at=None):
        """Tell whether its closing time has passed."""
        return self.closes_at <= (at or timezone.now())

    def is_answered(self, at=None):
        """Tell whether its response, and with it every outcome, is public."""
        return Consultation.objects.filter(
            pk=self.pk, response__published_at__lte=at or timezone.now()
        ).exists()

    @property
    def state(self):
        """Where it is now between announcement and response. Fetch `response` with it."""
        now = timezone.now()
        if self.published_response:
            return ConsultationState.ANSWERED
        if self.closes_at <= now:
            return ConsultationState.AWAITING
        return (
            ConsultationState.OPEN
            if self.opens_at <= now
            else ConsultationState.UPCOMING
        )

    @property
    def published_response(self):
        """The response, and with it every outcome; None until that is public."""
        response = getattr(self, "response", None)
        return response if response and response.published_at else None

    @property
    def responded_on(self):
        """The day in London on which the response came out; None until then."""
        response = self.published_response
        return response and timezone.localdate(response.published_at)

    @property
    def is_response_late(self):
        """Whether the response is overdue, or came after its day."""
        return (self.responded_on or timezone.localdate()) > self.response_due_on

    @property
    def punctuality(self):
        """When the response is due or came, and whether that is late, in a sentence."""
        due, today = self.response_due_on, timezone.localdate()
        if self.responded_on:
            return published_when(self.responded_on, due)
        if due < today:
            said = gettext("Late. It was due on {day}, {when}.")
        else:
            said = gettext("Due on {day}, {when}.")
        return said.format(day=on_day(due), when=in_days(due, today))

    def days(self):
        """Return how many whole days it is open."""
        return (self.closes_at - self.opens_at) // timedelta(days=1)

    def publication_gaps(self, at=None):
        """List, as sentences, what is missing before it can be announced."""
        gaps = []
        if self.kind == self.Kind.DRAFT and not (
            self.draft and self.draft.published_at
        ):
            gaps.append(
                "Publish the draft that people are to comment on, then choose it here."
            )
        if self.commission.published_at is None:
            gaps.append(
                "Publish the commission first, so that people can see who is responsible."
            )
        least = self.commission.organisation.least_consultation_days
        if self.days() < least and not self.short_reason.strip():
            gaps.append(
                f"It is open for {self.days()} days; your organisation's least is {least}. "
                "Choose a later closing date, or say why it has to be shorter."
            )
        if self.has_closed(at):
            gaps.append("Choose a closing time that has not passed.")
        answered_on = max(timezone.localdate(self.closes_at), self.response_due_on)
        gaps += [
            f"“{decision.title}” is to be decided by {on_day(decision.due_until)}, before "
            f"people are answered: move it first to {on_day(answered_on)} or later, or "
            "move it with the reason why it is taken before."
            for decision in self.commission.decisions.before_answers(answered_on, at)
        ]
        return gaps

    def publish(self, *, by, at=None):
        """Announce it; comments are taken from its opening time.

        A commission that has not come so far moves to “Draft open for
        comment” when a draft is what it is about. Raises NotReady with a sentence for each thing missing, and Overtaken
        where somebody has just announced it.
        """
        if gaps := self.publication_gaps(at):
            raise NotReady(*gaps)
        now = at or timezone.now()
        with transaction.atomic():
            waiting = Consultation.objects.filter(pk=self.pk, published_at__isnull=True)
            if not waiting.update(published_at=now):
                raise Overtaken("This consultation is public already.")
            if self.kind == self.Kind.DRAFT and self.commission.stage in BEFORE_A_DRAFT:
                on = timezone.localdate(now)
                self.commission.reach("draft_open", by=by, on=on, at=at)
            self.commission.show_window(
                Commission.Window.COMMENT, self.opens_at, self.closes_at
            )
            Entry.objects.append(
                Kind.CONSULTATION_PUBLISHED,
                self,
                by=by,
                at=at,
                consultation_kind=self.kind,
                title=self.title,
                opens_at=self.opens_at.isoformat(),
                closes_at=self.closes_at.isoformat(),
                response_due_on=self.response_due_on.isoformat(),
                draft=self.draft.version if self.draft else None,
                short_reason=self.short_reason,
                stated=stated_facts(self.commission),
            )
        self.published_at = now

    def extend(self, closes_at, *, reason, by, at=None):
        """Close later than announced, for a reason that the public sees.

        Raises NotReady where the reason is missing or the time is not later.
        """
        gaps = []
        if not reason.strip():
            gaps.append("Say why the closing time moves. The public sees the reason.")
        if closes_at <= self.closes_at:
            gaps.append("Choose a time later than the closing time now.")
        if gaps:
            raise NotReady(*gaps)
        with transaction.atomic():
            unmoved = Consultation.objects.filter(
                pk=self.pk, closes_at=self.closes_at, published_at__isnull=False
            )
            if not unmoved.update(closes_at=closes_at):
                raise Overtaken("Somebody else has just changed the closing time.")
            self.extensions.create(
                closes_before=self.closes_at,
                closes_after=closes_at,
                reason=reason,
                at=at or timezone.now(),
            )
            self.commission.show_window(
                Commission.Window.COMMENT, self.opens_at, closes_at
            )
            Entry.objects.append(
                Kind.CONSULTATION_EXTENDED,
                self,
                by=by,
                at=at,
                before=self.closes_at.isoformat(),
                closes_at=closes_at.isoformat(),
                reason=reason,
            )
        self.closes_at = closes_at


def published_when(day, due):
    """Say when a response was published, and whether that was on time."""
    late = (day - due).days
    if late > 0:
        said = ngettext(
            "Published on {day}, {n} day late. It was due on {due}.",
            "Published on {day}, {n} days late. It was due on {due}.",
            late,
        )
    else:
        said = gettext("Published on {day}, on time. It was due on {due}.")
    return said.format(day=on_day(day), due=on_day(due), n=late)


class Extension(models.Model):
    """A closing time that moved: the old one, the new one, and why."""

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="extensions"
    )
    closes_before = MomentField()
    closes_after = MomentField()
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                name="extension_closes_later",
                condition=Q(closes_after__gt=F("closes_before")),
            ),
        ]

    def __str__(self):
        return f"{self.closes_before} to {self.closes_after}"


class Prompt(models.Model):
    """What a consultation asks its readers beside the text."""

    class Kind(models.TextChoices):
        """How it is answered."""

        TEXT = "text", "In their own words"
        SINGLE = "single", "One choice"
        MULTIPLE = "multiple", "Any number of choices"
        SCALE = "scale", "A scale from 1 to 5"

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="prompts"
    )
    order = models.PositiveIntegerField(default=0)
    text = models.CharField(max_length=500)
    hint = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.TEXT)
    choices = models.TextField(
        blank=True,
        help_text="One choice a line. For a scale: the words for 1 and for 5, one a line.",
    )
    is_required = models.BooleanField(default=False)

    class Meta:
        verbose_name = "question"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="prompt_with_choices_has_choices",
                condition=Q(kind="text") | ~Q(choices=""),
                violation_error_message="Give the choices, one a line.",
            ),
        ]

    def __str__(self):
        return self.text

    def choice_list(self):
        """Return the choices, or the two ends of the scale."""
        return [line.strip() for line in self.choices.splitlines() if line.strip()]

    def options(self):
        """Return (value, label) of each answer to tick: all five of a scale."""
        choices = self.choice_list()
        if self.kind != self.Kind.SCALE:
            return [(choice, choice) for choice in choices]
        ends = {"1": f"1: {choices[0]}", "5": f"5: {choices[-1]}"}
        return [(number, ends.get(number, number)) for number in "12345"]
