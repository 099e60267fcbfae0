"""Commissions: one exercise to commission one or more services."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from commissions.classification.models import Topic
from commissions.commission import choices as commission_choices
from commissions.commission import gates, snapshots
from commissions.commission.choices import Stage
from commissions.fields import AmountField, DayField, MomentField, WebAddressField
from commissions.law.lifecycle import SIGNED, Law, stated_name
from commissions.law.thresholds import CENTRAL, VAT, at_least, notifiable
from commissions.organisations.models import Organisation
from commissions.people.holdings import Holding
from commissions.people.models import Committee, CommitteeMember, Post, Tenure
from commissions.places.models import Area
from commissions.record.models import Entry, Kind
from commissions.record.references import NotReady, Overtaken, new_reference
from commissions.services.models import Service
from commissions.text.formats import amount


def names_in_sentence(on):
    """Ask of each commission whether somebody is in its post on a day."""
    return Exists(Tenure.objects.current(on).filter(post=OuterRef("post")))


def kept_here(prefix=""):
    """Tell, as a condition, which commissions the staff of a body keep here.

    A post or a committee holds them, or they are working drafts. All others are known
    from notices alone: pages, lists and files say what the notices say, and judge
    nobody. `prefix` leads to the commission from another model.
    """
    empty = {f"{prefix}post": None, f"{prefix}committee": None}
    return ~Q(**empty) | Q(**{f"{prefix}published_at": None})


class CommissionQuerySet(models.QuerySet):
    """Commissions by who may see them and what is open."""

    def published(self, at=None):
        """Commissions that are public at a time (now, unless said)."""
        return self.filter(published_at__lte=at or timezone.now())

    def kept_here(self):
        """Commissions that the staff of a body keep on this portal."""
        return self.filter(kept_here())

    def known_from_notices(self):
        """Commissions of which this portal knows only what notices say."""
        return self.filter(~kept_here())

    def open_for_comment(self, at=None):
        """Commissions whose draft anyone can comment on at a time."""
        return self.open(at).filter(window_for=commission_choices.Window.COMMENT)

    def open(self, at=None):
        """Commissions with something open at a time: comment, engagement, bids."""
        at = at or timezone.now()
        return self.filter(
            Q(window_opens_at__isnull=True) | Q(window_opens_at__lte=at),
            window_closes_at__gt=at,
        )

    def with_named_holder(self, on=None):
        """Commissions held by a post with a person in it, or by a committee."""
        return self.filter(names_in_sentence(on) | Q(committee__isnull=False))

    def without_named_holder(self, on=None):
        """Commissions kept here whose post is vacant."""
        return self.kept_here().filter(~names_in_sentence(on), committee__isnull=True)


class Commission(models.Model):
    """One exercise to commission services, from intention to review.

    A working draft has no `published_at` and is seen by staff only. The
    holder is one post or one committee; a commission known only from its
    notices has neither, and says so.
    """

    Regime = commission_choices.Regime
    Route = commission_choices.Route
    Vat = commission_choices.Vat
    Window = commission_choices.Window
    Rung = commission_choices.Rung

    class Tupe(models.TextChoices):
        """Whether staff move to a new provider with their terms kept (TUPE 2006)."""

        APPLIES = "applies", gettext_lazy("TUPE applies")
        DOES_NOT = "does_not", gettext_lazy("TUPE does not apply")
        NOT_KNOWN = "", gettext_lazy("Not known yet")

    WINDOWS = {
        "engagement": commission_choices.Window.ENGAGEMENT,
        "draft_open": commission_choices.Window.COMMENT,
        "tender": commission_choices.Window.BIDS,
    }
    """The stages in which outsiders can take part, and what they can do."""

    # What it changes, and for whom.

    changes_for = models.TextField(
        blank=True,
        help_text="Who it changes things for, and how: people who use the service, "
        "carers, providers, staff.",
    )
    equality_impact = models.TextField(
        "effect on equality",
        blank=True,
        help_text="Whom it could help or harm more than others (age, disability, sex, "
        "race, religion, pregnancy and so on), and what you do about it. Equality Act "
        "2010, section 149.",
    )
    equality_impact_url = WebAddressField(
        "equality impact assessment",
        max_length=1000,
        blank=True,
        help_text="Where the whole assessment can be read, if it is published.",
    )
    tupe = models.CharField(
        "TUPE",
        max_length=20,
        choices=Tupe,
        default=Tupe.NOT_KNOWN,
        blank=True,
        help_text="Whether staff of the present provider would move to the next one. "
        "Bidders need to know, and so do the staff.",
    )
    replaces = models.ManyToManyField(
        "commissions.Contract",
        blank=True,
        related_name="replaced_by",
        verbose_name="contracts it replaces",
        help_text="The present contracts that this commission follows. Their pages "
        "then say what comes next.",
    )

    # What it is, and who holds it.

    reference = models.CharField(max_length=255, unique=True, default=new_reference)
    ocid = models.CharField(
        max_length=255,
        unique=True,
        blank=True,
        verbose_name="OCID",
        help_text="Its Open Contracting ID. Left empty, it is made from the reference.",
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="commissions",
        verbose_name="lead organisation",
    )
    partners = models.ManyToManyField(
        Organisation, blank=True, related_name="partner_commissions"
    )
    services = models.ManyToManyField(Service, blank=True, related_name="commissions")
    post = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="commissions",
        verbose_name="post that holds it",
    )
    committee = models.ForeignKey(
        Committee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="commissions",
        verbose_name="committee that holds it",
    )
    held_since = DayField(null=True, blank=True)

    title = models.CharField(max_length=500)
    summary = models.TextField(
        blank=True, help_text="What this is about, in plain words, for a resident."
    )
    need = models.TextField(
        blank=True, help_text="What is wrong or missing now, and for whom."
    )
    outcomes = models.TextField(
        blank=True, help_text="What should be better in people's lives afterwards."
    )
    fixed = models.TextField(blank=True, help_text="What cannot change, and why.")
    still_open = models.TextField(
        blank=True, help_text="What people can still influence."
    )
    unknowns = models.TextField(
        blank=True, help_text="What we do not know yet. Anyone may answer."
    )

    welsh_title = models.CharField("title in Welsh", max_length=500, blank=True)
    welsh_summary = models.TextField("summary in Welsh", blank=True)
    welsh_need = models.TextField("the need in Welsh", blank=True)

    regime = models.CharField(
        max_length=20,
        choices=Regime,
        default=Regime.NOT_STATED,
        help_text="Most council services: the Procurement Act. Health care services: the NHS regime.",
    )
    light_touch = models.BooleanField(
        default=False,
        help_text="Health, social care and similar services have lighter rules under the Act.",
    )
    route = models.CharField(max_length=30, choices=Route, default=Route.NOT_DECIDED)
    value_min = AmountField(
        "lowest value", help_text="Pounds over the whole term, for example 1200000."
    )
    value_max = AmountField(
        "highest value",
        help_text="Pounds over the whole term. The same as the lowest if you know the value.",
    )
    value_vat = models.CharField(
        "VAT", max_length=20, choices=Vat, default=Vat.NOT_STATED
    )
    starts_on = DayField(
        null=True, blank=True, help_text="When the service is to start."
    )
    ends_on = DayField(
        null=True, blank=True, help_text="When it ends if it is not extended."
    )
    extension = models.CharField(
        max_length=300,
        blank=True,
        help_text="How it may be extended, for example: two years.",
    )
    funding = models.TextField(blank=True, help_text="Where the money comes from.")
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="commissions"
    )
    areas = models.ManyToManyField(Area, blank=True, related_name="commissions")
    rung = models.PositiveSmallIntegerField(
        "how far people are involved",
        choices=Rung,
        null=True,
        blank=True,
        help_text="The rung of the co-production ladder that you claim.",
    )

    stage = models.CharField(max_length=20, choices=Stage, default="intention")
    window_for = models.CharField(
        max_length=20, choices=Window, blank=True, editable=False
    )
    window_opens_at = MomentField(null=True, blank=True, editable=False)
    window_closes_at = MomentField(null=True, blank=True, editable=False)
    published_at = MomentField(null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    objects = CommissionQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(  # newest first; holds all that the facets count
                fields=[
                    "published_at",
                    "id",
                    "stage",
                    "topic",
                    "regime",
                    "organisation",
                    "window_for",
                    "window_opens_at",
                    "window_closes_at",
                ],
                name="commission_newest_with_facets",
            ),
            models.Index(
                fields=["regime", "published_at", "id"], name="commission_by_regime"
            ),
            models.Index(
                fields=["window_closes_at", "id"], name="commission_by_closing"
            ),
            models.Index(fields=["value_max", "id"], name="commission_by_value"),
            models.Index(
                fields=["stage", "published_at", "id"], name="commission_by_stage"
            ),
            models.Index(
                fields=["topic", "published_at", "id"], name="commission_by_topic"
            ),
            models.Index(
                fields=["organisation", "published_at", "id"], name="commission_by_body"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="commission_is_held_by_a_post_or_a_committee",
                condition=Q(post__isnull=True) | Q(committee__isnull=True),
                violation_error_message="One post or one committee holds a commission, not both.",
            ),
            models.CheckConstraint(
                name="commission_holder_has_a_since_when",
                condition=Q(
                    post__isnull=True, committee__isnull=True, held_since__isnull=True
                )
                | (
                    (Q(post__isnull=False) | Q(committee__isnull=False))
                    & Q(held_since__isnull=False)
                ),
                violation_error_message="Say since when the post or committee has held this commission.",
            ),
            models.CheckConstraint(
                name="commission_value_is_a_range",
                condition=Q(value_min__isnull=True)
                | Q(value_max__isnull=True)
                | Q(value_max__gte=F("value_min")),
                violation_error_message="The highest value must be at least the lowest.",
            ),
            models.CheckConstraint(
                name="commission_value_is_not_negative",
                condition=(Q(value_min__isnull=True) | Q(value_min__gte=0))
                & (Q(value_max__isnull=True) | Q(value_max__gte=0)),
                violation_error_message="A value must be nothing or more, in pounds.",
            ),
            models.CheckConstraint(
                name="commission_window_names_what_closes",
                condition=Q(window_for="", window_closes_at__isnull=True)
                | (~Q(window_for="") & Q(window_closes_at__isnull=False)),
            ),
        ]
        permissions = [("commit_commission", "Can choose, sign or call off")]

    def __str__(self):
        return self.title

    def save(self, **kwargs):
        """Save with an OCID under this portal's own prefix if it has none."""
        self.ocid = self.ocid or f"{settings.OCID_PREFIX}-{self.reference.lower()}"
        super().save(**kwargs)

    def get_absolute_url(self):
        """Return the address of its public page."""
        return reverse("commissions:commission-detail", args=[self.reference])

    @property
    def kept_here(self):
        """Whether the staff of a body keep it here: see `kept_here`."""
        return bool(self.post_id or self.committee_id or not self.published_at)

    @property
    def exceeds_limit(self):
        """Whether it is worth more than the post that holds it may commit.

        The limit of a post excludes VAT; a value that includes it is compared without.
        """
        limit = self.post.ceiling if self.post else None
        value = self.value_max if self.value_max is not None else self.value_min
        if limit is None or value is None:
            return False
        factor = VAT if self.value_vat == self.Vat.INCLUDED else 1
        return value > limit * factor

    @property
    def is_signed(self):
        """Whether its contract is signed, as its stage says."""
        return self.stage in SIGNED

    def decision_above_limit(self):
        """Return the public decision on it of somebody else who may commit its value.

        The one to come, else the one taken last; None where none is recorded.
        """
        factor = VAT if self.value_vat == self.Vat.INCLUDED else 1
        value = self.value_max if self.value_max is not None else self.value_min
        able = Q(committee__isnull=False) | Q(
            Q(post__ceiling__isnull=True) | Q(post__ceiling__gte=value / factor),
            post__isnull=False,
        )
        found = self.decisions.published().filter(able).exclude(post=self.post_id)
        return (
            found.select_related("post", "committee")
            .order_by(F("decided_on").desc(nulls_first=True), "due_on", "pk")
            .first()
        )

    @property
    def latest_notice(self):
        """The newest notice about it that was seen, or None."""
        return max(self.notices.all(), key=lambda each: each.published_at, default=None)

    @property
    def bids_closed(self):
        """Whether the time for bids, which a notice states, has passed."""
        closes = self.window_closes_at
        return (
            self.stage in ("tender", "evaluation")
            and self.window_for == self.Window.BIDS
            and closes <= timezone.now()
        )

    def get_stage_display(self):
        """Name its stage; of one known from notices only as far as they state it."""
        if self.kept_here:
            return Stage(self.stage).label
        return stated_name("evaluation" if self.bids_closed else self.stage)

    @property
    def record_name(self):
        return f"commission/{self.reference}"

    @property
    def record_commission(self):
        """The reference under which entries about it are found."""
        return self.reference

    @property
    def law(self):
        """What decides which stages it passes and which moves there are."""
        return Law(self.regime, self.route, self.light_touch, self.is_small)

    @property
    def is_small(self):
        """Whether it is below the threshold and worth too little for notices.

        Section 84 counts what central government and the NHS buy from £12,000 and
        others from £30,000, including VAT; a value that VAT might lift so far, and one
        that is unknown, are not small. Northern Irish rules ask for no notice at all.
        """
        if self.regime != self.Regime.BELOW_THRESHOLD:
            return False
        if self.organisation.nation == "northern_ireland":
            return True
        floor = notifiable(self.organisation.kind in CENTRAL, timezone.localdate())
        gross = self.value_max if self.value_vat == self.Vat.INCLUDED else None
        return at_least(floor.amount, self.value_max, gross) is False

    def publication_gaps(self):
        """List, as sentences, what is missing before the public may see it."""
        return list(self.publication_gaps_by_field().values())

    def publication_gaps_by_field(self):
        """Return those sentences by the field of the form that would fill each gap."""
        gaps = {}
        if not self.has_named_holder():
            gaps["post"] = (
                "Name the holder: choose a post with a person in it, or a committee "
                "with members, under “Who holds this”."
            )
        if not self.need.strip():
            gaps["need"] = (
                "State the need: say what is wrong or missing now, and for whom."
            )
        if not self.stage_dates.filter(planned_on__isnull=False).exists():
            gaps["stage_dates"] = (
                "Give a rough date: plan at least one coming stage under “Dates”. "
                "A month or a quarter is enough."
            )
        return gaps

    @property
    def holder(self):
        return self.post or self.committee

    def has_named_holder(self):
        """Tell whether a person, or a committee with members, holds it now."""
        if self.post_id:
            return Tenure.objects.current().filter(post=self.post_id).exists()
        return CommitteeMember.objects.filter(
            committee=self.committee_id, ended_on__isnull=True
        ).exists()

    def publish(self, *, by, at=None):
        """Show the intention in public and put it on the record.

        Raises NotReady, with a sentence for each thing that is missing, and
        Overtaken where somebody has just published it.
        """
        if gaps := self.publication_gaps():
            raise NotReady(*gaps)
        now = at or timezone.now()
        with transaction.atomic():
            waiting = Commission.objects.filter(pk=self.pk, published_at__isnull=True)
            if not waiting.update(published_at=now):
                raise Overtaken("This commission is public already.")
            Entry.objects.append(
                Kind.COMMISSION_PUBLISHED,
                self,
                by=by,
                at=at,
                **snapshots.announced_dates(self),
            )
            Holding.begin(self, self.post or self.committee, since=self.held_since)
        self.published_at = now

    def hold(self, holder, *, since, by, at=None):
        """Name the post or committee that holds it, since a day.

        Raises ValidationError where the constraints refuse.
        """
        self.pass_to(holder, Kind.COMMISSION_HELD, since=since, by=by, at=at)

    def hand_over(self, holder, *, since, why, by, at=None):
        """Pass it to another post or committee on a day, for a reason.

        Raises NotReady where the reason is missing, the holder is the same,
        or the day is to come or lies before the present holder took it.
        """
        before = self.post or self.committee
        if holder == before:
            raise NotReady("This post or committee holds it already. Choose another.")
        if not why.strip():
            raise NotReady("Say why it passes to somebody else. The public sees it.")
        self.pass_to(
            holder,
            Kind.HANDED_OVER,
            since=since,
            why=why,
            by=by,
            at=at,
            before=before.record_name if before else "",
        )

    def pass_to(self, holder, kind, *, since, by, at, why="", **facts):
        """Change the holder, keep the trail of hands, and append one entry."""
        with transaction.atomic():
            Holding.begin(self, holder, since=since, why=why, at=at)
            self.post = holder if isinstance(holder, Post) else None
            self.committee = holder if isinstance(holder, Committee) else None
            self.held_since = since
            self.validate_constraints()
            self.save(update_fields=["post", "committee", "held_since", "changed_at"])
            if why:
                facts["why"] = why
            Entry.objects.append(
                kind,
                self,
                by=by,
                at=at,
                holder=holder.record_name,
                since=since.isoformat(),
                **facts,
            )

    def show_window(self, window, opens_at, closes_at):
        """Show on lists what people outside can do, and until when.

        Part of the verb that opens it (a consultation's announcement or
        extension), which puts it on the record; no entry of its own.
        """
        self.window_for = window
        self.window_opens_at, self.window_closes_at = opens_at, closes_at
        self.save(
            update_fields=[
                "window_for",
                "window_opens_at",
                "window_closes_at",
                "changed_at",
            ]
        )

    def record_changes(self, fields, *, by):
        """Put on the record which details of a published commission changed.

        `fields` are the names of the fields, saved by the caller in the same
        transaction. A working draft changes without an entry.
        """
        if self.published_at and fields:
            Entry.objects.append(
                Kind.COMMISSION_CHANGED, self, by=by, fields=sorted(fields)
            )

    def reach(self, stage, *, by, on=None, closes_at=None, reason="", at=None):
        """Move to a stage on a day (today, unless said) and put it on the record.

        `closes_at` says until when outsiders can engage, comment or bid; what an
        earlier stage had open closes. `reason` is asked for where it goes back or
        is called off. Raises NotReady where the law and route do not lead there
        or a gate is not met, Overtaken where somebody has just moved it.
        """
        on, stage = on or timezone.localdate(), Stage(stage)
        if closes_at and stage not in self.WINDOWS:
            raise NotReady(f"“{stage.label}” has no closing time: leave it empty.")
        closes_at = gates.closing(self, stage.value, closes_at)
        facts = gates.met(self, stage.value, on=on, at=at, reason=reason)
        window = {
            "window_for": self.WINDOWS[stage] if closes_at else "",
            "window_opens_at": (at or timezone.now()) if closes_at else None,
            "window_closes_at": closes_at,
        }
        said = {"closes": closes_at and closes_at.isoformat(), "reason": reason}
        facts |= {name: words for name, words in said.items() if words}
        with transaction.atomic():
            unmoved = Commission.objects.filter(
                pk=self.pk, stage=self.stage, regime=self.regime, route=self.route
            )
            if not unmoved.update(stage=stage, changed_at=timezone.now(), **window):
                raise Overtaken(f"“{self}” was moved by someone else. Look again.")
            self.stage_dates.update_or_create(stage=stage, defaults={"actual_on": on})
            Entry.objects.append(
                Kind.STAGE_REACHED,
                self,
                by=by,
                at=at,
                stage=stage.value,
                on=on.isoformat(),
                **facts,
            )
        self.stage = stage.value
        for name, value in window.items():
            setattr(self, name, value)


def worth(row, commission) -> str:
    """Write a row's value, and whether it counts VAT; nothing where none is known.

    Staff give a value without VAT, as their form asks. A notice that gives one amount
    alone does not say.
    """
    says_vat = excludes_vat(row, commission)
    return amount(row.amount, row.amount_gross, row.currency, says_vat=says_vat)


def excludes_vat(row, commission) -> bool:
    """Tell whether the amount of a row is known to count no VAT."""
    return commission.kept_here or row.amount_gross is not None
