"""Direct awards: who was chosen without a competition, on what ground, by whom.

Procurement Act 2023 sections 41 to 44, SI 2024/692 regulation 26, and SI
2023/1348, Schedules 3 to 7, which ask for the decision-makers, their conflicts
of interest and how those were managed.
"""

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from commissions.commission import choices as commission_choices
from commissions.commission import gates
from commissions.commission.models import Commission
from commissions.fields import AmountField
from commissions.law import standstill
from commissions.law.direct_award_grounds import CHOICES, GROUNDS
from commissions.organisations.models import Organisation
from commissions.people.models import Committee, Post
from commissions.procurement.notice import missing_notice, newest_notice
from commissions.record.models import Entry, Kind
from commissions.record.references import NotReady, Overtaken


class DirectAward(models.Model):
    """The choice of a provider without a competition, and why the law allows it.

    One post or one committee decided: never a person, so that nothing here is
    more than the law asks to be public. The Most Suitable Provider Process
    names its supplier later, by `choose`.
    """

    commission = models.OneToOneField(
        Commission, models.PROTECT, related_name="direct_award"
    )
    ground = models.CharField(max_length=20, choices=CHOICES)
    explanation = models.TextField(
        help_text="Why there is no competition, in words a resident understands."
    )
    post = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="direct_awards",
        verbose_name="post that decided",
    )
    committee = models.ForeignKey(
        Committee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="direct_awards",
        verbose_name="committee that decided",
    )
    conflicts = models.TextField(
        help_text="Conflicts of interest declared, by post. Write “None declared”."
    )
    conflicts_managed = models.TextField(
        blank=True, help_text="What was done about them, for example: left the room."
    )
    supplier = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="direct_awards",
    )
    amount = AmountField("value", help_text="Pounds over the whole term.")
    vat = models.CharField(
        "VAT",
        max_length=20,
        choices=commission_choices.Vat,
        default=commission_choices.Vat.NOT_STATED,
    )
    justified_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-justified_at", "-pk"]
        indexes = [
            models.Index(fields=["justified_at", "id"], name="direct_award_by_day"),
            models.Index(fields=["ground", "id"], name="direct_award_by_ground"),
        ]
        constraints = [
            models.CheckConstraint(
                name="direct_award_is_decided_by_a_post_or_a_committee",
                condition=Q(post__isnull=True) ^ Q(committee__isnull=True),
                violation_error_message="Say who decided: one post or one committee.",
            ),
            models.CheckConstraint(
                name="direct_award_says_why_and_what_conflicts",
                condition=~Q(explanation="") & ~Q(conflicts=""),
                violation_error_message="Say why there is no competition, and which "
                "conflicts of interest were declared (or “None declared”).",
            ),
            models.CheckConstraint(
                name="direct_award_value_is_not_negative",
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                violation_error_message="A value must be nothing or more, in pounds.",
            ),
        ]

    def __str__(self):
        return f"{self.commission}: {GROUNDS[self.ground].name}"

    @property
    def record_name(self):
        return f"{self.commission.record_name}/direct-award"

    @property
    def record_commission(self):
        return self.commission.reference

    @property
    def decider(self):
        return self.post or self.committee

    @classmethod
    def justify(cls, commission, *, ground, decider, by, at=None, **said):
        """Say that a provider is chosen without a competition, on which ground.

        `said` are the other fields. One entry. Raises NotReady where the gate
        is not met, the ground is of another law or route, its notice is not
        on the platform, or the supplier is missing; Overtaken where it is
        justified already; ValidationError where a constraint refuses.
        """
        now = at or timezone.now()
        award = cls(
            commission=commission,
            ground=ground,
            post=decider if isinstance(decider, Post) else None,
            committee=decider if isinstance(decider, Committee) else None,
            justified_at=now,
            **said,
        )
        if lacking := award.gaps():
            raise NotReady(*lacking)
        with transaction.atomic():
            type(commission).objects.select_for_update().get(pk=commission.pk)
            if cls.objects.filter(commission=commission).exists():
                raise Overtaken("This direct award is justified already.")
            award.full_clean()
            award.save(force_insert=True)
            Entry.objects.append(
                Kind.DIRECT_AWARD_JUSTIFIED,
                award,
                by=by,
                at=at,
                ground=ground,
                law=GROUNDS[ground].law,
                decider=award.decider.record_name,
                supplier=award.supplier.record_name if award.supplier else "",
                why=award.explanation,
            )
        return award

    def gaps(self):
        """List, as sentences, what is missing before it can be justified."""
        ground, commission = GROUNDS[self.ground], self.commission
        stage = "evaluation" if ground.later else "direct_award"
        lacking = gates.missing(commission, stage)
        if ground.regime != commission.regime:
            lacking.append(
                f"“{ground.name}” is a ground of another law than this commission’s. "
                "Choose one of its own law, or correct the law it runs under."
            )
        elif ground.route not in ("", commission.route):
            lacking.append(
                f"“{ground.name}” is not the route of this commission "
                f"({commission.get_route_display()}). Correct one of the two."
            )
        lacking += missing_notice(commission, ground.notices, self.justified_at)
        if not (self.supplier_id or ground.later):
            lacking.append("Name the supplier: add it under “Organisations” first.")
        return lacking

    def choose(self, supplier, *, amount, by, at=None):
        """Name the most suitable provider; at the earliest 14 days after the notice.

        Raises NotReady before that day or on another ground, Overtaken where
        it is named already.
        """
        now = at or timezone.now()
        ground = GROUNDS[self.ground]
        if not ground.later:
            raise NotReady("On this ground the supplier is named with the ground.")
        notice = newest_notice(self.commission, ground.notices, now)
        first = standstill.first_day_to_identify(notice and notice.published_at)
        if timezone.localdate(now) < first.date:
            raise NotReady(f"It is too early to name the provider. {first.counting}")
        with transaction.atomic():
            unnamed = DirectAward.objects.filter(pk=self.pk, supplier__isnull=True)
            if not unnamed.update(supplier=supplier, amount=amount):
                raise Overtaken("The provider is named already.")
            Entry.objects.append(
                Kind.PROVIDER_CHOSEN, self, by=by, at=at, supplier=supplier.record_name
            )
        self.supplier, self.amount = supplier, amount
