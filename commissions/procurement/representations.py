"""Representations: providers' objections to a choice under the NHS regime.

SI 2023/1348 regulation 12. Only their number is public; what a provider wrote
stays between it and the authority.
"""

from decimal import Decimal

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from commissions.commission import gates
from commissions.commission.models import Commission
from commissions.fields import DayField
from commissions.law import standstill
from commissions.law.direct_award_grounds import KEY_CRITERIA, REPRESENTED
from commissions.law.lifecycle import SIGNED
from commissions.law.notices import codes_that
from commissions.organisations.models import Holiday
from commissions.procurement.notice import Notice, missing_notice, newest_notice
from commissions.record.models import Entry, Kind
from commissions.record.references import NotReady, Overtaken
from commissions.text.formats import on_day


class Representations(models.Model):
    """Until when providers may object, where to, how many did, and what came of it.

    The last day is counted from the notice by the clock, never stored: a bank
    holiday announced late moves it.
    """

    class Outcome(models.TextChoices):
        """What was decided after the review (regulation 12(6))."""

        GO_AHEAD = "go_ahead", gettext_lazy("To award the contract as intended")
        BACK = "back", gettext_lazy("To go back to an earlier step of the process")
        ABANDON = "abandon", gettext_lazy("To abandon the procurement")

    commission = models.OneToOneField(
        Commission, models.PROTECT, related_name="representations"
    )
    notice = models.OneToOneField(
        Notice, models.PROTECT, related_name="representations"
    )
    mailbox = models.EmailField(
        help_text="A role mailbox that outlives the person: where to write to."
    )
    how = models.TextField(
        "how to make one",
        blank=True,
        help_text="What a representation should say, in plain words.",
    )
    received = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    reasons = models.TextField(blank=True, help_text="What the review found, and why.")
    told_on = DayField(
        null=True,
        blank=True,
        help_text="The day providers were told the last further decision.",
    )
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name_plural = "representations"
        constraints = [
            models.CheckConstraint(
                name="representations_settled_say_what_why_and_when",
                condition=Q(
                    settled_at__isnull=True,
                    outcome="",
                    reasons="",
                    told_on__isnull=True,
                )
                | (
                    Q(settled_at__isnull=False, told_on__isnull=False, received__gt=0)
                    & ~Q(outcome="")
                    & ~Q(reasons="")
                ),
                violation_error_message="Say what was decided after the review, why, and "
                "when providers were told.",
            )
        ]

    def __str__(self):
        return f"{self.commission}: representations"

    @property
    def record_name(self):
        return f"{self.commission.record_name}/representations"

    @property
    def record_commission(self):
        return self.commission.reference

    @classmethod
    def open(cls, commission, *, mailbox, by, how="", at=None):
        """Say until when providers may object, and where to. One entry.

        Raises NotReady where the route has none or the notice of intention is
        not on its platform, Overtaken where they are open already.
        """
        now = at or timezone.now()
        if commission.regime != "psr" or commission.route not in REPRESENTED:
            raise NotReady(
                "Representations belong to Direct Award Process C, the Most Suitable "
                "Provider Process and the Competitive Process (regulation 12)."
            )
        intentions = codes_that(lambda notice: notice.opens_representations)
        if lacking := missing_notice(commission, intentions, now):
            raise NotReady(*lacking)
        notice = newest_notice(commission, intentions, now)
        opened = cls(commission=commission, notice=notice, mailbox=mailbox, how=how)
        with transaction.atomic():
            Commission.objects.select_for_update().get(pk=commission.pk)
            if cls.objects.filter(commission=commission).exists():
                raise Overtaken("Representations can be made already.")
            opened.full_clean()
            opened.save(force_insert=True)
            Entry.objects.append(
                Kind.REPRESENTATIONS_OPENED,
                opened,
                by=by,
                at=at,
                notice=notice.release_id,
                closes_on=opened.clock().date.isoformat(),
            )
        return opened

    def clock(self, holidays=None):
        """Count the last day for representations; `holidays` saves their query."""
        if holidays is None:
            holidays = Holiday.objects.calendar("england")
        return standstill.count_standstill(
            self.commission, self.notice.published_at, holidays
        )

    def receive(self, number, *, by, at=None):
        """Say how many representations have come in all. One entry.

        Raises NotReady where that is no more than before or a contract is signed,
        Overtaken where somebody counted or settled them first.
        """
        if self.commission.stage in SIGNED:
            raise NotReady(
                "A contract is signed. What comes in now is a complaint about it: "
                "it does not delay anything."
            )
        if number <= self.received:
            raise NotReady(
                f"{self.received} are counted already. Give the number in all, "
                "with the new ones."
            )
        with transaction.atomic():
            unsettled = Representations.objects.filter(
                pk=self.pk, received=self.received, settled_at__isnull=True
            )
            if not unsettled.update(received=number):
                raise Overtaken("Someone else has counted or settled them first.")
            self.commission.awards.update(standstill_ends_on=None)
            Entry.objects.append(
                Kind.REPRESENTATIONS_RECEIVED, self, by=by, at=at, received=number
            )
        self.received = number

    def settle(self, *, outcome, reasons, told_on, by, at=None):
        """Record the further decision after the review, and the standstill it leaves.

        Raises NotReady while more may come or where none came, Overtaken where
        it is settled already, ValidationError where a constraint refuses.
        """
        now = at or timezone.now()
        if lacking := self.settling_gaps(told_on, timezone.localdate(now)):
            raise NotReady(*lacking)
        said = {"outcome": outcome, "reasons": reasons, "told_on": told_on}
        for name, value in said.items():
            setattr(self, name, value)
        self.settled_at = now
        self.full_clean()
        with transaction.atomic():
            unsettled = Representations.objects.filter(
                pk=self.pk, settled_at__isnull=True
            )
            if not unsettled.update(settled_at=now, **said):
                raise Overtaken("The review is recorded already.")
            ends = self.standstill_end()
            self.commission.awards.update(standstill_ends_on=ends)
            Entry.objects.append(
                Kind.REPRESENTATIONS_SETTLED,
                self,
                by=by,
                at=at,
                decided=outcome,
                on=told_on.isoformat(),
                why=reasons,
            )

    def settling_gaps(self, told_on, today):
        """List, as sentences, what stands in the way of settling them on a day."""
        if not self.received:
            return ["No representation is counted: there is nothing to settle."]
        if told_on > today:
            return ["Record it once providers are informed: today or earlier."]
        closes = self.clock().date
        if told_on <= closes:
            return [
                f"More can come until the end of {on_day(closes)}. Settle them after that."
            ]
        return []

    def standstill_end(self):
        """Return the last day of the standstill after the review; None if stopped."""
        if self.outcome != self.Outcome.GO_AHEAD:
            return None
        holidays = Holiday.objects.calendar("england")
        return standstill.standstill_after_review(self.told_on, holidays).date


# The five key criteria of the NHS regime, and how each weighed in the choice.


WHOLE = Decimal(100)


class Weighing(models.Model):
    """One of the five key criteria of the NHS regime, and how it weighed (reg 5)."""

    commission = models.ForeignKey(Commission, models.PROTECT, related_name="weighings")
    criterion = models.CharField(max_length=20, choices=list(KEY_CRITERIA.items()))
    order = models.PositiveSmallIntegerField(default=0)
    weight = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        help_text="Its relative importance, in per cent of all five.",
    )
    finding = models.TextField(help_text="How it weighed in the choice.")

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commission", "criterion"],
                name="key_criterion_is_weighed_once_for_a_commission",
            ),
            models.CheckConstraint(
                name="key_criterion_weight_is_a_per_cent",
                condition=Q(weight__gte=0, weight__lte=WHOLE),
                violation_error_message="A weight is from 0 to 100 per cent.",
            ),
            models.CheckConstraint(
                name="key_criterion_says_how_it_weighed",
                condition=~Q(finding=""),
                violation_error_message="Say how each criterion weighed in the choice.",
            ),
        ]

    def __str__(self):
        return f"{KEY_CRITERIA[self.criterion]} {self.weight:g} per cent"

    @classmethod
    def weigh(cls, commission, weighed, *, by, at=None):
        """Put on the record how the five key criteria weighed: {code: (weight, words)}.

        Raises NotReady where one is missing or the weights do not come to 100
        per cent, Overtaken where they are weighed already, ValidationError
        where a constraint refuses.
        """
        if lacking := weighing_gaps(commission, weighed):
            raise NotReady(*lacking)
        rows = [
            cls(
                commission=commission,
                criterion=code,
                order=order,
                weight=weighed[code][0],
                finding=weighed[code][1],
            )
            for order, code in enumerate(KEY_CRITERIA)
        ]
        with transaction.atomic():
            Commission.objects.select_for_update().get(pk=commission.pk)
            if cls.objects.filter(commission=commission).exists():
                raise Overtaken("The key criteria are weighed already.")
            for row in rows:
                row.full_clean()
            cls.objects.bulk_create(rows)
            Entry.objects.append(
                Kind.CRITERIA_WEIGHED,
                commission,
                by=by,
                at=at,
                weights={row.criterion: str(row.weight) for row in rows},
            )
        return rows


def weighing_gaps(commission, weighed):
    """List, as sentences, what is missing before the criteria are weighed."""
    if commission.regime != "psr":
        return ["The five key criteria belong to the NHS Provider Selection Regime."]
    if not commission.published_at:
        return [gates.UNPUBLISHED]
    left = [name for code, name in KEY_CRITERIA.items() if code not in weighed]
    if left:
        return [f"Weigh all five: “{left[0]}” is missing."]
    total = sum(Decimal(weighed[code][0]) for code in KEY_CRITERIA)
    if total != WHOLE:
        return [
            f"The weights come to {total.normalize():f} per cent. Make them come to 100."
        ]
    return []
